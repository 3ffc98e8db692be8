"""``coach learn``."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach_app.cli.adapt import adapt, use
from coach_app.cli.language import translated
from coach_app.cli.options import (
    GAMES_TO_PLAY,
    FolderOption,
    JsonOption,
    SeedOption,
    SizeOption,
    print_json,
    print_report,
    say,
    size_of,
    user_settings,
)
from coach_app.cli.terminal import write
from coach_app.desktop.folders import recording_file
from coach_app.domain.errors import CoachError

if TYPE_CHECKING:
    from coach_app.domain.profile import GameProfile
    from coach_app.games.game import Game, Size
    from coach_app.knowledge.feedback import Feedback
    from coach_app.knowledge.remembered import Memories
    from coach_app.learning.choosing import Chooser
    from coach_app.learning.collecting import Collected
    from coach_app.learning.curriculum import Proposer
    from coach_app.learning.experience import Experience, How, Store
    from coach_app.learning.recorded import Heard

learn = typer.Typer(rich_markup_mode=None)
learn.command()(adapt)
learn.command()(use)
_LONGEST = 1_000


@dataclass(frozen=True)
class _Of:
    """What every command of the group is about."""

    game: "Game"


@learn.callback()
def of_game(context: typer.Context, game: Annotated[str, typer.Argument(help=GAMES_TO_PLAY)]) -> None:
    """Learn from play: collect experiences in a game, and show them."""
    from coach_app.games.catalogue import to_play

    context.obj = _Of(to_play(game))


@learn.command()
def collect(
    context: typer.Context,
    how: Annotated[
        str,
        typer.Option(
            help="plan: search in copies of the game; curriculum: one task after the other; explore: what is new; "
            "watch: a recording of yours."
        ),
    ],
    episodes: Annotated[int, typer.Option(min=1, help="Number of episodes.")] = 10,
    seed: SeedOption = 0,
    size: SizeOption = "",
    steps: Annotated[int, typer.Option(min=1, help="Maximum steps per episode.")] = _LONGEST,
    total: Annotated[
        int | None, typer.Option("--total-steps", min=1, help="As many episodes as make this number of steps together.")
    ] = None,
    simulations: Annotated[int, typer.Option(min=2, help="Simulations for each move of a plan.")] = 500,
    slips: Annotated[
        float,
        typer.Option(min=0, max=0.9, help="Share of random moves in a plan, to learn what to do after a mistake."),
    ] = 0.0,
    archive_steps: Annotated[
        int,
        typer.Option(min=1, help="Steps in copies for the plan of an episode, in games with rewards far away."),
    ] = 100_000,
    at_random: Annotated[bool, typer.Option("--random", help="Explore at random, not what is new.")] = False,
    model: Annotated[
        str, typer.Option(metavar="NAME|FOLDER|NAME@URL", help="A text model that proposes the tasks of a curriculum.")
    ] = "",
    recording: Annotated[
        Path | None,
        typer.Option(
            "--recording",
            "--from",
            help="What is watched: what coach practice GAME --state-log FILE wrote, a GIF, a video, or a folder of PNG "
            "files; by default, what the app recorded of this practice game.",
        ),
    ] = None,
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Collect experiences: pictures, moves, why, and what came of them. Goes on where it stopped."""
    from dataclasses import replace

    from coach_app.learning import collecting, planning
    from coach_app.learning.choosing import Slipping
    from coach_app.learning.curriculum import by_rule
    from coach_app.learning.exploring import Explorer

    game, way, area = context.obj.game, _way(how), size_of(size)
    store = _store(game, folder)
    if way == "watch":
        file = recording or recording_file(game.id)
        if not (recording or file.is_file()):
            raise CoachError(
                "There is nothing to watch: the history keeps advice, not the moves that were made.",
                "Switch recording on for this game in the window Learning…, and play; or name a recording with --from.",
            )
        result, planner = _watched(game, file, area, store), None
    else:
        seeds = range(seed, seed + (total or episodes))
        far = way == "plan" and game.cell is not None
        trial = Explorer(game) if far else _chooser(game, way, store, simulations, at_random, by_rule)
        expected = collecting.cost(game, way, seeds, area, steps, trial, store, total)
        if far:
            explored = planning.seconds_to_explore(game, expected.episodes * archive_steps)
            expected = replace(expected, seconds=expected.seconds + explored)
        if expected.steps:
            say(expected.text)
            say("Ctrl+C stops; complete episodes are kept, and the next start goes on.")
        with _proposer(model) as propose, _bar() as show, _remembering(game, store) as remember:
            planner = planning.ArchivePlanner(game, store.folder / "archives", archive_steps, show) if far else None
            chooser = planner or _chooser(game, way, store, simulations, at_random, propose)
            if slips and way == "plan" and not far:
                chooser = Slipping(chooser, game, slips)
            result = collecting.collect(game, way, seeds, area, steps, chooser, store, show, total, remember)
    mean = sum(result.rewards) / len(result.rewards) if result.rewards else None
    archives = {number: archive.summary for number, archive in planner.archives.items()} if planner else {}
    if as_json:
        report = {"game": game.id, "how": way, "folder": str(store.folder), **vars(result), "mean_reward": mean}
        print_json(report | ({"archives": archives} if archives else {}))
        return
    for number, summary in archives.items():
        write(f"seed {number}: {summary['places']} places in {summary['steps']} steps in copies")
        for milestone in summary["milestones"]:
            write(f"  reward {milestone['reward']:g} after {milestone['steps']}")
    new = f"{result.episodes} new episode{'s' * (result.episodes != 1)} of {game.id}"
    write(f"{new}, {result.known} known; {result.steps} steps")
    if mean is not None:
        write(f"  mean reward {mean:+.3f}; {result.won} won")
    if result.reached:
        write(f"  reached {len(result.reached)}: {', '.join(result.reached)}")
    say(f"They are in {store.folder}")


