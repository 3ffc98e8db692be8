# Builds the Windows installer, into dist\. Untested on this platform. One command, in the repository:
#
#   powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1
#
# It needs Python 3.11 (py -3.11) and Inno Setup 6.3 or newer (https://jrsoftware.org/isinfo.php). Two bundles are built, one with
# PyTorch for CUDA and one with the small one for the processor; setup installs the one that fits the machine's card.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")
$constraints = "packaging\constraints.txt"
$torch = (Select-String -Path $constraints -Pattern "^torch==(.+)$").Matches[0].Groups[1].Value
$indexes = @{ cpu = "https://download.pytorch.org/whl/cpu"; cuda = "https://download.pytorch.org/whl/cu130" }

function Invoke-Checked {
    param([string] $Program, [string[]] $Arguments)
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Program $Arguments ended with status $LASTEXITCODE" }
}

foreach ($build in "cpu", "cuda") {
    $venv = "build\venv-$build"
    $python = "$venv\Scripts\python.exe"
    if (Test-Path $venv) { Remove-Item -Recurse -Force $venv }
    Invoke-Checked "py" @("-3.11", "-m", "venv", $venv)
    Invoke-Checked $python @("-m", "pip", "install", "-c", $constraints, "pip")
    Invoke-Checked $python @("-m", "pip", "install", "-c", $constraints, "--index-url", $indexes[$build],
        "--extra-index-url", "https://pypi.org/simple", "torch==$torch")
    Invoke-Checked $python @("-m", "pip", "install", "-c", $constraints, "--build-constraint", $constraints, "-e",
        ".[installer]")
    Invoke-Checked $python @("packaging\build_installer.py", "bundle")
    $bundle = "build\bundle-$build"
    if (Test-Path $bundle) { Remove-Item -Recurse -Force $bundle }
    Move-Item "build\bundle" $bundle
}

$version = (& "build\venv-cpu\Scripts\python.exe" -c "import coach_app; print(coach_app.__version__)")
$inno = Join-Path ${env:ProgramFiles(x86)} "Inno Setup 6\ISCC.exe"
Invoke-Checked $inno @("/DVersion=$version", "packaging\windows\coach.iss")
$packages = Get-ChildItem "dist\coach-$version-windows*"
$packages | ForEach-Object { "$((Get-FileHash $_ -Algorithm SHA256).Hash.ToLower())  $($_.Name)" } |
    Set-Content -Encoding ascii "dist\SHA256SUMS-windows"
