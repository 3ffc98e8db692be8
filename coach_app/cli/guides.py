"""``coach guides``."""

from typing import Annotated, Any

import typer

from coach_app.cli.options import JsonOption, print_json, say
from coach_app.cli.terminal import write

guides = typer.Typer(help="The guides that answers are taken from.", rich_markup_mode=None)

GameOption = Annotated[str, typer.Option(help="The game that the guides are about; the first one by default.")]


@guides.command("search")
def search_guides(
    text: Annotated[str, typer.Argument(help="A question, or words.")],
    game: GameOption = "",
    limit: Annotated[int, typer.Option(min=1, max=100, help="Maximum number of sections to show.")] = 3,
    as_json: JsonOption = False,
) -> None:
    """Find the sections that answer a question, best first."""
    from coach_app.knowledge.library import default_game
    from coach_app.knowledge.search import off_topic, search

    game = game or default_game()
    passages = search(game, text, limit)
    declined = off_topic(game, text)
    if as_json:
        rows = [
            {
                "id": passage.section.id,
                "title": passage.section.title,
                "subject": passage.section.subject,
                "text": passage.section.text,
                "file": passage.section.file,
                "score": round(passage.score, 3),
            }
            for passage in passages
        ]
        print_json({"question": text, "game": game, "off_topic": declined, "passages": rows})
        return
    if declined:
        say(f"The guides for {game} have little to say about this.")
    for passage in passages:
        write(f"{passage.section.title} [{passage.section.id}]\n\n{passage.section.text}\n")


@guides.command("list")
def list_guides(game: Annotated[str, typer.Option(help="Only this game's.")] = "", as_json: JsonOption = False) -> None:
    """List the guides, and where to put your own."""
    from coach_app.knowledge import library

    rows: list[dict[str, Any]] = []
    for name in [game] if game else library.games():
        found = library.load(name)
        for notice in found.notices:
            say(notice)
        rows.append(
            {
                "game": name,
                "folder": str(library.user_dir(name)),
                "notices": list(found.notices),
                "sections": [
                    {"id": section.id, "title": section.title, "subject": section.subject, "file": section.file}
                    for section in found.sections
                ],
            }
        )
    if as_json:
        print_json({"guides": rows})
        return
    for row in rows:
        write(f"{row['game']}: your own guides go into {row['folder']}")
        for section in row["sections"]:
            write(f"  {section['id']:40} {section['title']} ({section['file']})")
