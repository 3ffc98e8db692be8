"""What-ifs: what is told is what the game does."""

from functools import partial

import numpy as np
import pytest

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import copied_ids, games, to_play
from coach_app.games.images import action_names
from coach_app.games.positions import rendered
from coach_app.games.what_if import move_asked, played, teachers_moves, what_if

CASES = {"crafter": 40, "babyai": 60, "frozen-lake": 100, "breakout": 2, "breakout-4": 2, "montezuma-revenge": 2}
"""Of games that are slow to begin or to draw."""
MANY = 400


def random_case(game_id: str, number: int) -> tuple[int, list[str], str, str]:
    """A seed, the moves before, the one that was made, and another one."""
    rng = np.random.default_rng([number, len(game_id)])
    names = action_names(to_play(game_id).make())
    seed = 500_000 + (number % 2 if game_id in CASES else number)
    moves = [names[index] for index in rng.integers(len(names), size=rng.integers(12) + 2)]
    return seed, moves[:-2], moves[-2], moves[-1]


@pytest.mark.parametrize("game_id", copied_ids())
def test_a_what_if_equals_the_game(game_id: str) -> None:
    game = games()[game_id]
    for number in range(CASES.get(game_id, MANY)):
        # GIVEN a game after random moves
        seed, before, made, instead = random_case(game_id, number)
        try:
            env = played(game, seed, before)
        except CoachError:  # it has ended before
            before = []
            env = played(game, seed, before)
        shown = rendered(env)
        # WHEN it is asked what another move would have led to
        found = what_if(game, env, made, instead, ahead=0)
        # THEN the game itself, played from its beginning, does the same with either move
        for outcome in (found.made, found.instead):
            again = played(game, seed, before)
            _, reward, terminated, truncated, _ = again.step(action_names(again).index(outcome.move))
            assert (outcome.reward, bool(outcome.ended)) == (reward, terminated or truncated)
            assert np.array_equal(outcome.picture, rendered(again))
            assert not game.describe or outcome.description == game.describe(again)
        # and the game that was asked about has not moved
        assert np.array_equal(rendered(env), shown)


def test_there_are_a_thousand_cases() -> None:
    # GIVEN all games that can be copied WHEN their cases are counted THEN there are at least a thousand
    assert sum(CASES.get(game_id, MANY) for game_id in copied_ids()) >= 1_000


def test_the_teacher_goes_on_from_both_moves() -> None:
    # GIVEN a level, and the teacher's first move
    game = games()["grid-levels"]
    (best,) = teachers_moves(game, 500_001, 1)
    env = played(game, 500_001, ())
    worse = next(move for move in action_names(env) if move not in env.optimal_moves())  # type: ignore[attr-defined]
    # WHEN it is asked about a worse one THEN the teacher wins from both, and the worse one earns less
    found = what_if(game, env, best, worse, ahead=20)
    assert found.made.later_ended == found.instead.later_ended == "The cat reached the crate!"
    gained = [each.reward + each.later_reward for each in (found.made, found.instead)]
    assert gained[0] > gained[1]
    assert "Cat at column" in found.text


ask_grid = partial(move_asked, names=("left", "down", "right", "up"))


@pytest.mark.parametrize(
    ("question", "move"),
    [
        ("What if I had gone left?", "left"),
        ("what if i went UP instead of down", "up"),
        ("左に行っていたら？", "left"),
        ("And if the cat had moved downwards, not left?", "down"),
    ],
)
def test_a_question_names_its_move(question: str, move: str) -> None:
    # GIVEN a question WHEN it is read THEN the move is the one asked about, not the one made
    assert ask_grid(question) == move


def test_moves_of_several_words_are_recognised_in_the_past() -> None:
    # GIVEN games with longer names of moves WHEN they are asked about THEN the longest name counts
    crafter = action_names(to_play("crafter").make())
    assert move_asked("What if I had made a wood pickaxe?", crafter) == "make wood pickaxe"
    assert move_asked("What if I had placed a stone to the left?", crafter) == "place stone"
    assert move_asked("What if I had slept?", crafter) == "sleep"
    babyai = action_names(to_play("babyai").make())
    assert move_asked("What if I had gone left?", babyai) == "turn left"
    assert move_asked("What if I had picked it up?", babyai) == "pick up"


@pytest.mark.parametrize("question", ["What if I had danced?", "What if I had gone left or up?", ""])
def test_a_question_that_names_no_single_move_is_refused(question: str) -> None:
    with pytest.raises(CoachError, match="names"):
        ask_grid(question)


def test_a_game_that_cannot_be_copied_is_refused() -> None:
    # GIVEN a game without copies WHEN a what-if is asked THEN one sentence says so
    game = games()["melee"]
    with pytest.raises(CoachError, match="cannot be copied"):
        what_if(game, None, "left", "right")  # type: ignore[arg-type]


def test_moves_after_the_end_are_refused() -> None:
    # GIVEN moves that lead to the end WHEN more are made THEN the sentence says which one was the last
    game = games()["grid-levels"]
    moves = teachers_moves(game, 500_000, 20)
    with pytest.raises(CoachError, match=f"ends with move {len(moves)}"):
        played(game, 500_000, moves)
