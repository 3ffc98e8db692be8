"""The teacher's sentences about a scene, in English and Japanese.

Training material only: the coach learns to generate such sentences from pictures, and the offline translator their
Japanese; the app itself never calls this module.
"""

from collections.abc import Iterator

import numpy as np

from coach_app.domain.pointing import Mark
from coach_app.games.grid.lessons.pictures import Scene
from coach_app.games.grid.level import ARTICLE_LEVEL, Cell, Move, Tile
from coach_app.games.grid.teacher import optimal_moves
from coach_app.games.lessons import Exchange, Sentence
from coach_app.games.off_topic import OFF_TOPIC_QUESTIONS, off_topic, typed

MAX_CHARACTERS = 200
"""What the article's prompts ask for."""


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NAMES = {Move.UP: "up", Move.DOWN: "down", Move.LEFT: "left", Move.RIGHT: "right"}
_BESIDE = {Move.UP: "above you", Move.DOWN: "below you", Move.LEFT: "on your left", Move.RIGHT: "on your right"}
_KANJI = {Move.UP: "上", Move.DOWN: "下", Move.LEFT: "左", Move.RIGHT: "右"}


def _number(value: int) -> str:
    return _NUMBERS[value] if value < len(_NUMBERS) else str(value)


def steps_in_words(value: int) -> str:
    return f"{_number(value)} step{'s' if value != 1 else ''}"


def _place(origin: Cell, target: Cell) -> Sentence:
    """A phrase on the position of something relative to the cat."""
    right, down = target[0] - origin[0], target[1] - origin[1]
    vertical, horizontal = (Move.DOWN if down > 0 else Move.UP), (Move.RIGHT if right > 0 else Move.LEFT)
    if right and down:
        return Sentence(
            f"{steps_in_words(abs(down))} {_NAMES[vertical]} and {_number(abs(right))} to the {_NAMES[horizontal]}",
            f"{_KANJI[vertical]}に{abs(down)}マス、{_KANJI[horizontal]}に{abs(right)}マスのところ",
        )
    move, distance = (vertical, abs(down)) if down else (horizontal, abs(right))
    if distance == 1:
        beside = _BESIDE[move] if move in (Move.LEFT, Move.RIGHT) else f"right {_BESIDE[move]}"
        return Sentence(beside, f"すぐ{_KANJI[move]}")
    straight = "straight " + _NAMES[move] if down else "to the " + _NAMES[move]
    return Sentence(f"{steps_in_words(distance)} {straight}", f"まっすぐ{_KANJI[move]}に{distance}マスのところ")


def advised_move(scene: Scene) -> Move:
    """The optimal move that the teacher names: towards the crate, along the longer remaining axis."""
    cat, crate = scene.cat, scene.level.crate
    left = {0: abs(crate[0] - cat[0]), 1: abs(crate[1] - cat[1])}

    def order(move: Move) -> tuple[bool, int, bool]:
        axis = 1 if move in (Move.UP, Move.DOWN) else 0
        return not nearer(scene, move), -left[axis], axis == 0

    return min(optimal_moves(scene.level, cat), key=order)


def nearer(scene: Scene, move: Move) -> bool:
    """Whether a move goes towards the crate, ignoring obstacles."""
    cat, crate = scene.cat, scene.level.crate
    return (crate[0] - cat[0]) * move.step[0] + (crate[1] - cat[1]) * move.step[1] > 0


def _walls(scene: Scene) -> list[Move]:
    near = (Move.UP, Move.DOWN, Move.LEFT, Move.RIGHT)
    return [move for move in near if scene.level.neighbour(scene.cat, move) == scene.cat]


def _walls_sentences(scene: Scene) -> tuple[Sentence, ...]:
    walls = _walls(scene)
    if not walls:
        return ()
    if len(walls) == 3:
        free = next(move for move in Move if move not in walls)
        return (Sentence(f"Only the way {_NAMES[free]} has no wall.", f"壁がないのは{_KANJI[free]}だけです。"),)
    verb = "A wall is" if len(walls) == 1 else "Walls are"
    return (
        Sentence(
            f"{verb} {' and '.join(_BESIDE[wall] for wall in walls)}.",
            f"{'と'.join(_KANJI[w] for w in walls)}は壁です。",
        ),
    )


