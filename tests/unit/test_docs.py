"""What players read: every link leads somewhere, and both languages say the same things."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "README.ja.md", *sorted((ROOT / "docs").glob("*.md"))]


def anchors(page: Path) -> set[str]:
    """The headings of a page, as GitHub links them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    # GIVEN a page WHEN its links to our own files are followed
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        linked = (page.parent / path).resolve() if path else page
        # THEN the file is there, and so is its heading
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), target


def test_the_readme_names_the_same_commands_and_models_in_both_languages() -> None:
    # GIVEN the README in both languages
    english, japanese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md"))
    # THEN both list the same commands
    commands = r"^coach (?:train |bench )?[\w-]+"
    assert set(re.findall(commands, english, re.MULTILINE)) == set(re.findall(commands, japanese, re.MULTILINE))
    # THEN both have the same table of models: sizes in a row are the same
    sizes = r"\| ((?:[\d.]+ / ){2}[\d.]+ GB) \|"
    assert re.findall(sizes, english) == re.findall(sizes, japanese)


def test_the_guide_has_the_same_parts_and_keys_in_both_languages() -> None:
    # GIVEN the guide in both languages
    english, japanese = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("guide.md", "guide.ja.md"))
    # THEN neither has a part, a row or a key that the other lacks
    for what in (r"^#+ ", r"^\|", r"^\d\. ", r"^- "):
        assert len(re.findall(what, english, re.MULTILINE)) == len(re.findall(what, japanese, re.MULTILINE)), what
    keys = r"Ctrl\+Alt\+\w+"
    assert set(re.findall(keys, english)) == set(re.findall(keys, japanese))
