"""``coach bench``: what models learn."""

import asyncio
import functools
from pathlib import Path
from typing import Annotated

import typer

from coach_app.cli.bench import show
from coach_app.cli.options import (
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
from coach_app.games.catalogue import showcase, to_play

bench_learning = typer.Typer()


@bench_learning.command("learn")
def bench_learn(
    base: Annotated[str, typer.Option(metavar="NAME|FOLDER", help="The vision or text model that learns.")],
    questions: Annotated[Path, typer.Option(help="Folder of the questions that coach learn GAME questions made.")],
    out: Annotated[Path, typer.Option(help="What was done is kept here, and not done again.")] = Path(
        "out/bench/learn"
    ),
    seeds: Annotated[int, typer.Option(min=1, help="Number of adaptations by each method.")] = 3,
    examples: Annotated[int, typer.Option(min=1, help="Questions to learn from.")] = 1_000,
    general: Annotated[int, typer.Option(min=1, help="Examples of what the model knew before.")] = 200,
    measured: Annotated[int, typer.Option(min=1, help="Questions, and examples of the rest, to measure with.")] = 150,
    epochs: Annotated[float, typer.Option(min=0.01, help="How often each question is learned.")] = 1.0,
    rate: Annotated[float, typer.Option(min=1e-7, help="Learning rate.")] = 8e-4,
    weight: Annotated[
        list[str] | None,
        typer.Option(metavar="METHOD=NUMBER", help="Of what keeps it from forgetting, 1 by default; repeatable."),
    ] = None,
    wide: Annotated[bool, typer.Option("--wide", help="Adapt all of a small model, its eyes too.")] = False,
    game: Annotated[str, typer.Option(help="The game; by default, the folder's name.")] = "",
    episodes: Annotated[int, typer.Option(min=0, help="Episodes that every model plays afterwards.")] = 0,
    first_seed: Annotated[int, typer.Option(min=0, help="Seed of the first of them.")] = 800_000,
    size: SizeOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure what a model learns and forgets by each method of coach learn GAME adapt. Goes on where it stopped."""
    from coach_app.evaluation.bench.learn import Play, table_of
    from coach_app.evaluation.bench.learn import bench_learn as measure
    from coach_app.evaluation.improving import played
    from coach_app.games.seeds import check_seeds
    from coach_app.training.experience.arguments import AdaptArgs, weights_of

    check_seeds(first_seed, episodes)
    game, area = game or questions.name, size_of(size)

    def reward(model: str) -> float:
        return asyncio.run(played(user_settings(), to_play(game), model, episodes, first_seed, area)).mean_reward

    args = AdaptArgs(
        game=game,
        base=base,
        questions=questions,
        out=out,
        wide=wide,
        rate=rate,
        epochs=epochs,
        general=general,
        measured=measured,
        examples=examples,
    )
    play = Play(functools.cache(reward), episodes) if episodes else None
    rows = measure(args, range(1, seeds + 1), say, weights_of(weight or ()), play)
    if as_json:
        print_json({"rows": rows})
        return
    for line in table_of(rows):
        write(line)


@bench_learning.command("preferences")
def bench_preferences(
    base: Annotated[str, typer.Option(metavar="NAME|FOLDER", help="The bundled vision model that learns.")],
    out: Annotated[Path, typer.Option(help="Folder of the adapters.")] = Path("out/bench/preferences"),
    count: Annotated[int, typer.Option(min=1, help="Ratings to learn from.")] = 64,
    held_out: Annotated[int, typer.Option(min=1, help="Ratings to measure with.")] = 50,
    epochs: Annotated[
        float | None, typer.Option(min=0.01, help="How often each rating is learned; by default, in 160 steps.")
    ] = None,
    method: Annotated[str, typer.Option(help="Against forgetting: plain, ewc, replay or distill.")] = "replay",
    seed: SeedOption = 1,
    as_json: JsonOption = False,
) -> None:
    """Measure how well ratings are learned: held-out pairs ordered, and what moved besides, by each loss."""
    from coach_app.evaluation.bench.preferences import bench_preferences as measure
    from coach_app.training.experience.arguments import adapt_args, epochs_of_ratings

    args = adapt_args(
        method,
        game=showcase().id,
        base=base,
        questions=Path(),
        out=out,
        seed=seed,
        epochs=epochs_of_ratings(count) if epochs is None else epochs,
        general=count,
        measured=held_out,
    )
    for loss, report in measure(args, count, held_out, say).items():
        print_report({"loss": loss, **report}, as_json)


@bench_learning.command("tips")
def bench_tips(
    adapter: Annotated[str, typer.Option(metavar="NAME|FOLDER", help="The text adapter; the game's by default.")] = "",
    game: Annotated[str, typer.Option(help="The game whose guides are searched; the first one by default.")] = "",
    count: Annotated[int, typer.Option(min=1, help="Number of held-out questions to ask.")] = 200,
    only_search: Annotated[
        bool, typer.Option("--only-search", help="Measure the search alone, without a model, on all questions.")
    ] = False,
    only_adapter: Annotated[
        bool, typer.Option("--only-adapter", help="Ask only the adapter, with passages, as the app does.")
    ] = False,
    answers: Annotated[Path | None, typer.Option(help="File for the answers, as JSON lines.")] = None,
    seed: SeedOption = 0,
    as_json: JsonOption = False,
) -> None:
    """Measure answers to questions that no adapter learned from: base against adapter, with and without passages."""
    from coach_app.evaluation.bench.tips import bench_tips as measure
    from coach_app.evaluation.bench.tips_search import bench_search
    from coach_app.games.profiles import adapter_of
    from coach_app.knowledge.library import default_game

    game = game or default_game()
    if only_search:
        show(bench_search(game, seed, say), as_json)
        return
    asked = measure(adapter or adapter_of(game), game, count, seed, say, kept=answers, only_adapter=only_adapter)
    show(asyncio.run(asked), as_json)
