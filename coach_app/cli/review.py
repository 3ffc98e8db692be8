"""``coach review``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach_app.cli.language import language as language_here
from coach_app.cli.options import (
    JsonOption,
    ModelOption,
    SizeOption,
    language_of,
    print_json,
    say,
    size_of,
    user_settings,
)
from coach_app.cli.terminal import write
from coach_app.domain.phrases import Language, phrases

if TYPE_CHECKING:
    from coach_app.review.review import Review
    from coach_app.review.sources import Source

reviewing = typer.Typer(rich_markup_mode=None)
_PRINTED = 10
"""Moments; the page has all of them."""


@reviewing.command("review")
def review_play(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="A recording of a practice game (coach practice GAME --state-log FILE), a GIF, a video, or a folder "
            "of pictures; by default, what was played last."
        ),
    ] = None,
    last: Annotated[bool, typer.Option("--last", help="The last session of the recording, not all of it.")] = False,
    game: Annotated[str, typer.Option(help="The game, if the recording does not say it.")] = "",
    model: ModelOption = "",
    size: SizeOption = "",
    least: Annotated[
        float | None, typer.Option(min=0, help="From this cost on a move is a mistake; 0.03 by default.")
    ] = None,
    window: Annotated[bool, typer.Option("--window", help="Show it in a window, in which moves can be tried.")] = False,
    out: Annotated[Path, typer.Option(help="Folder for the page, the JSON and the pictures.")] = Path("out/review"),
    language: Annotated[str, typer.Option("--lang", metavar="en|ja", help="Language of the review.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Look at what was played: the moves that cost most, what would have been better, and what comes again."""
    from coach_app.assembly import opinions
    from coach_app.review.export import write_review
    from coach_app.review.review import LEAST
    from coach_app.review.sources import Options, nothing_to_review, recording, recordings

    settings = user_settings()
    chosen = language_of(language)
    if window and not chosen:
        from coach_app.ui.language import chosen_language

        chosen = chosen_language(settings.general.interface)
    chosen = chosen or language_here()
    chosen_size, chosen_least = size_of(size), LEAST if least is None else least

    def opened(path: Path, of: str) -> "Source":
        if path.is_dir() or path.suffix.lower() not in (".jsonl", ".json"):
            return opinions.pictures(path, of, settings, model, chosen == "ja")
        return recording(path, last, Options(settings.history, of, chosen_size, chosen_least))

    if file is None:
        options = Options(settings.history, game, chosen_size, chosen_least)
        found = [*recordings(options), *opinions.kept(settings, model, chosen == "ja")]
    else:
        found = [opened(file, game)]
    if window:
        from coach_app.games.profiles import load_profiles
        from coach_app.ui.review_run import run_review

        titles = {profile.id: profile.title for profile in load_profiles()[0].values()}
        raise typer.Exit(run_review(found, opened, titles, chosen))
    if not found:
        raise nothing_to_review()
    review = _reviewed(found[0])
    page = write_review(review, out, chosen)
    if as_json:
        print_json(review.as_json() | {"page": str(page)})
        return
    _print(review, chosen)
    say(f"The page: {page}")


def _reviewed(source: "Source") -> "Review":
    """Review, and show how far that is."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=None)
        return source.review(lambda done, total: bar.update(task, completed=done, total=total))


def _print(review: "Review", chosen: Language) -> None:
    from coach_app.review import words

    said = phrases(chosen).translated

    kinds = [words.of_kind(share) for share in review.trends.kinds]
    for line in [*words.summary(review), *kinds]:
        write(said(line))
    for number, episode in enumerate(review.episodes):
        write(f"  {said(words.of_episode(number, episode, review.least))}")
    for moment in review.moments[:_PRINTED]:
        parts = [said(words.of_moment(moment)), said(words.heard(moment)), words.answer(moment, said, chosen == "ja")]
        write("- " + " ".join(part for part in parts if part))
    if (left := len(review.moments) - _PRINTED) > 0:
        write(said(f"More moments on the page: {left}."))
