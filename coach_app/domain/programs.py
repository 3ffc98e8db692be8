"""Programs whose window titles name their contents, and so say little about the program."""

import sys
from typing import Final

_FILE_MANAGERS: Final = {
    *("caja", "commander one", "directory opus", "dopus", "doublecmd", "explorer", "finder", "forklift", "krusader"),
    *("konqueror", "nautilus", "nemo", "path finder", "pcmanfm", "pcmanfm-qt", "rox", "spacefm", "thunar"),
    *("totalcmd", "totalcmd64", "worker", "xfe", "files", "io.elementary.files", "cosmic-files", "dde-file-manager"),
}
_BROWSERS: Final = {
    *("arc", "brave", "brave-browser", "brave browser", "chrome", "chromium", "chromium-browser", "epiphany", "falkon"),
    *("firefox", "firefox-esr", "floorp", "google-chrome", "google chrome", "iexplore", "librewolf", "microsoft-edge"),
    *("microsoft edge", "midori", "msedge", "navigator", "opera", "palemoon", "qutebrowser", "safari", "seamonkey"),
    *("tor browser", "ungoogled-chromium", "vivaldi", "vivaldi-stable", "waterfox", "zen"),
}


def is_file_manager(program: str) -> bool:
    """Whether a program (window class or process) is a file manager: never a game, whatever its title says."""
    names = _names(program)
    # The emulator of the same name calls itself dolphin-emu where KDE's file manager exists.
    return bool(names & _FILE_MANAGERS) or (sys.platform == "linux" and "dolphin" in names)


def is_browser(program: str) -> bool:
    """Whether a program is a web browser: it may run a game, or only show a page about it."""
    return bool(_names(program) & _BROWSERS)


def _names(program: str) -> set[str]:
    """The names of a program: ``org.gnome.Nautilus`` is Nautilus, ``firefox_firefox`` is Firefox as a snap."""
    name = program.lower().removesuffix(".exe")
    return {name, name.rpartition(".")[2], name.partition("_")[0]}
