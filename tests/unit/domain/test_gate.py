"""The change gate against made-up screens: games, cursors, animations, noise."""

import random
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from coach_app.domain.frame import Frame
from coach_app.domain.gate import ChangeGate, GateRules
from coach_app.games.grid.level import ARTICLE_LEVEL, Cell, Tile
from tests.fakes.frames import grid, plain, play, scrolled, with_box, with_noise

FREE = frozenset(
    (x, y) for y, row in enumerate(ARTICLE_LEVEL.field) for x, tile in enumerate(row) if Tile(tile) is not Tile.WALL
)
STEPS = ((-1, 0), (0, 1), (1, 0), (0, -1))
WORDS = Frame(Image.fromarray(np.random.default_rng(1).integers(0, 256, (240, 320, 3), np.uint8)))


def walk(moves: int, rng: random.Random) -> list[Cell]:
    """Squares of a cat that walks at random; it stays where it is in front of a wall."""
    cat, squares = ARTICLE_LEVEL.start, [ARTICLE_LEVEL.start]
    for _ in range(moves):
        dx, dy = rng.choice(STEPS)
        if (cat[0] + dx, cat[1] + dy) in FREE:
            cat = (cat[0] + dx, cat[1] + dy)
        squares.append(cat)
    return squares


@pytest.mark.parametrize(
    ("scale", "desktop", "at"),
    [
        (1.0, None, (0, 0)),
        (1.6, None, (0, 0)),
        (3.0, None, (0, 0)),
        (1.0, (1920, 1080), (731, 413)),
        (2.0, (2560, 1440), (17, 900)),
    ],
)
@pytest.mark.parametrize("gap_s", [0.3, 0.5, None])
def test_every_step_of_a_long_game_is_seen_at_once(
    scale: float, desktop: tuple[int, int] | None, at: tuple[int, int], gap_s: float | None
) -> None:
    # GIVEN a cat that walks for a long time, at an even beat or at any (0.3 to 3 s)
    rng = random.Random(7)
    gate = ChangeGate(GateRules(cooldown_s=0))
    squares = walk(40 if desktop else 150, rng)
    now_s, before = 0.0, None

    for square in squares:
        # WHEN it is on a square for a while
        seconds = gap_s or rng.uniform(0.3, 3.0)
        calls = play(gate.offer, lambda _: grid(square, scale, desktop, at), seconds, now_s)  # noqa: B023 (called now)

        # THEN a new square is seen in the second picture at the latest, and only once
        if square == before:
            assert calls == []
        else:
            assert len(calls) == 1
            assert calls[0] - now_s <= 0.1 + 1e-6
        now_s, before = now_s + round(seconds * 10) / 10, square


def test_a_still_screen_calls_once() -> None:
    # GIVEN a screen that stands still for ten minutes
    gate = ChangeGate()

    # WHEN it is offered
    calls = play(gate.offer, lambda _: WORDS, 600)

    # THEN only the first picture is important
    assert calls == [0.0]


def test_a_blinking_text_cursor_never_calls() -> None:
    # GIVEN a text with a thin cursor that blinks every 530 ms
    shown = with_box(WORDS, (200, 100, 203, 122))
    gate = ChangeGate()

    # WHEN one looks on for two minutes
    calls = play(gate.offer, lambda now_s: shown if int(now_s / 0.53) % 2 else WORDS, 120)

    # THEN only the first picture is important
    assert calls == [0.0]


@pytest.mark.parametrize("on_share", [0.5, 0.3])
def test_a_large_blinking_thing_is_learnt_and_ignored(on_share: float) -> None:
    # GIVEN "press start" blinking in large letters
    shown = with_box(WORDS, (20, 100, 300, 160))
    gate = ChangeGate()

    def screen(now_s: float) -> Frame:
        return shown if now_s % 1.06 < 1.06 * on_share else WORDS

    # WHEN one looks on for two minutes
    calls = play(gate.offer, screen, 120)

    # THEN it is important in the first seconds only
    assert max(calls) < 8

    # WHEN it stops
    stopped = play(gate.offer, lambda _: shown, 10, 120)

    # THEN the still picture is important once at most
    assert len(stopped) <= 1


