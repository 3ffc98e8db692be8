"""What the teacher of the bundled coach says."""

import numpy as np
import pytest

from coach_app.domain.moves import named_move
from coach_app.games.grid.env import GridEnv
from coach_app.games.grid.lessons.pictures import Scene
from coach_app.games.grid.lessons.scenes import SIZES, random_scene
from coach_app.games.grid.lessons.text import (
    MAX_CHARACTERS,
    NO_GAME,
    move_answer,
    move_exchange,
    question_exchange,
    sentences,
)
from coach_app.games.grid.level import ARTICLE_LEVEL, Level, Move, random_level
from coach_app.games.grid.teacher import optimal_moves

MOVES = tuple(move.name.lower() for move in Move)


def _scene(rows: list[str], facing: Move = Move.DOWN) -> Scene:
    """A scene from a drawing: # wall, C crate, o hole, x cat."""
    tiles = {"#": 9, ".": 0, "C": 1, "o": -1, "x": 2}
    level = Level(tuple(tuple(tiles[c] for c in row) for row in rows), 1.0)
    return Scene(level, level.start, facing)


def test_an_answer_says_what_is_seen_and_why_and_then_the_move() -> None:
    # GIVEN the scene of the project's own example: crate two up and one right, hole beside
    scene = _scene(["######", "#..C.#", "#....#", "#.xo.#", "######"])
    # WHEN the teacher speaks
    text = " ".join(sentence.en for sentence in move_answer(scene))
    # THEN
    assert text == (
        "The crate is two steps up and one to the right; the hole is on your right. "
        "A wall is below you. Move the cat up."
    )
    assert "".join(sentence.ja for sentence in move_answer(scene)) == (
        "木箱は上に2マス、右に1マスのところにあり、穴はすぐ右にあります。下は壁です。猫を上に動かしましょう。"
    )


def test_a_way_round_is_explained() -> None:
    # GIVEN a wall between cat and crate
    scene = _scene(["######", "#....#", "#x#C.#", "#..o.#", "######"])
    # WHEN / THEN the answer says why the move is not towards the crate
    assert "The direct way is blocked. Move the cat up." in " ".join(s.en for s in move_answer(scene))


@pytest.mark.parametrize("size", SIZES)
def test_every_answer_is_short_and_names_a_best_move(size: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    for seed in range(120):
        # GIVEN any position
        scene = random_scene(random_level(seed, size), rng)
        # WHEN the teacher answers
        text = move_exchange(scene, rng).text
        # THEN it fits into what the prompts ask for, and the app reads a best move from it
        assert len(text) <= MAX_CHARACTERS
        move = named_move(text, MOVES)
        assert move is not None
        assert Move[move.upper()] in optimal_moves(scene.level, scene.cat)


def test_on_the_slippery_map_the_answer_warns_of_slipping() -> None:
    # GIVEN the square below which the floor could carry the cat into the hole
    scene = Scene(ARTICLE_LEVEL, (2, 3))
    # WHEN / THEN
    assert [s.en for s in move_answer(scene)][-2:] == [
        "The floor is slippery, so keep away from the hole.",
        "Move the cat left.",
    ]


def test_the_wording_varies_as_one_plays() -> None:
    # GIVEN the same place, the cat looking four ways WHEN THEN four different answers
    level = random_level(0)
    assert len({move_answer(Scene(level, level.start, facing))[-1].en for facing in Move}) == 4


def test_a_picture_without_the_game_is_declined() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        # GIVEN no scene WHEN asked anything THEN nothing is made up
        assert move_exchange(None, rng).answer == NO_GAME
        assert question_exchange(None, rng).answer == NO_GAME


def test_sentences_for_the_translator_come_in_both_languages() -> None:
    # GIVEN the stream for the translator
    stream = sentences(np.random.default_rng(0))
    # WHEN it is read
    some = [next(stream) for _ in range(500)]
    # THEN each English sentence has a Japanese one, and the stream is the same for a seed
    assert all(s.en.isascii() and s.en.endswith((".", "?")) and s.ja.endswith("。") for s in some)
    again = sentences(np.random.default_rng(0))
    assert [next(again) for _ in range(500)] == some


def test_what_is_pointed_at_is_the_middle_of_the_square_that_the_answer_is_about() -> None:
    # GIVEN a cat left of the crate, on a map of 6 x 5 squares
    scene = _scene(["######", "#....#", "#.xC.#", "#...o#", "######"])
    rng = np.random.default_rng(4)
    # WHEN the next move is asked for THEN the place is the square that it leads to, as the environment has it
    env = GridEnv()
    env.place(scene.level, scene.cat)
    place = move_exchange(scene, rng).place
    assert place is not None
    assert place.centre == pytest.approx((3.5 / 6, 2.5 / 5)) == env.leads_to("right").centre
    # WHEN other things are asked for THEN it is the thing, the square in question, or no place
    labels = {"crate": (3.5, 2.5), "hole": (4.5, 3.5), "cat": (2.5, 2.5)}
    seen = set()
    for exchange in (question_exchange(scene, rng) for _ in range(300)):
        if exchange.place is None:
            assert not exchange.question.lower().startswith(("where is the crate", "is it safe"))
        elif exchange.place.label in labels:
            x, y = labels[exchange.place.label]
            assert exchange.place.centre == pytest.approx((x / 6, y / 5))
            assert exchange.place.label in exchange.text.lower()
        else:
            assert exchange.place.off(scene.level.mark(scene.cat)) == pytest.approx(1 / 6) or exchange.place.off(
                scene.level.mark(scene.cat)
            ) == pytest.approx(1 / 5)
        seen.add(exchange.place and exchange.place.label)
    assert seen == {None, "crate", "hole", "cat", "here"}
    # WHEN the picture shows something else THEN there is nothing to point at
    assert move_exchange(None, rng).place is question_exchange(None, rng).place is None


def test_a_move_against_a_wall_points_at_where_the_cat_stays() -> None:
    # GIVEN the cat in a corner WHEN a move leads into the wall THEN its place is the cat's own
    env = GridEnv()
    env.place(random_level(0), (1, 1))
    assert env.leads_to("up") == env.leads_to("left") == env.level.mark((1, 1))
