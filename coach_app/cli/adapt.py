"""``coach learn GAME adapt`` and ``use``: a model learns, and is used if it plays better."""

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach_app.cli.options import (
    FolderOption,
    JsonOption,
    SeedOption,
    SizeOption,
    print_report,
    say,
    size_of,
    user_settings,
)
from coach_app.domain.errors import CoachError

if TYPE_CHECKING:
    from coach_app.games.game import Game, Size
    from coach_app.learning.learned import Learned
    from coach_app.training.experience.adapting import Answered
    from coach_app.training.experience.arguments import AdaptArgs

_FIRST_SEED = 800_000
"""Of the episodes that decide whether a model is used."""


def adapt(
    context: typer.Context,
    base: Annotated[str, typer.Option(metavar="NAME|FOLDER", help="The vision or text model that is to learn.")],
    method: Annotated[
        str,
        typer.Option(help="How it is kept from forgetting: plain (not at all), ewc, replay or distill."),
    ] = "ewc",
    weight: Annotated[
        float | None, typer.Option(min=0, help="Weight of what keeps it from forgetting; 1 by default.")
    ] = None,
    ratings: Annotated[bool, typer.Option("--ratings", help="Learn from your ratings, not from questions.")] = False,
    loss: Annotated[str, typer.Option(help="How ratings are learned: margin or dpo.")] = "margin",
    seed: SeedOption = 1,
    examples: Annotated[int | None, typer.Option(min=1, help="Maximum number of questions to learn from.")] = None,
    epochs: Annotated[
        float | None, typer.Option(min=0.01, help="How often each is learned: questions once, ratings in 160 steps.")
    ] = None,
    rate: Annotated[float | None, typer.Option(min=1e-7, help="Learning rate.")] = None,
    rank: Annotated[int | None, typer.Option(min=1, help="Rank of the adapter.")] = None,
    wide: Annotated[
        bool,
        typer.Option("--wide", help="Adapt all of a small model, its eyes too, for a game that looks like no other."),
    ] = False,
    general: Annotated[int | None, typer.Option(min=1, help="Examples of what the model knew before.")] = None,
    measured: Annotated[int | None, typer.Option(min=1, help="Maximum number of questions to measure with.")] = None,
    merged: Annotated[bool, typer.Option("--merged", help="Also save a text model that learned.")] = False,
    episodes: Annotated[
        int, typer.Option(min=0, help="Episodes that decide whether the app uses a vision model; 0: it does not.")
    ] = 30,
    first_seed: Annotated[int, typer.Option(min=0, help="Seed of the first of them.")] = _FIRST_SEED,
    size: SizeOption = "",
    folder: FolderOption = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the adapter.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Let a model learn the questions by LoRA, report what it learned and forgot, and use it if it plays better."""
    from coach_app.learning.overview import experience_folder
    from coach_app.training.experience.arguments import adapt_args, epochs_of_ratings, folder_of, unfinished

    area = size_of(size)
    game: Game = context.obj.game
    answered = _answered(game) if ratings else []
    if answered and epochs is None:
        epochs = epochs_of_ratings(len(answered))
    args = adapt_args(
        method,
        game=game.id,
        base=base,
        questions=folder or experience_folder(game.id),
        out=out or folder_of(game.id, base, "ratings" if ratings else method),
        weight=weight,
        loss=loss,
        seed=seed,
        examples=examples,
        epochs=epochs,
        rate=rate,
        rank=rank,
        wide=wide,
        general=general,
        measured=measured,
        merged=merged,
    )
    from coach_app.training.experience import adapting

    sees = adapting.entry_of(base).role == "vision"
    plays = sees and episodes > 0 and _can_play(game)
    args.merged = args.merged or (sees and episodes > 0)
    if plays:
        _check_unseen(args.questions, game.id, first_seed, episodes)
    elif sees and episodes:
        say(f"The coach cannot play {game.id}, so whether a model plays it better is for you to say.")
    say("Ctrl+C stops it, and the same command goes on. How long it takes is told after its first step.")
    try:
        report = adapting.prefer(args, answered, say) if ratings else adapting.adapt(args, say)
        found = _decided(game, args, episodes, first_seed, area) if plays else None
    except KeyboardInterrupt:
        kept = unfinished(args.out).is_file()
        say(
            "Stopped. What was learned up to a minute ago is kept: the same command goes on from there."
            if kept
            else "Stopped. Nothing has been learned yet."
        )
        raise
    unfinished(args.out).unlink(missing_ok=True)
    play = _told(game, found) if found else {}
    print_report(report | play | {"folder": str(args.out)}, as_json)


def use(
    context: typer.Context,
    on: Annotated[bool | None, typer.Option("--on/--off", help="Use it for the game, or not.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show the model that learned the game last, and how it plays; let the app use it, or not."""
    from coach_app.learning import learned

    game: Game = context.obj.game
    found = learned.load_learned(game.id)
    if found is None:
        raise CoachError(
            f"No model has learned {game.id} yet.", f"Let one learn with: coach learn {game.id} adapt --base MODEL"
        )
    if on is not None:
        learned.use(game.id, found.model if on else "")
    print_report(_told(game, found) | {"model": found.model}, as_json)


def _decided(game: "Game", args: "AdaptArgs", episodes: int, seed: int, size: "Size | None") -> "Learned":
    """Let the model play before and after; the app uses it if it plays better."""
    from coach_app.evaluation.improving import tried_out
    from coach_app.learning import learned

    trial = tried_out(user_settings(), game, args.base, args.out / "model", episodes, seed, say, size=size)
    found = asyncio.run(trial)
    before = learned.load_learned(game.id)
    learned.keep_learned(game.id, found)
    if found.better:
        learned.use(game.id, found.model)
        say(f"It plays better, and is used for {game.id} from now on. coach learn {game.id} use --off undoes that.")
        return found
    if before and learned.is_used(game.id, before):
        learned.use(game.id, "")
    if found.collapsed:
        say("It nearly always makes the same move: it is not used.")
    else:
        say("That it plays better is not certain: it is not used.")
    return found


def _told(game: "Game", found: "Learned") -> dict[str, Any]:
    from coach_app.learning.learned import is_used

    figures = asdict(found)
    shown = {name: figures[name] for name in ("before", "after", "low", "high", "episodes", "same", "collapsed")}
    return {"play": shown, "plays_better": found.better, "used": is_used(game.id, found)}


def _can_play(game: "Game") -> bool:
    """Whether there is an environment of a game, in which it is seen how well a model plays."""
    try:
        game.make().close()
    except CoachError:
        return False
    return True


def _check_unseen(folder: Path, game: str, first: int, count: int) -> None:
    """Raise if a model learned from some of the episodes that are to decide whether it is better."""
    from coach_app.games.seeds import check_seeds
    from coach_app.learning.experience import seeds_in

    check_seeds(first, count)
    if shared := seeds_in(folder) & set(range(first, first + count)):
        raise CoachError(
            f"The seed {min(shared)} was learned from, so it cannot decide whether a model is better.",
            "Name other ones with --first-seed.",
        )


def _answered(game: "Game") -> "list[Answered]":
    """The player's preferences, with their pictures."""
    from coach_app.games.profiles import profile_of
    from coach_app.knowledge.feedback import Feedback, feedback_file
    from coach_app.learning.preferences import preferences
    from coach_app.training.experience.adapting import Answered
    from coach_app.training.experience.examples import Asked

    kept = Feedback(feedback_file())
    try:
        found = []
        for each in preferences(kept.of(profile_of(game.id).id), kept.picture):
            picture = kept.picture(each.picture) if each.picture is not None else None
            asked = tuple(Asked(each.prompt, text, picture) for text, _ in each.answers)
            found.append(Answered(asked, tuple(rating for _, rating in each.answers), each.held_out))
    finally:
        kept.close()
    if not found:
        raise CoachError(
            f"No rating of {game.id} says what would be better.",
            "Rate advice in the history, and write how it should have been said.",
        )
    return found
