"""Measures a coach of Montezuma's Revenge in games that it was never trained on."""

import statistics
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import numpy as np

from coach_app.games.lessons import Ask
from coach_app.games.measuring import AS_THE_APP_ASKS, Examination
from coach_app.games.montezuma_revenge.env import MontezumaEnv
from coach_app.games.montezuma_revenge.lessons.pictures import BOARD, picture
from coach_app.games.montezuma_revenge.lessons.questions import PROMPT
from coach_app.games.montezuma_revenge.lessons.scenes import UNSEEN_SEEDS, new, unseen_scenes
from coach_app.games.montezuma_revenge.lessons.text import NO_GAME, other_exchange
from coach_app.games.montezuma_revenge.view import MOVES

_KEY, _DOOR = 100, 400  # points
MOST_STEPS = 600
"""Of an episode, until a door is open."""
Choose = Callable[[Sequence[MontezumaEnv]], list[str]]
"""The moves of several games that go on at the same time."""


def measure(ask: Ask, seed: int, report: Callable[[str], None], count: int = 400, episodes: int = 20) -> dict[str, Any]:
    """All figures of the model card.

    Args:
        ask: the coach.
        seed: of the positions.
        report: told what was measured.
        count: positions for each rate.
        episodes: played from the start by its advice, and by others on the same seeds.
    """
    rng = np.random.default_rng([seed, 6])
    examination = Examination(ask, PROMPT, MOVES, BOARD, rng)
    told = list(islice(unseen_scenes(rng), count))
    named = examination.moves_named([picture(scene) for _, scene in told])
    agreed: dict[str, list[bool]] = {}
    for (kind, scene), move in zip(told, named, strict=True):
        agreed.setdefault(kind, []).append(move == scene.decision.move)
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
    seeds = [UNSEEN_SEEDS.start + number for number in range(episodes)]
    played: dict[str, dict[str, Any]] = {}
    for name, choose in players.items():
        played[name] = play(choose, seeds)
        report(f"{name}, {episodes} episodes: {played[name]['reward']} ± {played[name]['std']}")
    return {
        "positions": len(told),
        "teachers_move_named": rates,
        "questions_right": answered,
        "other_pictures_declined": declined,
        "episodes": episodes,
        "played": played,
    }


def play(choose: Choose, seeds: Sequence[int], most: int = MOST_STEPS) -> dict[str, Any]:
    """Episodes side by side, one of each seed, until a door is open.

    Args:
        choose: their player.
        seeds: of the games.
        most: steps of an episode.

    Returns:
        Mean and standard deviation of the rewards, shares of the episodes with key and with door, mean number of steps.
    """
    envs = [new() for _ in seeds]
    for env, seed in zip(envs, seeds, strict=True):
        env.reset(seed=seed)
    rewards, steps, going = [0.0] * len(envs), [0] * len(envs), list(range(len(envs)))
    for _ in range(most):
        if not going:
            break
        for number, move in zip(list(going), choose([envs[number] for number in going]), strict=True):
            rewards[number] += envs[number].act(move)
            steps[number] += 1
            if envs[number].is_done:
                going.remove(number)
    return {
        "reward": round(statistics.fmean(rewards), 1),
        "std": round(statistics.pstdev(rewards), 1),
        "key": round(statistics.fmean(reward >= _KEY for reward in rewards), 4),
        "door": round(statistics.fmean(reward >= _DOOR for reward in rewards), 4),
        "steps": round(statistics.fmean(steps)),
    }


def card(metrics: dict[str, Any], parameters: int) -> str:
    """The model card (Markdown): what the coach knows, what it does not, and what was measured."""
    rows = "\n".join(
        f"| {name} | {each['reward']} ± {each['std']} | {each['key']:.0%} | {each['door']:.0%} | {each['steps']} |"
        for name, each in metrics["played"].items()
    )
    agreed = "\n".join(f"| {kind} | {rate:.1%} |" for kind, rate in metrics["teachers_move_named"].items())
    return f"""# Montezuma's Revenge coach

A LLaVA-NeXT (`LlavaNextForConditionalGeneration`: CLIP tower, Mistral language model) of {parameters / 1e6:.1f} million
parameters, float16, trained from scratch by `coach train montezuma-coach` in this repository. Arguments, seed and
commit are in `training.json`, the figures below in `metrics.json`.

**It knows** the first room of Montezuma's Revenge of the Atari 2600 as its practice window shows it: from one picture,
which shows Joe and the skull before the last move, too, the next move to the key and to a door and why, where Joe and
the skull are, and what is carried and left; in English. It was taught by a teacher that looks for the way in copies of
the game, led by what planning had found.

**It does not know** other rooms, anything else, nor what was to be seen before this picture. Asked about another
picture it says that it sees no Montezuma's Revenge; asked about something else, that it only knows this game.

## Measured

In games of seeds from 500000 up, never trained on. Played from the start by its advice alone, {metrics["episodes"]}
episodes on the same seeds, until a door is open, {MOST_STEPS:,} steps at most, {AS_THE_APP_ASKS}:

| | Mean reward | Key | Door | Steps |
|---|---|---|---|---|
{rows}

The teacher's move named, {metrics["positions"]} positions with Joe anywhere on the way, as captures show them:

| Positions | Same move |
|---|---|
{agreed}

Other questions answered exactly as the teacher does: {metrics["questions_right"]:.1%}. Pictures of something else
declined: {metrics["other_pictures_declined"]:.1%}.
"""
