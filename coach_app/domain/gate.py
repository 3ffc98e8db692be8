"""The change gate decides which frames are worth asking the model about.

The picture is sampled on a coarse grid, four by four samples to a cell. A change counts when enough neighbouring
samples differ, so that one small sprite is noticed anywhere on a large screen and scattered noise is not. Cells that
keep changing by themselves (a blinking cursor, an animated background) are learned and ignored for as long as they keep
their rhythm; a cell that comes to rest counts again. A walking sprite is not ignored: a step changes two squares, and
only a sprite going back and forth between the same two at a steady beat would look like an animation.
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
        small_change_px: number of neighbouring pixels that must differ; a smaller change (a thin cursor) never counts.
        large_change_fraction: fraction of the picture; a change this large is a new scene, which skips the cooldown.
        settle_s: how long the picture must have been still, apart from ignored cells; after a long movement a quarter
            of its duration, at most ``drift_settle_s``.
        drift_settle_s: the same for gradual changes: a fade, text being typed, slow clouds.
        cooldown_s: minimum time between two calls, except for large changes.
        maximum_wait_s: a changed picture that never settles, or is mostly animation, counts after this time; None waits
            forever.
        level_step: minimum difference in one channel (0 to 255) that counts; capture noise is below it.
        learnt_after_changes: number of regular changes after which a cell is ignored.
        fast_gap_s: changes with a mean interval this short need not be regular.
        slow_gap_s: changes further apart than this are never an animation.
        rhythm_tolerance_s: how far the intervals of a regular rhythm may differ, as captures are not punctual.
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
    """Decides for one source, frame by frame. Has no clock: time is passed in. Takes less than a millisecond at 1080p.

    Args:
        rules: what counts as a change.
    """

    def __init__(self, rules: GateRules | None = None) -> None:
        self._rules = rules or GateRules()
        self.reset()

    def reset(self) -> None:
        """Forget everything, so that the next frame counts: after a change of source, or when advice was lost."""
        self._view: _View | None = None
        self._advised: tuple[tuple[int, int], Samples] | None = None
        self._called_s = float("-inf")
        self._waiting_since_s: float | None = None

    def offer(self, frame: Frame, now_s: float) -> bool:
        """Whether to ask the model about this frame; if so, it becomes the reference for later ones.

        The first frame counts at once, a later change once it has settled.

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
        """Note that advice on this frame was requested by other means, such as a question."""
        net = _Net(frame.pixels.size, self._rules)
        self._advised = (net.size, net.sample(frame.pixels))

    def changed_since_advice(self, frame: Frame) -> bool:
        """Whether this frame differs significantly from the last one that was advised on.

        Does not wait for the picture to settle; used to drop stale advice.
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
                view.rhythm.forget()  # a new scene has its own animations
                return True
            return rested
        waited_s = now_s - max(self._waiting_since_s, self._called_s)
        return rested and rules.maximum_wait_s is not None and waited_s >= rules.maximum_wait_s


class _View:
    """The current picture: where it changes, and which cells are ignored.

    Attributes:
        samples: of the newest picture; never changed in place.
        leapt_s: time of the last sudden change in a cell that is not ignored.
        drifted_s: when small steps in a cell that is not ignored last added up to a change.
        leapt: (rows, columns) bool, cells that changed suddenly since this was cleared.
    """

    def __init__(self, image: Image.Image, rules: GateRules, now_s: float) -> None:
        self.net = _Net(image.size, rules)
        self.rhythm = _Rhythm((self.net.rows, self.net.columns), rules)
        self.samples = self.net.sample(image)
        self._rules = rules
        self.leapt_s = self.drifted_s = self._moving_since_s = now_s
        self.leapt = np.ones((self.net.rows, self.net.columns), np.bool_)
        # Each cell as it was at its last change: the small steps of a slow scroll add up.
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
        """How long the picture must be still to count as settled, in seconds."""
        moved_s = self.leapt_s - self._moving_since_s
        return max(self._rules.settle_s, min(moved_s / 4, self._rules.drift_settle_s))

    def calm(self, counts: Counts) -> Counts:
        """The counts with ignored cells set to 0."""
        return counts * ~self._ignored


class _Net:
    """The sampling grid for pictures of one size."""

    def __init__(self, size: tuple[int, int], rules: GateRules) -> None:
        self.size = size
        cell_px = min(max(_MIN_CELL_PX, max(size) / _CELLS_ALONG), _MAX_CELL_PX)
        self.columns, self.rows = (max(1, round(side / cell_px)) for side in size)
        self._level_step = rules.level_step
        self._samples = self.columns * self.rows * _CELL_SAMPLES**2
        sample_px = size[0] * size[1] / self._samples
        small = min(rules.small_change_px, size[0] * size[1] / 20) / sample_px
        self._small = min(max(1.0, small), 3 * _CELL_SAMPLES**2)  # the most that fits into a picture one cell wide
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
        """(rows, columns) bool, cells that differ and, with their eight neighbours, amount to a small change."""
        padded = np.zeros((self.rows + 2, self.columns + 2), np.uint8)  # nine cells have at most 144 samples
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
    """Learns which cells keep changing by themselves."""

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
        """Cells whose next change is still expected, or not long overdue."""
        mask: CellMask = self._until_s >= now_s
        return mask
