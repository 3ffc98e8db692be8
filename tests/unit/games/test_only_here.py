"""Only the folder of a game names it: whoever wants to know of games asks the catalogue."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from coach_app.games.catalogue import games
from coach_app.games.profiles import load_profiles

PACKAGE = Path(__file__).parents[3] / "coach_app"
PLAIN_WORDS = {"default", "grid"}
"""Ids that are words of the language too: they count where a string is nothing else."""
NO_GAMES = {"default"}
"""Ids that name no game: there are other defaults."""


def names() -> set[str]:
    """All ids, titles and other names."""
    titles = {profile.title for profile in load_profiles()[0].values() if profile.id not in NO_GAMES}
    return titles | {name for game in games().values() for name in (game.id, *game.other_names)}


def spellings(name: str) -> str:
    """A pattern for a name, however its words are joined: frozen-lake, frozen_lake, FrozenLake."""
    return "[-_ ]?".join(re.escape(word) for word in re.split(r"[-_ ]", name))


def sources() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if not path.is_relative_to(PACKAGE / "games"):
            yield path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")


def test_no_other_module_names_a_game() -> None:
    # GIVEN the names of all games, and of their own models
    unmistakable = "|".join(spellings(name) for name in sorted(names() - PLAIN_WORDS))
    models = "|".join(name for game in games().values() for name in (game.coach, game.translator) if name)
    named = re.compile(rf"{unmistakable}|{models}|GridEnv", re.IGNORECASE)
    # WHEN everything outside of their folders is read, comments too
    found = {
        f"{place}:{number}: {line.strip()}"
        for place, source in sources()
        for number, line in enumerate(source.splitlines(), start=1)
        if named.search(line)
    }
    # THEN nothing names one
    assert found == set()


def test_no_other_module_asks_for_a_game_by_a_plain_word() -> None:
    found = {
        f"{place}:{node.lineno}: {node.value}"
        for place, source in sources()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and node.value in PLAIN_WORDS - NO_GAMES
    }
    assert found == set()


def test_no_other_module_imports_from_the_folder_of_a_game() -> None:
    # GIVEN the packages of all games
    folders = {f"coach_app.games.{game.replace('-', '_')}" for game in games()}
    # WHEN the imports outside are read THEN none is from one of them
    imported = {
        f"{place}: {node.module}"
        for place, source in sources()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module and ".".join(node.module.split(".")[:3]) in folders
    }
    assert imported == set()