def test_a_step_beside_a_blinking_thing_and_an_animation_is_seen() -> None:
    # GIVEN the game beside a blinking block and a noisy animation, both learnt
    @cache
    def picture(cat: Cell, seed: int, shown: bool) -> Frame:
        frame = with_noise(grid(cat, 2.0, (800, 600), (20, 20)), (500, 0, 800, 300), 200, seed)
        return with_box(frame, (600, 400, 640, 440)) if shown else frame

    def screen(cat: Cell, now_s: float) -> Frame:
        return picture(cat, round(now_s * 10) % 8, int(now_s / 0.53) % 2 == 1)

    gate = ChangeGate(GateRules(cooldown_s=0, maximum_wait_s=None))
    play(gate.offer, lambda now_s: screen((1, 3), now_s), 15)

    # WHEN the cat goes step by step
    for i, cat in enumerate([(1, 2), (1, 1), (2, 1), (3, 1), (4, 1)]):
        begin_s = 15 + 2 * i
        calls = play(gate.offer, lambda now_s: screen(cat, now_s), 2, begin_s)  # noqa: B023 (called now)

        # THEN every step is seen at once, and only once
        assert len(calls) == 1
        assert calls[0] - begin_s <= 0.2


@pytest.mark.parametrize("maximum_wait_s", [None, 10.0])
@pytest.mark.parametrize("kind", ["noise", "scroll", "slow scroll", "video"])
def test_an_animation_calls_once_per_maximum_wait(kind: str, maximum_wait_s: float | None) -> None:
    # GIVEN a screen that is animated all over
    pictures = [animation(kind, tick) for tick in range(320)]
    gate = ChangeGate(GateRules(maximum_wait_s=maximum_wait_s))

    def screen(now_s: float) -> Frame:
        return pictures[round(now_s * 10) % len(pictures)]

    # WHEN it has been learnt, and goes on for forty seconds
    play(gate.offer, screen, 8)
    calls = play(gate.offer, screen, 40, 8)

    # THEN it calls at most once per maximum wait
    assert len(calls) <= (40 / maximum_wait_s if maximum_wait_s else 0)


@cache
def animation(kind: str, tick: int) -> Frame:
    """A picture of an animation, ten a second; scrolls come round after 320 pictures, noise after eight."""
    clouds = np.array(WORDS.image.resize((32, 24)).resize(WORDS.image.size, Image.Resampling.BICUBIC)).astype(int)
    sky = Frame(Image.fromarray(np.clip(clouds * 2 - 128, 0, 255).astype(np.uint8)))
    all_over = (0, 0, *sky.image.size)
    if kind == "noise":
        return with_noise(WORDS, all_over, 250, tick) if tick < 8 else animation(kind, tick % 8)
    if kind == "video":  # noise of compression over a moving picture
        return with_noise(scrolled(sky, tick * 5), all_over, 12, tick)
    return scrolled(sky, tick * (8 if kind == "scroll" else 1))


def test_noise_of_the_capture_is_no_change() -> None:
    # GIVEN a still game seen through weak noise
    gate = ChangeGate()

    @cache
    def noisy(cat: Cell, seed: int) -> Frame:
        return with_noise(grid(cat, 2.0), (0, 0, 384, 320), 16, seed)

    # WHEN one looks on
    calls = play(gate.offer, lambda now_s: noisy((1, 3), round(now_s * 10) % 8), 30)

    # THEN it calls once; a step is still seen
    assert calls == [0.0]
    assert play(gate.offer, lambda now_s: noisy((1, 2), round(now_s * 10) % 8), 1, 30) == [pytest.approx(30.1)]


def test_a_picture_that_never_settles_is_important_after_the_maximum_wait() -> None:
    # GIVEN a ball that jumps about irregularly
    rng = random.Random(3)
    gate = ChangeGate(GateRules(maximum_wait_s=4.0))

    def screen(_: float) -> Frame:
        x, y = rng.randrange(0, 280), rng.randrange(0, 200)
        return with_box(plain("black"), (x, y, x + 40, y + 40))

    # WHEN it goes on for a while
    calls = play(gate.offer, screen, 13)

    # THEN it calls about every four seconds
    assert np.diff(calls) == pytest.approx([4.2, 4.2, 4.2], abs=0.2)


def test_the_cooldown_holds_back_a_small_change_but_not_another_scene() -> None:
    # GIVEN a game that has just called
    gate = ChangeGate(GateRules(cooldown_s=5.0))
    assert gate.offer(grid((1, 3)), 0.0)

    # WHEN the cat goes a step
    calls = play(gate.offer, lambda _: grid((1, 2)), 10, 0.1)

    # THEN that is important when the cooldown is over
    assert calls == [pytest.approx(5.0)]

    # WHEN another scene comes
    calls = play(gate.offer, lambda _: plain("green", (192, 160)), 10, 6.0)

    # THEN it is important as soon as it has settled
    assert calls == [pytest.approx(6.1)]


