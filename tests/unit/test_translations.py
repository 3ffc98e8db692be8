"""The catalogue of the Japanese interface is complete, and holds nothing that nobody says."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "resources" / "i18n" / "coach_ja.ts"
OF_GAMES = ROOT / "coach_app" / "games"


def messages() -> list[tuple[str, str]]:
    """English and Japanese of everything."""
    tree = ElementTree.parse(CATALOGUE)
    of_games = [tomllib.loads(file.read_text("utf-8")) for file in OF_GAMES.glob("*/ja.toml")]
    return [
        *((entry.findtext("source", ""), entry.findtext("translation", "")) for entry in tree.iter("message")),
        *(message for catalogue in of_games for message in catalogue.items()),
    ]


def test_no_string_is_missing_untranslated_or_unused() -> None:
    # GIVEN the sources and the committed catalogue
    command = [sys.executable, str(ROOT / "packaging" / "translations.py"), "--check"]
    # WHEN they are compared
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    # THEN nothing is to be done ("make translations" names what is, and takes what is new)
    assert checked.stdout + checked.stderr == ""
    assert checked.returncode == 0


def test_every_translation_keeps_the_values_and_the_keys_of_its_sentence() -> None:
    # GIVEN every message
    for english, japanese in messages():
        # THEN a value that is shown is one of the sentence's, and a menu's key is marked as Japanese menus do
        assert set(re.findall(r"\{\w+\}", japanese)) <= set(re.findall(r"\{\w+\}", english)), japanese
        assert bool(re.search(r"\(&[A-Z0-9]\)", japanese)) == ("&" in english), japanese


def test_the_japanese_is_japanese() -> None:
    # GIVEN every sentence
    for english, japanese in messages():
        if re.search(r"\w \w.*[.?!]$", re.sub(r"\{\w+\}", "", english)):
            # THEN it is written in Japanese, and no full stop of English is left at its end
            assert re.search(r"[\u3041-\u30ff\u4e00-\u9fff]", japanese), english
            assert not japanese.endswith((".", "?", "!")), japanese
