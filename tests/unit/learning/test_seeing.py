"""Play of which there are only pictures: kept as it was seen, bounded, with the moves that are known."""

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.gate import GateRules
from coach_app.domain.profile import GameProfile
from coach_app.games.catalogue import games, to_play
from coach_app.games.images import action_names
from coach_app.games.profiles import profile_of
from coach_app.games.seen_moves import bundled
from coach_app.learning.checking import is_right
from coach_app.learning.experience import EpisodeKey, Experience, Store
from coach_app.learning.page import write_page
from coach_app.learning.questions import make_questions
from coach_app.learning.recorded import Heard
from coach_app.learning.seeing import SIDE_PX, Tape, watch_recording

LAKE = profile_of("frozen-lake")
RAID = GameProfile(id="raid", title="Raid", prompt="Where to?", region=(0.0, 0.0, 1.0, 0.5))


@cache
def lake() -> tuple[list[Image.Image], list[str]]:
    """A walk over a lake, and its moves."""
    game = games()["frozen-lake"]
    env = game.make()
    shown, moves = [Image.fromarray(env.reset(seed=712_003)[0])], list[str]()
    assert game.teacher
    for _ in range(4):
        moves.append(game.teacher(env)[0])
        shown.append(Image.fromarray(env.step(action_names(env).index(moves[-1]))[0]))
    return shown, moves


def taped(store: Store, profile: GameProfile, pictures: list[Image.Image], seed: int = 1_790_000_000) -> Tape:
    tape = Tape(EpisodeKey("seen", seed), profile, store, bundled())
    for second, picture in enumerate(pictures):
        tape.take(Frame(picture, float(second)))
    return tape


def colours(count: int, size: tuple[int, int] = (64, 64)) -> list[Image.Image]:
    rng = np.random.default_rng(count)
    return [Image.fromarray(rng.integers(0, 255, (*size[::-1], 3), np.uint8)) for _ in range(count)]


def test_moves_are_read_and_what_was_advised_stands_beside_them(store: Store) -> None:
    # GIVEN a walk that is only seen, in which the coach advised something about the second and about the last picture
    pictures, moves = lake()
    tape = taped(store, LAKE, pictures)
    tape.note(Heard(4.2, "up"))
    tape.note(Heard(1.5, "left"))
    # WHEN it is kept THEN hardly any move is wrong, and what is not known is empty
    steps = tape.save()
    assert list(store.episodes("seen")) == [steps]
    pairs = [(step.action, move) for step, move in zip(steps, moves, strict=True)]
    assert sum(action == move for action, move in pairs) >= 3
    assert all(action in (move, "") for action, move in pairs)
    assert [step.advised for step in steps][:2] == ["", "left"]
    assert {(step.reward, step.description, step.state, step.reached) for step in steps} == {(0.0, "", "", ())}
    assert [step.ended for step in steps] == [*[""] * (len(steps) - 1), "stopped"]
    # and the page shows it
    page = write_page("frozen-lake", store).read_text(encoding="utf-8")
    assert "advised: left" in page
    assert steps[0].picture in page


def test_questions_about_it_are_answered_by_its_pictures(store: Store) -> None:
    # GIVEN such a walk WHEN questions are made of it THEN their moves are read again from the kept pictures
    taped(store, LAKE, lake()[0]).save()
    made = list(make_questions(games()["frozen-lake"], store, 50))
    assert {question.kind for question in made} == {"activity", "counting"}
    assert all(is_right(games()["frozen-lake"], question, store.folder) for question in made)
    # and a wrong answer is found, and so is a picture that is gone
    activity = next(question for question in made if question.kind == "activity")
    assert not is_right(games()["frozen-lake"], replace(activity, answer="up"), store.folder)
    (store.folder / activity.pictures[0]).unlink()
    with pytest.raises(CoachError, match="missing"):
        is_right(games()["frozen-lake"], activity, store.folder)


