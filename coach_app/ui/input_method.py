"""Selects Qt's input method for writing Japanese."""

from collections.abc import MutableMapping


def reach_input_method(environment: MutableMapping[str, str]) -> None:
    """Let Qt talk to Fcitx through its IBus interface; call before creating a QApplication.

    The bundled Qt has a plugin for IBus but none for Fcitx, and the system's does not fit it. The user's choice for Qt
    6.7 and later (``QT_IM_MODULES``) is respected. https://github.com/fcitx/fcitx5/issues/444
    """
    wanted = environment.get("QT_IM_MODULE", "")
    if wanted.startswith("fcitx") and not environment.get("QT_IM_MODULES"):
        environment["QT_IM_MODULES"] = f"{wanted};ibus"
