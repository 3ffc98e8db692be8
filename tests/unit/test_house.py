"""The shape of the house: rooms that say what they are for, and no module or class that has grown too large."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "coach_app"
MAX_LINES = 450
MAX_METHODS = 25


def sources() -> dict[str, str]:
    """The text of every module, by its path in the package."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def test_every_module_can_be_read_in_one_sitting() -> None:
    # GIVEN all modules WHEN their lines are counted THEN none is too long; data has files of its own
    lines = {name: len(source.splitlines()) for name, source in sources().items()}
    assert {name: count for name, count in lines.items() if count > MAX_LINES} == {}


def test_no_class_has_too_many_methods() -> None:
    # GIVEN all classes but those of the interface, where the toolkit asks for many methods
    methods = {
        f"{name}: {node.name}": sum(isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) for part in node.body)
        for name, source in sources().items()
        if not name.startswith("ui/")
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
    }
    # WHEN they are counted THEN each does one thing
    assert {name: count for name, count in methods.items() if count > MAX_METHODS} == {}


def test_every_room_says_what_it_is_for_and_what_it_must_not_know() -> None:
    # GIVEN all packages, but the folder of a single game
    rooms = {
        name.removesuffix("/__init__.py"): ast.get_docstring(ast.parse(source)) or ""
        for name, source in sources().items()
        if (name.endswith("/__init__.py") and not name.startswith("games/")) or name == "games/__init__.py"
    }
    assert len(rooms) >= 20
    # WHEN their docstrings are read THEN each has a first paragraph for the one and a second for the other
    assert [name for name, docstring in rooms.items() if "\n\n" not in docstring] == []


def test_the_interface_shows_text_of_others_by_widgets_that_read_no_markup() -> None:
    # GIVEN the modules of the interface, but the one that has the labels, boxes and tooltips that read none
    sources_of_ui = {
        name: source for name, source in sources().items() if name.startswith("ui/") and name != "ui/plain.py"
    }
    assert len(sources_of_ui) > 20
    # WHEN what they name is looked through
    guesses = {"QLabel", "QToolTip", "setHtml", "insertHtml", "setWhatsThis", "QErrorMessage", "QProgressDialog"}
    found = [
        f"{name}: {ast.unparse(node)}"
        for name, source in sources_of_ui.items()
        for node in ast.walk(ast.parse(source))
        if (word := _name(node)) in guesses
        or (isinstance(node, ast.Call) and (word := _name(node.func)) == "QMessageBox")
        or (isinstance(node, ast.Call) and word == "setToolTip" and "unmarked(" not in ast.unparse(node))
    ]
    # THEN nothing guesses whether a text is markup: use PlainLabel, PlainMessageBox and set_tooltip
    assert found == []


def test_the_command_line_writes_through_one_door() -> None:
    # GIVEN the modules of the command line, but the one that takes out what a terminal obeys
    found = [
        f"{name}: {ast.unparse(node.func)}"
        for name, source in sources().items()
        if name.startswith("cli/") and name != "cli/terminal.py"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"print", "typer.echo", "typer.secho", "sys.stdout.write", "sys.stderr.write"}
    ]
    # WHEN what they call is looked through THEN none writes by itself
    assert found == []


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
