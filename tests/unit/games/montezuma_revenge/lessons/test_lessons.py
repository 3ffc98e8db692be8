"""What a coach of Montezuma's Revenge is taught: pictures, questions, answers."""

import zlib
from dataclasses import replace
from itertools import islice
from typing import cast

import numpy as np
import pytest

from coach_app.domain.moves import named_move
from coach_app.domain.phrases import phrases
from coach_app.games.catalogue import games
from coach_app.games.montezuma_revenge.env import MontezumaEnv
from coach_app.games.montezuma_revenge.lessons import curriculum, measure, questions, scenes, text
from coach_app.games.montezuma_revenge.lessons.pictures import LABELS, SIGN, Scene, labels, picture, with_sign
from coach_app.games.montezuma_revenge.lessons.scenes import OwnGames, new, unseen_scenes
from coach_app.games.montezuma_revenge.view import KEY, MOVES, Place, View
from coach_app.games.montezuma_revenge.words import Decision
from coach_app.games.profiles import profile_of
from coach_app.translation.sentences import holds_latin

STANDS = View("", Place(80, 93), Place(92, 179), True, (True, True), (), 5)
NAMES = list(LABELS)


@pytest.fixture(scope="module")
def some() -> list[Scene]:
    """Scenes of unseen games."""
    return [scene for _, scene in islice(unseen_scenes(np.random.default_rng(1)), 6)]


def shown(scene: Scene, unit: tuple[int, int], label: str) -> str:
    value = int(labels(scene)[*unit, NAMES.index(label)])
    return LABELS[label][value]


def test_a_scene_is_what_the_game_shows() -> None:
    # GIVEN a new game WHEN its scene is kept THEN its picture is the game's
    env = new()
    env.reset(seed=500_000)
    scene = Scene(Decision(env.view, "wait"), b"")
    kept = curriculum.picture(replace(scene, packed=zlib.compress(env.render().tobytes())))
    assert np.array_equal(kept, env.render())
    # AND its labels say where Joe is, to the pixel, and what counts
    assert shown(scene, (2, 5), "joe x") == "0"
    assert shown(scene, (2, 5), "joe y") == str((93 - 1 - 47) % 16)
    assert shown(scene, SIGN, "area") == "middle platform"
    assert shown(scene, SIGN, "last") == "no move"
    assert shown(scene, (3, 1), "key") == "there"


@pytest.mark.parametrize("last", ["", "wait", "jump left", "down"])
def test_a_scene_with_the_sign_of_another_move_is_the_same_moment(some: list[Scene], last: str) -> None:
    # GIVEN a scene WHEN it is drawn with the sign of another last move
    scene = some[0]
    other = with_sign(scene, last)
    # THEN that is what it shows, and what is asked about it
    assert shown(other, SIGN, "last") == (last or "no move")
    # AND nothing else is another, neither in the picture nor in what is best
    assert np.array_equal(picture(other)[:-16], picture(scene)[:-16])
    assert np.array_equal(picture(other)[-16:, 32:], picture(scene)[-16:, 32:])
    assert other.decision.move == scene.decision.move
    assert np.array_equal(picture(with_sign(other, scene.decision.view.last)), picture(scene))


def test_games_go_on_from_where_the_key_was_carried() -> None:
    # GIVEN a game in which the key is carried
    class WithKey:
        view, is_done = replace(STANDS, items=(KEY,)), False

        def copy(self) -> "WithKey":
            return WithKey()

        def act(self, move: str) -> None:
            assert move in MOVES

    kept = scenes._WithKey(np.random.default_rng(1))
    assert kept.begin() is None
    # WHEN it is seen often enough THEN about half of the games begin there, and never in the very game that was seen
    seen = cast(MontezumaEnv, WithKey())
    for _ in range(50):
        kept.see(seen)
    begun = [kept.begin() for _ in range(40)]
    assert 10 < sum(each is None for each in begun) < 30
    assert seen not in begun


def test_scenes_differ_and_their_answers_name_the_teachers_move(some: list[Scene]) -> None:
    # GIVEN scenes of unseen games THEN they differ, and can be drawn
    assert len({scene.decision.view for scene in some}) == len(some)
    rng = np.random.default_rng(2)
    for scene in some:
        assert picture(scene).shape == (160, 160, 3)
        # AND what is answered names the teacher's move, in English and with Japanese for every sentence
        exchange = text.move_exchange(scene, rng)
        assert named_move(exchange.text, MOVES) == scene.decision.move
        assert len(exchange.text) <= 200
        for each in (exchange, text.other_exchange(scene, rng)):
            assert not holds_latin(each.text_ja), each.text_ja


@pytest.mark.parametrize(
    ("asked", "view", "wanted"),
    [
        ("WHERE", STANDS, "Joe is on the middle platform."),
        ("WHERE", replace(STANDS, joe=None), "Joe is lost."),
        ("SKULL", replace(STANDS, skull_before=Place(90, 179)), "The skull is 1 right. It rolls right."),
        ("SKULL", replace(STANDS, skull=None), "I see no skull here."),
        ("CARRIED", STANDS, "The key is there: get it."),
        ("CARRIED", replace(STANDS, key=False, items=("key",)), "You have the key."),
        ("LIVES", STANDS, "Hats left: 5."),
        ("DOORS", STANDS, "Both doors are shut."),
        ("DOORS", replace(STANDS, doors=(False, True)), "The left door is open."),
        ("LAST", STANDS, "There was no move yet."),
        ("LAST", replace(STANDS, last="jump left"), "Last move: jump left."),
    ],
)
def test_questions_are_answered_from_the_view(asked: str, view: View, wanted: str) -> None:
    answer = dict(text._KINDS)[getattr(questions, asked)]
    assert answer(Decision(view, "wait")) == wanted
    assert not holds_latin(phrases("ja").translated(wanted))


def test_something_else_is_declined() -> None:
    rng = np.random.default_rng(3)
    assert text.move_exchange(None, rng).text == text.NO_GAME
    assert profile_of("montezuma-revenge").prompt == questions.PROMPT
    assert games()["montezuma-revenge"].coach == "montezuma-coach"


def test_a_coachs_own_games_go_on_by_its_moves() -> None:
    # GIVEN two games of a coach WHEN it moves THEN what is seen changes
    own = OwnGames(np.random.default_rng(4), 2)
    before = [env.view for env in own._games]
    own.play(["left", "right"])
    assert [env.view for env in own._games] != before


def test_a_play_counts_points() -> None:
    # GIVEN a player that waits WHEN it plays THEN it earns nothing, in as many steps as it may
    result = measure.play(lambda envs: ["wait"] * len(envs), [500_000], most=5)
    assert result == {"reward": 0.0, "std": 0.0, "key": 0, "door": 0, "steps": 5}
    card = measure.card(
        {
            "played": {"random": result},
            "teachers_move_named": {"to the key": 0.5},
            "episodes": 1,
            "positions": 2,
            "questions_right": 0.5,
            "other_pictures_declined": 1.0,
        },
        1_000_000,
    )
    assert "| random | 0.0 ± 0.0 | 0% | 0% | 5 |" in card
