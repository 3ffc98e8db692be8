; The Windows installer (Inno Setup 6.3); packaging\windows\build.ps1 runs it. Untested on this platform.
;
; For one user, without administrator's rights. Settings, history and downloaded models are in the user's own folders, which
; neither an update nor the removal touches. Together the two bundles are larger than 2 GB: the disk spanning puts them into
; .bin files, which belong beside the .exe.

#ifndef Version
  #error Give the version: ISCC /DVersion=1.2.3
#endif

[Setup]
AppId={{8B1C7A52-5B0E-4E0B-9C35-5E6C2F1E7A10}
AppName=Coach
AppVersion={#Version}
VersionInfoVersion={#Version}
DefaultDirName={localappdata}\Programs\Coach
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0
ChangesEnvironment=yes
CloseApplications=yes
SourceDir=..\..
OutputDir=dist
OutputBaseFilename=coach-{#Version}-windows-x64
SetupIconFile=build\icons\coach.ico
UninstallDisplayIcon={app}\coachw.exe
Compression=lzma2/max
SolidCompression=no
DiskSpanning=yes
DiskSliceSize=2000000000
WizardStyle=modern

[Languages]
Name: en; MessagesFile: compiler:Default.isl
Name: ja; MessagesFile: compiler:Languages\Japanese.isl

[CustomMessages]
en.AddToPath=Add the command "coach" to the path
ja.AddToPath=コマンド「coach」を使えるようにする（PATH に追加）
en.Start=Start the coach
ja.Start=コーチを起動する

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: path; Description: "{cm:AddToPath}"; Flags: unchecked

[InstallDelete]
; An update brings all of its files along, and the card may have changed.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "build\bundle-cuda\coach\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion; Check: HasNvidiaCard
Source: "build\bundle-cpu\coach\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion; Check: not HasNvidiaCard

[Icons]
Name: "{autoprograms}\Coach"; Filename: "{app}\coachw.exe"
Name: "{autodesktop}\Coach"; Filename: "{app}\coachw.exe"; Tasks: desktopicon

[Registry]
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; \
  Tasks: path; Check: not IsOnPath

[Run]
Filename: "{app}\coachw.exe"; Description: "{cm:Start}"; Flags: nowait postinstall skipifsilent

[Code]
function HasNvidiaCard: Boolean;
begin
  // The driver's own library; every driver that can run CUDA brings it.
  Result := FileExists(ExpandConstant('{sys}\nvcuda.dll'));
end;

function UserPath: String;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Result) then
    Result := '';
end;

function IsOnPath: Boolean;
begin
  Result := Pos(';' + Lowercase(ExpandConstant('{app}')) + ';', ';' + Lowercase(UserPath) + ';') > 0;
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Path: String;
begin
  if (Step = usPostUninstall) and IsOnPath then
  begin
    Path := ';' + UserPath + ';';
    StringChangeEx(Path, ';' + ExpandConstant('{app}') + ';', ';', True);
    RegWriteExpandStringValue(HKCU, 'Environment', 'Path', Copy(Path, 2, Length(Path) - 2));
  end;
end;
