"""Guides become sections; whatever the file looks like, nothing of its text is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_app.knowledge.sections import PART_WORDS, from_html, from_markdown, from_text, slug


def test_sections_have_the_ids_that_are_written_or_made_from_titles() -> None:
    # GIVEN a guide with both kinds of headings
    text = "# Captain Falcon\n\nFast.\n\n## Neutral {#falcon-neutral}\n\nRun.\n\n## Edge-guarding!\n\nKnee.\n"
    # WHEN it is read
    sections = from_markdown(text, "captain-falcon.md")
    # THEN each part has an id, a title, its subject and its file
    assert [(section.id, section.title, section.text) for section in sections] == [
        ("captain-falcon", "Captain Falcon", "Fast."),
        ("falcon-neutral", "Neutral", "Run."),
        ("captain-falcon-edge-guarding", "Edge-guarding!", "Knee."),
    ]
    assert {(section.subject, section.file) for section in sections} == {("Captain Falcon", "captain-falcon.md")}


def test_equal_titles_have_different_ids_and_deeper_ones_say_whose_they_are() -> None:
    text = "# Fox\n## Stages\n### Best\nSmall.\n### Worst\nLarge.\n## Stages\nMore."
    sections = from_markdown(text, "fox.md")
    assert [section.title for section in sections] == ["Stages: Best", "Stages: Worst", "Stages"]
    assert [section.id for section in sections] == ["fox-stages-best", "fox-stages-worst", "fox-stages"]
    assert [section.id for section in from_markdown("## A\nx\n## A\ny", "g.md")] == ["g-a", "g-a-2"]


def test_marks_are_taken_out_and_code_is_no_heading() -> None:
    text = "# Fox\n<!-- hidden -->\n**Shine** [early](http://x) `now` ![p](q.png)\n```\n# no heading\n```\n"
    (section,) = from_markdown(text, "fox.md")
    assert section.text == "Shine early now \n# no heading"


def test_a_long_section_is_cut_at_paragraphs() -> None:
    # GIVEN paragraphs of 100 words, and one without any empty line
    paragraphs = [" ".join(f"w{number}" for number in range(start, start + 100)) for start in range(0, 600, 100)]
    endless = " ".join(f"v{number}" for number in range(700))
    # WHEN the guide is read
    sections = from_text("\n\n".join([*paragraphs, endless]), "long notes.txt")
    # THEN every part is short enough, and together they are the whole
    assert all(len(section.text.split()) <= PART_WORDS for section in sections)
    assert [word for section in sections for word in section.text.split()] == " ".join([*paragraphs, endless]).split()
    assert [section.id for section in sections[:2]] == ["long-notes", "long-notes-2"]
    assert sections[0].title == "Long Notes"


PAGE = """<!doctype html><html><head><title>Fox &amp; friends</title><style>p {}</style></head><body>
<nav><a href="/">Home</a></nav><h2>Neutral</h2><p>Dash <b>dance</b>,<br>then grab.</p><ul><li>Jab</li>
<li># not one</li></ul><script>alert("no")</script><div>Lasers<p>nested</div><footer>Log in</footer></body></html>"""


def test_a_saved_page_is_read_without_its_menus() -> None:
    (section,) = from_html(PAGE, "thread.html")
    assert (section.subject, section.title, section.id) == ("Fox & friends", "Neutral", "fox-friends-neutral")
    for words in ("Dash dance,", "then grab.", "Jab", "# not one", "Lasers", "nested"):
        assert words in section.text
    for words in ("Home", "alert", "Log in", "{}"):
        assert words not in section.text


@pytest.mark.parametrize(
    "page", ["", "<", "<p", "<!--", "</script>", "<script>x", "<head>x", "&#xFFFFFFFF;", "<![CDATA["]
)
def test_broken_pages_are_read_as_far_as_they_go(page: str) -> None:
    assert all(section.text for section in from_html(page, "x.html"))


@given(st.text(alphabet=st.sampled_from("# \n`*_[](){}<>!-a\\é漢"), max_size=200))
def test_no_mark_breaks_a_guide(text: str) -> None:
    # GIVEN any mixture of marks WHEN it is read THEN sections have text, and ids of their own
    for read in (from_markdown, from_text, from_html):
        sections = read(text, "any.md")
        assert all(section.text and section.id for section in sections)
        assert len({section.id for section in sections}) == len(sections)


def test_slugs() -> None:
    assert slug("Fountain of Dreams: Fox's best?") == "fountain-of-dreams-foxs-best"
    assert slug("復帰 の仕方") == "復帰-の仕方"


@pytest.mark.parametrize(
    ("page", "title", "text"),
    [
        ("---\ntitle: THE SUNKEN CAVE\norder: 3\n---\n\nA lantern.", "THE SUNKEN CAVE", "A lantern."),
        ("---\r\ntags:\r\n  - caves\r\ntitle: 'Deep: down'\r\n---\r\nA lantern.", "Deep: down", "A lantern."),
        ('+++\ntitle = "The mill"\ndraft = false\n+++\nA lantern.', "The mill", "A lantern."),
        ("---\ntitle: >-\n  The long\n---\nA lantern.", "The long", "A lantern."),
        ("---\norder: 3\n---\n# The attic\nA lantern.", "The attic", "A lantern."),
        ("---\n\nA rule, then a rule.\n\n---\nA lantern.", "Page", "A rule, then a rule.\n\nA lantern."),
    ],
)
def test_the_head_of_a_page_is_read_but_not_shown(page: str, title: str, text: str) -> None:
    (section,) = from_markdown(page, "page.md")
    assert (section.title, section.text) == (title, text)
