"""Examples: what a model is taught of lessons, several of which share a row, as if each were alone."""

import re
from pathlib import Path
from typing import Any

import pytest
import torch

from coach_app.engine.loader import load_text
from coach_app.training.rows import IGNORED
from coach_app.training.tips.arguments import TipsArgs
from coach_app.training.tips.examples import Examples, _row, collate
from coach_app.training.tips.pairs import read_pairs, shipped_pairs
from tests.fakes.models import _byte_tokenizer, build_text

SECTIONS = ("fox-tech", "fox-win")


@pytest.fixture
def tokenizer() -> Any:
    chatting = _byte_tokenizer("<|im_start|>")
    chatting.chat_template = "{{ '<|im_start|>' + messages[0]['content'] + '[/INST]' }}"
    return chatting


def rows_of(tokenizer: Any, said: list[str], **changed: Any) -> list[dict[str, list[int]]]:
    chosen = [pair for pair in read_pairs(shipped_pairs("melee")) if pair.section in SECTIONS]
    held_out = [pair for pair in chosen if pair.split == "held-out"]
    args = TipsArgs(game="melee", chat=True, **{"lessons": 16, "length": 8_000} | changed)
    learned = [pair for pair in chosen if pair.split == "train"]
    return list(Examples(tokenizer, args, held_out, said.append).of(learned, seed=1))


def test_lessons_share_rows_as_chats_of_which_the_answers_are_learned(tokenizer: Any) -> None:
    # GIVEN a tokenizer with a chat template, and questions about two sections of the guides
    said = list[str]()

    # WHEN rows are made of them
    rows = rows_of(tokenizer, said)

    # THEN each holds several chats of which only the answers with their ends are learned
    assert 2 <= len(rows) <= 8
    for row in rows:
        ids, labels, parts = (torch.tensor(row[name]) for name in ("input_ids", "labels", "parts"))
        begun = tokenizer.decode(ids[parts == 0])
        assert begun.startswith("<|im_start|>")
        assert (labels[parts == 0] == IGNORED).all()
        for part in range(1, parts.max() + 1):
            asked = int((labels[parts == part] == IGNORED).sum())
            assert re.match(
                r"<\|im_start\|>(?:Earlier q|Q)uestion: [\s\S]*\n\nGuide:\n[\s\S]*\[/INST\]$",
                begun + tokenizer.decode(ids[parts == part][:asked]),
            )
            assert labels[parts == part][asked:].tolist() == ids[parts == part][asked:].tolist()
            assert labels[parts == part][-1] == tokenizer.eos_token_id
    # AND it is said how many there are of each kind
    assert re.match(r"lessons to learn from: plain \d+, list \d+, .*, two-passages \d+$", said[0])


def test_a_row_is_as_long_as_is_allowed(tokenizer: Any) -> None:
    # GIVEN more lessons than there is room for in a row WHEN rows are made THEN there are more of them, none too long
    whole = rows_of(tokenizer, [])
    shorter = rows_of(tokenizer, [], length=3_000)
    assert all(len(row["input_ids"]) <= 3_000 for row in shorter)
    assert len(shorter) > len(whole)
    assert sum(max(row["parts"]) for row in shorter) == sum(max(row["parts"]) for row in whole)
    # AND lessons that are longer than a row may be are left out
    fewer = rows_of(tokenizer, [], length=1_000)
    assert 0 < sum(max(row["parts"]) for row in fewer) < sum(max(row["parts"]) for row in whole)


@pytest.mark.parametrize(("common", "owns"), [(5, (3, 7, 2)), (0, (6,)), (9, (4, 4))])
def test_examples_in_a_row_are_computed_as_if_each_were_alone(
    common: int, owns: tuple[int, ...], tmp_path: Path
) -> None:
    # GIVEN a model, and a row of examples that go on from a common beginning, beside a longer row
    model = load_text(build_text(tmp_path / "tiny-text"), trained=True).model.eval()
    tokens = iter(range(5, 200))
    begun = [next(tokens) for _ in range(common)]
    examples = [[next(tokens) for _ in range(own)] for own in owns]
    longer = _row([], [([next(tokens) for _ in range(30)],) * 2])
    batch = collate([_row(begun, [(own, own) for own in examples]), longer], padding=0, step=8)
    unread = torch.zeros(batch["attention_mask"].shape).masked_fill(~batch["attention_mask"], -1e9)

    # WHEN the model reads the row, and each example with the beginning
    given = {name: batch[name] for name in ("input_ids", "position_ids")}
    with torch.inference_mode():
        together = model(**given, attention_mask=unread).logits[0]
        alone = [model(input_ids=torch.tensor([begun + own])).logits[0] for own in examples]

    # THEN it sees the same
    at = common
    for own, logits in zip(examples, alone, strict=True):
        torch.testing.assert_close(together[at : at + len(own)], logits[common:], atol=1e-4, rtol=1e-4)
        at += len(own)
    # AND the first token of an example is learned only where it is the first one of all
    assert batch["labels"][0][common] == (IGNORED if common else examples[0][0])
    assert batch["input_ids"].shape[1] % 8 == 0