def _reason_sentences(scene: Scene, move: Move) -> tuple[Sentence, ...]:
    """Why the move is not the obvious one; empty if it is."""
    if nearer(scene, move):
        return ()
    ahead = scene.level.neighbour(scene.cat, move)
    steps = scene.level.steps_to_crate
    if scene.level.move_prob < 1 and steps[ahead] >= steps[scene.cat]:
        return (
            Sentence("The floor is slippery, so keep away from the hole.", "床がすべるので、穴から離れて進みます。"),
        )
    return (Sentence("The direct way is blocked.", "まっすぐ行く道はふさがっています。"),)


def move_answer(scene: Scene) -> tuple[Sentence, ...]:
    """Observation, reason and move. The wording depends on the cat's direction, so that it varies during a game."""
    level, cat = scene.level, scene.cat
    crate, hole, move = _place(cat, level.crate), _place(cat, level.hole), advised_move(scene)
    name, kanji = _NAMES[move], _KANJI[move]
    seen, act = {
        Move.DOWN: (
            Sentence(
                f"The crate is {crate.en}; the hole is {hole.en}.", f"木箱は{crate.ja}にあり、穴は{hole.ja}にあります。"
            ),
            Sentence(f"Move the cat {name}.", f"猫を{kanji}に動かしましょう。"),
        ),
        Move.LEFT: (
            Sentence(
                f"The hole is {hole.en}, and the crate is {crate.en}.", f"穴は{hole.ja}に、木箱は{crate.ja}にあります。"
            ),
            Sentence(f"Go {name}.", f"{kanji}へ進みましょう。"),
        ),
        Move.RIGHT: (
            Sentence(
                f"I see the crate {crate.en} and the hole {hole.en}.", f"木箱が{crate.ja}に、穴が{hole.ja}に見えます。"
            ),
            Sentence(f"Step {name} next.", f"次は{kanji}に一歩進みましょう。"),
        ),
        Move.UP: (
            Sentence(
                f"Head for the crate {crate.en}; mind the hole {hole.en}.",
                f"{crate.ja}にある木箱を目指し、{hole.ja}にある穴に気をつけましょう。",
            ),
            Sentence(f"The best move is {name}.", f"一番よい手は{kanji}です。"),
        ),
    }[scene.facing]
    return (seen, *_walls_sentences(scene), *_reason_sentences(scene, move), act)


def _crate_answer(scene: Scene) -> tuple[Sentence, ...]:
    place = _place(scene.cat, scene.level.crate)
    return (Sentence(f"The crate is {place.en}.", f"木箱は{place.ja}にあります。"),)


def _hole_answer(scene: Scene) -> tuple[Sentence, ...]:
    place = _place(scene.cat, scene.level.hole)
    return (Sentence(f"The hole is {place.en}.", f"穴は{place.ja}にあります。"),)


def _cat_answer(scene: Scene) -> tuple[Sentence, ...]:
    column, row = scene.cat
    return (
        Sentence(
            f"The cat is in column {_number(column)}, row {_number(row)} inside the outer wall.",
            f"猫は外壁の内側で、左から{column}列目、上から{row}行目にいます。",
        ),
    )


def _walls_answer(scene: Scene) -> tuple[Sentence, ...]:
    return _walls_sentences(scene) or (Sentence("No wall is next to you.", "となりに壁はありません。"),)


