"""Which input method Qt is told to use."""

import pytest

from coach_app.ui.input_method import reach_input_method


@pytest.mark.parametrize("module", ["fcitx", "fcitx5"])
def test_fcitx_is_reached_as_ibus(module: str) -> None:
    # GIVEN a desktop with Fcitx WHEN Qt is prepared THEN it tries the plugin for it, and then the one that it has
    environment = {"QT_IM_MODULE": module}
    reach_input_method(environment)
    assert environment == {"QT_IM_MODULE": module, "QT_IM_MODULES": f"{module};ibus"}


@pytest.mark.parametrize(
    "environment", [{}, {"QT_IM_MODULE": "ibus"}, {"QT_IM_MODULE": "fcitx", "QT_IM_MODULES": "wayland;fcitx"}]
)
def test_any_other_choice_of_the_user_stays(environment: dict[str, str]) -> None:
    before = dict(environment)
    reach_input_method(environment)
    assert environment == before