def test_a_new_size_is_a_new_picture() -> None:
    # GIVEN a game that has called
    gate = ChangeGate(GateRules(cooldown_s=0))
    assert gate.offer(grid((1, 3)), 0.0)

    # WHEN its window gets larger step by step, as with the mouse, and stays so
    sizes = [grid((1, 3), 1 + i / 10) for i in range(10)]
    dragged = play(gate.offer, lambda now_s: sizes[min(9, round(now_s * 10))], 1.0, 0.1)
    settled = play(gate.offer, lambda _: sizes[9], 5, 1.1)

    # THEN only the last size calls
    assert len(dragged + settled) == 1


def test_stale_advice_is_known_at_once() -> None:
    # GIVEN a gate that knows nothing
    gate = ChangeGate()
    assert gate.changed_since_advice(grid((1, 3)))

    # WHEN a frame is advised on
    gate.offer(grid((1, 3)), 0.0)

    # THEN the same picture is not stale, and every other one is
    assert not gate.changed_since_advice(with_noise(grid((1, 3)), (0, 0, 192, 160), 10, 1))
    assert gate.changed_since_advice(grid((1, 2)))
    assert gate.changed_since_advice(grid((1, 3), 2.0))

    # WHEN the user has asked about a later one
    gate.mark_advised(grid((1, 2)))

    # THEN that one needs no advice any more
    assert not gate.changed_since_advice(grid((1, 2)))
    assert play(gate.offer, lambda _: grid((1, 2)), 10, 5.0) == []


def test_after_a_reset_the_next_frame_is_important() -> None:
    # GIVEN a still screen
    gate = ChangeGate()
    play(gate.offer, lambda _: WORDS, 5)

    # WHEN the gate is reset
    gate.reset()

    # THEN the same picture is important again, once
    assert play(gate.offer, lambda _: WORDS, 5, 5.0) == [5.0]


def test_a_quick_change_back_does_not_call() -> None:
    # GIVEN a still game
    gate = ChangeGate()
    gate.offer(grid((1, 3)), 0.0)

    # WHEN something flashes up for one picture
    calls = play(gate.offer, lambda now_s: grid((1, 2) if now_s == 5.0 else (1, 3)), 10, 1.0)

    # THEN that is not important
    assert calls == []


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (20, 20), (5000, 10)])
def test_odd_sizes_work(size: tuple[int, int]) -> None:
    # GIVEN a picture of an odd size
    gate = ChangeGate(GateRules(cooldown_s=0))

    # WHEN it changes all over
    calls = play(gate.offer, lambda now_s: plain("black" if now_s < 1 else "white", size), 2)

    # THEN that is seen
    assert calls == [0.0, pytest.approx(1.1)]


@pytest.mark.parametrize(
    "wrong",
    [{"small_change_px": 0}, {"large_change_fraction": 0.0}, {"settle_s": -1.0}, {"learnt_after_changes": 1}],
)
def test_nonsense_rules_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"\."):
        GateRules(**wrong)  # type: ignore[arg-type]


scene = st.sampled_from([grid((1, 3)), grid((1, 2)), grid((2, 3)), plain("red", (192, 160)), plain("blue", (100, 80))])


@settings(max_examples=40, deadline=None)
@given(
    script=st.lists(st.tuples(scene, st.floats(0.02, 2.0)), min_size=1, max_size=60),
    cooldown_s=st.floats(0, 3),
)
def test_whatever_happens_calls_are_for_changes_and_the_end_is_advised(
    script: list[tuple[Frame, float]], cooldown_s: float
) -> None:
    # GIVEN any sequence of pictures at any times
    gate = ChangeGate(GateRules(cooldown_s=cooldown_s))
    now_s, called = 0.0, []

    # WHEN it is offered
    for frame, gap_s in script:
        if gate.offer(frame, now_s):
            called.append(frame)
            assert not gate.changed_since_advice(frame)
        now_s += gap_s

    # THEN the first picture called, no picture called twice in a row
    assert called[0] is script[0][0]
    assert all(one is not other for one, other in pairwise(called))

    # WHEN the last picture stays
    last = script[-1][0]
    calls = play(gate.offer, lambda _: last, 10, now_s)

    # THEN it has been advised on, with one call at most
    assert not gate.changed_since_advice(last)
    assert len(calls) <= 1
