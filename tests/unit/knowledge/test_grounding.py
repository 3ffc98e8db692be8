"""Sentences are kept or left out one by one, as they arrive."""

import pytest

from coach_app.knowledge.grounding import Grounding
from coach_app.knowledge.library import Lexicon, Library
from coach_app.knowledge.sections import Section

KNOWN = "How do I win as Fox? Use shine on frame 3. Up smash kills."
SECTIONS = tuple(Section(name.lower(), name, name, "Text.", f"{name}.md") for name in ("Fox", "Falco"))
GUIDES = Library("g", SECTIONS, Lexicon(names={"Fox": (), "Falco": ()}, moves=("shine", "up smash", "laser")))


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("Use shine. Then up smash.", "Use shine. Then up smash."),
        ("Use shine. Use a laser. Then up smash.", "Use shine. Then up smash."),
        ("It hits on frame 3. It kills at 90 percent.", "It hits on frame 3."),
        ("Falco wins. Fox wins, too!", "Fox wins, too!"),
        ("1. Use shine.\n2. Use a laser.\n3. Up smash.", "1. Use shine.\n3. Up smash."),
        ("- Use shine.\n- Falco does.", "- Use shine."),
        ("Falco.", ""),
        ("", ""),
    ],
)
def test_what_is_borne_out_stays(answer: str, kept: str) -> None:
    # GIVEN an answer WHEN read as a whole THEN sentences with names or numbers from nowhere are left out
    grounding = Grounding(GUIDES, KNOWN)
    assert grounding.kept(answer, whole=True) == kept
    assert bool(grounding.dropped) == (kept != answer)

    # AND each beginning of it is kept as far as it is borne out, word by word
    beginnings = [Grounding(GUIDES, KNOWN).kept(answer[:end], whole=False) for end in range(len(answer) + 1)]
    assert all(Grounding(GUIDES, KNOWN).kept(beginning, whole=True) == beginning for beginning in beginnings)
    assert answer != kept or all(kept.startswith(beginning) for beginning in beginnings)


def test_a_sentence_is_there_word_by_word() -> None:
    # GIVEN a sentence that arrives WHEN kept THEN all but its last word is there, until it names what is from nowhere
    grounding = Grounding(GUIDES, KNOWN)
    assert grounding.kept("Use shine. Then up smash and sh", whole=False) == "Use shine. Then up smash and"
    assert grounding.kept("Use shine. Then up smash and laser ", whole=False) == "Use shine."
    assert grounding.dropped == ()


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("Use shine. Fox wins. Use shine. Fox wins. Use sh", "Use shine. Fox wins."),
        ("1. Use shine.\n2. Use shine.\n3. Up smash kills.", "1. Use shine.\n3. Up smash kills."),
    ],
)
def test_what_goes_round_in_circles_is_told_once(answer: str, kept: str) -> None:
    # GIVEN an answer that repeats its sentences WHEN kept THEN each is told once, and the last one is not begun again
    assert Grounding(GUIDES, KNOWN).kept(answer, whole=True) == kept
    shown = [Grounding(GUIDES, KNOWN).kept(answer[:end], whole=False) for end in range(len(answer))]
    assert all(kept.startswith(each) for each in shown)
