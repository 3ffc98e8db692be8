"""What the measurements of all coaches that are made for one game have in common."""

import statistics
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from PIL import Image

from coach_app.domain.board import Layout, board_edges
from coach_app.domain.frame import Frame
from coach_app.domain.moves import AvoidedMoves, named_move
from coach_app.domain.trail import Trail
from coach_app.games.captures import WINDOW_SIDE_PX, captured_shot, other_shot
from coach_app.games.images import ImageEnv, Picture
from coach_app.games.lessons import Ask, Exchange
from coach_app.games.positions import rendered

AS_THE_APP_ASKS = """as the app asks (what was advised at
the very same picture before is not to be advised again there)"""
"""How ``Examination.advised`` plays, for model cards."""
_OTHER_PICTURES = 100


class Examination:
    """Asks a coach about pictures as captures show them, and lets it play.

    Args:
        ask: the coach.
        prompt: the question for the next move.
        moves: their names.
        board: what the game's profile looks for in a capture.
        rng: draws the captures, and a move where none is named.
    """

    def __init__(self, ask: Ask, prompt: str, moves: Sequence[str], board: Layout, rng: np.random.Generator) -> None:
        self._ask, self._prompt, self._moves, self._board, self._rng = ask, prompt, tuple(moves), board, rng
        self._trails = defaultdict[ImageEnv, Trail](lambda: Trail(followed=True))

    def moves_named(self, pictures: Sequence[Picture]) -> list[str | None]:
        """The moves that it names, asked for the next one."""
        texts = self._ask([self._captured(picture) for picture in pictures], [self._prompt] * len(pictures))
        return [named_move(text, self._moves) for text in texts]

    def answered(self, pictures: Sequence[Picture], exchanges: Sequence[Exchange]) -> float:
        """The share of questions that it answers word by word as the teacher does, one about each picture."""
        texts = self._ask([self._captured(each) for each in pictures], [each.question for each in exchanges])
        right = [text.strip() == exchange.text for text, exchange in zip(texts, exchanges, strict=True)]
        return round(statistics.fmean(right), 4)

    def declined(self, no_game: str) -> float:
        """The share of pictures of something else of which it says so, or the app does, as the board is not in them."""
        others = [other_shot(self._rng).image for _ in range(_OTHER_PICTURES)]
        texts = self._ask(others, [self._prompt] * len(others))
        said = [
            text.strip() == no_game or board_edges(other, self._board) is None
            for other, text in zip(others, texts, strict=True)
        ]
        return round(statistics.fmean(said), 4)

    def advised(self, envs: Sequence[ImageEnv]) -> list[str]:
        """The moves that it advises in several games that go on at the same time; by chance where it names none.

        As the app asks: what it advised before at the very same picture of a game, it is not to advise again.
        """
        frames = [Frame(Image.fromarray(rendered(env))) for env in envs]
        avoided = [
            AvoidedMoves(self._moves, self._trails[env].tried(frame)) for env, frame in zip(envs, frames, strict=True)
        ]
        texts = self._ask([frame.pixels for frame in frames], [self._prompt] * len(frames), avoided)
        moves = []
        for env, frame, text in zip(envs, frames, texts, strict=True):
            if move := named_move(text, self._moves):
                self._trails[env].add(frame, move)
            moves.append(move or str(self._rng.choice(self._moves)))
        return moves

    def _captured(self, picture: Picture) -> Image.Image:
        """The board as it is found in the capture of a window."""
        image = captured_shot(picture, self._rng, WINDOW_SIDE_PX).image
        edges = board_edges(image, self._board)
        return image.crop(edges) if edges else image
