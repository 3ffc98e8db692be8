"""Answers what would have happened with another move, with a picture of both."""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from coach_app.desktop.files import write_atomically
from coach_app.domain.errors import CoachError
from coach_app.evaluation.recording import BACKGROUND, INK, caption_font
from coach_app.games.catalogue import copier_of, teacher_of, to_play
from coach_app.games.game import Game, Size
from coach_app.games.images import Picture, action_names
from coach_app.games.what_if import Outcome, WhatIf, move_asked, move_named, played, teachers_moves, what_if

_SIDE_PX = 320
_PADDING_PX = 12
_LINE_PX = 24


@dataclass(frozen=True)
class WhatIfPlan:
    """A question about a move of an episode.

    Attributes:
        game: name of the game.
        seed: of the episode.
        size: of the map; None is the game's default.
        steps: the moves made, separated by commas, or how many of the teacher's; the last one is in question.
        after: instead of them, the moves before the teacher's move that is in question.
        question: names the other move.
        instead: the other move, if there is no question.
        ahead: how many moves of the teacher follow.
        picture: file for both pictures.
    """

    game: str
    seed: int
    size: Size | None
    steps: str
    after: str
    question: str
    instead: str
    ahead: int
    picture: Path


def answer(plan: WhatIfPlan) -> tuple[tuple[str, ...], WhatIf]:
    """Answer a question, and save its picture.

    Returns:
        The moves before the one in question, and what both moves led to.

    Raises:
        CoachError: the game cannot be copied, the moves cannot be made, or the picture cannot be saved.
    """
    game = to_play(plan.game)
    copier_of(game)
    names = action_names(game.make(plan.size))
    if bool(plan.question) == bool(plan.instead):
        raise CoachError("The other move is missing, or named twice.", "Ask a question, or name it with --instead.")
    if plan.steps and plan.after:
        raise CoachError("--steps and --after exclude each other.", "Leave out one of them.")
    instead = move_asked(plan.question, names) if plan.question else move_named(plan.instead, names)
    before = _moves(game, plan, plan.steps or plan.after, names)
    if plan.steps:
        if not before:
            raise CoachError("No move was made.", "Name at least one with --steps.")
        before, made = before[:-1], before[-1]
        env = played(game, plan.seed, before, plan.size)
    else:
        env = played(game, plan.seed, before, plan.size)
        made = teacher_of(game)(env)[0]
    found = what_if(game, env, made, instead, plan.ahead)
    save(found, plan.picture)
    return before, found


def _moves(game: Game, plan: WhatIfPlan, text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    if text.strip().isdecimal():
        return teachers_moves(game, plan.seed, int(text), plan.size)
    return tuple(move_named(name, names) for name in text.split(",") if name.strip())


def save(answer: WhatIf, path: Path) -> None:
    """Write the picture as PNG: what happened on the left, what would have happened on the right, and below each what
    came of it a few moves later.

    Args:
        answer: the two outcomes.
        path: the file.

    Raises:
        CoachError: it cannot be written.
    """
    columns = [_column("As it was", answer.made), _column("Instead", answer.instead)]
    width = sum(column.width for column in columns) + _PADDING_PX
    whole = Image.new("RGB", (width, max(column.height for column in columns)), BACKGROUND)
    whole.paste(columns[0], (0, 0))
    whole.paste(columns[1], (columns[0].width + _PADDING_PX, 0))
    packed = io.BytesIO()
    whole.save(packed, "PNG", optimize=True)
    write_atomically(path, packed.getvalue(), "The picture")


def _column(title: str, outcome: Outcome) -> Image.Image:
    moves = len(outcome.later_moves)
    parts = [(f"{title}: {outcome.move}, {outcome.reward:+.2f}", outcome.picture)]
    if moves:
        more = f"{moves} move{'s' * (moves > 1)} by the teacher later, {outcome.later_reward:+.2f}"
        parts.append((more, outcome.later_picture))
    boards = [(text, _enlarged(picture)) for text, picture in parts]
    letters = caption_font()
    room = max(board.width for _, board in boards)
    width = max(room, *(round(letters.getlength(text)) for text, _ in boards)) + 2 * _PADDING_PX
    height = sum(board.height + _LINE_PX + _PADDING_PX for _, board in boards) + _PADDING_PX
    column = Image.new("RGB", (width, height), BACKGROUND)
    pen, top = ImageDraw.Draw(column), _PADDING_PX
    for text, board in boards:
        pen.text((_PADDING_PX, top), text, fill=INK, font=letters)
        column.paste(board, ((width - board.width) // 2, top + _LINE_PX))
        top += board.height + _LINE_PX + _PADDING_PX
    return column


def _enlarged(picture: Picture) -> Image.Image:
    scale = max(1, round(_SIDE_PX / picture.shape[1]))
    return Image.fromarray(np.repeat(np.repeat(picture, scale, axis=0), scale, axis=1))
