"""Measures a coach of Crafter in worlds that it was never trained on."""

import statistics
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import numpy as np

from coach_app.games.achievements import achievement_score
from coach_app.games.crafter.env import CrafterEnv
from coach_app.games.crafter.lessons.pictures import BOARD, picture, visible
from coach_app.games.crafter.lessons.questions import PROMPT
from coach_app.games.crafter.lessons.scenes import UNSEEN_SEEDS, unseen_scenes
from coach_app.games.crafter.lessons.text import NO_GAME, other_exchange
from coach_app.games.crafter.teacher import decide
from coach_app.games.crafter.words import ACHIEVEMENTS, MOVES
from coach_app.games.lessons import Ask
from coach_app.games.measuring import AS_THE_APP_ASKS, Examination

_NAMES = tuple(MOVES.values())
Choose = Callable[[Sequence[CrafterEnv]], list[str]]
"""The moves of several games that go on at the same time."""


def measure(
    ask: Ask,
    seed: int,
    report: Callable[[str], None],
    count: int = 400,
    episodes: int = 100,
) -> dict[str, Any]:
    """All figures of the model card.

    Args:
        ask: the coach.
        seed: of the positions.
        report: told what was measured.
        count: positions for each rate.
        episodes: played by its advice, and by others on the same seeds.
    """
    rng = np.random.default_rng([seed, 6])
    examination = Examination(ask, PROMPT, _NAMES, BOARD, rng)
    agreed: dict[str, list[bool]] = {}
    told = [(kind, scene) for kind, scene in islice(unseen_scenes(rng), 3 * count) if kind.startswith("played")][:count]
    named = examination.moves_named([picture(scene) for _, scene in told])
    for (kind, scene), move in zip(told, named, strict=True):
        agreed.setdefault(kind, []).append(move == decide(visible(scene)).move)
    rates = {kind: round(statistics.fmean(right), 4) for kind, right in sorted(agreed.items())}
    report(f"the teacher's move named, captured pictures: {rates}")

    scenes = [scene for _, scene in islice(unseen_scenes(rng), count)]
    exchanges = [other_exchange(scene, rng) for scene in scenes]
    answered = examination.answered([picture(scene) for scene in scenes], exchanges)
    declined = examination.declined(NO_GAME)
    report(f"questions answered as the teacher does: {answered:.1%}")

    seeds = [UNSEEN_SEEDS.start + number for number in range(episodes)]
    players: dict[str, Choose] = {
        "coach": examination.advised,
        "teacher": lambda envs: [env.decision().move for env in envs],
        "random": lambda envs: [str(rng.choice(_NAMES)) for _ in envs],
    }
    played = {}
    for name, choose in players.items():
        played[name] = play(choose, seeds, report=report)
        result = f"reward {played[name]['reward']} ± {played[name]['std']}, score {played[name]['score']}"
        report(f"{name}, {episodes} episodes: {result}")
    return {
        "positions": len(told),
        "teachers_move_named": rates,
        "questions_right": answered,
        "other_pictures_declined": declined,
        "episodes": episodes,
        "played": played,
    }


def play(
    choose: Choose, seeds: Sequence[int], most_steps: int = 10_000, report: Callable[[str], object] = str
) -> dict[str, Any]:
    """Episodes side by side, one of each seed.

    Args:
        choose: their player.
        seeds: of the worlds.
        most_steps: of an episode.
        report: told how it goes.

    Returns:
        Mean and standard deviation of the rewards, mean number of steps, the score, and how often each achievement was
        reached.
    """
    envs = [CrafterEnv(drawn=False) for _ in seeds]
    for env, seed in zip(envs, seeds, strict=True):
        env.reset(seed=seed)
    rewards, going = [0.0] * len(envs), list(range(len(envs)))
    for step in range(most_steps):
        if not going:
            break
        if step and step % 100 == 0:
            report(f"step {step}: {len(going)} of {len(seeds)} still play, reward {statistics.fmean(rewards):.1f}")
        for number, move in zip(list(going), choose([envs[number] for number in going]), strict=True):
            _, reward, dead, over, _ = envs[number].step(envs[number].action_names.index(move))
            rewards[number] += reward
            if dead or over:
                going.remove(number)
    reached = [env.achievements() for env in envs]
    rates = {name: statistics.fmean(each[name] for each in reached) for name in ACHIEVEMENTS}
    return {
        "reward": round(statistics.fmean(rewards), 2),
        "std": round(statistics.pstdev(rewards), 2),
        "steps": round(statistics.fmean(env.steps for env in envs)),
        "score": achievement_score(rates.values()),
        "achievements": {name: round(rate, 3) for name, rate in rates.items()},
    }


def card(metrics: dict[str, Any], parameters: int) -> str:
    """The model card (Markdown): what the coach knows, what it does not, and what was measured."""
    played = metrics["played"]
    rows = "\n".join(
        f"| {name} | {each['reward']} ± {each['std']} | {each['score']} | {each['steps']} |"
        for name, each in played.items()
    )
    reached = "\n".join(
        f"| {name} | " + " | ".join(f"{each['achievements'][name]:.0%}" for each in played.values()) + " |"
        for name in ACHIEVEMENTS
    )
    agreed = "\n".join(f"| {kind} | {rate:.1%} |" for kind, rate in metrics["teachers_move_named"].items())
    return f"""# Crafter coach

A LLaVA-NeXT (`LlavaNextForConditionalGeneration`: CLIP tower, Mistral language model) of {parameters / 1e6:.1f} million
parameters, float16, trained from scratch by `coach train crafter-coach` in this repository. Arguments, seed and commit
are in `training.json`, the figures below in `metrics.json`.

**It knows** Crafter (Hafner 2021, arXiv:2109.06780) as its practice window shows it: from one picture, what to do next
and why, what to aim for, what the player has, where things are and what can be made; in English. It was taught by a
teacher that sees no more than the picture, first square by square, then in sentences, and on positions that its own
moves led to.

**It does not know** anything else, nor what was to be seen before this picture. Asked about another picture it says
that it sees no Crafter; asked about something else, that it only knows this game. Its training pictures were drawn
with the sprites of the installed package `crafter`, which are not part of it.

## Measured

In worlds of seeds from 500000 up, never trained on. Played by its advice alone, {metrics["episodes"]} episodes on the
same seeds, {AS_THE_APP_ASKS}:

| | Mean reward | Score | Steps |
|---|---|---|---|
{rows}

| Reached | {" | ".join(played)} |
|---|{"---|" * len(played)}
{reached}

The teacher's move named, {metrics["positions"]} positions of games as captures show them:

| Positions | Same move |
|---|---|
{agreed}

Other questions answered exactly as the teacher does: {metrics["questions_right"]:.1%}. Pictures of something else
declined: {metrics["other_pictures_declined"]:.1%}.
"""
