"""The parts of the demo that need no screen."""

import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from coach_app.evaluation.demo.advice import advice_line, joined_advice
from coach_app.evaluation.demo.autopilot import PATIENCE_S, READING_S, Autopilot
from coach_app.evaluation.demo.desk import Box
from coach_app.evaluation.demo.film import MAX_SHOTS, Film

KEYS = {"left": "Left", "down": "Down", "right": "Right", "up": "Up"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time that the demo sees: its only element, seconds since the epoch."""
    now = [1000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


def position(at: float, *moves: str, done: bool = False) -> dict[str, Any]:
    return {"at": at, "optimal_moves": list(moves), "done": done}


def finished(answer_id: int, captured_at: float, move: str | None, question: str = "") -> dict[str, Any]:
    advice = {
        "text": f"Move {move}.",
        "text_ja": None,
        "move": move,
        "captured_at": captured_at,
        "latency_ms": 512.345,
        "question": question,
    }
    return {"at": captured_at + 1, "event": "AnswerFinished", "id": answer_id, "advice": advice, "translating": False}


def test_advice_is_joined_with_the_position_that_it_was_about() -> None:
    # GIVEN what the game showed, and advice about the second position that came when the third was there
    positions = [position(10.0, "up"), position(20.0, "left", "down"), position(30.0, "right")]
    # WHEN they are joined THEN the moves are those of the second
    line = advice_line(finished(1, 29.5, "left"), positions)
    assert line == {
        "captured_at": 29.5,
        "shown_at": 30.5,
        "latency_ms": 512.3,
        "advice": "Move left.",
        "move": "left",
        "optimal_moves": ["left", "down"],
    }


def test_translations_are_kept_and_answers_to_questions_are_not_advice() -> None:
    # GIVEN a trace with translated advice, advice in English, and the answer to a question
    translated = {"at": 3.0, "event": "AnswerTranslated", "id": 1, "advice": {"text_ja": "左へ。"}}
    trace = [finished(1, 1.0, "left"), translated, finished(2, 5.0, "up"), finished(3, 7.0, None, "Where?")]
    # WHEN it is read
    lines = [advice_line(event, []) for event in joined_advice(trace)]
    # THEN only the first has Japanese, and the question is left out
    assert [line.get("advice_ja") for line in lines] == ["左へ。", None]
    assert "advice_ja" not in lines[1]


def test_the_autopilot_follows_advice_after_reading_it(clock: list[float]) -> None:
    # GIVEN a position and advice about it
    pilot = Autopilot(KEYS)
    assert pilot.key() is None
    pilot.see(position(time.time(), "up"))
    pilot.hear(time.time(), "left")
    # WHEN it has not been read yet THEN no key is pressed
    assert pilot.key() is None
    # WHEN it has THEN its key is pressed, once
    clock[0] += READING_S
    assert [pilot.key(), pilot.key()] == ["Left", None]


def test_the_autopilot_plays_on_without_advice(clock: list[float]) -> None:
    # GIVEN a position, and advice about an earlier one
    pilot = Autopilot(KEYS)
    pilot.see(position(time.time(), "up"))
    pilot.hear(time.time() - 5, "left")
    # WHEN its patience is over THEN it makes the teacher's move
    clock[0] += PATIENCE_S + 1
    assert pilot.key() == "Up"
    # AND none after the end of an episode
    pilot.see(position(time.time(), done=True))
    clock[0] += PATIENCE_S + 1
    assert pilot.key() is None


def test_the_autopilot_makes_a_move_again_that_has_changed_nothing(clock: list[float]) -> None:
    # GIVEN advice that was followed
    pilot = Autopilot(KEYS)
    pilot.see(position(time.time(), "up"))
    pilot.hear(time.time(), "left")
    clock[0] += READING_S
    assert pilot.key() == "Left"
    # WHEN nothing has changed, and the coach says nothing new THEN the move is made again, and again
    for _ in range(2):
        pilot.see(position(time.time(), "up"))
        assert pilot.key() is None
        clock[0] += 3
        assert pilot.key() == "Left"
    # WHEN something has THEN it waits for what the coach says of that
    pilot.see(position(time.time(), "down"))
    clock[0] += 3
    assert pilot.key() is None


def test_the_film_is_cut_to_what_matters(tmp_path: Path, clock: list[float]) -> None:
    # GIVEN a screen on which a red square turns blue
    colours = iter(["red"] * 3 + ["blue"] * 9)

    def take() -> Image.Image:
        screen = Image.new("RGB", (300, 200))
        screen.paste(next(colours), (100, 50, 150, 100))
        return screen

    film = Film(tmp_path, take)
    for _ in range(12):
        film.shoot()
        film.shoot()  # too early for another picture
        clock[0] += 1.0
    film.mark(1008.0)
    # WHEN it is finished
    film.finish(tmp_path, [Box(100, 50, 50, 50)])
    # THEN the still and the animation show the square and its surroundings, in the right colours
    with Image.open(tmp_path / "demo.png") as still:
        assert still.size == (98, 98)
        assert still.convert("RGB").getpixel((49, 49)) == (0, 0, 255)
    with Image.open(tmp_path / "demo.gif") as animation:
        seen = []
        for number in range(animation.n_frames):  # type: ignore[attr-defined]
            animation.seek(number)
            seen.append(animation.convert("RGB").getpixel((49, 49)))
    red, blue = seen
    assert red[0] > 200 > 50 > red[2]  # type: ignore[index]
    assert blue[2] > 200 > 50 > blue[0]  # type: ignore[index]


def test_a_film_does_not_grow_with_the_demo(tmp_path: Path, clock: list[float]) -> None:
    # GIVEN a demo of minutes whose first advice comes late
    now = clock
    film = Film(tmp_path, lambda: Image.new("RGB", (32, 24)))
    for shot in range(1_200):
        now[0] += 0.2
        if shot == 600:
            film.mark(now[0])
        film.shoot()
        if shot % 200 == 0:  # THEN there are never more pictures than for the film
            assert len(list(tmp_path.iterdir())) <= MAX_SHOTS
    # WHEN it is finished THEN the film is that of the first advice
    (tmp_path / "out").mkdir()
    film.finish(tmp_path / "out", [Box(0, 0, 32, 24)])
    with Image.open(tmp_path / "out" / "demo.gif") as gif:
        assert 1 <= getattr(gif, "n_frames", 1) <= MAX_SHOTS
