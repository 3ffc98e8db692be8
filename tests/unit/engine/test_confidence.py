"""The rule by which a small translator is believed."""

from pathlib import Path

import pytest

from coach_app.domain.errors import CoachError
from coach_app.engine.confidence import FILE, Confidence, load_confidence, save_confidence, word_pairs

SENTENCES = ("The crate is two steps up.", "The hole is on your left.")
RULE = Confidence(frozenset(pair for sentence in SENTENCES for pair in word_pairs(sentence)), -1.5)


@pytest.mark.parametrize(
    "text", [*SENTENCES, "the crate is two steps up", "THE HOLE IS TWO STEPS UP!", " The hole is on your left"]
)
def test_known_words_in_known_order_pass(text: str) -> None:
    """GIVEN sentences of the training, in other capitals and marks, or mixed WHEN asked THEN they are known."""
    assert RULE.knows(text)


@pytest.mark.parametrize(
    "text",
    [
        "The cat is two steps up.",
        "The crate is on the left.",
        "Is the crate two steps up?",
        "The crate is two steps.",
        "two steps up.",
        "The crate is two steps up. The hole is on your left.",
        "",
        "...",
        "木箱は上です。",
    ],
)
def test_other_words_or_another_order_do_not_pass(text: str) -> None:
    """GIVEN unknown words, an unknown order, half a sentence, two at once, or none WHEN asked THEN it is not known."""
    assert not RULE.knows(text)


def test_the_least_probable_token_decides() -> None:
    """GIVEN translations WHEN one token is too improbable, or there is none THEN they are not believed."""
    assert RULE.believes([-0.1, -1.5, 0.0])
    assert not RULE.believes([-0.1, -1.6, 0.0])
    assert not RULE.believes([])


def test_the_rule_survives_its_file(tmp_path: Path) -> None:
    """GIVEN a saved rule WHEN loaded THEN it is the same; WHEN there is none THEN the model is always believed."""
    assert load_confidence(tmp_path) is None
    save_confidence(tmp_path, RULE)
    assert load_confidence(tmp_path) == RULE


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"min_log_prob": -1, "pairs": 3}', '{"min_log_prob": "x", "pairs": {}}', "\xff"]
)
def test_a_damaged_rule_is_said(tmp_path: Path, content: str) -> None:
    """GIVEN a damaged file WHEN loaded THEN one sentence names it, with a remedy."""
    (tmp_path / FILE).write_text(content, encoding="latin-1")
    with pytest.raises(CoachError, match=FILE) as caught:
        load_confidence(tmp_path)
    assert caught.value.remedy
