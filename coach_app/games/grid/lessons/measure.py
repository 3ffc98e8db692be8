"""Evaluates a coach of the Grid world on held-out levels."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from coach_app.domain.ladder import gives_away
from coach_app.domain.moves import named_move
from coach_app.domain.pointing import POINT_AT_IT, carried, read_marks
from coach_app.games.captures import INPUT_SIDE_PX, WINDOW_SIDE_PX, Shot, captured_shot, clean_shot, other_shot, seen
from coach_app.games.grid.env import GridEnv
from coach_app.games.grid.lessons.pictures import Scene, picture
from coach_app.games.grid.lessons.scenes import SIZES, TRAINING_SEEDS, held_out, random_scene
from coach_app.games.grid.lessons.text import GRID_PROMPT, NO_GAME, question_exchange
from coach_app.games.grid.lessons.withheld import withheld_exchange
from coach_app.games.grid.level import ARTICLE_LEVEL, Move, random_level
from coach_app.games.grid.teacher import optimal_moves
from coach_app.games.lessons import Ask

MOVE_NAMES = tuple(move.name.lower() for move in Move)
_EXACT = 0.02  # how far from the middle of a square a point may be, in shares of the picture


def _optimal_rate(texts: Sequence[str], scenes: Sequence[Scene]) -> float:
    good = [
        named_move(text, MOVE_NAMES) in [move.name.lower() for move in optimal_moves(scene.level, scene.cat)]
        for text, scene in zip(texts, scenes, strict=True)
    ]
    return round(float(np.mean(good)), 4)


def _unseen(count: int, size: tuple[int, int], rng: np.random.Generator, only_new_maps: bool = False) -> list[Scene]:
    scenes: list[Scene] = []
    seed = TRAINING_SEEDS
    while len(scenes) < count:
        level = random_level(seed, size)
        seed += 1
        if not only_new_maps or held_out(level):
            scenes.append(random_scene(level, rng))
    return scenes


def _episodes(advised: dict[Scene, str], episodes: int, seed: int) -> list[float]:
    """Returns of the article's game when following the advice for each state; a random move if none is named."""
    env, rng = GridEnv(), np.random.default_rng(seed)
    rewards = []
    for episode in range(episodes):
        env.reset(seed=seed + episode)
        total, done = 0.0, False
        while not done:
            move = named_move(advised.get(Scene(env.level, env.cat, env.facing), ""), MOVE_NAMES)
            action = Move[move.upper()] if move else Move(int(rng.integers(len(Move))))
            _, reward, terminated, truncated, _ = env.step(action)
            total, done = total + reward, terminated or truncated
        rewards.append(total)
    return rewards


def _captured(scene: Scene, rng: np.random.Generator) -> Shot:
    """A captured picture as the coach gets it."""
    return seen(captured_shot(picture(scene), rng, WINDOW_SIDE_PX), "framed", INPUT_SIDE_PX)


def _off(text: str, scene: Scene, shot: Shot) -> float:
    """How far from the square that its own move leads to an answer points, in shares of the picture; 1 if nowhere."""
    _, marks = read_marks(text, shot.image.size)
    move = named_move(text, MOVE_NAMES)
    if not marks or not move or not shot.board:
        return 1.0
    aimed = scene.level.mark(scene.level.neighbour(scene.cat, Move[move.upper()]))
    return min((marks[0].off(place) for place in carried((aimed,), shot.board)), default=1.0)


