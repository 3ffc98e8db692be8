"""What holds for every game: its folder says nothing that is not so."""

import re
from itertools import islice

import numpy as np
import pytest
from gymnasium import spaces

from coach_app.domain.board import Board
from coach_app.domain.moves import named_move
from coach_app.domain.phrases import phrases
from coach_app.domain.resources import game_dir
from coach_app.games.catalogue import games, to_play
from coach_app.games.game import Game
from coach_app.games.images import ImageEnv, action_names
from coach_app.games.positions import positions, rendered
from coach_app.games.profiles import action_meant, load_profiles, profile_for_window

STEPS = 60
STEPS_TO_EARN = 250
"""Of a long game, within which a teacher earns something."""
LONG = 1000
"""Steps of an episode, from which on it is not played to its end here."""
SEEDS = range(500_000, 500_008)
PROFILES = load_profiles()[0]
ALL = list(games().values())


def those(attribute: str) -> pytest.MarkDecorator:
    """All games that have something."""
    chosen = [game for game in ALL if getattr(game, attribute)]
    return pytest.mark.parametrize("game", chosen, ids=[game.id for game in chosen])


def is_long(game: Game) -> bool:
    """Whether a game takes so long that little of it is tried."""
    return game.practice is not None and game.practice.max_steps > LONG


def seeds(game: Game) -> range:
    return SEEDS[:2] if is_long(game) else SEEDS


def opened(game: Game) -> ImageEnv:
    env = game.make()
    env.reset(seed=SEEDS[0])
    return env


def walk(env: ImageEnv, seed: int, steps: int = STEPS) -> list[tuple[bytes, float, bool, bool]]:
    """What random moves show and earn, until the episode ends."""
    rng = np.random.default_rng(seed)
    seen = []
    for _ in range(steps):
        picture, reward, terminated, truncated, _ = env.step(int(rng.integers(len(action_names(env)))))
        seen.append((picture.tobytes(), float(reward), terminated, truncated))
        if terminated or truncated:
            break
    return seen


@pytest.mark.parametrize("game", ALL, ids=[game.id for game in ALL])
def test_the_folder_is_named_like_the_game_and_has_its_profile(game: Game) -> None:
    # GIVEN a game THEN its profile is in its folder, and has its title in Japanese
    assert (game_dir(game.id) / "game.toml").is_file()
    profile = PROFILES[game.id]
    assert (profile.id, games()[profile.id]) == (game.id, game)
    assert (
        re.search(r"[^ -~]", phrases("ja").translated(profile.title))
        or phrases("ja").translated(profile.title) == profile.title
    )
    assert all(to_play(name) is game for name in game.other_names)


@those("practice")
def test_the_profile_finds_the_practice_window_in_both_languages(game: Game) -> None:
    # GIVEN the titles of a game's window
    assert game.practice
    japanese = phrases("ja").translated(game.practice.title)
    assert japanese != game.practice.title
    # WHEN a window is open under one of them THEN it is this game's
    for title in (game.practice.title, japanese):
        found = profile_for_window(title, PROFILES)
        assert found
        assert found.id == game.id


@those("practice")
def test_what_the_practice_window_says_is_translated(game: Game) -> None:
    assert game.practice
    env = opened(game)
    shown = [game.practice.menu, game.practice.goal, game.practice.ending(env).text]
    for text in [*shown, *(game.describe(env).split("\n") if game.describe else [])]:
        assert re.search(r"[\u3041-\u30ff\u4e00-\u9fff]", phrases("ja").translated(text)), text
    assert ("&" in phrases("ja").translated(game.practice.menu)) == ("&" in game.practice.menu)


@those("environment")
def test_the_environment_steps_and_draws(game: Game) -> None:
    # GIVEN a new episode
    env = game.make()
    picture, _ = env.reset(seed=SEEDS[0])
    space = env.observation_space
    assert isinstance(space, spaces.Box)
    # WHEN moves are made at random
    for _ in range(STEPS):
        # THEN there is a picture of the announced shape, and a drawing
        assert picture.dtype == np.uint8
        assert picture.shape == space.shape
        drawn = rendered(env)
        assert drawn.dtype == np.uint8
        assert drawn.shape[2:] == (3,)
        picture, _, terminated, truncated, _ = env.step(int(env.action_space.sample()))
        if terminated or truncated:
            picture, _ = env.reset(seed=SEEDS[1])
    # THEN the same seed shows the same again
    assert np.array_equal(env.reset(seed=SEEDS[0])[0], game.make().reset(seed=SEEDS[0])[0])
    env.close()


@those("environment")
def test_keys_moves_and_actions_agree(game: Game) -> None:
    # GIVEN the actions of the environment
    env = game.make()
    names = action_names(env)
    assert isinstance(env.action_space, spaces.Discrete)
    assert len(names) == len(set(names)) == env.action_space.n
    env.close()
    # THEN keys and the profile's moves stand for some of them, and no key for two
    assert set(game.keys) <= set(names)
    keys = [key for keys in game.keys.values() for key in keys]
    assert len(keys) == len(set(keys))
    assert all(game.keys.values())
    assert [move for move in PROFILES[game.id].moves if action_meant(move, names) is None] == []
    if game.practice:
        assert game.keys
        assert not {"R", "N", "I"} & set(keys)  # these start again, go on, and ask what if


