"""The command line. Heavy imports are inside the commands, so that each one starts fast.

Results go to standard output, everything else to standard error; with ``--json`` one JSON object is all that is printed
there. Failures are CoachErrors, which ``__main__`` says in one sentence.
"""

import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from coach_app.domain.errors import CoachError

if TYPE_CHECKING:
    from coach_app.models.catalogue import ModelEntry

app = typer.Typer(
    name="coach",
    help="A live game coach: looks at the screen and says the next move in an overlay.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
models = typer.Typer(help="The models that give advice.", rich_markup_mode=None)
train = typer.Typer(help="Train the models that come with the coach.", rich_markup_mode=None)
bench = typer.Typer(help="Measure what the coach costs.", rich_markup_mode=None)
app.add_typer(models, name="models")
app.add_typer(train, name="train")
app.add_typer(bench, name="bench")


ModelOption = Annotated[
    str, typer.Option("--model", metavar="NAME|FOLDER", help="The coach; otherwise as in the settings.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
LanguageOption = Annotated[str, typer.Option("--lang", metavar="en|ja", help="Language of the advice.")]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Of the first episode.")]


SizeOption = Annotated[
    str, typer.Option("--size", metavar="WxH", help="Squares of the maps of grid-levels, border included.")
]


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    game: Annotated[str, typer.Option(help="Watch the window of this game, whatever the settings say.")] = "",
    language: LanguageOption = "",
    model: ModelOption = "",
    trace: Annotated[Path | None, typer.Option(hidden=True, help="Record what happens as JSON lines.")] = None,
    ticks: Annotated[bool, typer.Option("--ticks", hidden=True, help="Record the interface's rhythm too.")] = False,
    values: Annotated[bool, typer.Option("--q-values", help="Show the Q-values, whatever the settings say.")] = False,
) -> None:
    """Start the coach: an overlay over your game."""
    if context.invoked_subcommand is not None:
        return
    from coach_app.app import AppPlan, run_app

    raise typer.Exit(run_app(AppPlan(game, _language(language), model, trace, ticks, values)))


@app.command()
def demo(
    game: Annotated[str, typer.Option(help="A practice game.")] = "grid-levels",
    seed: SeedOption = 0,
    seconds: Annotated[float | None, typer.Option(min=1, help="How long; 40 without a screen.")] = None,
    out: Annotated[Path, typer.Option(help="Folder for the pictures and the advice.")] = Path("out/demo"),
    language: LanguageOption = "",
    model: ModelOption = "",
    virtual: Annotated[bool, typer.Option("--virtual", help="Use a virtual screen even where there is one.")] = False,
) -> None:
    """Show the coach beside a practice game; without a screen it plays by itself and leaves pictures."""
    from coach_app.evaluation.demo import DemoPlan, run_demo

    _end_in_order_when_terminated()
    plan = DemoPlan(game, seed, seconds, out, _language(language), model, virtual)
    run_demo(plan, typer.echo)


@app.command()
def practice(
    game: Annotated[str, typer.Argument(help="grid or grid-levels.")],
    seed: SeedOption = 0,
    size: SizeOption = "6x5",
    state_log: Annotated[Path | None, typer.Option(hidden=True, help="Record every state as JSON lines.")] = None,
) -> None:
    """Play a practice game by hand, in a window."""
    from coach_app.ui.practice import run_practice

    raise typer.Exit(run_practice(game, seed, _size(size), state_log))


@app.command()
def advise(
    image: Annotated[Path, typer.Argument(help="A picture of the game.")],
    game: Annotated[str, typer.Option(help="Its profile.")],
    question: Annotated[str, typer.Option(help="Asked instead of the profile's prompt.")] = "",
    language: LanguageOption = "",
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Advice about one picture."""
    from coach_app.evaluation.headless import advise_once

    japanese = _language(language) == "ja"

    def show(words: str) -> None:
        if not as_json:
            typer.echo(words, nl=False)

    advice = asyncio.run(advise_once(image, game, question, japanese, model, show))
    if not as_json:
        typer.echo(f"\n{advice.text_ja}" if advice.text_ja else "")
        return
    result: dict[str, Any] = {
        "advice": advice.text,
        "move": advice.move,
        "model": advice.model,
        "latency_ms": round(advice.latency_ms, 1),
        "tokens": advice.tokens,
    }
    if japanese:
        result["advice_ja"] = advice.text_ja
    _print_json(result)


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="The question.")],
    adapter: Annotated[str, typer.Option(help="What the answer is learned from.")] = "melee",
    language: LanguageOption = "",
    as_json: JsonOption = False,
) -> None:
    """Ask a question about a game without a picture."""
    _language(language)
    raise CoachError(
        f"Questions without a picture need the text adapter “{adapter}”, which is not installed.",
        "Ask about a picture instead: coach advise IMAGE --game GAME --question TEXT.",
    )


@app.command()
def play(
    game: Annotated[str, typer.Argument(help="grid or grid-levels.")],
    agent: Annotated[str, typer.Option(help="coach, dqn, coach+dqn, teacher or random.")],
    episodes: Annotated[int, typer.Option(min=1, help="How many.")] = 100,
    seed: SeedOption = 0,
    size: SizeOption = "6x5",
    gif: Annotated[Path | None, typer.Option(help="Record what was seen and said.")] = None,
    model: ModelOption = "",
    checkpoint: Annotated[str, typer.Option(metavar="NAME|FOLDER", help="The Q-network, if not the profile's.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Let an agent play a practice game, and report how well."""
    from rich.console import Console
    from rich.progress import Progress

    from coach_app.evaluation.headless import play_game

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("Playing", total=episodes)
        report, recorded = asyncio.run(
            play_game(
                game,
                agent,
                episodes,
                seed,
                _size(size),
                gif,
                model,
                lambda done, _: progress.update(task, completed=done),
                checkpoint,
            )
        )
    if recorded:
        _say(recorded)
    if as_json:
        _print_json(report.model_dump(mode="json"))
    else:
        typer.echo(
            f"{report.agent} on {report.game}, {report.episodes} episodes: mean reward {report.mean_reward:.3f} "
            f"± {report.std_reward:.3f}, optimal moves {report.optimal_move_rate:.1%}, "
            f"{report.latency_ms_p50:.0f} ms a decision"
        )


@models.command("list")
def list_models(as_json: JsonOption = False) -> None:
    """The models that the coach knows, and which of them are on this computer."""
    from coach_app.models.catalogue import catalogue

    rows = [
        {
            "name": entry.name,
            "title": entry.title,
            "role": entry.role,
            "games": list(entry.games),
            "licence": entry.licence,
            "size_bytes": entry.size_bytes,
            "installed": _is_here(entry),
        }
        for entry in catalogue()
    ]
    if as_json:
        _print_json({"models": rows})
        return
    for entry in catalogue():
        games, here = ", ".join(entry.games) or "any game", "installed" if _is_here(entry) else "not here"
        typer.echo(f"{entry.name:24} {here:10} {entry.title} ({games})")


@bench.command("live")
def bench_live(
    still_seconds: Annotated[float, typer.Option(min=1, help="How long a still screen is watched.")] = 60.0,
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure the live loop: capture, gate, answers, the overlay's rhythm, memory, time to window."""
    from coach_app.evaluation.bench_live import bench_live as measure

    _end_in_order_when_terminated()
    _report(measure(model, still_seconds, _say), as_json)


def _language(name: str) -> Literal["en", "ja"] | None:
    match name:
        case "en" | "ja":
            return name
        case "":
            return None
    raise CoachError(f"The coach does not speak “{name}”.", "Choose en or ja.")


def _size(text: str) -> tuple[int, int]:
    match text.lower().split("x"):
        case [width, height] if width.isdecimal() and height.isdecimal():
            return int(width), int(height)
    raise CoachError(f"“{text}” is not a size.", "Write columns x rows, for instance 6x5.")


def _is_here(entry: "ModelEntry") -> bool:
    try:
        entry.path()
    except CoachError:
        return False
    return True


@bench.command("positions")
def bench_positions(
    game: Annotated[str, typer.Argument(help="grid or grid-levels.")] = "grid-levels",
    agent: Annotated[str, typer.Option(help="coach, teacher or random.")] = "coach",
    count: Annotated[int, typer.Option(min=1, help="Positions at each scale.")] = 100,
    seed: SeedOption = 500_000,
    size: SizeOption = "6x5",
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure how often advice is right through a live capture of the game's window, at 1x to 4x."""
    from coach_app.evaluation import live_positions
    from coach_app.evaluation.headless import opened_agent
    from coach_app.evaluation.virtual_screen import some_screen
    from coach_app.ui.practice_stage import PracticeStage, run_on_stage

    async def measure(stage: PracticeStage) -> live_positions.LiveReport:
        async with opened_agent(agent, game, model) as player:
            return await live_positions.run(game, player, stage, count, seed, _size(size))

    _end_in_order_when_terminated()
    with some_screen((1920, 1080)):
        report = run_on_stage(game, measure, _size(size))
    if as_json:
        _print_json(report.model_dump(mode="json"))
    else:
        for at in report.scales:
            typer.echo(f"{at.scale:.1f}x: {at.score.optimal_move_rate:.1%} of {count} moves optimal")


@bench.command("features")
def bench_features(
    steps: Annotated[int, typer.Option(min=1, help="Frames of the rollout.")] = 480,
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure the Q-network's features a second: the article's 50 generated tokens against one forward pass."""
    from coach_app.evaluation.headless import user_settings
    from coach_app.training.feature_bench import bench_features as measure

    _report(measure(model or user_settings().general.model, steps, _say), as_json)


@train.command("grid-coach")
def train_grid_coach(
    out: Annotated[Path | None, typer.Option(help="Folder of the checkpoint.")] = None,
    seed: SeedOption = 1,
    look_steps: Annotated[int | None, typer.Option(min=1, help="Steps of learning to see.")] = None,
    speak_steps: Annotated[int | None, typer.Option(min=1, help="Steps of learning to answer.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Train the bundled coach: about two hours on a CPU; goes on where it stopped."""
    from coach_app.training.grid_coach import GridCoachArgs
    from coach_app.training.grid_coach import train as run

    chosen = {"out": out, "look_steps": look_steps, "speak_steps": speak_steps}
    given: dict[str, Any] = {name: value for name, value in chosen.items() if value is not None}
    _report(run(GridCoachArgs(seed=seed, **given), _say), as_json)


@train.command("dqn")
def train_dqn(
    game: Annotated[str, typer.Option(help="grid, grid-levels, crafter, ALE/Breakout-v5, … or any image environment.")],
    steps: Annotated[int | None, typer.Option(min=1, help="Steps of the game; the default depends on it.")] = None,
    seed: SeedOption = 1,
    inputs: Annotated[str | None, typer.Option(help="What the network sees: both, picture or features.")] = None,
    features: Annotated[str | None, typer.Option(help="Which features: logits or hidden.")] = None,
    model: Annotated[str | None, typer.Option(help="Name or folder of the model whose features it sees.")] = None,
    rate: Annotated[float | None, typer.Option(min=0, help="Learning rate.")] = None,
    replay: Annotated[int | None, typer.Option(min=1, help="Transitions that are kept.")] = None,
    replay_mb: Annotated[int | None, typer.Option(min=1, help="Megabytes that they may take.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the training; goes on where it stopped.")] = None,
    compare: Annotated[bool, typer.Option(help="Train with each kind of inputs, and print a table.")] = False,
    seeds: Annotated[int, typer.Option(min=1, help="How many seeds of each kind --compare trains.")] = 5,
    as_json: JsonOption = False,
) -> None:
    """Train a Q-network (DQN_LM) on a game: minutes on a CPU for the practice games."""
    from coach_app.training import dqn

    chosen = {"steps": steps, "inputs": inputs, "features": features, "model": model, "rate": rate}
    folder = out or Path("out/train") / f"dqn-{game.replace('/', '-').lower()}"
    try:
        args = dqn.preset(game, seed=seed, out=folder, replay=replay, replay_mb=replay_mb, **chosen)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if compare:
        table = dqn.compare(args, seeds, _say)
        _print_json({"game": game, "rows": table}) if as_json else typer.echo(dqn.as_markdown(table))
        return
    metrics = dqn.train(args, _say)
    metrics.pop("history")
    _report(metrics | {"folder": str(folder)}, as_json)


@train.command("translator")
def train_translator(
    out: Annotated[Path | None, typer.Option(help="Folder of the checkpoint.")] = None,
    seed: SeedOption = 1,
    steps: Annotated[int | None, typer.Option(min=1, help="Batches trained on.")] = None,
    evaluate_only: Annotated[bool, typer.Option(help="Measure the translator that is there, on 500 answers.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Train the offline translator of the bundled coach's answers: minutes on a CPU."""
    from coach_app.training.translator import TranslatorArgs, evaluate
    from coach_app.training.translator import train as run

    chosen = {"out": out, "steps": steps}
    given: dict[str, Any] = {name: value for name, value in chosen.items() if value is not None}
    if evaluate_only:
        _report(evaluate(TranslatorArgs(**given).out), as_json)
        return
    _report(run(TranslatorArgs(seed=seed, **given), lambda step: _say(json.dumps(dict(step)))), as_json)


def _report(figures: dict[str, Any], as_json: bool) -> None:
    if as_json:
        _print_json(figures)
    else:
        for name, value in figures.items():
            typer.echo(f"{name:28} {value}")


def _print_json(result: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


def _say(line: str) -> None:
    typer.echo(line, err=True)


def _end_in_order_when_terminated() -> None:
    """What was started is ended on SIGTERM too, not only on Ctrl-C."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
