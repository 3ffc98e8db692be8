#!/usr/bin/env python3
"""Collects everything that the user can read, and keeps the catalogue of its Japanese: ``make translations``.

``pyside6-lupdate`` finds what goes through Qt (``tr``, ``translate``). What is written outside of Qt is found here and
given to it: sentences (errors, remedies, notices, help texts, by their shape), the settings' titles and descriptions,
and the titles of models and games with their moves. After it ran, translate what it names in
``resources/i18n/coach_ja.ts``, and run it again. What only one game says is translated in that game's folder:
``coach_app/games/*/ja.toml``.

With ``--check`` nothing is written: it fails where a string is missing in the catalogue, not translated, or not used.
"""

import argparse
import ast
import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
TS = ROOT / "resources" / "i18n" / "coach_ja.ts"
QM = TS.with_suffix(".qm")
QT = (Path("coach_app/ui"),)
"""What lupdate reads."""
GAMES = ROOT / "coach_app" / "games"

_SHOWN = {"CoachError", "BadHotkey", "Notice", "SourceLost", "EngineState", "_tell"} | {
    "write_atomically",
    "Database",
    "wait_for",
    "_mending",
    "_unusable",
    "refuse_collapse",
}
"""Calls whose strings are all shown, as sentences or as parts of one."""
_HELP = {"help", "title", "menu", "description", "unit", "confirm"}
"""Keywords whose strings are shown."""
_DECLARED = {"Action": "CoachActions", "Hotkey": "Settings"}
"""Calls that declare what the user can do, and the context in which that is shown."""
_SENTENCE = re.compile(r"[A-Z“{].*\s.*[.?!]", re.DOTALL)
_SQL = re.compile(r"(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA) ")
_UNSEEN = {"debug", "info", "warning", "error", "exception", "critical"} | {
    "ValueError",
    "TypeError",
    "OSError",
    "ProtocolError",
    "Decision",
}
"""Calls whose strings the user does not see, or sees as the English that a game's agent said."""
_REFUSALS = ("EACCES", "ENOSPC", "EROFS", "ENOENT", "EISDIR", "ENOTDIR", "EIO", "EDQUOT")
"""What a disk says, which the sentences give as the reason."""
_NOT_SHOWN = (
    "training",
    "advisor/prompts.py",
    "domain/pointing.py",
    "games/grid/teacher.py",
    "games/grid/lessons/",
    "games/babyai/lessons/questions.py",
    "games/breakout/lessons/questions.py",
    "games/crafter/lessons/questions.py",
    "games/crafter/lessons/measure.py",
    "games/montezuma_revenge/lessons/questions.py",
    "games/crafter/reading.py",
    "games/off_topic.py",
    "learning/questions.py",
    "learning/revising.py",
    "translation/questions.py",
)
"""Where sentences are what models read; errors there are found all the same."""


