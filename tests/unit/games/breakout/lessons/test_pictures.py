"""What pictures of Breakout show, unit by unit."""

from dataclasses import replace
from itertools import islice

import numpy as np
import numpy.typing as npt
import pytest

from coach_app.games.breakout.env import BreakoutEnv
from coach_app.games.breakout.lessons.curriculum import LABELS, MOVES, NOWHERE, labels, own_games, picture, scenes
from coach_app.games.breakout.lessons.pictures import BAR_COLUMNS, BAR_ROW, SIGN, Scene
from coach_app.games.breakout.lessons.scenes import unseen_scenes
from coach_app.games.breakout.picture import LEFT_PX, TOP_PX, UNIT_PX, UNITS
from coach_app.games.breakout.search import STEERING, Outlook
from coach_app.games.breakout.view import MOVES as ACTIONS
from coach_app.games.breakout.view import Bar, Place, View
from coach_app.games.breakout.words import Decision

FULL = ((True,) * 18,) * 6
BALL = Place(60, 150)
OUTLOOK = Outlook(("left",), 14, 41, (88, 50, 126), (1 << 88, 1 << 41 | 1 << 88, 1 << 126))


@pytest.fixture(autouse=True)
def few_games(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three games at once instead of many, as beginning each takes time."""
    monkeypatch.setattr("coach_app.games.breakout.lessons.scenes._GAMES", 3)


def scene(ball: Place | None = BALL, ahead: Outlook | None = OUTLOOK, move: str = "left") -> Scene:
    seen = View(ball, Bar(80, 96), FULL, 3, ball and Place(75, 128), Bar(83, 99), "left")
    return Scene(Decision(seen, move, ahead), 9)


def said(shown: npt.NDArray[np.int64], unit: tuple[int, int]) -> dict[str, str]:
    """The labels of a unit that say something, by name."""
    values = zip(LABELS.items(), shown[unit], strict=False)
    return {label: names[value] for (label, names), value in values if names[value] != "none"}


def best(shown: npt.NDArray[np.int64], unit: tuple[int, int]) -> set[str] | None:
    """The moves that are best at a unit; None where nothing is said."""
    told = shown[unit][-MOVES:]
    return None if (told < 0).any() else {move for move, right in zip(ACTIONS, told, strict=True) if right}


def place(shown: npt.NDArray[np.int64], label: str) -> int | None:
    """Where something is along the bar's way, in the emulator's pixels."""
    number = list(LABELS).index(label)
    units = np.argwhere(shown[..., number] != NOWHERE[number])
    assert len(units) <= 1
    return next((int(x * UNIT_PX + shown[y, x, number] - LEFT_PX) for y, x in units), None)


def test_labels_name_what_is_there_to_the_pixel() -> None:
    # GIVEN a ball that comes down left of the bar WHEN the scene is labelled
    shown = labels(scene())
    # THEN the middle of everything is where it is drawn
    row, column = (152 - TOP_PX) // UNIT_PX, (61 + LEFT_PX) // UNIT_PX
    ball = said(shown, (row, column))
    assert (column * UNIT_PX + int(ball["ball x"]), row * UNIT_PX + int(ball["ball y"])) == (77, 135)
    assert (ball["flight"], ball["time"]) == ("down and left", "6")  # 14 frames are a step and a half
    assert [place(shown, label) for label in ("bar", "bar before", "landing")] == [88, 91, 41]
    assert [place(shown, f"after {move}") for move in STEERING] == [88, 50, 126]
    # AND what counts for the whole is said at the sign of the last move, and what is left on the panel and above
    at_sign = said(shown, SIGN)
    assert at_sign == {"last": "left", "why": "left of the bar", "move": "left"}
    assert best(shown, SIGN) == {"left"}
    lives = [said(shown, (UNITS - 1, unit)).get("life") for unit in range(UNITS)]
    assert lives == [None] * 6 + ["there"] * 3 + ["gone"] * 2 + [None]
    # AND its reason and its move everywhere
    assert all(said(shown, unit)["why"] == "left of the bar" for unit in np.ndindex(UNITS, UNITS))
    assert all(said(shown, unit)["move"] == "left" for unit in np.ndindex(UNITS, UNITS))
    bricks = [int(named["bricks"]) for unit in np.ndindex(UNITS, UNITS) if "bricks" in (named := said(shown, unit))]
    assert sum(bricks) == 6 * 18


def test_along_the_bars_way_it_is_told_which_moves_would_do_there() -> None:
    # GIVEN a bar that can be at 41 or 88 after a move to the left, at 88 if it stays, and at 126 after one to the right
    shown = labels(scene())
    # THEN these are the best ones where the ball might come down there
    told = {column * UNIT_PX + UNIT_PX // 2 - LEFT_PX: best(shown, (BAR_ROW, column)) for column in BAR_COLUMNS}
    wanted: dict[int, set[str]] = {40: {"left"}, 88: {"stay", "left"}, 120: {"right"}}
    assert told == {middle: wanted.get(middle) for middle in told}


RISING = View(Place(60, 120), Bar(80, 96), FULL, 3, Place(60, 140), Bar(80, 96), "stay")


@pytest.mark.parametrize(
    ("shown", "right", "reason"),
    [
        (scene(None, None, "fire"), {"fire"}, "no ball"),
        (scene(ahead=None), None, "left of the bar"),
        (scene(ahead=replace(OUTLOOK, best=())), None, "left of the bar"),
        (scene(ahead=replace(OUTLOOK, best=("stay", "left"))), {"stay", "left"}, "left of the bar"),
        (Scene(Decision(RISING, "stay"), 4), None, "up"),
        (Scene(Decision(replace(RISING, ball_before=Place(50, 60), ball=Place(60, 80)), "stay"), 4), None, "down"),
    ],
)
def test_several_moves_may_be_best_or_none_known_to_be(shown: Scene, right: set[str] | None, reason: str) -> None:
    assert set(shown.right) == (right or set())
    assert best(labels(shown), SIGN) == right
    assert said(labels(shown), SIGN)["why"] == reason


def test_what_would_do_elsewhere_does_there_as_well() -> None:
    # GIVEN scenes of games
    agreed = list[bool]()
    for _, seen in islice(unseen_scenes(np.random.default_rng(2)), 40):
        ahead = seen.decision.ahead
        if ahead and ahead.best:
            # WHEN it is asked which moves would do where the ball does come down
            bar = seen.decision.view.bar
            would = ahead.would_return(ahead.middle, bar.right - bar.left)
            # THEN these are the best ones, but for the bar's ends, where only a try in a copy tells
            agreed.append(would == tuple(move in ahead.best for move in STEERING))
    assert sum(agreed) >= 0.8 * len(agreed) > 8


def test_scenes_are_the_same_for_a_seed_and_bricks_change_only_below_them(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN two streams of one seed WHEN they are read THEN they are equal; some show something else
    monkeypatch.setattr("coach_app.games.breakout.lessons.scenes._OTHER_SHARE", 0.2)
    some, same = (list(islice(scenes(np.random.default_rng(3)), 50)) for _ in "ab")
    assert some == same
    assert None in some
    # AND they are of both lengths of a step, some with bricks missing as in no game that has just begun
    assert {seen.frames for seen in some if seen} == {9, 4}
    gone = [seen for seen in some if seen and sum(map(sum, seen.decision.view.bricks)) < 54]
    assert gone
    assert all(seen.decision.view.landing is not None or seen.decision.view.ball is None for seen in gone)
    assert all(picture(seen).shape == (192, 192, 3) for seen in gone)


def test_scenes_where_a_glance_misleads_need_another_move() -> None:
    from coach_app.games.breakout.teacher import follow

    # GIVEN scenes that are all tricky, but for serves THEN none of the best moves is the one after the ball
    tricky = [seen for seen in islice(scenes(np.random.default_rng(4), 1.0), 6) if seen and seen.decision.view.ball]
    assert tricky
    assert not any(follow(seen.decision.view) in seen.right for seen in tricky)


def test_a_coach_plays_its_own_games_and_the_teacher_steps_in() -> None:
    # GIVEN games of a coach that knows no move, and of one that only moves to the left
    lost, leaving = (own_games(np.random.default_rng(5), 3) for _ in range(2))
    assert lost.scenes == leaving.scenes
    # WHEN they are played
    for _ in range(12):
        lost.play(["", "?", "none"])
        leaving.play(["left"] * 3)
    # THEN they go on, each in its own way
    assert [seen.frames for seen in lost.scenes] == [9, 9, 4]
    assert lost.scenes != leaving.scenes


def test_a_scene_looks_as_the_game_draws_it() -> None:
    env = BreakoutEnv()
    env.scatter(500_001)
    assert np.array_equal(picture(Scene(env.decision(), 9)), env.render())
