"""Collecting: every step is written down as it happened, once, within bounds."""

import json
from dataclasses import replace
from pathlib import Path

import datasets
import numpy as np
import pytest
from PIL import Image

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import games
from coach_app.games.game import Game
from coach_app.games.images import action_names
from coach_app.games.positions import rendered
from coach_app.learning.collecting import collect, cost, watch
from coach_app.learning.experience import Experience, Store
from coach_app.learning.exploring import Explorer
from coach_app.learning.recorded import RecordedEpisode, read

GRID = games()["grid-levels"]
SEEDS = range(500_000, 500_004)


def explore(store: Store, seeds: range = SEEDS, game: Game = GRID, most: int = 30) -> tuple[Experience, ...]:
    collect(game, "explore", seeds, None, most, Explorer(game), store)
    return tuple(step for steps in store.episodes("explore") for step in steps)


@pytest.mark.parametrize("game_id", ["grid-levels", "grid", "frozen-lake"])
def test_experiences_are_what_the_game_does(game_id: str, store: Store) -> None:
    # GIVEN what was collected in a game
    game = games()[game_id]
    explore(store, game=game)
    for steps in store.episodes():
        # WHEN the game is played again with its moves
        env = game.make()
        env.reset(seed=steps[0].seed)
        for step in steps:
            # THEN every step shows, earns and ends the same
            with Image.open(store.folder / step.picture) as picture:
                assert np.array_equal(np.asarray(picture.convert("RGB")), rendered(env))
            assert game.describe
            assert game.state
            assert step.description == game.describe(env)
            assert json.loads(step.state) == json.loads(json.dumps(game.state(env)))
            _, reward, terminated, truncated, _ = env.step(action_names(env).index(step.action))
            assert step.reward == reward
            assert step.next_description == game.describe(env)
            assert (step.ended == "terminated", step.ended == "truncated") == (terminated, truncated)
            assert step.why
        assert steps[-1].ended


def test_datasets_reads_the_files(store: Store, tmp_path: Path) -> None:
    # GIVEN collected episodes WHEN they are read by the library that trainings use THEN every step is there
    steps = explore(store)
    files = str(store.folder / "episodes" / "*.parquet")
    table = datasets.load_dataset("parquet", data_files=files, split="train", cache_dir=str(tmp_path / "cache"))
    assert table["action"] == [step.action for step in steps]
    assert (store.folder / table[0]["picture"]).is_file()


def test_nothing_is_collected_twice(store: Store) -> None:
    # GIVEN a collection that stopped after two episodes
    explore(store, SEEDS[:2])
    first = {file: file.stat().st_mtime_ns for file in (store.folder / "episodes").iterdir()}
    # WHEN it is started again for four
    found = collect(GRID, "explore", SEEDS, None, 30, Explorer(GRID), store)
    # THEN the two are known and untouched, and two are new
    assert (found.episodes, found.known) == (2, 2)
    assert all(file.stat().st_mtime_ns == time for file, time in first.items())
    # and nothing of it would cost anything now
    assert cost(GRID, "explore", SEEDS, None, 30, Explorer(GRID), store).steps == 0


def test_a_total_of_steps_ends_it_whether_they_are_new_or_known(store: Store) -> None:
    # GIVEN more seeds than are needed WHEN 25 steps are collected THEN there are 25, and no more the second time
    seeds = range(SEEDS.start, SEEDS.start + 25)
    done: list[tuple[int, int]] = []
    for _ in range(2):
        collect(GRID, "explore", seeds, None, 10, Explorer(GRID), store, lambda *how_far: done.append(how_far), 25)
        assert sum(map(len, store.episodes())) == 25
    assert done[-1] == (25, 25)
    assert cost(GRID, "explore", seeds, None, 10, Explorer(GRID), store, 25).steps == 0


