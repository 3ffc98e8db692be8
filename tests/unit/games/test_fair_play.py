"""Competitive games in which the coach is silent, unless the player decides otherwise."""

import re

import pytest

from coach_app.domain.phrases import phrases
from coach_app.domain.profile import GameProfile
from coach_app.games.catalogue import games
from coach_app.games.fair_play import Rule, played_fair, rule_for, rules, silence
from coach_app.games.profiles import find, load_profiles

TITLES = [game for rule in rules() for game in rule.games]


def test_the_table_is_complete_and_in_both_languages() -> None:
    # GIVEN the table WHEN it is read THEN it holds many games, each once, with a rule in one sentence, and its source
    assert len(TITLES) >= 25
    assert len({game.id for game in TITLES}) == len(TITLES)
    for rule in rules():
        assert re.fullmatch(r"[^.]*(Chess\.com)?[^.]*\.", rule.rule), rule.rule
        assert rule.source.startswith("https://")
        assert rule.reference.endswith(f": {rule.source}")
        assert phrases("ja").translated(rule.reference).startswith("出典")
        assert phrases("ja").translated(rule.rule) != rule.rule
    # and no game of the coach's own is meant by it
    assert not {game.id for game in TITLES} & set(games())


@pytest.mark.parametrize(
    ("window", "program", "game"),
    [
        ("League of Legends (TM) Client", "League of Legends.exe", "league-of-legends"),
        ("VALORANT  ", "VALORANT-Win64-Shipping.exe", "valorant"),
        ("Counter-Strike 2", "cs2", "counter-strike-2"),
        ("Dota 2", "dota2", "dota-2"),
        ("StarCraft II", "SC2_x64.exe", "starcraft-2"),
        ("Tom Clancy's Rainbow Six® Siege", "RainbowSix.exe", "rainbow-six-siege"),
        ("Call of Duty® HQ", "cod.exe", "call-of-duty"),
        ("Play Chess Online - Chess.com — Mozilla Firefox", "firefox", "chess-com"),
        ("Your turn - Play Anna • lichess.org - Google Chrome", "chrome.exe", "lichess"),
        ("Minecraft* 1.21.4 - Multiplayer (3rd-party Server)", "java", "minecraft-server"),
        ("VALORANT - Wikipedia — Mozilla Firefox", "firefox", None),
        ("Dota 2", "nautilus", None),
        ("Minecraft 1.21.4 - Singleplayer", "java", None),
        ("osu", "code", None),
    ],
)
def test_a_game_is_known_by_its_window(window: str, program: str, game: str | None) -> None:
    # GIVEN a window that no profile knows WHEN its profile is chosen THEN it is that of the competitive game, silent
    default = find("default")
    played = played_fair(default, window, program)
    assert played.id == (game or "default")
    assert (silence(played, window, program) is not None) == (game is not None)


def test_practice_games_stay_live() -> None:
    # GIVEN every game that comes with the coach WHEN it is played THEN the coach speaks
    for game in games().values():
        profile = find(game.id)
        title = game.practice.title if game.practice else profile.title
        assert played_fair(profile, title, "python") == profile
        assert silence(profile, title, "python") is None


@pytest.mark.parametrize(("when", "speaks"), [("", False), ("live", True), ("asked", True), ("review", False)])
def test_what_the_player_has_decided_goes_before_the_rule(when: str, speaks: bool) -> None:
    # GIVEN the player's own profile of a game with a rule, and a decision
    own = GameProfile(id="my-dota", title="Dota, at last", window="^Dota 2$", prompt="What now?", when=when)  # type: ignore[arg-type]
    # WHEN it is played THEN the decision counts, and without one, the rule
    played = played_fair(own, "Dota 2", "dota2")
    assert played.id == "my-dota"
    assert (silence(played, "Dota 2", "dota2") is None) == speaks
    # but what was decided for any unknown game decides nothing here
    anything = find("default").model_copy(update={"when": when})
    assert played_fair(anything, "Dota 2", "dota2").when == "review"


def test_it_is_said_what_the_rule_is_and_how_to_change_it() -> None:
    # GIVEN a game with a rule, and one that the player wants to be silent in
    dota = played_fair(find("default"), "Dota 2", "dota2")
    own = GameProfile(id="mine", title="Mine", prompt="What now?", when="review")
    # WHEN the coach is silent THEN it says why, by whom, and where to change that, in Japanese, too
    said = str(silence(dota, "Dota 2", "dota2"))
    rule = rule_for(dota)
    assert rule
    assert rule.rule in said
    assert said.endswith(rule.reference)
    assert "When it speaks" in said
    japanese = phrases("ja").translated(said)
    assert "いつ話すか" in japanese
    assert rule.source in japanese
    assert not re.search(r"review only|allow", japanese)
    assert str(silence(own, "Mine", "mine")).startswith("Mine is review only: nothing is said while it runs. You can")
    assert all(profile.when == "" for profile in load_profiles()[0].values())


@pytest.mark.parametrize(
    ("read", "as_of", "said"),
    [
        ("page", "", "Source: https://a.example/rules"),
        ("copy", "2020-05-12", "Source, as of 2020-05-12: https://a.example/rules"),
        ("quotation", "2026-07-31", "Source, known to us from quotations: https://a.example/rules"),
    ],
)
def test_it_is_said_how_a_source_is_known(read: str, as_of: str, said: str) -> None:
    # GIVEN a rule whose page was read, as it was years ago, or only in quotations WHEN it is cited THEN that is said
    games = ({"id": "a", "title": "A", "window": "^A$"},)
    rule = Rule.model_validate(
        {"rule": "No help.", "source": "https://a.example/rules", "read": read, "as_of": as_of, "games": games}
    )
    assert rule.reference == said
