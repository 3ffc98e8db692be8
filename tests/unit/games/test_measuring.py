"""What is asked of a coach that is measured."""

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image

from coach_app.domain.moves import AvoidedMoves
from coach_app.games.frozen_lake.game import GAME
from coach_app.games.images import action_names
from coach_app.games.lessons import Exchange, Sentence
from coach_app.games.measuring import Examination

MOVES = ("left", "down", "right", "up")
PICTURE = np.zeros((40, 40, 3), np.uint8)


class Scripted:
    """Answers with the first move that is not to be avoided, or with what it is told."""

    def __init__(self, texts: Sequence[str] = ()) -> None:
        self.asked: list[tuple[str, ...]] = []
        self._texts = list(texts)

    def __call__(
        self, pictures: Sequence[Image.Image], questions: Sequence[str], avoided: Sequence[AvoidedMoves] = ()
    ) -> list[str]:
        self.asked += [each.tried for each in avoided]
        if self._texts:
            return [self._texts.pop(0) for _ in pictures]
        left = [next((move for move in MOVES if move not in each.tried), "left") for each in avoided]
        return [f"Go {move}." for move in left]


def examined(ask: Scripted) -> Examination:
    return Examination(ask, "What now?", MOVES, "framed", np.random.default_rng(0))


def test_what_was_advised_at_the_same_picture_is_not_advised_again() -> None:
    # GIVEN two games of which only the second one goes on
    ask = Scripted()
    exam, games = examined(ask), [GAME.make(), GAME.make()]
    for env in games:
        env.reset(seed=1)
    # WHEN a coach plays both
    named = []
    for _ in range(3):
        named.append(exam.advised(games))
        games[1].step(action_names(games[1]).index("down" if len(named) == 1 else "right"))
    # THEN only where a picture comes again, another move is asked for
    assert ask.asked == [(), (), ("left",), (), ("left", "down"), ()]
    assert named == [["left", "left"], ["down", "left"], ["right", "left"]]


def test_where_no_move_is_named_chance_moves() -> None:
    env = GAME.make()
    env.reset(seed=1)
    exam = examined(Scripted(["It is a fine day."] * 2))
    # GIVEN answers without a move WHEN they are followed THEN any move is made, and counts as none that was advised
    assert exam.advised([env])[0] in MOVES
    assert exam.advised([env])[0] in MOVES


def test_answers_count_word_by_word() -> None:
    wanted = [Exchange("Where?", (Sentence("Here.", "ここ。"),)), Exchange("Where?", (Sentence("There.", "そこ。"),))]
    # GIVEN one answer as the teacher's, and one nearly so WHEN they are measured THEN half of them are right
    assert examined(Scripted(["Here. ", "There!"])).answered([PICTURE, PICTURE], wanted) == pytest.approx(0.5)


def test_a_picture_without_a_board_counts_as_declined_and_others_if_the_coach_says_so() -> None:
    # GIVEN a coach that takes everything for its game
    never, always = examined(Scripted(["Go up."] * 100)), examined(Scripted(["No game."] * 100))
    # WHEN it sees other pictures THEN only those are declined in which the app finds no board; all where it says so
    assert 0 < never.declined("No game.") < 1
    assert always.declined("No game.") == 1


def test_moves_are_read_off_answers() -> None:
    assert examined(Scripted(["Go up.", "Nothing."])).moves_named([PICTURE, PICTURE]) == ["up", None]
