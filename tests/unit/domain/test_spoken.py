"""What of a model's text is meant for the player."""

import itertools
import time

import pytest

from coach_app.domain.spoken import spoken


@pytest.mark.parametrize(
    "raw",
    [
        "<think>Left? No.</think>Go up.",
        "<Thinking depth='2'>Left?</Thinking>\nGo up.",
        "Left? No.\n</think>\n\nGo up.",
        "Left? No. [/THINK] Go up.",
        "[THINK]Left?[/THINK]Go up.",
        "◁think▷Left?◁/think▷Go up.",
        "«think»Left?«/think»Go up.",
        "《思考》左?《/思考》Go up.",
        "(thinking)\nLeft?\n(/thinking)\nGo up.",
        "<seed:think>Left?</seed:think>Go up.",
        "<reasoning_content>Left?</reasoning_content>Go up.",
        "<|begin_of_thought|>Left?<|end_of_thought|><|begin_of_solution|>Go up.<|end_of_solution|>",
        "<|START_THINKING|>Left?<|END_THINKING|><|START_RESPONSE|>Go up.<|END_RESPONSE|>",
        "<unused94>thought\nLeft?<unused95>Go up.",
        "<think>He may write <think> again.</think>Go up.",
        "<think>a<think>b</think>c</think>Go up.",
        "Left is a hole. <answer>Go up.</answer>",
    ],
)
def test_thoughts_in_any_brackets_are_not_for_the_player(raw: str) -> None:
    # GIVEN an answer with thoughts WHEN it is taken apart THEN only the answer is left
    found = spoken(raw)
    assert found.text.strip() == "Go up."
    assert found.thought


@pytest.mark.parametrize(
    "raw",
    [
        "<|channel|>analysis<|message|>Left?<|end|><|start|>assistant<|channel|>final<|message|>Go up.<|return|>",
        "<|start|>assistant<|channel|>commentary<|message|>I look.<|end|>"
        "<|start|>assistant<|channel|>final <|constrain|>text<|message|>Go up.",
        "analysisThe goal is up, left a hole.assistantfinalGo up.",
        "<|channel>thought\nLeft?<channel|>Go up.",
    ],
)
def test_of_channels_only_the_final_one_is_for_the_player(raw: str) -> None:
    # GIVEN an answer in channels WHEN it is taken apart THEN only the final one is left
    assert spoken(raw).text.strip() == "Go up."


@pytest.mark.parametrize(
    "raw",
    [
        "Go up.<|im_end|>",
        "Go up.<|im_end|>\n<|im_start|>user\nAnd now?",
        "Go up.</s>",
        "Go up.<end_of_turn>",
        "Go up.<\uff5cend\u2581of\u2581sentence\uff5c>",
        "Go up.<|eot_id|><|start_header_id|>user<|end_header_id|>",
        "<|im_start|>assistant\nGo up.",
        "<|begin_of_box|>Go up.<|end_of_box|>",
        "[INST]Go up.[/INST] And now?",
        "Go up.<|im_",
        "Go up.</thi",
    ],
)
def test_control_tokens_are_not_for_the_player(raw: str) -> None:
    # GIVEN an answer with control tokens, or what is left of one WHEN it is taken apart THEN they are gone
    found = spoken(raw)
    assert found.text.strip() == "Go up."
    assert not found.thought


@pytest.mark.parametrize(
    "raw",
    ["Go up if 3 < 4 and 5 > 2.", "Finally [analysis] go (thinking) up.", "Analysis: up.", "Press <A>, then [B]."],
)
def test_ordinary_brackets_stay(raw: str) -> None:
    # GIVEN an answer with brackets of its own WHEN it is taken apart THEN it stays as it is
    assert spoken(raw).text == raw


@pytest.mark.parametrize("raw", ["<think>Left?", "<|channel|>analysis<|message|>Left?", "Go up now.</think>"])
def test_thoughts_alone_leave_nothing(raw: str) -> None:
    # GIVEN nothing but thoughts WHEN they are taken apart THEN nothing is left
    found = spoken(raw)
    assert (found.text, found.thought) == ("", True)


@pytest.mark.parametrize(
    "raw", ["Go up.<|im_end|>", "<think>Left?</think>Go up.</s>", "◁think▷x◁/think▷右に動け。<\uff5cend\uff5c>"]
)
def test_what_was_shown_of_a_growing_text_stays(raw: str) -> None:
    # GIVEN an answer that comes letter by letter WHEN each beginning is taken apart
    shown = [spoken(raw[:n], last=False).text for n in range(len(raw) + 1)]
    # THEN nothing is ever taken back, and no piece of a bracket appears
    assert all(later.startswith(earlier) for earlier, later in itertools.pairwise(shown))
    assert not any(c in "<>◁▷\uff5c" for text in shown for c in text)


@pytest.mark.parametrize("piece", ["<|", "\n ", "((  ", "<think>", "<|channel|>", "《", "<t\t"])
def test_long_nonsense_takes_no_time(piece: str) -> None:
    # GIVEN a long text made to be slow WHEN it is taken apart THEN that takes no time that anyone notices
    began = time.perf_counter()
    spoken(piece * (30_000 // len(piece)), last=False)
    assert time.perf_counter() - began < 2
