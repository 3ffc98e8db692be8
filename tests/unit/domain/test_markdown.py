"""Markdown as models write it, as plain text."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach_app.domain.markdown import WholeWords, from_markdown

ANSWER = """### Best move

**Move: left** — the `hole` is on your *right*.

Why:

- It is **two steps** away.
* The wall (see [the guide](https://example.org/a_(b) "Guide")) is above.
    - An inner one.
1. Go left.
2) Then up!

> Quoted, with 2*3 = 6 and snake_case.

| Move | Safe |
|------|:----:|
| left | yes \\| always |

```python
print("**x**")
```
---
Done\\
now ~~never~~."""
TOLD = """Best move
Move: left — the hole is on your right.

Why:
• It is two steps away.
• The wall (see the guide) is above.
  • An inner one.
1. Go left.
2) Then up!

Quoted, with 2*3 = 6 and snake_case.

Move · Safe
left · yes | always

print("**x**")

Done
now never."""
PIECES = st.sampled_from(
    [
        *"*_`#->|[]()!\\~=+ \n\t\r.12a左\u200b\u3000",
        "**",
        "```",
        "# ",
        "- ",
        "1. ",
        "[a](b)",
        "---",
        "| a |",
        "\r\n",
        "word",
        "。",
    ]
)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (ANSWER, TOLD),
        ("Move the cat up.", "Move the cat up."),
        ("## Move: **up** ##\nNow.", "Move: up\nNow."),
        ("Text.\n# Heading", "Text.\n\nHeading"),
        ("1. One\n\n2. Two\n\n\n\nAfter.", "1. One\n2. Two\n\nAfter."),
        ("__Left__, _now_, ***both***, **a *b* c**, _**d**_", "Left, now, both, a b c, d"),
        ("これは**左**です。*今*すぐ。", "これは左です。今すぐ。"),
        ("**“Left”** / **Up**(**Down**)", "“Left” / Up(Down)"),
        ("Press `Ctrl+*` or the ` key.\n``a ` b``.", "Press Ctrl+* or the ` key.\na ` b."),
        ("![a picture](x.png) [**here**](y)", "a picture here"),
        ("\\*plain\\* and \\# too", "*plain* and # too"),
        ("Title\n=====\nText\n-----\nMore", "Title\n\nText\n\nMore"),
        ("~~~\n- no list\n~~~", "- no list"),
        ("Move\r\nup\rnow\u2028then", "Move\nup\nnow\nthen"),
        ("  \n\n Move \x1b[31m  up\u202e. \n ", "Move [31m up."),
        ("", ""),
        ("- Up\n-", "• Up\n-"),
    ],
)
def test_marks_become_text(raw: str, told: str) -> None:
    # GIVEN what a model wrote WHEN it is read THEN lines and lists are kept, and no mark is left
    assert from_markdown(raw) == told


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b> &amp; <img src='file:///etc/passwd'>",
        "5*3 is 15, 2**3 is 8, 2 * 3 is 6, and ~5 minutes",
        "*.txt, C** and A* search, 5 stars: *****, #1 first, -3 lives, +5 damage",
        "^_^ >_< o_o snake_case_name",
        "[3] Hold the centre. [5] Then grab. [x] (a)",
        "Key | Does",
        "Go up! [Not a link] (really)",
    ],
)
def test_what_is_no_mark_stays(text: str) -> None:
    # GIVEN text that only looks like it WHEN it is read THEN it is as it was
    assert from_markdown(text) == text


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("Go **le", "Go le"),
        ("Go.\n\n**", "Go."),
        ("Go **", "Go"),
        ("The `hol", "The hol"),
        ("- Go *up", "• Go up"),
        ("```\nGo", "Go"),
    ],
)
def test_an_answer_that_is_cut_off_shows_no_mark(raw: str, told: str) -> None:
    # GIVEN an answer that ended within an emphasis WHEN it is read THEN the mark is not shown
    assert from_markdown(raw) == told


@settings(deadline=None)
@given(st.lists(PIECES).map("".join))
@example(ANSWER)
@example("Go **left** now, `or` not: [a](b) ![c](d) | no\n| a | b |\n|--|--|\n| c")
def test_what_was_read_stays_as_the_text_goes_on(text: str) -> None:
    # GIVEN any text WHEN it grows by one character each time THEN nothing that was read is taken back
    shown = ""
    for end in range(len(text) + 1):
        now = from_markdown(text[:end], last=False)
        assert now.startswith(shown), (text[:end], shown, now)
        shown = now
    assert from_markdown(text).startswith(shown), (text, shown)


def test_an_answer_that_grows_shows_no_mark_on_its_way() -> None:
    # GIVEN an answer that comes in pieces WHEN it is shown as far as it came THEN what is shown is the text's beginning
    said: list[str] = []
    words = WholeWords(said.append)
    for end in range(0, len(ANSWER), 3):
        words.show(ANSWER[:end])
        assert TOLD.startswith(words.text)
    words.show(ANSWER, last=True)
    assert "".join(said) == words.text == TOLD


def test_long_and_odd_text_is_read_quickly() -> None:
    # GIVEN what makes slow readers stumble WHEN it is read THEN it comes back at once
    for odd in (
        "[" * 20_000,
        "[a](" * 5_000,
        "**a " * 5_000,
        "`a " * 5_000,
        "| a " * 5_000,
        "> " * 9_000,
        "- " * 9_000,
    ):
        from_markdown(odd)
        from_markdown(odd, last=False)


def test_words_are_passed_on_when_they_are_complete() -> None:
    # GIVEN a text that grows within words
    said: list[str] = []
    words = WholeWords(said.append)
    for raw in ("Mo", "Move", "Move th", "Move the  c", "Move the  cat"):
        words.show(raw)
    # WHEN it ends THEN the last word comes too
    words.show("Move the  cat up", last=True)
    assert said == ["Move", " the", " cat up"]
    assert words.text == "Move the cat up"


@given(st.text(), st.lists(st.integers(0, 40)))
def test_all_pieces_together_are_the_plain_text(text: str, cuts: list[int]) -> None:
    # GIVEN any text that comes in any pieces WHEN it is passed on THEN nothing is lost, repeated or taken back
    said: list[str] = []
    words = WholeWords(said.append)
    for cut in sorted(cuts):
        words.show(text[:cut])
    words.show(text, last=True)
    assert "".join(said) == words.text == from_markdown(text)
