"""Game profiles: shipped, and the user's own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from coach_app.domain.errors import CoachError
from coach_app.domain.ladder import LEVELS
from coach_app.domain.profile import GameProfile
from coach_app.games.profiles import (
    adapter_of,
    delete_profile,
    find,
    is_own,
    load_profiles,
    profile_for_window,
    prompt_for,
    save_profile,
    user_dir,
)


def test_the_shipped_games_have_the_prompts_of_the_article() -> None:
    # GIVEN a new user
    # WHEN the profiles are loaded
    profiles, notices = load_profiles()
    # THEN the article's prompts are there word by word
    default = "What should I do first in this image? Please answer in 200 characters."
    grid = "Please tell me in 200 characters where the cat should move next."
    assert notices == []
    melee = profiles.pop("melee")  # is not in it
    prompts = {
        "default": default,
        "grid": grid,
        "grid-levels": grid,
        "breakout": (
            "Please tell me in 200 characters or less whether it is better to move the bar to the left or right."
        ),
        "montezuma-revenge": default,
    }
    assert {name: profiles[name].prompt for name in prompts} == prompts
    assert (melee.adapter, melee.ask_about) == ("melee", "game")


@pytest.mark.parametrize(
    ("title", "game"),
    [
        ("Coach practice: Grid", "grid"),
        ("Coach practice: Grid levels", "grid-levels"),
        ("Stella 6.7: Breakout (1978) (Atari)", "breakout"),
        ('Stella 6.5.2: "Breakout"', "breakout"),
        ("ALE/Breakout-v5", "breakout"),
        ("BreakoutNoFrameskip-v4", "breakout"),
        ("Stella 6.7: Montezuma's Revenge (1984) (Parker Bros)", "montezuma-revenge"),
        ("ALE/MontezumaRevenge-v5", "montezuma-revenge"),
        ("Faster Melee - Slippi (3.4.2)", "melee"),
        ("Faster Melee - Slippi(2.3.6) - Playback | FPS: 60 - VPS: 60 - SPEED: 100%", "melee"),
        ("Dolphin 2407 | JIT64 DC | OpenGL | HLE | Super Smash Bros. Melee (GALE01)", "melee"),
        ("Slippi Dolphin 4.0.0 | JIT64 SC | Vulkan | HLE | 大乱闘スマッシュブラザーズDX (GALJ01)", "melee"),
        ("Dolphin 2407 | JIT64 DC | OpenGL | HLE | Luigi's Mansion (GLME01)", None),
        ("Super Smash Bros. Melee - SmashWiki | Dolphin Browser", None),
        ("Slippi Launcher", None),
        ("grid", None),
        ("grid.py - coach - Visual Studio Code", None),
        ("Coach practice: Grid - Mozilla Firefox", None),
        ("Coach practice: Grid levels (copy)", None),
        ("About Coach practice: Grid", None),
        ("Breakout (video game) - Wikipedia", None),
        ("Montezuma's Revenge - YouTube", None),
        ("", None),
    ],
)
def test_a_game_is_found_by_its_window_and_by_no_other(title: str, game: str | None) -> None:
    # GIVEN the shipped profiles
    profiles, _ = load_profiles()
    # WHEN a window of this title is open
    found = profile_for_window(title, profiles)
    # THEN the game is known, or none is
    assert (found.id if found else None) == game


def test_a_profile_of_the_user_overrides_and_comes_back() -> None:
    # GIVEN a shipped game that the user has changed, with everything that a profile can hold
    own = GameProfile(
        id="grid",
        title="私のグリッド",
        window="^Grid$",
        prompt="Where to?",
        region=(0.0, 0.25, 0.5, 1.0),
        language="ja",
        moves=("left",),
        cooldown_s=2.5,
        board="framed",
    )
    save_profile(own)
    # THEN the user's is used
    profiles, notices = load_profiles(keep=True)
    assert profiles["grid"] == own
    assert notices == []
    assert is_own("grid")
    # WHEN it is deleted
    delete_profile("grid")
    # THEN the shipped one is back
    assert load_profiles()[0]["grid"].title == "Grid (practice)"
    assert not is_own("grid")


def test_a_new_game_of_the_user_goes_before_the_shipped_ones() -> None:
    # GIVEN a profile whose pattern takes the window of a shipped one
    save_profile(GameProfile(id="zz", title="Mine", window="practice: Grid", prompt="Go?"))
    profiles, _ = load_profiles(keep=True)
    # THEN the user's wish counts
    found = profile_for_window("Coach practice: Grid", profiles)
    assert found is not None
    assert found.id == "zz"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"id = ", "end of document"),
        (b"\xff\xff", "utf-8"),
        (b'id = "mine"\ntitle = "Mine"\n', "prompt"),
        (b'id = "mine"\ntitle = "Mine"\nprompt = "Go?"\nwindow = "("\n', "window"),
        (b'id = "other"\ntitle = "Mine"\nprompt = "Go?"\n', "id must be mine"),
    ],
)
def test_a_damaged_profile_is_kept_aside_and_said(
    content: bytes, reason: str, expect_warning: Callable[[str], None]
) -> None:
    expect_warning("mine.toml")
    # GIVEN a damaged profile beside a good one
    save_profile(GameProfile(id="good", title="Good", prompt="Go?"))
    (user_dir() / "mine.toml").write_bytes(content)
    # WHEN the profiles are loaded
    profiles, notices = load_profiles(keep=True)
    # THEN the good ones are there, the damaged one is named with the reason, and its content is not lost
    assert {"good", "grid"} <= set(profiles)
    assert "mine" not in profiles
    assert len(notices) == 1
    assert reason in notices[0]
    (kept,) = user_dir().glob("mine.toml.broken-*")
    assert kept.read_bytes() == content
    # THEN it is said once
    assert load_profiles()[1] == []


def test_an_unknown_game_names_the_known_ones() -> None:
    # WHEN a game is asked for that nobody knows
    with pytest.raises(CoachError) as raised:
        find("chess")
    # THEN the sentence helps
    assert "chess" in raised.value.message
    assert "grid-levels" in raised.value.remedy


def test_a_game_is_found_in_any_case() -> None:
    assert find("GRID").id == "grid"


def test_a_shipped_profile_cannot_be_deleted() -> None:
    with pytest.raises(CoachError, match="came with the coach"):
        delete_profile("grid")


def test_no_permission_is_a_sentence(coach_home: Path) -> None:
    # GIVEN a file where the folder of the profiles should be
    coach_home.mkdir()
    (coach_home / "config").write_text("")
    # THEN saving says so, and loading goes on with the shipped ones
    with pytest.raises(CoachError, match="could not be saved"):
        save_profile(GameProfile(id="mine", title="Mine", prompt="Go?"))
    assert "grid" in load_profiles()[0]


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(ValidationError, match="regular expression"):
        GameProfile(id="mine", title="Mine", prompt="Go?", window="[")


def test_a_text_adapter_is_the_games_own_or_the_first_there_is(coach_home: Path) -> None:
    # GIVEN games with and without an adapter, one of them the user's own
    save_profile(GameProfile(id="chess", title="Chess", prompt="What now?", adapter="chess-tips"))
    # WHEN a game is named THEN it is its own; otherwise the first that any game has
    assert adapter_of("chess") == "chess-tips"
    assert adapter_of("melee") == "melee"
    assert adapter_of("") == adapter_of("grid") == adapter_of("no-such-game") == "melee"


def test_every_game_can_be_asked_at_every_level() -> None:
    # GIVEN a game with no more than its own prompt, one with all three, and the default one
    plain = GameProfile(id="mine", title="Mine", prompt="Go?")
    full = GameProfile(id="mine", title="Mine", prompt="Go?", hint="Aim?", nudge="Look?", level="nudge")
    # WHEN their prompts are read THEN nudge and hint are those that the bundled coaches are trained on, or its own
    nudge = "Where should the player look? Please do not say what to do."
    hint = "What should the player aim for? Please do not say how."
    for profile, prompts in (
        (plain, (nudge, hint, "Go?")),
        (full, ("Look?", "Aim?", "Go?")),
        (find("default"), (nudge, hint, find("default").prompt)),
    ):
        assert tuple(prompt_for(profile, level) for level in LEVELS) == prompts
    assert {profile.level for profile in load_profiles()[0].values()} == {"answer"}


def test_of_a_shipped_profile_only_the_changes_are_kept() -> None:
    # GIVEN a shipped game of which the user has changed one thing
    shipped = find("melee")
    save_profile(shipped.model_copy(update={"level": "hint"}))
    # WHEN the file is read THEN it holds only that, and the rest is still the shipped one's
    assert (user_dir() / "melee.toml").read_text("utf-8").split() == ["id", "=", '"melee"', "level", "=", '"hint"']
    assert load_profiles()[0]["melee"] == shipped.model_copy(update={"level": "hint"})
