"""Which sentences an answer cites, as a text model learns it."""

from coach_app.knowledge.prompt import build_prompt, cited
from coach_app.knowledge.sections import Section
from coach_app.training.bundled.text_base import build_tokenizer
from coach_app.training.tips.marks import IGNORED, labels_of

SECTION = Section("fox-win", "Winning", "Fox", "Hold the centre. Grab him. Then kill him with up air.", "fox.md")
TOKENIZER = build_tokenizer([SECTION.text], 400)


def test_each_sentence_is_told_of_at_its_end() -> None:
    # GIVEN a question with a passage of three sentences, and an answer that has the last two
    asked = TOKENIZER(build_prompt("How?", [SECTION]))["input_ids"]
    said = TOKENIZER(cited("Grab him. Then kill him with up air.", SECTION))["input_ids"]

    # WHEN it is made ready to be learned THEN at the marks after the sentences stands whether the answer has them
    labels = labels_of(TOKENIZER, asked, said)
    ends = [place for place, token in enumerate(asked) if TOKENIZER.decode([token]) in ("[2]", "[3]", "[4]")]
    told = [TOKENIZER.decode([labels[place + 1]]) for place in ends]
    assert told == ["<pad>", "[2]", "[3]"]
    assert labels.count(IGNORED) == len(asked) - 3


def test_without_marks_of_its_own_a_tokenizer_learns_the_answer_only() -> None:
    # GIVEN a tokenizer that has no tokens for marks
    class Plain:
        pad_token_id = 0

        def convert_tokens_to_ids(self, tokens: list[str]) -> list[int]:
            return [3 for _ in tokens]  # unknown, all of them

    # WHEN a question is made ready THEN nothing of it is learned
    assert labels_of(Plain(), [5, 6, 7], [8]) == [IGNORED] * 3
