"""The advisor whose model runs in the local engine process."""

import asyncio
import contextlib
import functools
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PIL import Image

from coach_app.advisor.prompts import coach_prompt, general_prompt
from coach_app.advisor.scope import out_of_scope_sentence
from coach_app.domain.advice import Advice
from coach_app.domain.board import Board, Edges, board_edges
from coach_app.domain.certainty import Calibration
from coach_app.domain.detail import Detail
from coach_app.domain.elapsed import ms_since
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import part, region_edges, rgb, shrink
from coach_app.domain.moves import named_move, walled_off
from coach_app.domain.pointing import Box, Mark, WithoutMarks, carried, read_marks
from coach_app.domain.profile import GameProfile, no_game
from coach_app.domain.situation import Situation
from coach_app.host.client import EngineClient
from coach_app.host.messages import Answered
from coach_app.models.catalogue import ModelEntry
from coach_app.models.fit import memory_for
from coach_app.models.score import calibrations_of

_WHOLE = (0.0, 0.0, 1.0, 1.0)
_MIN_SIDE_PX = 16
_MIN_ROWS = 6  # fewer show nothing
_THINNEST_PX = 32  # models fail below this
_WORTH_TRYING = 2e-4
"""How likely another move must be to the model, beside its first thought, to be told when a place comes again: most of
what is less likely is a step to one's ruin. Measured with the bundled coach on levels 500000 to 500199."""
_EACH_TIME = 10.0
"""So many times less likely it may be each further time that the place comes again."""


class LocalAdvisor:
    """Advises with the vision model that is loaded in an engine.

    Args:
        client: a started client with the entry's model loaded; its owner stops it.
        entry: catalogue entry of the model: its name, purpose and picture size.
        detail: detail of the pictures, if the model offers a choice.
    """

    def __init__(self, client: EngineClient, entry: ModelEntry, detail: Detail = "full") -> None:
        self._client = client
        self._entry = entry
        self._detail = detail
        self._side_px = picture_side(entry, detail)
        self._calibrations: Mapping[str, Calibration] | None = None

    @property
    def reads_japanese(self) -> bool:
        """See Advisor."""
        return "ja" in self._entry.languages

    async def advise(self, situation: Situation, on_words: Callable[[str], None] | None = None) -> Advice:
        """See Advisor.

        Raises:
            CoachError: the model doesn't know the game, the picture is unusable, or the engine fails.
        """
        profile = situation.profile
        if sentence := out_of_scope_sentence(self._entry, profile):
            raise CoachError(sentence, "Choose another coach in the settings.")
        if situation.level not in self._entry.levels:
            situation = replace(situation, level="answer")
        asked_at = time.perf_counter()
        first_word_ms: float | None = None

        shown = WithoutMarks(on_words) if on_words and situation.pointing else on_words

        def words(text: str) -> None:
            nonlocal first_word_ms
            if first_word_ms is None:
                first_word_ms = ms_since(asked_at)
            if shown:
                shown(text)

        view = await asyncio.to_thread(model_view, situation.frame.pixels, profile, self._side_px)
        if self._entry.games and view.has_board is False:
            answered = _not_seen(profile, self._entry)
            words(answered.text)
        else:
            answered = await self._ask(view.image, situation, words)
        latency_ms = ms_since(asked_at)
        text, marks = read_marks(answered.text, view.image.size, self._entry.name)
        move = None if answered.cut else named_move(text, profile.moves)
        return Advice(
            text=text,
            move=move,
            model=self._entry.name,
            captured_at=situation.frame.captured_at,
            latency_ms=latency_ms,
            first_word_ms=latency_ms if first_word_ms is None else first_word_ms,
            tokens=answered.tokens,
            question=situation.question,
            level=situation.level,
            marks=carried(marks or view.told(text, move, profile), view.box),
            confidence=await self._confidence(answered, profile.id),
            likelihood=answered.likelihood,
        )

    async def _confidence(self, answered: Answered, game: str) -> float | None:
        """How likely the move is to be right; where that was not measured, the model is believed."""
        if answered.likelihood is None:
            return None
        if self._calibrations is None:
            self._calibrations = await asyncio.to_thread(_calibrations, self._entry)
        calibration = self._calibrations.get(game)
        return calibration.certainty(answered.likelihood) if calibration else answered.likelihood.move

    async def _ask(self, image: Image.Image, situation: Situation, words: Callable[[str], None]) -> Answered:
        """The model's answer, or another if the first leads in a circle, where it went badly before, or into a wall
        that it mentions itself."""
        made_for_games, points = self._entry.games, self._entry.points
        prompt = coach_prompt(situation, points) if made_for_games else general_prompt(situation)
        moves, tried = situation.profile.moves, situation.tried
        if situation.level != "answer":  # it names no move
            moves, tried = (), ()
        elif made_for_games:  # it was trained on one prompt, and reads nothing else
            tried += situation.shunned
        ask = functools.partial(self._client.ask, image, prompt, detail=self._detail)
        if tried:
            other = await ask(moves=moves, tried=tuple(dict.fromkeys(tried)))
            least = _WORTH_TRYING / _EACH_TIME ** max(0, len(situation.tried) - 1)
            if not _contradicts_itself(other, moves) and (other.weight is None or other.weight >= least):
                words(other.text)
                return other
        answered = await ask(words, moves=moves)
        if not answered.cut and _contradicts_itself(answered, moves):
            other = await ask(moves=moves, tried=sorted(walled_off(answered.text, moves)))
            if other.weight is not None and not _contradicts_itself(other, moves):
                return other
        return answered

    async def look_ahead(self, situation: Situation) -> None:
        """Encode a picture that is likely to be asked about, so that the answer comes sooner. Never fails."""
        if out_of_scope_sentence(self._entry, situation.profile):
            return
        with contextlib.suppress(CoachError):
            pixels = situation.frame.pixels
            image = await asyncio.to_thread(model_input, pixels, situation.profile, self._side_px)
            await self._client.ask(image, "", max_new_tokens=0, detail=self._detail)

    async def close(self) -> None:
        """Nothing to release: the engine belongs to its owner."""


