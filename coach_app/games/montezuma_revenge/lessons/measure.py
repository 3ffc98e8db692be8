"""Measures a coach of Montezuma's Revenge in games that it was never trained on."""

import statistics
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import numpy as np
from PIL import Image

from coach_app.domain.board import Edges, find_board
from coach_app.domain.moves import named_move
from coach_app.games.captures import captured_shot, other_shot
from coach_app.games.lessons import Ask
from coach_app.games.montezuma_revenge.env import MontezumaEnv
from coach_app.games.montezuma_revenge.lessons.pictures import Scene, picture
from coach_app.games.montezuma_revenge.lessons.questions import PROMPT
from coach_app.games.montezuma_revenge.lessons.scenes import UNSEEN_SEEDS, new, unseen_scenes
from coach_app.games.montezuma_revenge.lessons.text import NO_GAME, other_exchange
from coach_app.games.montezuma_revenge.view import MOVES

_WINDOW_SIDE_PX = 1000
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
    told = list(islice(unseen_scenes(rng), count))
    texts = ask([_captured(scene, rng) for _, scene in told], [PROMPT] * len(told))
    agreed: dict[str, list[bool]] = {}
    for (kind, scene), text in zip(told, texts, strict=True):
        agreed.setdefault(kind, []).append(named_move(text, MOVES) == scene.decision.move)
    rates = {kind: round(statistics.fmean(right), 4) for kind, right in sorted(agreed.items())}
    report(f"the teacher's move named, captured pictures: {rates}")

    scenes = [scene for _, scene in islice(unseen_scenes(rng), count)]
    exchanges = [other_exchange(scene, rng) for scene in scenes]
    texts = ask([_captured(scene, rng) for scene in scenes], [exchange.question for exchange in exchanges])
    right = [text.strip() == exchange.text for text, exchange in zip(texts, exchanges, strict=True)]
    others = [other_shot(rng).image for _ in range(100)]
    declined = [
        text.strip() == NO_GAME or _board(other) is None  # which the app declines by itself
        for other, text in zip(others, ask(others, [PROMPT] * len(others)), strict=True)
    ]
    report(f"questions answered as the teacher does: {statistics.fmean(right):.1%}")

    def advised(envs: Sequence[MontezumaEnv]) -> list[str]:
        answers = ask([Image.fromarray(env.render()) for env in envs], [PROMPT] * len(envs))
        return [named_move(text, MOVES) or str(rng.choice(MOVES)) for text in answers]

    players: dict[str, Choose] = {
        "coach": advised,
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
        "questions_right": round(statistics.fmean(right), 4),
        "other_pictures_declined": round(statistics.fmean(declined), 4),
        "episodes": episodes,
        "played": played,
    }


def _captured(scene: Scene, rng: np.random.Generator) -> Image.Image:
    """The board as it is found in the capture of a window."""
    image = captured_shot(picture(scene), rng, _WINDOW_SIDE_PX).image
    edges = _board(image)
    return image.crop(edges) if edges else image


def _board(image: Image.Image) -> Edges | None:
    from coach_app.games.montezuma_revenge.lessons.curriculum import BOARD

    return find_board(image, BOARD)


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
episodes on the same seeds, until a door is open, {MOST_STEPS:,} steps at most:

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