def _safe_answer(scene: Scene, move: Move) -> tuple[Sentence, ...]:
    level, beside, kanji = scene.level, _BESIDE[move], _KANJI[move]
    target = level.neighbour(scene.cat, move)
    sides = {level.neighbour(scene.cat, Move((move + turn) % 4)) for turn in (1, 3)}
    if target == level.hole:
        return (Sentence(f"No, the hole is {beside}.", f"いいえ、{kanji}は穴です。"),)
    if level.move_prob < 1 and level.hole in sides:
        return (
            Sentence(
                "Careful, the floor is slippery and the cat could slide into the hole.",
                "床がすべるので、猫が穴に落ちるかもしれません。",
            ),
        )
    if target == level.crate:
        return (Sentence(f"Yes, the crate is {beside}.", f"はい、{kanji}が木箱です。"),)
    if target == scene.cat:
        return (
            Sentence(f"No, a wall is {beside} and the cat would stay.", f"いいえ、{kanji}は壁で、猫は動けません。"),
        )
    return (Sentence(f"Yes, the square {beside} is free.", f"はい、{kanji}のマスは空いています。"),)


def _steps_answer(scene: Scene) -> tuple[Sentence, ...]:
    cat, crate = scene.cat, scene.level.crate
    steps = scene.level.steps_to_crate[cat]
    if steps > abs(crate[0] - cat[0]) + abs(crate[1] - cat[1]):
        return (
            Sentence(
                f"It takes {steps_in_words(steps)}, as the direct way is blocked.",
                f"まっすぐ行けないので、{steps}歩かかります。",
            ),
        )
    return (Sentence(f"The crate is {steps_in_words(steps)} away.", f"木箱まで{steps}歩です。"),)


OFF_TOPIC = (
    Sentence(
        "I only know this practice game: ask for the next move, or where things are.",
        "この練習ゲームのことしか分かりません。次の一手か、物の場所を聞いてください。",
    ),
)
NO_GAME = (
    Sentence("I do not see the Grid practice game in this picture.", "この画面には練習ゲームのグリッドが見えません。"),
)

GRID_PROMPT = "Please tell me in 200 characters where the cat should move next."
DEFAULT_PROMPT = "What should I do first in this image? Please answer in 200 characters."

_MOVE_QUESTIONS = (
    DEFAULT_PROMPT,
    "Where should the cat move next?",
    "Where should I go next?",
    "Where should I go now?",
    "Where do I go?",
    "Where to now?",
    "Which way should I go?",
    "Which way is best?",
    "Which direction is best for the cat?",
    "What is the best move?",
    "What's the best move now?",
    "What is the next move?",
    "What should I do next?",
    "What should I do?",
    "What do I do now?",
    "What now?",
    "What next?",
    "How do I reach the crate?",
    "How do I get to the goal?",
    "How can I win?",
    "Help me.",
    "Tell me the next move.",
    "Tell me where to move.",
    "Please advise my next step.",
    "Should I go up, down, left or right?",
)
_CRATE_QUESTIONS = (
    "Where is the crate?",
    "Where's the crate?",
    "Where is the box?",
    "Where is the goal?",
    "Where do I have to get to?",
    "Can you see the crate?",
    "Tell me where the crate is.",
)
_HOLE_QUESTIONS = (
    "Where is the hole?",
    "Where's the hole?",
    "Where is the pit?",
    "Where is the danger?",
    "What must I avoid?",
    "Can you see the hole?",
    "Tell me where the hole is.",
)
_CAT_QUESTIONS = (
    "Where is the cat?",
    "Where's the cat?",
    "Where am I?",
    "In which square is the cat?",
    "What is my position?",
    "Tell me where the cat is.",
)
_WALL_QUESTIONS = (
    "Where are the walls?",
    "Which walls are next to me?",
    "Is there a wall next to me?",
    "What is next to the cat?",
    "What blocks me?",
    "Which ways are blocked?",
)
_SAFE_QUESTIONS = (
    "Is it safe to go {}?",
    "Is it safe to move {}?",
    "Is {} safe?",
    "Can I go {}?",
    "Can the cat move {}?",
    "Should I go {}?",
    "What if I go {}?",
    "What happens if I move {}?",
)
_STEPS_QUESTIONS = (
    "How many steps to the crate?",
    "How many steps is it to the crate?",
    "How many steps are left?",
    "How many moves do I need?",
    "How far is the crate?",
    "How far is it?",
    "How long does it take to the goal?",
)
QUESTIONS = (
    GRID_PROMPT,
    *_MOVE_QUESTIONS,
    *_CRATE_QUESTIONS,
    *_HOLE_QUESTIONS,
    *_CAT_QUESTIONS,
    *_WALL_QUESTIONS,
    *_SAFE_QUESTIONS,
    *_STEPS_QUESTIONS,
    *OFF_TOPIC_QUESTIONS,
)


