"""Plain text is cut where its writer has drawn headings, and what is drawn is not shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_app.knowledge.library import Library
from coach_app.knowledge.search import find, is_off_topic
from coach_app.knowledge.sections import from_html, from_text

BOXES = """
#############################
#   DRAGON   HOLLOW  GUIDE  #
#         by nobody         #
#############################

CONTENTS
1. Getting started ........ [GS1]
2. Bosses ................. [BS1]

1. Getting started                                      [GS1]
-------------------------------------------------------------
Talk to the smith first. He sells a short sword, which you
need for the gate.

2. Bosses                                               [BS1]
-------------------------------------------------------------

=== The Hydra ===

Cut off two heads, then burn them.

+--------+---------+
|  Head  | Weak to |
+--------+---------+
|  Left  | fire    |
|  Right | ice     |
+--------+---------+

    Price      Of
    -----------------
    10 G       oil
    25 G       a torch
"""
CAPITALS = """A guide to the lighthouse.

HOW TO GET IN

Push the boulder away. Then ring the bell twice.

1. Ring

2. Wait

THE LAMP ROOM
The oil can stands under the stairs.
   ___
  /   \\
 | () |
"""


def test_rulers_boxes_and_tags_make_sections() -> None:
    sections = from_text(BOXES, "hollow.txt")
    assert [(section.subject, section.title) for section in sections] == [
        ("DRAGON HOLLOW GUIDE", "DRAGON HOLLOW GUIDE"),
        ("DRAGON HOLLOW GUIDE", "Getting started"),
        ("DRAGON HOLLOW GUIDE", "Bosses: The Hydra"),
    ]
    # prose is one line again, rows of tables keep theirs, and nothing that is drawn is left
    assert sections[1].text == "Talk to the smith first. He sells a short sword, which you need for the gate."
    assert "| Left | fire |\n| Right | ice |" in sections[2].text
    assert "10 G       oil\n25 G       a torch" in sections[2].text
    assert not any(mark in section.text for section in sections for mark in ("--", "##", "....", "[GS1]", "CONTENTS"))


def test_lines_in_capitals_make_sections_and_numbered_steps_do_not() -> None:
    sections = from_text(CAPITALS, "lighthouse.txt")
    assert [section.title for section in sections] == ["Lighthouse", "HOW TO GET IN", "THE LAMP ROOM"]
    assert sections[1].text.endswith("1. Ring\n\n2. Wait")
    assert sections[2].text == "The oil can stands under the stairs."


def test_a_faq_that_was_saved_as_a_page_is_read_alike() -> None:
    page = f"<html><head><title>Saved</title></head><body><pre>{BOXES}</pre></body></html>"
    assert [section.title for section in from_html(page, "x.html")] == [s.title for s in from_text(BOXES, "hollow.txt")]
    (table,) = from_html("<table><tr><td>Oil</td><td>10 G</td></tr></table>", "x.html")
    assert table.text == "Oil | 10 G"


def test_a_long_table_is_cut_between_its_rows() -> None:
    rows = [f"| Potion {number} | {number} G |" for number in range(200)]
    sections = from_text("\n".join(rows), "shop.txt")
    assert len(sections) > 1
    assert [line for section in sections for line in section.text.splitlines()] == rows


@pytest.mark.parametrize("text", ["A short note.\nAnd one more.", "- milk\n- eggs", "Ask: why?\n\nBecause.", ""])
def test_a_text_without_headings_is_one_section(text: str) -> None:
    assert [section.text for section in from_text(text, "note.txt")] == ([text] if text else [])


@given(st.text(alphabet="=-_|#*+[]()1.AIVa \n\t", max_size=300))
def test_no_drawing_breaks_a_guide(text: str) -> None:
    from_text(text, "x.txt")


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("How do I beat the hydra?", "Bosses: The Hydra"),
        ("Where is the smith?", "Getting started"),
        ("How much is the oil?", "Bosses: The Hydra"),
    ],
)
def test_a_faq_answers_without_a_word_about_its_game(question: str, title: str) -> None:
    guides = Library("hollow", tuple(from_text(BOXES, "hollow.txt")))
    assert find(guides, question)[0].section.title == title
    assert not is_off_topic(guides, question)
    assert is_off_topic(guides, "What is the capital of France?")
