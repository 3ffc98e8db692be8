"""Slips of typing are corrected, and correct English is left alone."""

import pytest

from coach_app.knowledge.spelling import corrected

WANTED = frozenset({"combos", "punish", "shield", "should", "climber", "escape"})
KNOWN = WANTED | {"runs", "run", "planet"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("cmbos", "combos"),
        ("punih", "punish"),
        ("ecape", "escape"),
        ("shiuld", "should"),  # as likely a slip of "shield", which is the rarer word
        ("climberr", "climber"),
        ("running", "running"),
        ("planet", "planet"),
        ("comb", "comb"),
    ],
)
def test_the_likeliest_word_is_meant(text: str, meant: str) -> None:
    # GIVEN a word WHEN corrected THEN it is the most similar one, a common one before others, or itself
    assert corrected(text, KNOWN, WANTED, frozenset({"should"})) == meant
