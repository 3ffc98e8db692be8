"""Crafter for agents that read, in the manner of CrafterGPT (https://github.com/techandy42/CrafterGPT)."""

from pathlib import Path
from typing import Any

from coach_app.games.crafter.words import told
from coach_app.games.reading import Reading, Taught

_STEPS = """Think step by step, one short line each: your status, your resources, threats, your first goal, and the \
actions that are feasible now. Then give one action, and quote nothing but it: Action: "…\""""
_SHORT_PROMPT = "{state}\nLast actions: {last}.\n{form}"


def _prompt() -> str:
    return Path(__file__).with_name("reading.txt").read_text("utf-8")


def _teach(env: Any) -> Taught:
    decision = env.decision()
    steps = decision.text.removesuffix(told(decision.move)).strip()
    return Taught(decision.move, decision.goal, {"steps": steps, "reason": decision.aim, "move": ""})


READING = Reading(
    prompt=_prompt,
    short_prompt=_SHORT_PROMPT,
    forms={"steps": _STEPS, "reason": "Say what matters, then one quoted action.", "move": "One quoted action only."},
    teach=_teach,
)