@learn.command()
def show(context: typer.Context, folder: FolderOption = None, as_json: JsonOption = False) -> None:
    """Make a page of the experiences, with pictures, to be opened in a browser."""
    from coach_app.learning.page import write_page

    store = _store(context.obj.game, folder)
    page = write_page(context.obj.game.id, store)
    if as_json:
        print_json({"page": str(page)})
    else:
        write(page)


@learn.command()
def delete(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False,
) -> None:
    """Delete what was collected and recorded of the game, for good; memories, ratings and models stay."""
    from coach_app.learning.overview import delete_collected, experience_folder, overview

    game = _profile(context.obj.game).id
    found = overview(experience_folder(game))
    if not yes:
        typer.confirm(translated("Delete all of it for good?"), abort=True, err=True)
    delete_collected(game)
    say(f"Deleted: {sum(found.episodes.values())} episodes of {game}, {found.bytes / 1e6:.1f} MB.")


@learn.command()
def questions(
    context: typer.Context,
    count: Annotated[int, typer.Option(min=1, help="Maximum number of questions.")] = 1_000,
    kind: Annotated[
        list[str] | None,
        typer.Option(help="Only of this kind: plan, activity, counting, path, next, decision, advice; repeatable."),
    ] = None,
    seed: SeedOption = 0,
    check: Annotated[bool, typer.Option("--check", help="Derive every answer again by playing.")] = False,
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make questions of the experiences: plans, moves, counts, paths, what happens next, decisions, and advice."""
    from collections import Counter

    from coach_app.learning.checking import is_right
    from coach_app.learning.questions import KINDS, make_questions
    from coach_app.learning.questions import write as write_questions

    game, store = context.obj.game, _store(context.obj.game, folder)
    if unknown := set(kind or ()) - set(KINDS):
        raise CoachError(f"There is no kind “{min(unknown)}” of questions.", f"Choose from {', '.join(KINDS)}.")
    wanted = [each for each in KINDS if not kind or each in kind]
    made = list(make_questions(game, store, count, seed, wanted))
    if not made:
        raise CoachError(
            f"No question can be made of what was collected of {game.id}: nothing is known of what was done in it.",
            f"Moves are read from pictures of few games only. Collect more with: coach learn {game.id} collect",
        )
    kinds = Counter(question.kind for question in made)
    report: dict[str, Any] = {"questions": len(made), **{kind: kinds[kind] for kind in KINDS}}
    report["held_out"] = sum(question.split == "test" for question in made)
    if check:
        with _bar() as progress:
            right = 0
            for number, question in enumerate(made, 1):
                right += is_right(game, question, store.folder)
                progress(number, len(made))
        report["right"] = right
    files = write_questions(made, store.folder)
    print_report(report | {"files": [str(file) for file in files]}, as_json)


@learn.command()
def memory(
    context: typer.Context,
    collected: Annotated[bool, typer.Option("--collected", help="Remember all experiences.")] = False,
    edit: Annotated[int | None, typer.Option(metavar="ID", help="Replace what this memory says by --text.")] = None,
    text: Annotated[str, typer.Option(help="Your own words; empty restores those of the memory.")] = "",
    delete: Annotated[list[int] | None, typer.Option(metavar="ID", help="Delete this memory; repeatable.")] = None,
    delete_all: Annotated[bool, typer.Option("--delete-all", help="Delete all memories of the game.")] = False,
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show, edit or delete what is remembered of situations. Collecting adds to it; coach play --memory recalls it."""
    from dataclasses import asdict

    game = _profile(context.obj.game).id
    with _memories() as memories:
        if collected:
            store = _store(context.obj.game, folder)
            with _remembering(context.obj.game, store) as remember:
                for steps in store.episodes():
                    remember(steps)
        if edit is not None:
            memories.edit(edit, text)
        deleted = memories.delete_game(game) if delete_all else memories.delete(delete or [])
        found = memories.of(game)
    if as_json:
        print_json({"game": game, "deleted": deleted, "memories": [asdict(one) | {"text": one.text} for one in found]})
        return
    for one in found:
        used = f", helped {one.helped} of {one.recalled} times" if one.recalled else ""
        write(f"{one.id:6}  {one.value:+.2f}{used}  {one.text}")
    say(f"{len(found)} situations of {game} are remembered.")


@learn.command()
def feedback(
    context: typer.Context,
    explain: Annotated[
        int | None, typer.Option(metavar="ID", help="Say why this rating (--critique), and what is better (--better).")
    ] = None,
    critique: Annotated[str | None, typer.Option(help="Why, in one line.")] = None,
    better: Annotated[str | None, typer.Option(help="How it should have been said, in English.")] = None,
    revise: Annotated[
        str,
        typer.Option(
            metavar="NAME|FOLDER|NAME@URL",
            help="A text model that says what you found bad in better words, and keeps what it rates higher itself.",
        ),
    ] = "",
    delete: Annotated[list[int] | None, typer.Option(metavar="ID", help="Delete this rating; repeatable.")] = None,
    delete_all: Annotated[bool, typer.Option("--delete-all", help="Delete all ratings of the game.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Show, explain or delete your ratings: thumbs up and down, by hotkey or in the history."""
    from dataclasses import asdict

    from coach_app.knowledge.feedback import Feedback, feedback_file
    from coach_app.learning.preferences import preferences

    game = _profile(context.obj.game).id
    ratings = Feedback(feedback_file())
    try:
        if explain is not None:
            ratings.explain(explain, critique, better)
        if revise:
            _revise(ratings, _profile(context.obj.game), revise)
        deleted = ratings.delete_game(game) if delete_all else ratings.delete(delete or [])
        found = ratings.of(game)
        pairs = preferences(found, ratings.picture)
    finally:
        ratings.close()
    if as_json:
        rows = [asdict(one) for one in found]
        print_json({"game": game, "deleted": deleted, "ratings": rows, "preferences": len(pairs)})
        return
    for one in found:
        write(f"{one.id:6}  {'good' if one.good else 'bad '}  {one.of.text}")
        for name, said in (("why", one.critique), ("better", one.better)):
            if said:
                write(f"              {name}: {said}")
    say(f"Ratings of {game}: {len(found)}. Situations that show what you prefer: {len(pairs)}.")


def _revise(ratings: "Feedback", profile: "GameProfile", model: str) -> None:
    """Let a model say better what was bad, and keep that."""
    from coach_app.learning.revising import revisions

    with _asked(model) as ask:
        for found in revisions(ratings.of(profile.id), profile.title, ask):
            ratings.explain(found.rating, better=found.text)
            say(f"{found.rating}: {found.text} (rated {found.after} instead of {found.before} by {model})")


def _watched(game: "Game", file: Path, size: "Size | None", store: "Store") -> "Collected":
    """Keep a recording: of moves, which are made again, or in pictures."""
    from coach_app.games.seen_moves import bundled
    from coach_app.learning import collecting, recorded, seeing
    from coach_app.review.sources import heard_in

    settings = user_settings()
    with _bar() as show:
        if file.is_dir() or file.suffix.lower() not in (".jsonl", ".json"):
            return seeing.watch_recording(file, _profile(game), store, settings.gate.rules(), bundled(), show)
        found, heard = recorded.read(file), list["Heard"]()
        with suppress(CoachError):  # no history, no advice
            heard = heard_in(_profile(game).id, settings.history)
        with _remembering(game, store) as remember:
            return collecting.watch(game, found, size, store, show, remember, heard)


@contextmanager
def _memories() -> Iterator["Memories"]:
    from coach_app.knowledge.remembered import Memories, memory_file

    memories = Memories(memory_file())
    if memories.notice:
        say(memories.notice)
    try:
        yield memories
    finally:
        memories.close()


@contextmanager
def _remembering(game: "Game", store: "Store") -> Iterator[Callable[[Sequence["Experience"]], object]]:
    """What takes in episodes to be remembered."""
    from coach_app.learning.remembering import worth_remembering

    profile = _profile(game)
    with _memories() as memories:
        yield lambda steps: memories.add(profile.id, worth_remembering(steps, store.folder, profile))


def _profile(game: "Game") -> "GameProfile":
    from coach_app.games.profiles import profile_of

    return profile_of(game.id)


def _way(how: str) -> "How":
    from coach_app.learning.experience import COLLECTED

    for way in COLLECTED:
        if way == how:
            return way
    raise CoachError(f"There is no way “{how}” to collect experiences.", f"Choose one of: {', '.join(COLLECTED)}.")


def _store(game: "Game", folder: Path | None) -> "Store":
    from coach_app.learning.experience import Store, experience_dir
    from coach_app.learning.overview import experience_folder

    limit = user_settings().learning.disk_mb
    return Store(folder, limit) if folder else Store(experience_folder(game.id), limit, experience_dir())


def _chooser(
    game: "Game", how: "How", store: "Store", simulations: int, at_random: bool, propose: "Proposer"
) -> "Chooser":
    from coach_app.learning.curriculum import Curriculum
    from coach_app.learning.experience import reached_in
    from coach_app.learning.exploring import Explorer
    from coach_app.learning.planning import Planner, Search

    match how:
        case "plan":
            return Planner(game, Search(simulations))
        case "curriculum":
            return Curriculum(game, reached_in(store.episodes("curriculum")), propose)
        case _:
            seen = (step for steps in store.episodes("explore") for step in steps)
            return Explorer(game, not at_random, seen)


@contextmanager
def _proposer(model: str) -> Iterator["Proposer"]:
    """What proposes the tasks of a curriculum: a text model, if one is named, or else the rule."""
    from coach_app.learning.curriculum import by_model, by_rule

    if not model:
        yield by_rule
        return
    with _asked(model) as ask:
        yield by_model(ask)


@contextmanager
def _asked(model: str) -> Iterator[Callable[[str], str]]:
    """What asks a text model."""
    from anyio.from_thread import start_blocking_portal

    from coach_app.assembly.once import opened_text_model

    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(opened_text_model(user_settings(), model)) as ask,
    ):
        yield lambda prompt: portal.call(ask, prompt)


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on the terminal, if there is one."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("")

        def show(done: int, count: int) -> None:
            bar.update(task, completed=done, total=count)

        yield show
