"""Makes questions of experiences, of the kinds of E2WM (Xiang et al. 2023): answers follow from what was recorded.

``checking`` derives each answer again, from the game itself.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal, get_args

import numpy as np

from coach_app.desktop.files import write_atomically
from coach_app.domain.moves import spoken_move
from coach_app.games.game import Game
from coach_app.games.images import ImageEnv, Picture, action_names
from coach_app.games.positions import rendered
from coach_app.games.profiles import profile_of, prompt_for
from coach_app.games.what_if import played
from coach_app.learning.choosing import SLIPPED
from coach_app.learning.experience import Experience, Store, nothing_yet, picture_file, size_of_name

Kind = Literal["plan", "activity", "counting", "path", "next", "decision", "advice"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
WIN = "win"
"""The goal of a game that is won by reaching its end."""
NOTHING_CHANGES = "nothing changes"
IT_ENDS = "the episode ends"

_LONGEST_PLAN, _LONGEST_PATH, _AHEAD, _PLANNED_AHEAD = 8, 6, 10, 25
_ONE_IN = 5
"""Of so many seeds, one is held out."""


@dataclass(frozen=True)
class Question:
    """A question about an episode, for models that see and for models that read.

    Attributes:
        game: id of the game.
        kind: what is asked.
        split: "train" or "test"; all questions about a seed have the same.
        how: where the experience comes from.
        seed: of the episode.
        size: of the map; empty for the default.
        moves: actions from the beginning of the episode to the first picture.
        following: actions between the pictures, and up to the goal of a decision.
        about: what the question is about: an action, an object or a goal; empty if neither.
        pictures: files of what is seen, relative to the store's folder, in order.
        descriptions: the same in words, for models that read.
        question: in English.
        answer: in English.
    """

    game: str
    kind: Kind
    split: Literal["train", "test"]
    how: str
    seed: int
    size: str
    moves: tuple[str, ...]
    following: tuple[str, ...]
    about: str
    pictures: tuple[str, ...]
    descriptions: tuple[str, ...]
    question: str
    answer: str


Episode = Sequence[Experience]
_Maker = Callable[[Game, Episode, int, np.random.Generator], Question | None]


def make_questions(
    game: Game, store: Store, count: int, seed: int = 0, kinds: Sequence[Kind] = KINDS
) -> Iterator[Question]:
    """Make questions of a store's experiences, all kinds in turn, none twice.

    Args:
        game: the game.
        store: its experiences.
        count: maximum number.
        seed: of the choice.
        kinds: of the questions.

    Raises:
        CoachError: there are no experiences, or one is damaged.
    """
    episodes = list(store.episodes())
    if not episodes:
        raise nothing_yet(game.id)
    rng = np.random.default_rng([seed, 6])
    places = [(episode, at) for episode in episodes for at in range(len(episode))]
    waiting = {kind: iter(rng.permutation(len(places))) for kind in kinds}
    asked = 0
    while waiting and asked < count:
        for kind in list(waiting):
            found = next(_found(game, _MAKERS[kind], places, waiting[kind], rng), None)
            if found is None:
                del waiting[kind]
            elif asked < count:
                asked += 1
                yield found


def _found(
    game: Game,
    make: _Maker,
    places: Sequence[tuple[Episode, int]],
    order: Iterator[int],
    rng: np.random.Generator,
) -> Iterator[Question]:
    for index in order:
        episode, at = places[index]
        if question := make(game, episode, at, rng):
            yield question


def split_of(game: str, seed: int) -> Literal["train", "test"]:
    """Which part all questions about a seed belong to."""
    return "train" if int.from_bytes(blake2b(f"{game}:{seed}".encode(), digest_size=4).digest()) % _ONE_IN else "test"


def write(questions: Sequence[Question], folder: Path) -> list[Path]:
    """Write questions as JSON lines and as Parquet, each split into a file of its own.

    Args:
        questions: any.
        folder: the store's; pictures are relative to it.

    Raises:
        CoachError: they cannot be written.
    """
    import pyarrow
    from pyarrow import parquet

    lists = ("moves", "following", "pictures", "descriptions")
    kinds = dict.fromkeys(lists, pyarrow.list_(pyarrow.string())) | {"seed": pyarrow.int64()}
    schema = pyarrow.schema([(each.name, kinds.get(each.name, pyarrow.string())) for each in fields(Question)])
    paths = []
    for split in ("train", "test"):
        rows = [asdict(question) for question in questions if question.split == split]
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        packed = BytesIO()
        parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), packed, compression="zstd")
        for ending, data in (("jsonl", lines), ("parquet", packed.getvalue())):
            paths.append(folder / f"questions-{split}.{ending}")
            write_atomically(paths[-1], data, "The questions", private=True)
    return paths


def _asked(kind: Kind, episode: Episode, at: int, until: int, question: str, answer: str, about: str = "") -> Question:
    """A question about the states before the steps ``at`` to ``until``; each is shown."""
    step = episode[at]
    return Question(
        game=step.game,
        kind=kind,
        split=split_of(step.game, step.seed),
        how=step.how,
        seed=step.seed,
        size=step.size,
        moves=tuple(each.action for each in episode[:at]),
        following=tuple(each.action for each in episode[at:until]),
        about=about,
        pictures=tuple(seen[0] for seen in _seen(episode, at, until)),
        descriptions=tuple(seen[1] for seen in _seen(episode, at, until)),
        question=question,
        answer=answer,
    )


def _seen(episode: Episode, at: int, until: int) -> Iterator[tuple[str, str]]:
    yield episode[at].picture, episode[at].description
    for step in episode[at:until]:
        yield step.next_picture, step.next_description


def _plan(game: Game, episode: Episode, at: int, rng: np.random.Generator) -> Question | None:
    found = _next_success(episode, at, _LONGEST_PLAN)
    if found is None:
        return None
    until, goal = found
    if any(step.why == SLIPPED for step in episode[at:until]):
        return None
    moves = ", ".join(step.action for step in episode[at:until])
    return _asked("plan", episode, at, at, f"Which moves lead from here to {_goal(goal)}?", moves, goal)


def _activity(game: Game, episode: Episode, at: int, rng: np.random.Generator) -> Question | None:
    step = episode[at]
    question = "Which move was made between these two pictures?"
    if step.how == "seen":
        known = step.action and step.picture != step.next_picture
        return _asked("activity", episode, at, at + 1, question, step.action) if known else None
    if game.copy is None:
        return None
    env = _at(game, episode, at)
    names = action_names(env)
    others = [index for index, name in enumerate(names) if name != step.action]
    if any(picture_file(_picture_after(game.copy(env), other)) == step.next_picture for other in others):
        return None  # nobody could tell
    return _asked("activity", episode, at, at + 1, question, step.action)


def _counting(game: Game, episode: Episode, at: int, rng: np.random.Generator) -> Question | None:
    until = _end_of_stretch(episode, at, rng)
    if until is None or not all(step.action for step in episode[at:until]):
        return None
    tracks = _tracks(episode, at, until)
    if tracks and rng.random() < 0.5:
        name = sorted(tracks)[rng.integers(len(tracks))]
        question = f"At how many different places is the {name} in these pictures?"
        return _asked("counting", episode, at, until, question, str(len(set(tracks[name]))), name)
    moves = [step.action for step in episode[at:until]]
    move = moves[rng.integers(len(moves))]
    question = f"How often was the move “{move}” made from the first to the last of these pictures?"
    return _asked("counting", episode, at, until, question, str(moves.count(move)), move)


def _path(game: Game, episode: Episode, at: int, rng: np.random.Generator) -> Question | None:
    until = _end_of_stretch(episode, at, rng)
    tracks = _tracks(episode, at, until) if until else {}
    if not until or not tracks:
        return None
    name = sorted(tracks)[rng.integers(len(tracks))]
    way = [written(place) for place in tracks[name]]
    question = f"Where is the {name} in each of these pictures? In the first one it is at {way[0]}."
    return _asked("path", episode, at, until, question, ", ".join(way), name)


def _end_of_stretch(episode: Episode, at: int, rng: np.random.Generator) -> int | None:
    """The end of a stretch of at least two steps; None at the end of the episode."""
    until = min(len(episode), at + 2 + int(rng.integers(_LONGEST_PATH)))
    return until if until >= at + 2 else None


def _tracks(episode: Episode, at: int, until: int) -> dict[str, list[tuple[int, int]]]:
    """Where each thing was in a stretch, if it moved and was always there."""
    states = [episode[at].state, *(step.next_state for step in episode[at:until])]
    places = [places_in(json.loads(state)) if state else {} for state in states]
    always = set.intersection(*(set(each) for each in places))
    tracks = {name: [each[name] for each in places] for name in always}
    return {name: track for name, track in tracks.items() if len(set(track)) > 1}


def _next(game: Game, episode: Episode, at: int, rng: np.random.Generator) -> Question | None:
    step = episode[at]
    if not step.description:
        return None
    parts = [*step.changed, *([IT_ENDS] if step.ended == "terminated" else [])]
    return _asked("next", episode, at, at, what_happens(step.action), "; ".join(parts) or NOTHING_CHANGES, step.action)


def what_happens(move: str) -> str:
    """The question what a move leads to."""
    return f"What happens if the next move is “{move}”?"


def _decision(game: Game, episode: Episode, at: int, rng: np.random.Generator) -> Question | None:
    found = None if episode[at].why == SLIPPED else _next_success(episode, at, _AHEAD)
    if found is None:
        return None
    until, goal = found
    answer = f"{episode[at].action}, as {_goal(goal)} {later(until - at)}"
    question = _asked("decision", episode, at, until, "What was decided here, and why was that right?", answer, goal)
    return replace(question, pictures=question.pictures[:1], descriptions=question.descriptions[:1])


def _advice(game: Game, episode: Episode, at: int, rng: np.random.Generator) -> Question | None:
    """What the coach is asked in play, answered by what led to a goal; not by what was tried out, nor by a slip."""
    step = episode[at]
    ahead = _PLANNED_AHEAD if step.how == "plan" else _AHEAD
    found = None if step.how == "explore" or step.why == SLIPPED else _next_success(episode, at, ahead)
    if found is None:
        return None
    until, goal = found
    asked = prompt_for(profile_of(game.id), "answer")
    question = _asked("advice", episode, at, until, asked, spoken_move(episode[at].action), goal)
    return replace(question, pictures=question.pictures[:1], descriptions=question.descriptions[:1])


def later(steps: int) -> str:
    """How much later something is reached."""
    return f"is reached {steps} step{'s' * (steps > 1)} later" if steps > 1 else "is reached by it"


def _goal(goal: str) -> str:
    return "the goal" if goal == WIN else f"“{goal}”"


def _next_success(episode: Episode, at: int, most: int) -> tuple[int, str] | None:
    """The next achievement or victory within so many steps: the number of the step after it, and which."""
    for number, step in enumerate(episode[at : at + most], at + 1):
        if step.reached:
            return number, step.reached[0]
        if step.ended == "terminated" and step.reward > 0:
            return number, WIN
    return None


def places_in(state: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """The things of a state that are at one place each, and the places."""
    found: dict[str, tuple[int, int]] = {}
    for name, value in state.items():
        if isinstance(value, dict):
            found |= places_in(value)
        elif isinstance(value, list | tuple) and len(value) == 2 and all(type(each) is int for each in value):
            found[name] = (value[0], value[1])
    return found


def written(place: tuple[int, int]) -> str:
    """A place as descriptions write it."""
    return f"{place[0]}/{place[1]}"


def _at(game: Game, episode: Episode, at: int) -> ImageEnv:
    size = size_of_name(episode[0].size)
    return played(game, episode[0].seed, [step.action for step in episode[:at]], size)


def _picture_after(env: ImageEnv, move: int) -> Picture:
    env.step(move)
    return rendered(env)


_MAKERS: Final[dict[Kind, _Maker]] = {
    "plan": _plan,
    "activity": _activity,
    "counting": _counting,
    "path": _path,
    "next": _next,
    "decision": _decision,
    "advice": _advice,
}