def test_what_is_interrupted_keeps_complete_episodes_only(store: Store) -> None:
    # GIVEN somebody who presses Ctrl+C after two episodes
    def interrupt(done: int, count: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    # WHEN that happens
    with pytest.raises(KeyboardInterrupt):
        collect(GRID, "explore", SEEDS, None, 30, Explorer(GRID), store, interrupt)
    # THEN two episodes are there, and complete
    assert [steps[-1].ended != "" for steps in store.episodes()] == [True, True]


def test_the_space_on_disk_is_bounded(tmp_path: Path) -> None:
    # GIVEN more experiences than may be kept, of another game
    other = tmp_path / "experience" / "other" / "big"
    other.parent.mkdir(parents=True)
    other.write_bytes(bytes(2_000_000))
    store = Store(tmp_path / "experience" / "some-game", 2, among=tmp_path / "experience")
    # WHEN more are collected THEN it is refused with a sentence; in a folder of its own it is not
    with pytest.raises(CoachError, match="2 MB of 2 MB"):
        explore(store)
    assert explore(Store(tmp_path / "experience" / "some-game", 2), SEEDS[:1])


def test_a_cost_is_said_before(store: Store) -> None:
    # GIVEN a collection WHEN its cost is asked THEN it is that of the missing episodes, and nothing is kept yet
    expected = cost(GRID, "explore", SEEDS, None, 30, Explorer(GRID), store)
    assert (expected.episodes, expected.steps) == (4, 120)
    assert "120 steps" in expected.text
    assert list(store.episodes()) == []


@pytest.mark.parametrize("first", [900_000, 909_999, 899_999])
def test_seeds_for_checks_are_refused(first: int, store: Store) -> None:
    # GIVEN seeds of which one is kept for checks WHEN experiences are to be collected THEN none are
    with pytest.raises(CoachError, match="kept for checks"):
        explore(store, range(first, first + 2))
    assert list(store.episodes()) == []


def test_a_damaged_episode_is_named(store: Store) -> None:
    # GIVEN an episode whose file is damaged WHEN the episodes are read THEN the sentence says which one to delete
    explore(store, SEEDS[:1])
    (file,) = (store.folder / "episodes").iterdir()
    file.write_bytes(file.read_bytes()[:50])
    with pytest.raises(CoachError, match=f"{file.name} is damaged"):
        list(store.episodes())


def test_pictures_are_kept_once(store: Store) -> None:
    # GIVEN explored levels WHEN their pictures are counted THEN there is a file for each different one
    steps = explore(store)
    shown = {name for step in steps for name in (step.picture, step.next_picture)}
    assert {f"pictures/{file.name}" for file in (store.folder / "pictures").iterdir()} == shown
    assert len(shown) < 2 * len(steps)


def recording(path: Path, moves: tuple[str, ...] = ("up", "left", "down")) -> Path:
    """What the practice window writes when these moves are made in two episodes of one seed."""
    lines = []
    env = GRID.make()
    for _ in range(2):
        env.reset(seed=SEEDS[0])
        lines.append({"seed": SEEDS[0], "steps": 0, "action": "", "reward": 0.0})
        total = 0.0
        for number, move in enumerate(moves, 1):
            _, reward, ended, _, _ = env.step(action_names(env).index(move))
            total += float(reward)
            lines.append({"seed": SEEDS[0], "steps": number, "action": move, "reward": round(total, 6)})
            if ended:
                break
    path.write_text("".join(json.dumps(line) + "\n" for line in lines) + '{"cut of')
    return path


def test_a_recording_is_watched(store: Store, tmp_path: Path) -> None:
    # GIVEN a recording of two episodes of one seed WHEN it is watched
    recorded = read(recording(tmp_path / "play.jsonl"))
    found = watch(GRID, recorded, None, store)
    # THEN both are kept, with the player's moves, and a second time nothing is new
    assert (found.episodes, found.known) == (2, 0)
    episodes = list(store.episodes("watch"))
    assert [tuple(step.action for step in steps) for steps in episodes] == [each.moves for each in recorded]
    assert watch(GRID, recorded, None, store).known == 2


def test_a_recording_of_something_else_is_refused(store: Store, tmp_path: Path) -> None:
    # GIVEN a recording whose rewards are not those of the game WHEN it is watched THEN it is refused
    (episode, *_) = read(recording(tmp_path / "play.jsonl"))
    other = replace(episode, rewards=(0.5, *episode.rewards[1:]))
    with pytest.raises(CoachError, match="not of grid-levels"):
        watch(GRID, [other], None, store)
    with pytest.raises(CoachError, match="not of grid-levels"):
        watch(GRID, [RecordedEpisode(SEEDS[0], 0, ("jump",), (0.0,))], None, store)


@pytest.mark.parametrize("line", ['{"at": 1.0, "event": "AnswerStarted"}', '{"seed": 1, "steps": 0}', "[1]"])
def test_other_records_have_nothing_to_watch(line: str, tmp_path: Path) -> None:
    # GIVEN a trace of the coach, or a log without moves WHEN it is read THEN the sentence says how to record
    path = tmp_path / "trace.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(CoachError, match="--state-log"):
        read(path)


def test_novelty_tries_more_than_chance() -> None:
    # GIVEN one level that is begun again and again
    def tried(novelty: bool) -> int:
        explorer, pairs = Explorer(GRID, novelty), set[tuple[str, str]]()
        env = GRID.make((8, 8))
        for episode in range(12):
            env.reset(seed=SEEDS[0])
            explorer.begin(episode)
            for _ in range(25):
                move = explorer.choose(env).move
                assert GRID.describe
                pairs.add((GRID.describe(env), move))
                _, _, ended, truncated, _ = env.step(action_names(env).index(move))
                if ended or truncated:
                    break
        return len(pairs)

    # WHEN it is explored THEN counting tries more moves in more states than chance
    assert tried(True) > 1.1 * tried(False)