def _not_seen(profile: GameProfile, entry: ModelEntry) -> Answered:
    """What a coach for practice games says by itself, too, where its game isn't; without its board it surely isn't."""
    text = no_game(profile.title)
    return Answered(id=0, text=text, model=entry.name, tokens=0, first_word_ms=0.0, latency_ms=0.0)


def _calibrations(entry: ModelEntry) -> Mapping[str, Calibration]:
    try:
        return calibrations_of(entry.path())
    except CoachError:  # its folder is gone since it was loaded
        return {}


def _contradicts_itself(answered: Answered, moves: Sequence[str]) -> bool:
    return named_move(answered.text, moves) in walled_off(answered.text, moves)


def picture_side(entry: ModelEntry, detail: Detail) -> int:
    """Maximum side length in pixels of the pictures for a model.

    A model without a choice of details gets pictures as in its training.
    """
    memory = memory_for(entry)
    return entry.input_side_px * (memory.enlargement(detail) if memory else 1)


def looked_at(image: Image.Image, profile: GameProfile) -> Edges:
    """The part of a picture that a profile uses: the board in its region, or else the region.

    Args:
        image: a frame's pixels, any size.
        profile: the profile with region and board.

    Returns:
        Left, top, right and bottom in pixels.
    """
    return _board(image, profile) or _region(image, profile)


def _region(image: Image.Image, profile: GameProfile) -> Edges:
    return region_edges(image.size, profile.region or _WHOLE)


def _board(image: Image.Image, profile: GameProfile) -> Edges | None:
    if profile.board is None:
        return None
    left, top, *_ = _region(image, profile)
    found = board_edges(image if profile.region is None else part(image, profile.region), profile.board)
    return found and (left + found[0], top + found[1], left + found[2], top + found[3])


@dataclass(frozen=True)
class View:
    """What a model sees of a frame.

    Attributes:
        image: mode RGB.
        box: where it lies in the frame's picture; where it is padded, it may go beyond that.
        has_board: whether the profile's board was found; None if it has none that must be there.
    """

    image: Image.Image
    box: Box
    has_board: bool | None = None

    def told(self, text: str, move: str | None, profile: GameProfile) -> tuple[Mark, ...]:
        """Marks in the image at what an answer tells in words (see `Bearings`), where the board fills it."""
        if not (self.has_board and profile.bearings and isinstance(profile.board, Board)):
            return ()
        return profile.bearings.places(text, move, profile.board)


def model_input(image: Image.Image, profile: GameProfile, side_px: int) -> Image.Image:
    """The picture of `model_view`."""
    return model_view(image, profile, side_px).image


def model_view(image: Image.Image, profile: GameProfile, side_px: int) -> View:
    """Crop a picture to the profile's region or board, and shrink it for the model.

    Args:
        image: a frame's pixels, any size.
        profile: the profile with region and board.
        side_px: maximum side length of the result.

    Returns:
        The view. Thin pictures are padded with black: no side is shorter than 32 px.

    Raises:
        CoachError: the region is too small or too thin to see anything in.
    """
    board, whole = _board(image, profile), image.size
    has_board = board is not None if isinstance(profile.board, Board) else None
    edges = board or _region(image, profile)
    image = image if edges == (0, 0, *image.size) else image.crop(edges)
    if min(image.size) < _MIN_SIDE_PX:
        raise CoachError(
            f"The picture is only {image.width}×{image.height} pixels, too small to see anything in.",
            "Choose a larger window, region or picture.",
        )
    small = rgb(shrink(image, side_px))
    if min(small.size) < _MIN_ROWS:
        raise CoachError(
            f"The picture of {image.width}×{image.height} pixels is too long and thin to see anything in.",
            "Choose a window, region or picture of another shape.",
        )
    size = (max(small.width, _THINNEST_PX), max(small.height, _THINNEST_PX))
    corner = ((size[0] - small.width) // 2, (size[1] - small.height) // 2)
    scale = (image.width / small.width, image.height / small.height)
    left, top = (edges[axis] - corner[axis] * scale[axis] for axis in (0, 1))
    right, bottom = left + size[0] * scale[0], top + size[1] * scale[1]
    box = (left / whole[0], top / whole[1], right / whole[0], bottom / whole[1])
    if small.size == size:
        return View(small, box, has_board)
    padded = Image.new("RGB", size)
    padded.paste(small, corner)
    return View(padded, box, has_board)
