"""``coach advise`` and ``coach ask``."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer

from coach_app.cli.language import translated
from coach_app.cli.options import (
    JsonOption,
    LanguageOption,
    LevelOption,
    ModelOption,
    language_of,
    level_of,
    loading_shown,
    print_json,
    say,
    streamed,
    user_settings,
)
from coach_app.cli.terminal import write
from coach_app.domain.errors import CoachError

advice = typer.Typer(rich_markup_mode=None)


@advice.command()
def advise(
    image: Annotated[Path, typer.Argument(help="A picture of the game.")],
    game: Annotated[str, typer.Option(help="The game's profile.")],
    question: Annotated[str, typer.Option(help="Asked instead of the profile's prompt.")] = "",
    level: LevelOption = "answer",
    language: LanguageOption = "",
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Advice about one picture."""
    from coach_app.assembly.once import advise_once

    japanese, how_much = language_of(language) == "ja", level_of(level)

    def complain(error: CoachError) -> None:
        write(translated(str(error)), aside=True)

    settings = user_settings()
    with loading_shown() as on_state, streamed(as_json) as show:
        answer = asyncio.run(
            advise_once(settings, image, game, question, japanese, model, show, complain, on_state, how_much)
        )
    if not as_json:
        write(f"\n{answer.text_ja}" if answer.text_ja else "")
        return
    result: dict[str, Any] = {
        "advice": answer.text,
        "move": answer.move,
        "level": answer.level,
        "model": answer.model,
        "latency_ms": round(answer.latency_ms, 1),
        "tokens": answer.tokens,
    }
    if japanese or answer.text_ja:
        result["advice_ja"] = answer.text_ja
    print_json(result)


@advice.command()
def ask(
    text: Annotated[str, typer.Argument(help="The question.")],
    adapter: Annotated[
        str,
        typer.Option(metavar="NAME|FOLDER|NAME@URL", help="An adapter, or a text model; the game's by default."),
    ] = "",
    game: Annotated[str, typer.Option(help="The game whose guides are searched; by default, the adapter's.")] = "",
    language: LanguageOption = "",
    as_json: JsonOption = False,
) -> None:
    """Ask a game question: one about a game, not about a screen, answered from the game's guides."""
    from coach_app.assembly.once import ask_once
    from coach_app.games.profiles import adapter_of

    shown = list[str]()
    settings = user_settings()
    with loading_shown() as on_state, streamed(as_json) as show:

        def keep(words: str) -> None:
            shown.append(words)
            show(words)

        japanese = language_of(language) == "ja"
        named = adapter or adapter_of(game)
        answer = asyncio.run(ask_once(settings, text, named, game, japanese, keep, say, on_state))
    if not as_json:
        whole = answer.text if "".join(shown) != answer.text else ""
        if answer.quoted:
            say(f"Quoted from the guide: {answer.sources[0].title}")
        write(f"\n{whole}" if shown and whole else whole)
        if answer.text_ja:
            write(answer.text_ja)
        for section in answer.sources:
            write(f"[{section.id}] {section.title}")
        return
    result: dict[str, Any] = {
        "answer": answer.text,
        "sources": [{"id": part.id, "title": part.title, "text": part.text} for part in answer.sources],
        "model": answer.model,
        "adapter": answer.adapter,
        "quoted": answer.quoted,
        "latency_ms": round(answer.latency_ms, 1),
    }
    if japanese or answer.text_ja:
        result["answer_ja"] = answer.text_ja
    print_json(result)