def test_in_other_games_moves_stay_unknown_and_only_the_games_part_is_kept(store: Store) -> None:
    # GIVEN a game that nobody trained on, in the upper half of a large picture
    steps = taped(store, RAID, colours(3, (1400, 1000))).save()
    # WHEN it is recorded THEN no move is claimed, and the pictures are no larger than models see them
    assert [step.action for step in steps] == ["", ""]
    with Image.open(store.folder / steps[0].picture) as picture:
        assert picture.size == (SIDE_PX, SIDE_PX * 500 // 1400)
    # and nothing can be asked about it
    assert list(make_questions(to_play("raid"), store, 5)) == []


def test_what_goes_on_is_kept_as_far_as_it_goes(store: Store) -> None:
    # GIVEN an episode that was kept after its first step WHEN it goes on THEN it becomes longer, and there is one
    pictures = colours(4)
    tape = taped(store, RAID, pictures[:2])
    assert len(tape.save()) == 1
    for second, picture in enumerate(pictures[2:], 2):
        tape.take(Frame(picture, float(second)))
    assert len(next(store.episodes("seen"))) == 1
    tape.save()
    assert [len(steps) for steps in store.episodes("seen")] == [3]


def test_the_oldest_goes_where_there_is_no_room_with_its_pictures_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN three recordings of two games that together take all that is allowed
    monkeypatch.setattr("coach_app.learning.experience._MB", 1000)
    for number, game in enumerate(("raid", "other", "raid")):
        tape = taped(Store(tmp_path / game, 100, tmp_path), RAID, colours(2), 1_790_000_000 + number)
        tape.save()
        os.utime(tmp_path / game / "pictures" / tape.key.name, (number, number))
    limit = sum(file.stat().st_size for file in tmp_path.rglob("*") if file.is_file()) // 1000
    store = Store(tmp_path / "raid", limit, tmp_path)
    assert store.full
    # WHEN room is made for the last one THEN the oldest are gone, and that one is not
    store.make_room(EpisodeKey("seen", 1_790_000_002))
    assert not store.full
    left = sorted(path.name for path in tmp_path.rglob("seen-*"))
    assert left == [f"seen-179000000{number}{kind}" for number in (1, 2) for kind in ("", ".parquet")]
    # and where nothing more can go, that is said
    (tmp_path / "other" / "large").write_bytes(bytes(2_000_000))
    with pytest.raises(CoachError, match="MB of"):
        Store(tmp_path / "raid", limit, tmp_path).make_room(EpisodeKey("seen", 1_790_000_002))


def test_a_recording_is_watched_once(store: Store, tmp_path: Path) -> None:
    # GIVEN a GIF of a walk
    first, *others = lake()[0]
    gif = tmp_path / "walk.gif"
    first.save(gif, save_all=True, append_images=others, duration=1000)
    # WHEN it is watched, and once more THEN it is kept once, and nothing is claimed of what it earned
    found, again = (
        watch_recording(gif, LAKE, store, GateRules(), bundled(), lambda done, count: None) for _ in range(2)
    )
    assert (found.episodes, found.known, found.rewards) == (1, 0, ())
    assert (again.episodes, again.known) == (0, 1)
    assert found.steps == len(next(store.episodes("seen"))) >= 3
    # GIVEN a folder in which nothing happens WHEN it is watched THEN that is said
    (tmp_path / "still").mkdir()
    first.save(tmp_path / "still" / "1.png")
    with pytest.raises(CoachError, match="Nothing happens"):
        watch_recording(tmp_path / "still", LAKE, store, GateRules(), bundled(), lambda done, count: None)


def test_experiences_of_earlier_versions_are_read(store: Store) -> None:
    # GIVEN an episode without what was advised WHEN it is read THEN nothing was
    from pyarrow import parquet

    taped(store, RAID, colours(2)).save()
    file = next(store.folder.glob("episodes/*.parquet"))
    parquet.write_table(parquet.read_table(file).drop_columns("advised"), file)
    (steps,) = store.episodes()
    assert isinstance(steps[0], Experience)
    assert steps[0].advised == ""
