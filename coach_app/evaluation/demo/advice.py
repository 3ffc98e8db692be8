"""Compares a demo's advice with the optimal moves, from the records of the coach and the game."""

from collections.abc import Sequence
from typing import Any

Line = dict[str, Any]


def is_complete(line: Line) -> bool:
    """Whether a piece of advice is complete in the wanted language."""
    return line["event"] == "AnswerTranslated" or (line["event"] == "AnswerFinished" and not line["translating"])


def joined_advice(trace: Sequence[Line]) -> list[Line]:
    """The AnswerFinished lines of unasked advice, each with the translation that followed."""
    japanese = {line["id"]: line["advice"]["text_ja"] for line in trace if line["event"] == "AnswerTranslated"}
    return [
        line | {"advice": line["advice"] | {"text_ja": japanese.get(line["id"])}}
        for line in trace
        if line["event"] == "AnswerFinished" and not line["advice"]["question"]
    ]


def advice_line(event: Line, positions: Sequence[Line]) -> Line:
    """One line of advice.jsonl.

    Args:
        event: an AnswerFinished line of a trace.
        positions: the game's state log in chronological order; its last line before the capture has the optimal moves.
    """
    advice = event["advice"]
    before = [position for position in positions if position["at"] <= advice["captured_at"]]
    line = {
        "captured_at": advice["captured_at"],
        "shown_at": event["at"],
        "latency_ms": round(advice["latency_ms"], 1),
        "advice": advice["text"],
        "move": advice["move"],
        "optimal_moves": before[-1]["optimal_moves"] if before else [],
    }
    return line | ({"advice_ja": advice["text_ja"]} if advice["text_ja"] else {})
