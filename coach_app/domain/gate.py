"""The change gate: which frames are worth asking the model about.

The picture is looked at through a coarse net of samples, four by four in a cell. A change counts when enough samples
differ close to each other, so that one small sprite is seen anywhere on a large screen, and scattered noise is not.
Cells that keep changing by themselves (a blinking cursor, an animated background) are learnt and ignored for as long as
they keep their rhythm; a cell that comes to rest counts again. A sprite that walks about does not get its squares
ignored: a step changes two squares, and only one that went back and forth between the same two in an even beat would
look like an animation.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from coach_app.domain.frame import Frame

_CELL_SAMPLES = 4
_CELLS_ALONG = 80
_MIN_CELL_PX, _MAX_CELL_PX = 12, 32
_LONG_GAP_S = 2.0
_MEAN_WEIGHT = 0.2

Samples = npt.NDArray[np.uint8]
Counts = npt.NDArray[np.uint8]
CellMask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class GateRules:
    """What counts as a change, and how often the model may be asked.

    Attributes:
        small_change_px: pixels that differ close to each other; less is never important (a thin cursor is less).
        large_change_fraction: of the picture; such a change is another scene, which needs no cooldown.
        settle_s: how long the picture must have been still (what is ignored apart); after a long movement a quarter of
            its time, but not more than ``drift_settle_s``.
        drift_settle_s: the same for changes that come little by little: a fade, a text being typed, slow clouds.
        cooldown_s: least time between two calls, large changes apart.
        maximum_wait_s: a picture that differs and never settles, or of which a large part is an animation, is important
            after this time; None waits for ever.
        level_step: least difference of one colour channel (of 255) that counts; capture noise is less.
        learnt_after_changes: changes in an even rhythm after which a cell is ignored.
        fast_gap_s: changes that follow each other so fast on average need no even rhythm.
        slow_gap_s: changes that are further apart than this are never taken for an animation.
        rhythm_tolerance_s: how much the gaps of an even rhythm differ, as grabbing is not punctual.
    """

    small_change_px: int = 200
    large_change_fraction: float = 0.25
    settle_s: float = 0.08
    drift_settle_s: float = 1.0
    cooldown_s: float = 1.0
    maximum_wait_s: float | None = 5.0
    level_step: int = 32
    learnt_after_changes: int = 10
    fast_gap_s: float = 0.25
    slow_gap_s: float = 1.0
    rhythm_tolerance_s: float = 0.22

    def __post_init__(self) -> None:
        if min(self.small_change_px, self.level_step) < 1 or self.learnt_after_changes < 4:
            raise ValueError("Changes need at least one pixel and one level, and four make a rhythm.")
        if not 0 < self.large_change_fraction <= 1:
            raise ValueError("A fraction is more than 0 and at most 1.")
        if min(self.settle_s, self.drift_settle_s, self.cooldown_s, self.maximum_wait_s or 0) < 0:
            raise ValueError("Times cannot be negative.")


class ChangeGate:
    """Decides for one source, frame by frame. Pure: time is passed in. Takes less than a millisecond at 1080p.

    Args:
        rules: what counts.
    """

    def __init__(self, rules: GateRules | None = None) -> None:
        self._rules = rules or GateRules()
        self.reset()

    def reset(self) -> None:
        """Forget everything: the next frame is important. After a change of the source, or when advice got lost."""
        self._view: _View | None = None
        self._advised: tuple[tuple[int, int], Samples] | None = None
        self._called_s = float("-inf")
        self._waiting_since_s: float | None = None

    def offer(self, frame: Frame, now_s: float) -> bool:
        """Whether to ask the model about this frame; if so, it counts as advised from now on.

        The first frame is important at once, a later change when it has settled.

        Args:
            frame: the newest frame.
            now_s: monotonic time.
        """
        first = self._view is None
        if self._view is None or self._view.net.size != frame.pixels.size:
            self._view = _View(frame.pixels, self._rules, now_s)
        else:
            self._view.update(frame.pixels, now_s)
        if not (first or self._is_due(self._view, now_s)):
            return False
        self._advised = (self._view.net.size, self._view.samples)
        self._called_s = now_s
        self._waiting_since_s = None
        self._view.leapt[:] = False
        return True

    def mark_advised(self, frame: Frame) -> None:
        """Say that advice about this frame was asked for by other means, for instance by a question of the user."""
        net = _Net(frame.pixels.size, self._rules)
        self._advised = (net.size, net.sample(frame.pixels))

    def changed_since_advice(self, frame: Frame) -> bool:
        """Whether this frame differs in an important way from the last one that was advised on.

        At once, without settling; for dropping advice that has become stale.
        """
        view = self._view
        if self._advised is None or view is None or not frame.pixels.size == view.net.size == self._advised[0]:
            return True
        differing = view.net.differing(view.net.sample(frame.pixels), self._advised[1])
        return bool(view.net.important(view.calm(differing)).any())

    def _is_due(self, view: "_View", now_s: float) -> bool:
        rules = self._rules
        if self._advised is not None and self._advised[1] is view.samples:
            self._waiting_since_s = None
            return False  # nothing has moved since
        if self._advised is None or self._advised[0] != view.net.size:
            differing = view.net.all_differing()
        else:
            differing = view.net.differing(view.samples, self._advised[1])
        calm = view.calm(differing)
        important = bool(view.net.important(calm).any())
        if not important and not view.net.is_large(differing):
            self._waiting_since_s = None
            return False
        if self._waiting_since_s is None:
            self._waiting_since_s = now_s
        rested = now_s - self._called_s >= rules.cooldown_s
        leapt = important and bool(view.net.important(calm * view.leapt).any())
        if (leapt and now_s - view.leapt_s >= view.settle_s()) or (
            important and now_s - max(view.leapt_s, view.drifted_s) >= rules.drift_settle_s
        ):
            if view.net.is_large(calm):
                view.rhythm.forget()  # another scene has other animations
                return True
            return rested
        waited_s = now_s - max(self._waiting_since_s, self._called_s)
        return rested and rules.maximum_wait_s is not None and waited_s >= rules.maximum_wait_s


class _View:
    """The picture as it is now, where it changes, and what of it is ignored.

    Attributes:
        samples: of the newest picture; never changed in place.
        leapt_s: when something that is not ignored changed last at one blow.
        drifted_s: when small steps in something that is not ignored added up to a change last.
        leapt: (rows, columns) cells that changed at one blow since this was cleared.
    """

    def __init__(self, image: Image.Image, rules: GateRules, now_s: float) -> None:
        self.net = _Net(image.size, rules)
        self.rhythm = _Rhythm((self.net.rows, self.net.columns), rules)
        self.samples = self.net.sample(image)
        self._rules = rules
        self.leapt_s = self.drifted_s = self._moving_since_s = now_s
        self.leapt = np.ones((self.net.rows, self.net.columns), np.bool_)
        # As every cell was when it changed last: small steps of a slow scroll add up to a change, too.
        self._seen = self.samples.copy()
        self._ignored = self.rhythm.ongoing(now_s)

    def update(self, image: Image.Image, now_s: float) -> None:
        """Take a new picture of the same size."""
        samples = self.net.sample(image)
        if np.array_equal(samples, self.samples):
            self._ignored = self.rhythm.ongoing(now_s)
            return
        leapt = self.net.differing(samples, self.samples)
        changed = self.net.differing(samples, self._seen)
        self.samples = samples
        at = self.net.important(changed)
        if at.any():
            self.net.copy(samples, self._seen, at)
            self.rhythm.note(at, now_s)
        self._ignored = self.rhythm.ongoing(now_s)
        if (leapt_at := self.net.important(self.calm(leapt))).any():
            if now_s - self.leapt_s > self._rules.fast_gap_s:
                self._moving_since_s = now_s
            self.leapt_s = now_s
            self.leapt |= leapt_at
        if self.net.important(self.calm(changed)).any():
            self.drifted_s = now_s

    def settle_s(self) -> float:
        """How long it must be still before it counts as settled."""
        moved_s = self.leapt_s - self._moving_since_s
        return max(self._rules.settle_s, min(moved_s / 4, self._rules.drift_settle_s))

    def calm(self, counts: Counts) -> Counts:
        """Counts without the cells that are ignored."""
        return counts * ~self._ignored


class _Net:
    """Samples of pictures of one size, and what is to be read from them."""

    def __init__(self, size: tuple[int, int], rules: GateRules) -> None:
        self.size = size
        cell_px = min(max(_MIN_CELL_PX, max(size) / _CELLS_ALONG), _MAX_CELL_PX)
        self.columns, self.rows = (max(1, round(side / cell_px)) for side in size)
        self._level_step = rules.level_step
        self._samples = self.columns * self.rows * _CELL_SAMPLES**2
        sample_px = size[0] * size[1] / self._samples
        small = min(rules.small_change_px, size[0] * size[1] / 20) / sample_px
        self._small = min(max(1.0, small), 3 * _CELL_SAMPLES**2)  # what fits into a picture one cell wide
        self._large = rules.large_change_fraction * self._samples

    def sample(self, image: Image.Image) -> Samples:
        """(rows · 4, columns · 4, 3) uint8, the colours in the frame's own order."""
        shape = (self.columns * _CELL_SAMPLES, self.rows * _CELL_SAMPLES)
        return np.ascontiguousarray(np.asarray(image.resize(shape, Image.Resampling.NEAREST))[..., :3])

    def differing(self, one: Samples, other: Samples) -> Counts:
        """(rows, columns) number of samples that differ in each cell, 0 to 16."""
        step = np.maximum(one, other) - np.minimum(one, other)
        differs = (step > self._level_step).view(np.uint8).reshape(self.rows, _CELL_SAMPLES, -1)
        channels = differs.sum(axis=1, dtype=np.uint8).reshape(self.rows, -1, 3)
        strongest = np.maximum(np.maximum(channels[..., 0], channels[..., 1]), channels[..., 2])
        counts: Counts = strongest.reshape(self.rows, self.columns, _CELL_SAMPLES).sum(axis=2, dtype=np.uint8)
        return counts

    def all_differing(self) -> Counts:
        """As if every sample differed."""
        return np.full((self.rows, self.columns), _CELL_SAMPLES**2, np.uint8)

    def important(self, counts: Counts) -> CellMask:
        """(rows, columns) cells that differ and with their eight neighbours make up a small change at least."""
        padded = np.zeros((self.rows + 2, self.columns + 2), np.uint8)  # nine cells have 144 samples at most
        padded[1:-1, 1:-1] = counts
        tall = padded[:-2] + padded[1:-1] + padded[2:]
        around = tall[:, :-2] + tall[:, 1:-1] + tall[:, 2:]
        mask: CellMask = (around >= self._small) & (counts > 0)
        return mask

    def is_large(self, counts: Counts) -> bool:
        """Whether a large part of the picture differs."""
        return float(counts.sum()) >= self._large

    def copy(self, source: Samples, target: Samples, cells: CellMask) -> None:
        """Copy the samples of some cells."""
        shape = (self.rows, _CELL_SAMPLES, self.columns, _CELL_SAMPLES, 3)
        target.reshape(shape).swapaxes(1, 2)[cells] = source.reshape(shape).swapaxes(1, 2)[cells]


