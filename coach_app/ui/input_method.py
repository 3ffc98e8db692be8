"""Which input method Qt is to use: what a Japanese player writes with."""

from collections.abc import MutableMapping


def reach_input_method(environment: MutableMapping[str, str]) -> None:
    """Let Qt talk to Fcitx as to IBus, which it can imitate; call before there is a QApplication.

    The Qt that comes along brings the plugin for IBus but none for Fcitx, and one of the system's does not fit it. What
    the user has named for Qt 6.7 and later (``QT_IM_MODULES``) is left alone.
    https://github.com/fcitx/fcitx5/issues/444
    """
    wanted = environment.get("QT_IM_MODULE", "")
    if wanted.startswith("fcitx") and not environment.get("QT_IM_MODULES"):
        environment["QT_IM_MODULES"] = f"{wanted};ibus"
