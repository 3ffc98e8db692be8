"""``coach train``."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from coach_app.cli.options import GAMES_TO_PLAY, JsonOption, SeedOption, print_json, print_report, say, user_settings
from coach_app.cli.terminal import write
from coach_app.domain.resources import resources_dir
from coach_app.games.catalogue import games
from coach_app.games.game import Game

train = typer.Typer(help="Train the models that come with the coach.", rich_markup_mode=None)
_TAUGHT = {game.id: game for game in games().values() if game.lessons}
"""The games that have lessons for a coach of their own."""


def _train_coach(game: Game) -> None:
    """Register the command that trains the coach of a game."""

    @train.command(game.coach)
    def train_coach(
        out: Annotated[Path | None, typer.Option(help="Folder of the checkpoint.")] = None,
        seed: SeedOption = 1,
        look_steps: Annotated[int | None, typer.Option(min=1, help="Steps of learning to see.")] = None,
        speak_steps: Annotated[int | None, typer.Option(min=1, help="Steps of learning to answer.")] = None,
        refine_steps: Annotated[int | None, typer.Option(min=1, help="Steps of refining the answers.")] = None,
        start: Annotated[Path | None, typer.Option(help="Folder of a coach to go on from: it is only refined.")] = None,
        pointed: Annotated[
            float | None, typer.Option(min=0, max=1, help="Share of the questions that ask to point, too.")
        ] = None,
        evaluate_only: Annotated[bool, typer.Option(help="Measure the installed coach, also by playing.")] = False,
        as_json: JsonOption = False,
    ) -> None:
        """Train the bundled coach: about two hours on a CPU; resumes where it stopped."""
        from coach_app.training.bundled.arguments import CoachArgs
        from coach_app.training.bundled.coach import evaluate
        from coach_app.training.bundled.coach import train as run

        chosen: dict[str, Any] = {"look_steps": look_steps, "speak_steps": speak_steps, "refine_steps": refine_steps}
        chosen |= {"start": start, "pointed_share": pointed}
        given: dict[str, Any] = {name: value for name, value in chosen.items() if value is not None}
        folder, work = out or resources_dir() / "models" / game.coach, Path("out/train") / game.coach
        assert game.lessons
        lessons = game.lessons()
        if evaluate_only:
            print_report(evaluate(folder, lessons, seed, say), as_json)
            return
        print_report(run(lessons, CoachArgs(folder, work, seed, **{**lessons.ARGS, **given}), say), as_json)


for _game in _TAUGHT.values():
    _train_coach(_game)


def _train_reader(game: Game) -> None:
    """Register the command that trains an adapter which plays a game by reading it."""

    @train.command(f"{game.id}-text")
    def train_reader(
        base: Annotated[
            str | None, typer.Option(metavar="NAME|FOLDER", help="The text model under the adapter.")
        ] = None,
        recipe: Annotated[
            str, typer.Option(help="default, or original: the mistakes that made the first of its kind collapse.")
        ] = "default",
        out: Annotated[Path | None, typer.Option(help="Folder of the adapter; resumes where it stopped.")] = None,
        seed: SeedOption = 1,
        episodes: Annotated[int | None, typer.Option(min=1, help="Games of the teacher to learn from.")] = None,
        examples: Annotated[int | None, typer.Option(min=1, help="Number of lessons in an epoch.")] = None,
        epochs: Annotated[float | None, typer.Option(min=0, help="Number of passes through all lessons.")] = None,
        form: Annotated[str | None, typer.Option(help="How it answers while it plays: steps, reason or move.")] = None,
        rate: Annotated[float | None, typer.Option(min=0, help="Learning rate.")] = None,
        batch: Annotated[int | None, typer.Option(min=1, help="Lessons per step.")] = None,
        pieces: Annotated[
            int | None, typer.Option(min=1, help="Number of pieces that each batch is split into.")
        ] = None,
        rank: Annotated[int | None, typer.Option(min=1, help="Rank of the adapter's matrices.")] = None,
        plays: Annotated[int | None, typer.Option(min=1, help="Games that it plays now and then.")] = None,
        play_steps: Annotated[int | None, typer.Option(min=1, help="Maximum steps of these.")] = None,
        as_json: JsonOption = False,
    ) -> None:
        """Train a text adapter (LoRA) that plays by reading; it stops when it plays no better."""
        from coach_app.training.reading import arguments
        from coach_app.training.reading.adapter import train as run

        folder = out or Path("out/train") / f"{game.id}-text"
        assert game.reading
        if form and form not in (forms := game.reading().forms):
            raise typer.BadParameter(f"Choose one of: {', '.join(forms)}.")
        chosen: dict[str, Any] = {"base": base, "episodes": episodes, "examples": examples, "epochs": epochs}
        chosen |= {"rate": rate, "batch": batch, "pieces": pieces, "rank": rank, "form": form}
        try:
            args = arguments.recipe(
                recipe, game.id, out=folder, seed=seed, plays=plays, play_steps=play_steps, **chosen
            )
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
        print_report(run(args, say) | {"folder": str(folder)}, as_json)


for _game in games().values():
    if _game.reading:
        _train_reader(_game)


@train.command("dqn")
def train_dqn(
    game: Annotated[str, typer.Option(help=GAMES_TO_PLAY)],
    steps: Annotated[
        int | None, typer.Option(min=1, help="Number of game steps; the default depends on the game.")
    ] = None,
    seed: SeedOption = 1,
    inputs: Annotated[str | None, typer.Option(help="What the network sees: both, picture or features.")] = None,
    features: Annotated[str | None, typer.Option(help="Which features: logits or hidden.")] = None,
    model: Annotated[str | None, typer.Option(help="Name or folder of the model whose features it sees.")] = None,
    rate: Annotated[float | None, typer.Option(min=0, help="Learning rate.")] = None,
    replay: Annotated[int | None, typer.Option(min=1, help="Number of transitions to keep.")] = None,
    replay_mb: Annotated[int | None, typer.Option(min=1, help="Memory limit for these, in megabytes.")] = None,
    evaluate_every: Annotated[int | None, typer.Option(min=1, help="Steps between evaluations.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the training; resumes where it stopped.")] = None,
    compare: Annotated[bool, typer.Option(help="Train with each kind of inputs, and print a table.")] = False,
    seeds: Annotated[int, typer.Option(min=1, help="Number of seeds that --compare trains of each kind.")] = 5,
    as_json: JsonOption = False,
) -> None:
    """Train a Q-network (DQN_LM) on a game: minutes on a CPU for the practice games.

    The folder gets the best and the last network, their figures and a learning curve; and what TensorBoard shows:
    tensorboard --logdir FOLDER.
    """
    from coach_app.training.q.arguments import preset
    from coach_app.training.q.compare import as_markdown
    from coach_app.training.q.compare import compare as compare_inputs
    from coach_app.training.q.dqn import train as run

    chosen = {"steps": steps, "inputs": inputs, "features": features, "model": model, "rate": rate}
    chosen["evaluate_every"] = evaluate_every
    folder = out or Path("out/train") / f"dqn-{game.replace('/', '-').lower()}"
    try:
        args = preset(game, seed=seed, out=folder, replay=replay, replay_mb=replay_mb, **chosen)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if compare:
        table = compare_inputs(args, seeds, say)
        print_json({"game": game, "rows": table}) if as_json else write(as_markdown(table))
        return
    metrics = run(args, say)
    metrics.pop("history")
    print_report(metrics | {"folder": str(folder)}, as_json)


@train.command("translator")
def train_translator(
    game: Annotated[str, typer.Option(help=f"The game that the coach is for: {', '.join(_TAUGHT)}.")] = next(
        iter(_TAUGHT)
    ),
    out: Annotated[Path | None, typer.Option(help="Folder of the checkpoint.")] = None,
    seed: SeedOption = 1,
    steps: Annotated[int | None, typer.Option(min=1, help="Number of batches.")] = None,
    evaluate_only: Annotated[bool, typer.Option(help="Measure the installed translator on 500 answers.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Train the offline translator of the bundled coach's answers: minutes on a CPU."""
    from coach_app.training.bundled.translator import TranslatorArgs, evaluate
    from coach_app.training.bundled.translator import train as run

    taught = _TAUGHT.get(game)
    if taught is None or taught.lessons is None:
        raise typer.BadParameter(f"Choose one of: {', '.join(_TAUGHT)}.")
    lessons, folder = taught.lessons(), out or resources_dir() / "models" / taught.translator
    if evaluate_only:
        print_report(evaluate(folder, lessons), as_json)
        return
    args = TranslatorArgs(folder, seed) if steps is None else TranslatorArgs(folder, seed, steps=steps)
    print_report(run(args, lessons, lambda step: say(json.dumps(dict(step)))), as_json)