class _Rhythm:
    """Learns which cells change again and again by themselves."""

    def __init__(self, shape: tuple[int, int], rules: GateRules) -> None:
        self._rules = rules
        self._shape = shape
        self.forget()

    def forget(self) -> None:
        """Learn anew."""
        self._last_s = np.full(self._shape, float("-inf"))
        self._gap_s, self._gap_before_s = (np.full(self._shape, _LONG_GAP_S) for _ in range(2))
        self._mean_gap_s = np.full(self._shape, _LONG_GAP_S)
        self._even_gaps = np.zeros(self._shape, np.int32)
        self._until_s = np.full(self._shape, float("-inf"))

    def note(self, cells: CellMask, now_s: float) -> None:
        """Some cells changed now."""
        rules = self._rules
        gap_s = np.minimum(now_s - self._last_s[cells], _LONG_GAP_S)
        mean_s = self._mean_gap_s[cells]
        mean_s += _MEAN_WEIGHT * (gap_s - mean_s)
        # A blink may be on for longer than off, so a gap is compared with the one before the last.
        even = (np.abs(gap_s - self._gap_before_s[cells]) <= rules.rhythm_tolerance_s) & (gap_s <= rules.slow_gap_s)
        even_gaps = np.where(even, self._even_gaps[cells] + 1, 0)
        ongoing = (mean_s <= rules.fast_gap_s) | (even_gaps >= rules.learnt_after_changes)
        self._until_s[cells] = np.where(ongoing, now_s + 2 * mean_s + rules.rhythm_tolerance_s, float("-inf"))
        self._gap_before_s[cells], self._gap_s[cells] = self._gap_s[cells], gap_s
        self._last_s[cells], self._mean_gap_s[cells], self._even_gaps[cells] = now_s, mean_s, even_gaps

    def ongoing(self, now_s: float) -> CellMask:
        """Cells whose next change is expected, or not long overdue."""
        mask: CellMask = self._until_s >= now_s
        return mask
