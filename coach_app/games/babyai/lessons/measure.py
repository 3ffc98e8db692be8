"""Measures a coach of BabyAI in levels that it was never trained on."""

import statistics
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import numpy as np

from coach_app.games.babyai.env import BabyAIEnv
from coach_app.games.babyai.lessons.pictures import BOARD, picture
from coach_app.games.babyai.lessons.questions import PROMPT
from coach_app.games.babyai.lessons.scenes import UNSEEN_SEEDS, unseen_scenes
from coach_app.games.babyai.lessons.text import NO_GAME, other_exchange
from coach_app.games.babyai.teacher import decide
from coach_app.games.babyai.view import TASKS
from coach_app.games.babyai.words import MOVES
from coach_app.games.lessons import Ask
from coach_app.games.measuring import AS_THE_APP_ASKS, Examination

_KINDS = ("without distractors", "with distractors")
Choose = Callable[[Sequence[BabyAIEnv]], list[str]]
"""The moves of several games that go on at the same time."""


def measure(
    ask: Ask, seed: int, report: Callable[[str], None], count: int = 400, episodes: int = 500
) -> dict[str, Any]:
    """All figures of the model card.

    Args:
        ask: the coach.
        seed: of the positions.
        report: told what was measured.
        count: positions for each rate.
        episodes: played by its advice with distractors, and as many without, and by others in the same levels.
    """
    rng = np.random.default_rng([seed, 6])
    examination = Examination(ask, PROMPT, MOVES, BOARD, rng)
    agreed: dict[str, list[bool]] = {}
    told = list(islice(unseen_scenes(rng), count))
    named = examination.moves_named([picture(scene) for _, scene in told])
    for (kind, scene), move in zip(told, named, strict=True):
        agreed.setdefault(kind, []).append(move == decide(scene).move)
    rates = {kind: round(statistics.fmean(right), 4) for kind, right in sorted(agreed.items())}
    report(f"the teacher's move named, captured pictures: {rates}")

    scenes = [scene for _, scene in islice(unseen_scenes(rng), count)]
    exchanges = [other_exchange(scene, rng) for scene in scenes]
    answered = examination.answered([picture(scene) for scene in scenes], exchanges)
    declined = examination.declined(NO_GAME)
    report(f"questions answered as the teacher does: {answered:.1%}")

    players: dict[str, Choose] = {
        "coach": examination.advised,
        "teacher": lambda envs: [env.decision().move for env in envs],
        "random": lambda envs: [str(rng.choice(MOVES)) for _ in envs],
    }
    played: dict[str, dict[str, Any]] = {}
    for name, choose in players.items():
        played[name] = {kind: play(choose, levels(kind, episodes)) for kind in _KINDS}
        done = ", ".join(f"{result['done']:.1%} {kind}" for kind, result in played[name].items())
        report(f"{name}, {episodes} episodes each, missions done: {done}")
    return {
        "positions": len(told),
        "teachers_move_named": rates,
        "questions_right": answered,
        "other_pictures_declined": declined,
        "episodes": episodes,
        "played": played,
    }


def levels(kind: str, count: int) -> list[int]:
    """Seeds of so many unseen levels, all tasks as often, with distractors or without."""
    tasks = len(TASKS)
    full = kind == _KINDS[1]
    return [seed for seed in UNSEEN_SEEDS if seed // tasks % 2 == full][:count]


def play(choose: Choose, seeds: Sequence[int]) -> dict[str, Any]:
    """Episodes side by side, one of each seed.

    Args:
        choose: their player.
        seeds: of the levels.

    Returns:
        Share of the missions that were done, of each task's too; mean steps of those.
    """
    envs = [BabyAIEnv() for _ in seeds]
    for env, seed in zip(envs, seeds, strict=True):
        env.reset(seed=seed)
    going, steps = list(range(len(envs))), [0] * len(envs)
    while going:
        for number, move in zip(list(going), choose([envs[number] for number in going]), strict=True):
            steps[number] += 1
            if envs[number].act(move):
                going.remove(number)
    of_task: dict[str, list[bool]] = {}
    for env in envs:
        of_task.setdefault(env.inner.asked.task, []).append(env.done)
    return {
        "done": round(statistics.fmean(env.done for env in envs), 4),
        "steps": round(statistics.fmean([n for env, n in zip(envs, steps, strict=True) if env.done] or [0]), 1),
        "tasks": {task: round(statistics.fmean(done), 4) for task, done in sorted(of_task.items())},
    }


def card(metrics: dict[str, Any], parameters: int) -> str:
    """The model card (Markdown): what the coach knows, what it does not, and what was measured."""
    played = metrics["played"]
    rows = "\n".join(
        f"| {name}, {kind} | {each['done']:.1%} | {each['steps']} | "
        + " | ".join(f"{each['tasks'].get(task, 0):.1%}" for task in TASKS)
        + " |"
        for name, kinds in played.items()
        for kind, each in kinds.items()
    )
    agreed = "\n".join(f"| {kind} | {rate:.1%} |" for kind, rate in metrics["teachers_move_named"].items())
    return f"""# BabyAI coach

A LLaVA-NeXT (`LlavaNextForConditionalGeneration`: CLIP tower, Mistral language model) of {parameters / 1e6:.1f} million
parameters, float16, trained from scratch by `coach train babyai-coach` in this repository. Arguments, seed and commit
are in `training.json`, the figures below in `metrics.json`.

**It knows** the five tasks of BALROG in BabyAI (Chevalier-Boisvert et al. 2019, arXiv:1810.08272) as its practice
window shows them: from one picture, in which the mission stands in signs, what to do next and why, what the mission
is, what is carried and where things are; in English.

**It does not know** anything else, nor what was to be seen before this picture. Asked about another picture it says
that it sees no BabyAI; asked about something else, that it only knows this game. Its training pictures were drawn by
the installed package `minigrid`, which is not part of it.

## Measured

In levels of seeds from 500000 up, never trained on. Played by its advice alone, {metrics["episodes"]} episodes of each
kind in the same levels, missions done within 128 steps, {AS_THE_APP_ASKS}:

| | Missions done | Steps | {" | ".join(TASKS)} |
|---|---|---|{"---|" * len(TASKS)}
{rows}

The teacher's move named, {metrics["positions"]} positions with the player anywhere, as captures show them:

| Levels | Same move |
|---|---|
{agreed}

Other questions answered exactly as the teacher does: {metrics["questions_right"]:.1%}. Pictures of something else
declined: {metrics["other_pictures_declined"]:.1%}.
"""
