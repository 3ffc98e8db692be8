"""``coach review``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach_app.cli.language import translated
from coach_app.cli.options import JsonOption, SizeOption, language_of, print_json, say, size_of, user_settings
from coach_app.cli.terminal import write
from coach_app.domain.errors import CoachError

if TYPE_CHECKING:
    from coach_app.review.review import Review

reviewing = typer.Typer(rich_markup_mode=None)
_SHOWN = 10
"""Moments that are printed; the page has all of them."""


@reviewing.command("review")
def review_play(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="A recording of a practice game (coach practice GAME --state-log FILE); by default, the last one."
        ),
    ] = None,
    last: Annotated[bool, typer.Option("--last", help="The last session of the recording, not all of it.")] = False,
    game: Annotated[str, typer.Option(help="The game, if the recording does not say it.")] = "",
    size: SizeOption = "",
    least: Annotated[
        float | None, typer.Option(min=0, help="From this cost on a move is a mistake; 0.03 by default.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the page, the JSON and the pictures.")] = Path("out/review"),
    language: Annotated[str, typer.Option("--lang", metavar="en|ja", help="Language of the page.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Look at what was played: the moves that cost most, what would have been better, and what comes again."""
    from coach_app.cli.language import language as language_here
    from coach_app.review.export import write_review

    review = _of_practice(file, last, game, size, least)
    page = write_review(review, out, language_of(language) or language_here())
    if as_json:
        print_json(review.as_json() | {"page": str(page)})
        return
    _print(review)
    say(f"The page: {page}")


def _of_practice(file: Path | None, last: bool, name: str, size: str, least: float | None) -> "Review":
    from rich.console import Console
    from rich.progress import Progress

    from coach_app.learning.recorded import read
    from coach_app.review.practice import last_session, review_practice
    from coach_app.review.review import LEAST
    from coach_app.review.sources import game_recorded, heard_in, latest_recording

    path = file or latest_recording()
    episodes = read(path)
    game = game_recorded(path, episodes, name)
    if last or file is None:
        episodes = last_session(episodes)
    try:
        heard = heard_in(game.id, user_settings().history)
    except CoachError as error:
        say(str(error))
        heard = []
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        at_least = LEAST if least is None else least
        return review_practice(game, episodes, size_of(size), heard, at_least, str(path), show)


def _print(review: "Review") -> None:
    from coach_app.review import words

    kinds = [words.of_kind(share) for share in review.trends.kinds]
    for line in [*words.summary(review), *kinds]:
        write(translated(line))
    for number, episode in enumerate(review.episodes):
        write(f"  {translated(words.of_episode(number, episode, review.least))}")
    for moment in review.moments[:_SHOWN]:
        parts: list[Any] = [words.of_moment(moment), words.heard(moment), words.answer(moment)]
        write("- " + " ".join(translated(part) for part in parts if part))
    if (left := len(review.moments) - _SHOWN) > 0:
        write(translated(f"More moments on the page: {left}."))
