"""Measures a coach of Breakout in games that it was never trained on."""

import statistics
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import numpy as np

from coach_app.games.breakout.env import BreakoutEnv
from coach_app.games.breakout.lessons.pictures import BOARD, Scene, picture
from coach_app.games.breakout.lessons.questions import PROMPT
from coach_app.games.breakout.lessons.scenes import FRAMES, UNSEEN_SEEDS, unseen_scenes
from coach_app.games.breakout.lessons.text import NO_GAME, other_exchange
from coach_app.games.breakout.search import STEERING
from coach_app.games.breakout.teacher import follow
from coach_app.games.breakout.view import FIRE, MOVES
from coach_app.games.lessons import Ask
from coach_app.games.measuring import AS_THE_APP_ASKS, Examination

_MOST_FRAMES = 7_200  # of an episode
Choose = Callable[[Sequence[BreakoutEnv]], list[str]]
"""The moves of several games that go on at the same time."""


def measure(ask: Ask, seed: int, report: Callable[[str], None], count: int = 400, episodes: int = 30) -> dict[str, Any]:
    """All figures of the model card.

    Args:
        ask: the coach.
        seed: of the positions.
        report: told what was measured.
        count: positions for each rate.
        episodes: played by its advice at each length of a step, and by others on the same seeds.
    """
    rng = np.random.default_rng([seed, 6])
    examination = Examination(ask, PROMPT, MOVES, BOARD, rng)
    told = list(islice((each for each in unseen_scenes(rng) if each[1].right), count))
    named = examination.moves_named([picture(scene) for _, scene in told])
    rates = _agreed([(kind, scene, move) for (kind, scene), move in zip(told, named, strict=True)])
    report(f"one of the best moves named, captured pictures: {rates}")

    scenes = [scene for _, scene in islice(unseen_scenes(rng), count)]
    exchanges = [other_exchange(scene, rng) for scene in scenes]
    answered = examination.answered([picture(scene) for scene in scenes], exchanges)
    declined = examination.declined(NO_GAME)
    report(f"questions answered as the teacher does: {answered:.1%}")

    players: dict[str, Choose] = {
        "coach": examination.advised,
        "teacher": lambda envs: [env.decision().move for env in envs],
        "follows the ball": lambda envs: [follow(env.view) for env in envs],
        "random": lambda envs: [str(rng.choice(MOVES)) for _ in envs],
    }
    seeds = [UNSEEN_SEEDS.start + number for number in range(episodes)]
    played: dict[str, dict[str, Any]] = {}
    for frames in dict.fromkeys(FRAMES):
        for name, choose in players.items():
            result = play(choose, seeds, frames, report=report)
            played[f"{name}, {frames} frames"] = result
            report(f"{name}, {frames} frames a step, {episodes} episodes: {result['reward']} ± {result['std']}")
    return {
        "positions": len(told),
        "best_moves_named": rates,
        "questions_right": answered,
        "other_pictures_declined": declined,
        "episodes": episodes,
        "played": played,
    }


def _agreed(named: Sequence[tuple[str, Scene, str | None]]) -> dict[str, float]:
    """How often one of the best moves was named: in all positions of a kind, and where not every move is one."""
    agreed: dict[str, list[bool]] = {}
    for kind, scene, move in named:
        agreed.setdefault(kind, []).append(move in scene.right)
        if scene.right != (FIRE,) and len(scene.right) < len(STEERING):
            agreed.setdefault(f"{kind}, where it matters", []).append(move in scene.right)
    return {kind: round(statistics.fmean(right), 4) for kind, right in sorted(agreed.items())}


def play(
    choose: Choose,
    seeds: Sequence[int],
    frames: int,
    most_frames: int = _MOST_FRAMES,
    report: Callable[[str], object] = str,
) -> dict[str, Any]:
    """Episodes side by side, one of each seed.

    Args:
        choose: their player.
        seeds: of the games.
        frames: that pass in a step.
        most_frames: of an episode.
        report: told how it goes.

    Returns:
        Mean and standard deviation of the rewards, mean number of steps.
    """
    first = BreakoutEnv(frames)
    envs = [first.copy() for _ in seeds]
    for env, seed in zip(envs, seeds, strict=True):
        env.reset(seed=seed)
    rewards, steps, going = [0.0] * len(envs), [0] * len(envs), list(range(len(envs)))
    for step in range(most_frames // frames):
        if not going:
            break
        if step and step % 200 == 0:
            report(f"step {step}: {len(going)} of {len(seeds)} still play, reward {statistics.fmean(rewards):.1f}")
        for number, move in zip(list(going), choose([envs[number] for number in going]), strict=True):
            _, reward, over, _, _ = envs[number].step(MOVES.index(move))
            rewards[number] += reward
            steps[number] += 1
            if over:
                going.remove(number)
    return {
        "reward": round(statistics.fmean(rewards), 2),
        "std": round(statistics.pstdev(rewards), 2),
        "steps": round(statistics.fmean(steps)),
    }


def card(metrics: dict[str, Any], parameters: int) -> str:
    """The model card (Markdown): what the coach knows, what it does not, and what was measured."""
    rows = "\n".join(
        f"| {name} | {each['reward']} ± {each['std']} | {each['steps']} |" for name, each in metrics["played"].items()
    )
    agreed = "\n".join(f"| {kind} | {rate:.1%} |" for kind, rate in metrics["best_moves_named"].items())
    return f"""# Breakout coach

A LLaVA-NeXT (`LlavaNextForConditionalGeneration`: CLIP tower, Mistral language model) of {parameters / 1e6:.1f} million
parameters, float16, trained from scratch by `coach train breakout-coach` in this repository. Arguments, seed and commit
are in `training.json`, the figures below in `metrics.json`.

**It knows** Breakout of the Atari 2600 as its practice windows show it, with nine or four of the emulator's frames in a
step: from one picture, which shows ball and bar before the last move, too, where to move the bar and why, where the
ball will land, and what is left; in English. It was taught by a teacher that looks ahead in copies of the game.

**It does not know** anything else, nor what was to be seen before this picture. Asked about another picture it says
that it sees no Breakout; asked about something else, that it only knows this game.

## Measured

In games of seeds from 500000 up, never trained on. Played by its advice alone, {metrics["episodes"]} episodes on the
same seeds, {_MOST_FRAMES:,} frames at most, {AS_THE_APP_ASKS}:

| | Mean reward | Steps |
|---|---|---|
{rows}

One of the moves named after which the ball can still be returned, {metrics["positions"]} positions as captures show
them; "where it matters" are those where not every move is one:

| Positions | Right |
|---|---|
{agreed}

Other questions answered exactly as the teacher does: {metrics["questions_right"]:.1%}. Pictures of something else
declined: {metrics["other_pictures_declined"]:.1%}.
"""