def _one_of(choices: tuple[str, ...], rng: np.random.Generator) -> str:
    return choices[int(rng.integers(len(choices)))]


def next_square(scene: Scene) -> Mark:
    """The square that the advised move aims at: the cat's own where that runs into a wall, to be safe."""
    return scene.level.mark(scene.level.neighbour(scene.cat, advised_move(scene)), "here")


def move_exchange(scene: Scene | None, rng: np.random.Generator) -> Exchange:
    """A question for the next move; half of them are the article's Grid prompt, as used in the live loop."""
    question = GRID_PROMPT if rng.random() < 0.5 else typed(_one_of(_MOVE_QUESTIONS, rng), rng)
    if scene is None:
        return Exchange(question, NO_GAME)
    return Exchange(question, move_answer(scene), next_square(scene), scene.level.size)


def question_exchange(scene: Scene | None, rng: np.random.Generator) -> Exchange:
    """A question about something else: positions, safety of a move, number of steps, or something off topic."""
    kind = int(rng.choice(7, p=(0.14, 0.14, 0.14, 0.14, 0.2, 0.14, 0.1)))
    if kind == 6:
        return Exchange(typed(off_topic(rng), rng), NO_GAME if scene is None else OFF_TOPIC)
    move = Move(int(rng.integers(len(Move))))
    questions = (_CRATE_QUESTIONS, _HOLE_QUESTIONS, _CAT_QUESTIONS, _WALL_QUESTIONS, _SAFE_QUESTIONS, _STEPS_QUESTIONS)
    question = typed(_one_of(questions[kind], rng).format(_NAMES[move]), rng)
    if scene is None:
        return Exchange(question, NO_GAME)
    if kind == 4:
        beside = (scene.cat[0] + move.step[0], scene.cat[1] + move.step[1])
        return Exchange(question, _safe_answer(scene, move), scene.level.mark(beside, "here"), scene.level.size)
    answers = {0: _crate_answer, 1: _hole_answer, 2: _cat_answer, 3: _walls_answer, 5: _steps_answer}
    places = {0: (scene.level.crate, "crate"), 1: (scene.level.hole, "hole"), 2: (scene.cat, "cat")}
    place = scene.level.mark(*places[kind]) if kind in places else None
    return Exchange(question, answers[kind](scene), place, scene.level.size if place else None)


def sentences(
    rng: np.random.Generator, sizes: tuple[tuple[int, int], ...] = ((6, 5), (7, 6), (8, 7))
) -> Iterator[Sentence]:
    """An endless stream of sentences from answers about random scenes, for the translator.

    Scenes need not be solvable: the cat may stand anywhere, so that rare sentences occur often enough.
    """
    while True:
        width, height = sizes[int(rng.integers(len(sizes)))]
        cells = [(x, y) for y in range(1, height - 1) for x in range(1, width - 1)]
        cat, crate, hole = (cells[i] for i in rng.permutation(len(cells))[:3])
        field = [[int(Tile.WALL)] * width for _ in range(height)]
        for x, y in cells:
            field[y][x] = int(Tile.WALL) if rng.random() < 0.2 and (x, y) not in (cat, crate, hole) else int(Tile.FLOOR)
        field[crate[1]][crate[0]], field[hole[1]][hole[0]] = int(Tile.CRATE), int(Tile.HOLE)
        level = type(ARTICLE_LEVEL)(tuple(map(tuple, field)), 1.0 if rng.random() < 0.8 else 0.8)
        if cat not in level.steps_to_crate:
            continue
        scene = Scene(level, cat, Move(int(rng.integers(len(Move)))))
        exchange = move_exchange(scene, rng) if rng.random() < 0.7 else question_exchange(scene, rng)
        yield from exchange.answer
        if rng.random() < 0.01:
            yield from NO_GAME