@those("teacher")
def test_a_teachers_moves_are_possible_and_lead_to_the_end(game: Game) -> None:
    assert game.teacher
    names = action_names(game.make())
    long = is_long(game)
    begun = [opened(game)] if long else [position.env for position in positions(game, len(SEEDS), SEEDS[0])]
    won = 0
    for env in begun:
        # GIVEN any position, or the beginning of a long game WHEN the best move is made each time
        ended, terminated, reward, steps = False, False, 0.0, 0
        while not ended and not (long and (reward > 0 or steps == STEPS_TO_EARN)):
            steps += 1
            best = game.teacher(env)
            # THEN it is one of the game's, and one that can be made
            assert best
            assert set(best) <= set(names)
            if game.possible_moves:
                assert set(best) <= set(game.possible_moves(env))
            _, gained, terminated, ended, _ = env.step(names.index(best[0]))
            reward += float(gained)
            ended = ended or terminated
        won += reward > 0
        if terminated:
            assert game.teacher(env) == ()
    # THEN that is good advice more often than not
    assert won > len(begun) / 2


@those("possible_moves")
def test_possible_moves_are_some_of_the_actions_and_a_real_choice(game: Game) -> None:
    assert game.possible_moves
    names = action_names(game.make())
    some = [set(game.possible_moves(position.env)) for position in positions(game, len(SEEDS), SEEDS[0])]
    assert all(possible and possible <= set(names) for possible in some)
    assert any(possible != set(names) for possible in some)


@those("copy")
def test_a_copy_and_the_original_go_on_alike(game: Game) -> None:
    assert game.copy
    for seed in seeds(game):
        # GIVEN a game after some moves, and its copy
        env = game.make()
        env.reset(seed=seed)
        walk(env, seed, steps=3)
        twin, third = game.copy(env), game.copy(env)
        before = rendered(env)
        # WHEN the copy goes on THEN the original has not moved
        ahead = walk(twin, seed + 1)
        assert np.array_equal(rendered(env), before)
        # and where it goes on too, both see and earn the same
        assert walk(env, seed + 1) == ahead
        assert walk(third, seed + 1) == ahead


@those("describe")
def test_a_description_names_everything_that_is_there(game: Game) -> None:
    assert game.describe
    assert game.state
    said: dict[str, bytes] = {}
    for position in positions(game, len(seeds(game)), SEEDS[0]):
        # GIVEN a position WHEN it is put into words THEN everything of it is named
        text, state = game.describe(position.env), game.state(position.env)
        assert [thing for thing in state if thing not in text.lower()] == []
        # and what looks different reads differently
        assert said.setdefault(text, position.picture().tobytes()) == position.picture().tobytes()
    assert len(said) > 1


TOLD = [game for game in ALL if PROFILES[game.id].bearings]


@pytest.mark.parametrize("game", TOLD, ids=[game.id for game in TOLD])
def test_what_a_teacher_tells_of_a_place_is_where_it_is_in_the_picture(game: Game) -> None:
    # GIVEN a game whose advice tells places from the player's own
    profile, found = PROFILES[game.id], set[str]()
    assert profile.bearings
    assert isinstance(profile.board, Board)
    assert game.explain
    assert game.leads_to
    for position in positions(game, 8 if is_long(game) else 40, SEEDS[0]):
        # WHEN the teacher's advice is read
        text, moves = game.explain(position.env), list(profile.moves)
        move = named_move(text, moves)
        for mark in profile.bearings.places(text, move, profile.board):
            # THEN what it names is there, or the move leads there
            assert move
            assert min(mark.off(place) for place in game.leads_to(position.env, move, mark.label)) < 1e-6, text
            # AND its name has a Japanese
            assert phrases("ja").translated(mark.label) != mark.label
            found.add(mark.label)
    assert "here" in found
    assert len(found) > 1


@those("lessons")
def test_lessons_look_for_the_board_of_the_profile_and_label_what_they_name(game: Game) -> None:
    # GIVEN the lessons of a game THEN they look for the same board as its profile
    assert game.lessons
    lessons = game.lessons()
    assert PROFILES[game.id].board == lessons.BOARD
    # AND the labels of unseen scenes are values that have names, and say of each move whether it is a best one
    rng = np.random.default_rng(0)
    for _, scene in islice(lessons.unseen_scenes(rng), 5):
        labels = lessons.labels(scene)
        values, moves = np.split(labels, [len(lessons.LABELS)], axis=2)
        assert labels.shape[2] == len(lessons.NOWHERE)
        assert (values >= 0).all()
        assert (values < [len(names) for names in lessons.LABELS.values()]).all()
        assert moves.shape[2] == lessons.MOVES
        assert np.isin(moves, (-1, 0, 1)).all()