def measure(
    ask: Ask,
    seed: int,
    report: Callable[[str], None],
    count: int = 400,
    episodes: int = 1000,
) -> dict[str, Any]:
    """All figures of the model card.

    Args:
        ask: the coach.
        seed: seed of the positions.
        report: called with progress messages.
        count: number of positions for each rate.
        episodes: number of episodes of the article's game.
    """
    rng = np.random.default_rng([seed, 6])

    def rate(scenes: Sequence[Scene], *, captured: bool) -> float:
        shots = [_captured(scene, rng) if captured else clean_shot(picture(scene)) for scene in scenes]
        texts = ask([shot.image for shot in shots], [GRID_PROMPT] * len(scenes))
        return _optimal_rate(texts, scenes)

    optimal: dict[str, float] = {}
    for size in SIZES:
        name = f"{size[0]}x{size[1]}"
        optimal[f"{name} clean"] = rate(_unseen(count, size, rng), captured=False)
        optimal[f"{name} captured"] = rate(_unseen(count, size, rng), captured=True)
        report(
            f"optimal moves, unseen {name}: {optimal[f'{name} clean']:.1%}, captured {optimal[f'{name} captured']:.1%}"
        )
    optimal["6x5 clean, maps never drawn in training"] = rate(_unseen(count, (6, 5), rng, True), captured=False)

    article = [Scene(ARTICLE_LEVEL, cell, facing) for cell in ARTICLE_LEVEL.cat_cells for facing in Move]
    texts = ask([clean_shot(picture(s)).image for s in article], [GRID_PROMPT] * len(article))
    advised = dict(zip(article, texts, strict=True))
    coach, chance = _episodes(advised, episodes, TRAINING_SEEDS), _episodes({}, episodes, TRAINING_SEEDS)
    optimal["article's map, all states"] = _optimal_rate(texts, article)
    report(f"grid, {episodes} episodes: {np.mean(coach):.3f}, random {np.mean(chance):.3f}")

    scenes = _unseen(count, (6, 5), rng)
    exchanges = [question_exchange(scene, rng) for scene in scenes]
    shots = [_captured(scene, rng) for scene in scenes]
    texts = ask([shot.image for shot in shots], [exchange.question for exchange in exchanges])
    questions_right = np.mean([text.strip() == ex.text for text, ex in zip(texts, exchanges, strict=True)])
    withheld = [withheld_exchange(scene, rng) for scene in scenes]
    told = ask([shot.image for shot in shots], [exchange.question for exchange in withheld])
    withheld_right = np.mean([text.strip() == ex.text for text, ex in zip(told, withheld, strict=True)])
    texts = ask([shot.image for shot in shots], [f"{GRID_PROMPT}\n{POINT_AT_IT}"] * len(shots))
    pointed = [_off(text, scene, shot) for text, scene, shot in zip(texts, scenes, shots, strict=True)]
    others = [other_shot(rng).image for _ in range(100)]
    texts = ask(others, [GRID_PROMPT] * len(others))
    return {
        "positions": count,
        "optimal_move_rate": optimal,
        "grid": {
            "episodes": episodes,
            "coach": round(float(np.mean(coach)), 4),
            "random": round(float(np.mean(chance)), 4),
        },
        "questions_right": round(float(questions_right), 4),
        "nudges_and_hints_right": round(float(withheld_right), 4),
        "nudges_and_hints_that_name_a_move": sum(gives_away(text, MOVE_NAMES) for text in told),
        "points_within_2_percent": round(float(np.mean(np.array(pointed) <= _EXACT)), 4),
        "other_pictures_declined": round(float(np.mean([text.strip() == NO_GAME[0].en for text in texts])), 4),
    }


def card(metrics: dict[str, Any], parameters: int) -> str:
    """The model card (Markdown)."""
    rows = "\n".join(f"| {name} | {rate:.1%} |" for name, rate in metrics["optimal_move_rate"].items())
    grid = metrics["grid"]
    return f"""# Grid coach

A LLaVA-NeXT (`LlavaNextForConditionalGeneration`: CLIP tower, Mistral language model) of {parameters / 1e6:.1f} million
parameters, float16, trained from scratch by `coach train grid-coach` in this repository. Arguments, seed and commit
are in `training.json`, the figures below in `metrics.json`.

**It knows** the Grid world of srl-framework as its practice games show it: where cat, crate, hole and walls are, which
move is best and why, whether a move is safe, how many steps are left; where to look and what to aim for, without the
move; and, asked to, it points at the square. In English, from clean frames and from screen captures at any scale from
0.8 to 4.

**It does not know** anything else. Asked about another picture it says that it sees no Grid game; asked about
something else, that it only knows this game. Its words come from a few dozen patterns. Its training pictures were
drawn with the sprites of the installed srl-framework package, which are not part of it.

## Measured

Levels of seeds from 500000 up, never trained on; {metrics["positions"]} positions each; an answer counts when the move
that the app reads from it is one of the teacher's best moves.

| Positions | Best move named |
|---|---|
{rows}

"Captured" is the training's own imitation of screen captures (with other random numbers); `coach bench positions`
measures real ones.

| `grid`, {grid["episodes"]} episodes | Mean reward |
|---|---|
| played by its advice | {grid["coach"]:.3f} |
| random moves, same seeds | {grid["random"]:.3f} |
| published baseline | 0.65 |

Other questions answered exactly as the teacher does (captured pictures): {metrics["questions_right"]:.1%}; nudges and
hints: {metrics["nudges_and_hints_right"]:.1%}, and {metrics["nudges_and_hints_that_name_a_move"]} of
{metrics["positions"]} name a move. Asked for a move, and to point, it points within 2 % of the picture at the square
that its move leads to in {metrics["points_within_2_percent"]:.1%}, whether the board was found or not. Pictures of
something else declined: {metrics["other_pictures_declined"]:.1%}.
"""
