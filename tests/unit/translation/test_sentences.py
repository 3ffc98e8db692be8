"""Cutting advice into sentences and telling Japanese from nonsense."""

import pytest

from coach_app.translation.sentences import Line, join, looks_japanese, split


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The crate is two steps up. Move up.", [["The crate is two steps up.", "Move up."]]),
        ("Is it safe? Yes! Move up", [["Is it safe?", "Yes!", "Move up"]]),
        ('He says "Go left." Then jump.', [['He says "Go left."', "Then jump."]]),
        ("Use a wall, e.g. the left one. Wait 2.5 s.", [["Use a wall, e.g. the left one.", "Wait 2.5 s."]]),
        ("Beat Dr. Mario vs. Fox. Then rest.", [["Beat Dr. Mario vs. Fox.", "Then rest."]]),
        ("  One   line.\n\n Another\tline. ", [["One line."], [], ["Another line."]]),
        ("", []),
        (" \n ", []),
    ],
)
def test_text_is_cut_at_sentences_only(text: str, sentences: list[list[str]]) -> None:
    """GIVEN advice WHEN it is split THEN each sentence is whole and abbreviations and numbers do not cut."""
    assert [line.sentences for line in split(text)] == sentences


def test_bullets_and_numbers_are_no_part_of_a_sentence() -> None:
    """GIVEN a list WHEN it is split and its sentences are joined again THEN each item keeps its mark and its depth."""
    lines = split("Steps:\n1. Go up. Wait.\n  • Or left.\n\n3.5 seconds.")
    assert lines == [
        Line("", ["Steps:"]), Line("1. ", ["Go up.", "Wait."]), Line("  • ", ["Or left."]), Line("", []),
        Line("", ["3.5 seconds."]),
    ]  # fmt: skip
    japanese = [Line(line.marker, ["上へ。" for _ in line.sentences]) for line in lines]
    assert join(japanese) == "上へ。\n1. 上へ。上へ。\n  • 上へ。\n\n上へ。"


def test_japanese_is_joined_without_spaces() -> None:
    """GIVEN translated sentences of two lines WHEN joined THEN nothing stands between sentences and lines stay."""
    assert join([Line("", ["箱は上です。", " 上へ。"]), Line("", ["右へ。"])]) == "箱は上です。上へ。\n右へ。"


@pytest.mark.parametrize("japanese", ["上へ進んでください。", "右", "Aボタンを押して。", "  ジャンプ。 "])
def test_japanese_passes(japanese: str) -> None:
    """GIVEN real Japanese, also with names of keys WHEN looked at THEN it passes."""
    assert looks_japanese("Press A to go up.", japanese)


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "   ",
        "Move up.",
        "Двигайтесь вверх.",
        "上" * 200,
        "<html>エラー</html>",
        "Please move the cat to the left 左",
        "上へ\x00",
        "上\ufffd\ufffd",
    ],
)
def test_nonsense_does_not_pass(nonsense: str) -> None:
    """GIVEN nothing, English, another script, a loop, a page or broken characters WHEN looked at THEN it is refused."""
    assert not looks_japanese("Move the cat up.", nonsense)
