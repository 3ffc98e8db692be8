"""Text of a model as the user sees it."""

from hypothesis import given
from hypothesis import strategies as st

from coach_app.domain.words import WholeWords, plain


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
    assert "".join(said) == words.text == plain(text)
