"""The checker of answers, which shares nothing with the program's own filter."""

import json
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
CHECK = runpy.run_path(str(ROOT / "packaging" / "check-answers"))
NAMES = ROOT / "coach_app" / "games" / "melee" / "guides" / "names.toml"


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("Shoot lasers at Peach.", []),
        ("Up-smash her on frame 7.", ["up smash", "7"]),
        ("Marth does, with Rest.", ["Rest", "Marth"]),
        ("1. Shoot.\n2. Wait for Zarquon's move.", ["Zarquon's"]),
        ("She rests.", []),
    ],
)
def test_what_is_named_from_nowhere(answer: str, found: list[str], tmp_path: Path) -> None:
    # GIVEN an answer with its question and passages
    asked, passages = "How do I beat Peach?", ["Lasers. Shoot a laser."]
    line = {"of": "adapter", "question": asked, "answer": answer, "passages": passages}
    file = tmp_path / "answers.jsonl"
    file.write_text(json.dumps(line))

    # WHEN it is checked THEN what it names from nowhere is found, and is the exit status
    known = f"{asked} {passages[0]}"
    assert sorted(CHECK["from_nowhere"](answer, known, CHECK["vocabulary"](NAMES))) == sorted(found)
    assert CHECK["main"](str(NAMES), str(file)) == bool(found)