@train.command("moves")
def train_moves(
    game: Annotated[
        list[str] | None, typer.Option(help="A practice game; may be given several times. By default all of them.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the network.")] = None,
    seed: SeedOption = 1,
    pairs: Annotated[int | None, typer.Option(min=1, help="Pairs of pictures of each game to learn from.")] = None,
    held_back: Annotated[int | None, typer.Option(min=1, help="Pairs of each game to measure with.")] = None,
    captured: Annotated[int | None, typer.Option(min=1, help="Such pairs as captures look.")] = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="Number of passes through all pairs.")] = None,
    minutes: Annotated[float | None, typer.Option(min=0, help="Time limit of the passes, in minutes.")] = None,
    evaluate_only: Annotated[
        bool, typer.Option(help="Only set from which probability on moves are named, and measure.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Train the network that reads from two pictures of a practice game what was done: minutes on a CPU."""
    from coach_app.games.catalogue import to_practise
    from coach_app.training.moves import MovesArgs, calibrate
    from coach_app.training.moves import train as run

    games = tuple(to_practise(name).id for name in game or ())
    chosen: dict[str, Any] = {"out": out, "pairs": pairs, "held_back": held_back, "captured": captured}
    chosen |= {"epochs": epochs, "minutes": minutes}
    args = MovesArgs(seed=seed, games=games, **{name: value for name, value in chosen.items() if value is not None})
    print_report((calibrate if evaluate_only else run)(args, say), as_json)


@train.command("guides")
def train_guides(
    base_url: Annotated[str, typer.Option(help="The teacher's server, for instance http://127.0.0.1:8000/v1.")] = "",
    model: Annotated[str, typer.Option(help="The teacher's name on the server.")] = "",
    without_teacher: Annotated[
        bool, typer.Option("--without-teacher", help="Generate them from the game's templates instead.")
    ] = False,
    game: Annotated[str, typer.Option(help="The game whose guides are used; the first one by default.")] = "",
    out: Annotated[Path | None, typer.Option(help="Folder for the pairs; resumes where it stopped.")] = None,
    seed: SeedOption = 1,
    passes: Annotated[int, typer.Option(min=1, help="Number of passes through each guide.")] = 20,
    temperature: Annotated[float, typer.Option(min=0, help="Temperature of the teacher.")] = 0.7,
    concurrency: Annotated[int, typer.Option(min=1, help="Number of requests at once.")] = 4,
    per_minute: Annotated[float, typer.Option(min=0, help="Maximum requests per minute; 0 for no limit.")] = 0.0,
    timeout: Annotated[float, typer.Option(min=1, help="Time limit for an answer, in seconds.")] = 120.0,
    retries: Annotated[int, typer.Option(min=0, help="How often to repeat a failed request.")] = 4,
    votes: Annotated[int, typer.Option(min=0, help="How often the teacher votes on outside names in each pair.")] = 0,
    input_price: Annotated[float, typer.Option(min=0, help="Price per million input tokens, for the estimate.")] = 0.0,
    output_price: Annotated[float, typer.Option(min=0, help="Price per million output tokens.")] = 0.0,
    yes: Annotated[bool, typer.Option("--yes", help="Start without asking.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Have a teacher model make questions and answers from guides, and clean them.

    Its key is that of COACH_SERVER_KEY, or the one that the settings have for this server. Without a teacher, questions
    are made from the game's templates and answered by the guides' own sentences.
    """
    from coach_app.knowledge.library import default_game, load

    game = game or default_game()
    if without_teacher:
        _guides_without_teacher(game, out, seed, as_json)
        return
    if not base_url or not model:
        raise typer.BadParameter("Name the teacher by --base-url and --model, or use --without-teacher.")
    from coach_app.training.tips.pairs import made_pairs
    from coach_app.training.tips.requests import SelfInstructArgs
    from coach_app.training.tips.self_instruct import run
    from coach_app.training.tips.teacher import OpenAITeacher, server_of

    url, key = server_of(base_url, user_settings())
    args = SelfInstructArgs(
        base_url=url,
        model=model,
        game=game,
        out=out or made_pairs(game),
        seed=seed,
        passes=passes,
        temperature=temperature,
        concurrency=concurrency,
        per_minute=per_minute,
        timeout_s=timeout,
        retries=retries,
        votes=votes,
        input_price=input_price,
        output_price=output_price,
    )

    def agree(what: str) -> bool:
        say(what)
        return yes or typer.confirm("Start?", err=True)

    teacher = OpenAITeacher(url, model, key, temperature, timeout, retries)
    report = run(args, load(game), teacher, agree, say)
    if as_json:
        print_json(report)
        return
    _show_pairs(report, ("requests", "failed", "parsed", "rejected", "pairs", "meanings", "held_out", "folder"))


def _guides_without_teacher(game: str, out: Path | None, seed: int, as_json: bool) -> None:
    from coach_app.training.tips.from_templates import build
    from coach_app.training.tips.templates import has_templates

    if not has_templates(game):
        raise typer.BadParameter(f"There are no templates for {game}: name a teacher by --base-url and --model.")
    report = build(game, out, seed)
    if as_json:
        print_json(report)
        return
    _show_pairs(report, ("made", "pairs", "sections", "meanings", "held_out", "held_out_meanings", "folder"))


def _show_pairs(report: dict[str, Any], names: tuple[str, ...]) -> None:
    for step in report["cleaning"]:
        write(f"{step['step']:20} kept {step['kept']}, dropped {step['dropped']}, changed {step['changed']}")
    for name in names:
        write(f"{name:20} {report[name]}")


@train.command("tips")
def train_tips(
    base: Annotated[str | None, typer.Option(metavar="NAME|FOLDER", help="The text model under the adapter.")] = None,
    data: Annotated[Path | None, typer.Option(help="Questions and answers as JSON lines.")] = None,
    game: Annotated[
        str, typer.Option(help="The game whose guides provide the passages; the first one by default.")
    ] = "",
    preset: Annotated[str, typer.Option(help="default, or original: those of the first public tips bot.")] = "default",
    out: Annotated[Path | None, typer.Option(help="Folder of the adapter; resumes where it stopped.")] = None,
    seed: SeedOption = 1,
    epochs: Annotated[float | None, typer.Option(min=0, help="Number of passes through all questions.")] = None,
    rate: Annotated[float | None, typer.Option(min=0, help="Learning rate.")] = None,
    batch: Annotated[int | None, typer.Option(min=1, help="Questions per step, or rows of lessons.")] = None,
    pieces: Annotated[int | None, typer.Option(min=1, help="Number of pieces that each batch is split into.")] = None,
    rank: Annotated[int | None, typer.Option(min=1, help="Rank of the adapter's matrices.")] = None,
    lessons: Annotated[
        int | None, typer.Option(min=1, help="Lessons in each pass, if the base has a chat template.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Train a text adapter (QLoRA) on questions and answers about a game.

    On several cards or machines: accelerate launch -m coach_app train tips.
    """
    from coach_app.knowledge.library import default_game
    from coach_app.training.tips.adapter import train as train_adapter
    from coach_app.training.tips.arguments import preset as preset_of

    game = game or default_game()
    chosen = {"base": base, "data": data, "seed": seed, "epochs": epochs, "rate": rate, "batch": batch}
    folder = out or Path("out/train") / f"tips-{game}"
    try:
        args = preset_of(preset, game=game, out=folder, pieces=pieces, rank=rank, lessons=lessons, **chosen)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    print_report(train_adapter(args, say) | {"folder": str(folder)}, as_json)
