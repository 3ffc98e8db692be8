"""What an agent that reads said: one quoted move, or none."""

import pytest

from coach_app.games.catalogue import games
from coach_app.games.game import Game
from coach_app.games.images import action_names
from coach_app.games.reading import LAST_MOVES, quoted_move

MOVES = ("left", "right", "place stone")
READ = [game for game in games().values() if game.reading]


@pytest.mark.parametrize(
    ("answer", "move"),
    [
        ('Goal: wood. Action: "left"', "left"),
        ("Threats: none.\nAction: “Place Stone.”", "place stone"),
        ('"right", so I say "right"', "right"),
        ('"left" or "right"', None),
        ('I see a "tree". Action: "left"', None),
        ("Action: left", None),
        ('Action: "fly"', None),
        ('Action: "left', None),
        ("", None),
    ],
)
def test_one_quoted_move_counts_and_nothing_else(answer: str, move: str | None) -> None:
    # GIVEN an answer WHEN it is read THEN it means the only thing that it quotes, if that is a move
    assert quoted_move(answer, MOVES) == move


@pytest.mark.parametrize("game", READ, ids=lambda game: game.id)
def test_the_question_holds_all_that_is_needed_and_the_teacher_answers_it(game: Game) -> None:
    # GIVEN a game that is played by reading
    env = game.make()
    env.reset(seed=5)
    assert game.reading
    assert game.describe
    assert game.teacher
    reading, state = game.reading(), game.describe(env)
    # WHEN a model is asked THEN it reads what is seen, the last moves and all actions; no place is left open
    long, short = (reading.asked(state, ["left"] * 3 + ["up"] * LAST_MOVES, short=short) for short in (False, True))
    assert all(state in asked and ", ".join(["up"] * LAST_MOVES) in asked for asked in (long, short))
    assert "left, up" not in long
    assert all(action in long for action in action_names(env))
    assert not any(place in long + short for place in ("{state}", "{last}", "{form}"))
    # AND in every form the teacher's answer is understood as the teacher's move
    taught = reading.teach(env)
    for form in reading.forms:
        assert quoted_move(taught.answer(form), action_names(env)) == taught.move == game.teacher(env)[0]
    env.close()