class _Collector(ast.NodeVisitor):
    """The strings of one module that are shown and do not go through Qt: by context."""

    def __init__(self, shows_sentences: bool, context: str) -> None:
        self.found: set[tuple[str, str]] = set()
        self._sentences = shows_sentences
        self._context = context

    def visit_Module(self, node: ast.Module) -> None:
        self._inside(node)

    visit_ClassDef = visit_Module

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        commands = [name for name in node.decorator_list if isinstance(name, ast.Call)]
        if any(isinstance(call.func, ast.Attribute) and call.func.attr in ("command", "callback") for call in commands):
            self._add(ast.get_docstring(node) or "")
        for decorator in node.decorator_list:
            self.visit(decorator)
        self.visit(node.args)
        self._inside(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in ("tr", "translate") or name in _UNSEEN:
            return
        if name in _DECLARED:
            for keyword in node.keywords:
                if keyword.arg in _HELP:
                    self.found.add((_DECLARED[name], ast.literal_eval(keyword.value)))
                else:
                    self.visit(keyword.value)
            return
        if name in _SHOWN:
            for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
                for text in _strings(argument):
                    self._add(text)
        for keyword in node.keywords:
            if keyword.arg in _HELP:
                for text in _strings(keyword.value):
                    self._add(text)
            elif keyword.arg == "labels" and isinstance(keyword.value, ast.Dict):
                for value in keyword.value.values:
                    self._add(ast.literal_eval(value))
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if any(isinstance(target, ast.Name) and target.id in ("what", "details") for target in node.targets):
            for text in _strings(node.value):
                self._add(text)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if isinstance(node.target, ast.Name) and node.target.id.endswith("_SHOWN"):
            for part in ast.walk(node):
                if isinstance(part, ast.Constant):
                    self._add(str(part.value))
        else:
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._add_sentence(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._add_sentence(_template(node))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def _inside(self, node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for statement in node.body:
            if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):  # a docstring
                self.visit(statement)

    def _add_sentence(self, text: str) -> None:
        if self._sentences and _SENTENCE.fullmatch(text) and not _SQL.match(text):
            self._add(text)

    def _add(self, text: str) -> None:
        if re.search(r"[A-Za-z]", text) and re.sub(r"\{\w+\}", "", text).strip():
            self.found.add((self._context, " ".join(text.split())))


def _strings(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can be."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr():
            yield _template(node)
        case ast.IfExp():
            yield from _strings(node.body)
            yield from _strings(node.orelse)
        case ast.BoolOp():
            for value in node.values:
                yield from _strings(value)


def _template(node: ast.JoinedStr) -> str:
    """An f-string with names in place of its values."""
    text = ""
    names: list[str] = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            text += str(part.value)
        elif isinstance(part, ast.FormattedValue):
            name = _name(part.value)
            names.append(name)
            text += f"{{{name}{names.count(name) if names.count(name) > 1 else ''}}}"
    return text


def _name(value: ast.expr) -> str:
    match value:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_")
        case ast.BoolOp(values=[first, *_]):
            return _name(first)
    return "value"


def outside_qt() -> set[tuple[str, str]]:
    """Every string that is shown and does not go through Qt, but for those that a game's folder translates itself."""
    found = {("Sentences", os.strerror(getattr(errno, name))) for name in _REFUSALS}
    for file in sorted((ROOT / "coach_app").rglob("*.py")):
        if not file.is_relative_to(GAMES) or file.parent == GAMES:
            found |= _shown(file)
    for folder in (file.parent for file in GAMES.glob("*/__init__.py")):
        found |= {("Sentences", text) for text in of_game(folder) - own_japanese(folder).keys()}
    for model in tomllib.loads((ROOT / "resources/models.toml").read_text(encoding="utf-8"))["model"]:
        found |= {("Sentences", model[name]) for name in ("title", "good_for", "licence") if model.get(name)}
    for rule in tomllib.loads((ROOT / "resources/fair_play.toml").read_text(encoding="utf-8"))["rule"]:
        found.add(("Sentences", rule["rule"]))
    return found


def of_game(folder: Path) -> set[str]:
    """What one game shows."""
    texts = {text for file in sorted(folder.rglob("*.py")) for _, text in _shown(file)}
    if (profile := folder / "game.toml").is_file():
        table = tomllib.loads(profile.read_text(encoding="utf-8"))
        texts |= {table["title"], *table.get("moves", [])}
    return texts


def words_of_game(folder: Path) -> set[str]:
    """Every word in the texts of one game's sources: of these it puts together what it shows."""
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in folder.rglob("*.py"))
    constants = (part.value for tree in trees for part in ast.walk(tree) if isinstance(part, ast.Constant))
    return {word for text in constants if isinstance(text, str) for word in _words(text)}


def _words(text: str) -> list[str]:
    """The words of a text or template, in small letters and in the singular."""
    return [word.rstrip("s") for word in re.findall(r"[a-z]+", re.sub(r"\{\w*\}", " ", text).lower())]


def own_japanese(folder: Path) -> dict[str, str]:
    """What a game translates itself."""
    file = folder / "ja.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _shown(file: Path) -> set[tuple[str, str]]:
    place = file.relative_to(ROOT / "coach_app").as_posix()
    context = "Settings" if place.startswith("settings/schema/") else "Sentences"
    collector = _Collector(not place.startswith(_NOT_SHOWN), context)
    collector.visit(ast.parse(file.read_text(encoding="utf-8")))
    return collector.found


def update(catalogue: Path) -> None:
    """Bring a catalogue up to date: new strings come in without a translation, those that are gone go."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "outside_qt.py"
        lines = [f"QCoreApplication.translate({context!r}, {quoted(text)})" for context, text in sorted(outside_qt())]
        listed.write_text("from PySide6.QtCore import QCoreApplication\n" + "\n".join(lines) + "\n", encoding="utf-8")
        sources = [file for place in QT for file in ([ROOT / place] if place.suffix else (ROOT / place).rglob("*.py"))]
        options = ["-locations", "none", "-no-obsolete", "-target-language", "ja"]
        _run("pyside6-lupdate", *map(str, [*sorted(sources), listed]), *options, "-ts", str(catalogue))


def quoted(text: str) -> str:
    """A string literal that lupdate reads: with double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def untranslated(catalogue: Path) -> list[str]:
    """What has no translation yet."""
    return [
        f"{context.findtext('name')}: {message.findtext('source')}"
        for context in ElementTree.parse(catalogue).iterfind("context")
        for message in context.iterfind("message")
        if message.find("translation[@type]") is not None or not message.findtext("translation")
    ]


def _run(tool: str, *arguments: str) -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name(tool)), *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{tool} failed:\n{done.stdout}{done.stderr}")


def check() -> list[str]:
    """What is wrong with the committed catalogue, a line each."""
    with tempfile.TemporaryDirectory() as folder:
        fresh, compiled = Path(folder) / TS.name, Path(folder) / QM.name
        shutil.copy(TS, fresh)
        update(fresh)
        before, after = (set(_messages(file)) for file in (TS, fresh))
        _run("pyside6-lrelease", str(TS), "-qm", str(compiled))
        stale = [] if QM.read_bytes() == compiled.read_bytes() else [f"{QM.name} is not made from {TS.name}"]
    missing = [f"missing in the catalogue: {source}" for source in sorted(after - before)]
    unused = [f"not used any more: {source}" for source in sorted(before - after)]
    unused += [
        f"not used any more: {text} ({folder.name})"
        for folder in (file.parent for file in GAMES.glob("*/ja.toml"))
        for words in [words_of_game(folder)]
        for text in own_japanese(folder).keys() - of_game(folder)
        if not words.issuperset(_words(text))
    ]
    return missing + unused + [f"not translated: {source}" for source in untranslated(TS)] + stale


def _messages(catalogue: Path) -> Iterator[str]:
    for context in ElementTree.parse(catalogue).iterfind("context"):
        for message in context.iterfind("message"):
            yield f"{context.findtext('name')}: {message.findtext('source')}"


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        wrong = check()
    else:
        TS.parent.mkdir(exist_ok=True)
        update(TS)
        _run("pyside6-lrelease", str(TS), "-qm", str(QM))
        wrong = [f"not translated: {source}" for source in untranslated(TS)]
    for line in wrong:
        sys.stdout.write(line + "\n")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
