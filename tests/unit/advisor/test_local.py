"""The local advisor: what it sends to the engine, and what it makes of the answer."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import save_file

from coach_app.advisor.local import LocalAdvisor, looked_at, model_input, picture_side
from coach_app.advisor.prompts import MAX_QUESTION_CHARACTERS, build_prompt
from coach_app.advisor.scope import out_of_scope_sentence
from coach_app.domain.advice import Level
from coach_app.domain.board import Board
from coach_app.domain.certainty import Calibration, Likelihood
from coach_app.domain.detail import DETAILS
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.ladder import LEVELS
from coach_app.domain.profile import GameProfile
from coach_app.domain.situation import Situation
from coach_app.games.catalogue import to_play
from coach_app.games.positions import positions
from coach_app.games.profiles import profile_of
from coach_app.host.client import EngineClient
from coach_app.host.messages import Answered
from coach_app.models.catalogue import ModelEntry, resolve
from coach_app.models.score import keep_calibration
from tests.fakes.engine import command

GRID = GameProfile(id="grid", title="Grid", prompt="words", moves=("left", "down", "right", "up"))
BREAKOUT = GameProfile(id="breakout", title="Breakout", prompt="words")
ANY_GAME = ModelEntry(name="any", title="Any")


async def test_advice_is_made_of_the_answer(tmp_path: Path) -> None:
    # GIVEN an engine that says "Move the cat up.", and a large frame
    said: list[str] = []
    frame = Frame(Image.new("RGB", (1920, 1080)), captured_at=12.5)
    async with EngineClient(command=command(tmp_path)) as client:
        # WHEN advice is asked for
        advice = await LocalAdvisor(client, resolve("grid-coach")).advise(Situation(frame, GRID), on_words=said.append)

    # THEN it names the move, the model and the frame's time, and the picture was sent small
    assert advice.text == "".join(said) == "Move the cat up."
    assert (advice.move, advice.model, advice.captured_at, advice.question) == ("up", "grid-coach", 12.5, "")
    assert 0 < advice.first_word_ms <= advice.latency_ms
    assert (tmp_path / "log").read_text("utf-8").splitlines() == ["ask words 336x189"]


async def test_an_answer_that_is_cut_names_no_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN an engine that had to break off
    async with EngineClient(command=command(tmp_path)) as client:
        ask = client.ask

        async def cut(*given: Any, **more: Any) -> Answered:
            return (await ask(*given, **more)).model_copy(update={"cut": True})

        monkeypatch.setattr(client, "ask", cut)
        # WHEN advice is asked for
        advice = await LocalAdvisor(client, ANY_GAME).advise(Situation(Frame(Image.new("RGB", (40, 40))), GRID))
    # THEN what was said is kept, and no move is read from it
    assert (advice.text, advice.move) == ("Move the cat up.", None)


@pytest.mark.parametrize(("game", "sure"), [("maze", 0.7), ("other", 0.99)])
async def test_how_sure_a_model_is_follows_what_it_was_measured_at(tmp_path: Path, game: str, sure: float) -> None:
    # GIVEN a model that is next to sure of all that it says, and was right in 70 % of the positions of one game
    save_file({"weight": np.ones(4, np.float32)}, tmp_path / "model.safetensors")
    fitted = Calibration(bias=math.log(0.7 / 0.3), move=0.0, whole=0.0, positions=300, seed=1)
    keep_calibration(tmp_path, "maze", fitted)

    class Sure:
        async def ask(self, *given: object, **more: object) -> Answered:
            told = Likelihood(0.99, 0.9)
            return Answered(
                id=1, text="Go up.", model="m", tokens=3, first_word_ms=1.0, latency_ms=2.0, likelihood=told
            )

    # WHEN it advises in that game, and in one in which it was not measured
    engine: Any = Sure()
    advisor = LocalAdvisor(engine, ModelEntry(name="any", title="Any", folder=tmp_path))
    advice = await advisor.advise(Situation(Frame(Image.new("RGB", (40, 40))), GRID.model_copy(update={"id": game})))
    # THEN it is as sure as it was right; elsewhere it is believed
    assert advice.confidence == pytest.approx(sure)
    assert advice.likelihood == Likelihood(0.99, 0.9)


class Saying:
    """Stands for an engine that says one thing, and another where moves were tried, with so much weight."""

    def __init__(self, first: str, other: str, weight: float) -> None:
        self.first, self.other, self.weight = first, other, weight

    async def ask(self, image: object, prompt: str, on_words: Any = None, **more: Any) -> Answered:
        otherwise = bool(more.get("tried"))
        text = self.other if otherwise else self.first
        if on_words:
            on_words(text)
        weight = self.weight if otherwise else None
        return Answered(id=1, text=text, model="m", tokens=3, first_word_ms=1.0, latency_ms=2.0, weight=weight)


@pytest.mark.parametrize(
    ("tried", "weight", "move"),
    [((), 1.0, "up"), (("up",), 1e-3, "left"), (("up",), 1e-5, "up"), (("up",) * 3, 1e-5, "left")],
)
async def test_where_the_way_led_in_a_circle_another_move_is_told(
    tried: tuple[str, ...], weight: float, move: str
) -> None:
    # GIVEN a place where "up" was advised so often before, and a model to which another move is so likely beside it
    engine: Any = Saying("Move up.", "Move left.", weight)
    situation = Situation(Frame(Image.new("RGB", (40, 40))), GRID, tried=tried)
    # WHEN advice is asked for
    said: list[str] = []
    advice = await LocalAdvisor(engine, ANY_GAME).advise(situation, said.append)
    # THEN it is another one unless the model thinks that much worse; the oftener in vain, the sooner
    assert (advice.move, "".join(said)) == (move, f"Move {move}.")


@pytest.mark.parametrize(("games", "move"), [(("grid",), "left"), ((), "up")])
async def test_a_model_that_reads_nothing_else_is_kept_from_what_went_badly(games: tuple[str, ...], move: str) -> None:
    # GIVEN a situation in which "up" went badly before WHEN a model is asked that knows one prompt only
    engine: Any = Saying("Move up.", "Move left.", 0.1)
    situation = Situation(Frame(Image.new("RGB", (40, 40))), GRID, shunned=("up",))
    advice = await LocalAdvisor(engine, ANY_GAME.model_copy(update={"games": games})).advise(situation)
    # THEN it says another move; one that reads is told in words, and decides itself
    assert advice.move == move


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("Walls are above you. Go left.", "left"),
        ("Walls are above you and on your left. Go left.", "up"),  # no better: what the model said first stays
    ],
)
async def test_a_coach_does_not_contradict_itself(other: str, told: str) -> None:
    # GIVEN a model that tells a move into a wall of which it speaks
    engine: Any = Saying("Walls are above you. Move the cat up.", other, 0.1)
    # WHEN advice is asked for THEN it is its next thought that does not
    advice = await LocalAdvisor(engine, ANY_GAME).advise(Situation(Frame(Image.new("RGB", (40, 40))), GRID))
    assert advice.move == told


async def test_a_question_takes_the_place_of_the_prompt(tmp_path: Path) -> None:
    # GIVEN a profile with another prompt / WHEN a question is asked / THEN the model gets the question
    async with EngineClient(command=command(tmp_path)) as client:
        frame = Frame(Image.new("RGB", (40, 40)))
        advice = await LocalAdvisor(client, ANY_GAME).advise(Situation(frame, BREAKOUT, "words"))
    assert advice.question == "words"
    assert advice.move is None


async def test_a_game_that_the_model_does_not_know_is_refused(tmp_path: Path) -> None:
    # GIVEN the bundled coach and a game that it has never seen
    frame = Frame(Image.new("RGB", (40, 40)))
    async with EngineClient(command=command(tmp_path)) as client:
        # WHEN advice is asked for
        with pytest.raises(CoachError, match="practice games") as failure:
            await LocalAdvisor(client, resolve("grid-coach")).advise(Situation(frame, BREAKOUT))

    # THEN it says what is needed, and the model is not asked
    assert "LLaVA-NeXT 7B" in failure.value.message
    assert not (tmp_path / "log").exists()


@pytest.mark.parametrize(("title", "question"), [("Crafter (practice)", ""), ("Breakout", "Where is the ball?")])
async def test_a_practice_coach_says_that_its_board_is_not_there(title: str, question: str) -> None:
    # GIVEN a coach for a game with a board WHEN it is shown a desktop THEN it says so, and guesses no move
    profile = GRID.model_copy(update={"title": title, "board": Board(columns=9, rows=9, panel=2)})
    situation = Situation(Frame(Image.new("RGB", (640, 480), (60, 90, 120))), profile, question)
    words: list[str] = []
    coach = ModelEntry(name="coach", title="Coach", games=("grid",))
    advised = await LocalAdvisor(EngineClient(), coach).advise(situation, words.append)
    name = title.removesuffix(" (practice)")
    assert advised.text == "".join(words) == f"I do not see the practice game {name} in this picture."
    assert advised.move is None


def test_scope() -> None:
    # GIVEN a model for some games and one for any / WHEN asked / THEN only the first refuses, and only other games
    assert out_of_scope_sentence(resolve("grid-coach"), GRID) is None
    assert out_of_scope_sentence(ANY_GAME, BREAKOUT) is None
    assert "grid-levels" in (out_of_scope_sentence(resolve("grid-coach"), BREAKOUT) or "")


def test_a_region_is_cut_out_before_shrinking() -> None:
    # GIVEN a picture whose right half is white
    image = Image.new("RGB", (1000, 500))
    image.paste((255, 255, 255), (500, 0, 1000, 500))

    # WHEN a profile looks at the right half
    seen = model_input(image, GRID.model_copy(update={"region": (0.5, 0.0, 1.0, 1.0)}), 336)

    # THEN the model sees that half alone
    assert seen.size == (336, 336)
    assert seen.getextrema() == ((255, 255),) * 3


def test_a_board_is_looked_at_alone_where_it_is_found() -> None:
    # GIVEN the right half of a screen, with a board of white squares above a black panel with something on it
    image = Image.new("RGB", (1000, 500), (60, 90, 120))
    image.paste((255, 255, 255), (600, 100, 840, 260))
    image.paste((0, 0, 0), (600, 260, 840, 340))
    image.paste((200, 0, 0), (610, 270, 630, 290))
    profile = GRID.model_copy(update={"region": (0.5, 0.0, 1.0, 1.0), "board": Board(columns=6, rows=6, panel=2)})
    # WHEN a profile looks there for it THEN the model sees it alone
    assert looked_at(image, profile) == (600, 100, 840, 340)
    assert model_input(image, profile, 240).tobytes() == image.crop((600, 100, 840, 340)).tobytes()
    # AND where there is none, the region
    assert looked_at(Image.new("RGB", (1000, 500)), profile) == (500, 0, 1000, 500)


@pytest.mark.parametrize(
    ("size", "side_px", "seen"),
    [
        ((1920, 60), 672, (672, 32)),
        ((40, 1280), 336, (32, 336)),
        ((20, 20), 336, (32, 32)),
        ((1000, 17), 448, (448, 32)),
    ],
)
def test_thin_pictures_get_edges(size: tuple[int, int], side_px: int, seen: tuple[int, int]) -> None:
    # GIVEN a white picture that is thin, or small WHEN it is prepared
    padded = model_input(Image.new("L", size, 255), GRID, side_px)
    # THEN no side is shorter than models can take, all of it is there, and what was added is black
    assert padded.size == seen
    assert padded.getpixel((seen[0] // 2, seen[1] // 2)) == (255, 255, 255)
    assert padded.getpixel((0, 0)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("size", "region", "planted"),
    [((1920, 1080), None, (300, 800)), ((900, 600), (0.5, 0.25, 1.0, 1.0), (700, 200)), ((40, 1280), None, (20, 900))],
)
async def test_a_place_in_the_models_picture_is_found_in_the_frame(
    size: tuple[int, int], region: tuple[float, float, float, float] | None, planted: tuple[int, int]
) -> None:
    # GIVEN a frame in which something is planted, and a model that points at it in the picture that it sees
    image = Image.new("RGB", size)
    image.paste((255, 255, 255), (planted[0] - 4, planted[1] - 4, planted[0] + 4, planted[1] + 4))
    profile = BREAKOUT.model_copy(update={"region": region})
    prompts: list[str] = []

    class Pointing:
        async def ask(self, seen: Image.Image, prompt: str, on_words: Any = None, **more: Any) -> Answered:
            prompts.append(prompt)
            left, top, right, bottom = seen.convert("L").point(lambda value: 255 * (value > 60)).getbbox() or (0,) * 4
            text = f"Go left. [POINT:{(left + right) / 2 / seen.width:.3f},{(top + bottom) / 2 / seen.height:.3f}:ball]"
            for start in range(0, len(text), 5):
                on_words(text[start : start + 5])
            return Answered(id=1, text=text, model="m", tokens=3, first_word_ms=1.0, latency_ms=2.0)

    # WHEN advice that may point is asked for
    told: list[str] = []
    advisor = LocalAdvisor(Pointing(), resolve("llava-v1.6-mistral-7b"))  # type: ignore[arg-type]
    advice = await advisor.advise(Situation(Frame(image), profile, pointing=True), told.append)
    # THEN the model is told how, the words are without it, and the mark is where it is in the frame
    assert "[POINT:x,y:label]" in prompts[0]
    assert (advice.text, "".join(told)) == ("Go left.", "Go left.")
    (mark,) = advice.marks
    assert mark.centre == pytest.approx((planted[0] / size[0], planted[1] / size[1]), abs=0.01)
    # WHEN it must not point THEN it is not told how
    await advisor.advise(Situation(Frame(image), profile), told.append)
    assert "POINT" not in prompts[1]


async def test_a_place_in_words_is_pointed_at_where_the_board_is_in_the_window() -> None:
    # GIVEN a window in which the board of a game is somewhere, and a coach that tells where something is
    game = to_play("crafter")
    (position,) = positions(game, 1, 500_000)
    board = Image.fromarray(position.picture()).resize((576, 576), Image.Resampling.NEAREST)
    window = Image.new("RGB", (900, 700), (90, 90, 90))
    window.paste(board, (200, 60))

    class Telling:
        async def ask(self, seen: Image.Image, prompt: str, on_words: Any = None, **more: Any) -> Answered:
            text = "Cut the tree for wood. The tree is 3 left and 2 up. Move left."
            return Answered(id=1, text=text, model="m", tokens=3, first_word_ms=1, latency_ms=2)

    # WHEN advice is asked for
    advisor = LocalAdvisor(Telling(), resolve(game.coach))  # type: ignore[arg-type]
    advice = await advisor.advise(Situation(Frame(window), profile_of(game.id), pointing=True))
    # THEN that square is pointed at
    (mark,) = advice.marks
    assert mark.label == "tree"
    assert mark.centre == pytest.approx(((200 + 1.5 * 64) / 900, (60 + 1.5 * 64) / 700), abs=0.003)


async def test_a_practice_coach_is_asked_to_point_by_the_words_that_it_was_taught() -> None:
    # GIVEN coaches made for a game, of which one was taught to point
    prompts: list[str] = []

    class Asked:
        async def ask(self, seen: Image.Image, prompt: str, on_words: Any = None, **more: Any) -> Answered:
            prompts.append(prompt)
            return Answered(
                id=1, text="Go up. [POINT:0.25,0.50:here]", model="m", tokens=3, first_word_ms=1, latency_ms=2
            )

    coach = resolve("grid-coach")
    frame = Frame(Image.new("RGB", (300, 200)))
    # WHEN they are asked with and without pointing
    for entry in (coach.model_copy(update={"points": True}), coach.model_copy(update={"points": False})):
        for pointing in (True, False):
            advice = await LocalAdvisor(Asked(), entry).advise(  # type: ignore[arg-type]
                Situation(frame, GRID, "Where\nto?", pointing=pointing)
            )
            # THEN what it points at is read, and not part of the text
            assert (advice.text, advice.move, len(advice.marks)) == ("Go up.", "up", 1)
    # THEN only the one that was taught, and is to point, is asked to
    assert prompts == ["Where to?\nPoint at it.", "Where to?", "Where to?", "Where to?"]


@pytest.mark.parametrize("size", [(5120, 20), (18, 4000)])
def test_pictures_that_are_nothing_but_a_line_are_refused(size: tuple[int, int]) -> None:
    # GIVEN a picture of which a few rows would be left WHEN it is prepared THEN the sentence is about its shape
    with pytest.raises(CoachError, match=f"{size[0]}×{size[1]} pixels is too long and thin") as failure:
        model_input(Image.new("RGB", size), GRID, 672)
    assert "another shape" in failure.value.remedy


@pytest.mark.parametrize("mode", ["RGBA", "L", "P", "1", "CMYK", "I;16"])
def test_any_kind_of_picture_becomes_rgb(mode: str) -> None:
    # GIVEN a picture of another mode / WHEN it is prepared / THEN it is RGB
    assert model_input(Image.new(mode, (50, 40)), GRID, 336).mode == "RGB"


@pytest.mark.parametrize(
    ("size", "region", "sentence"),
    [((1, 1), None, "only 1×1"), ((20_000, 3), None, "too small"), ((100, 100), (0.5, 0.5, 0.504, 0.6), "only 1×10")],
)
def test_pictures_with_nothing_to_see_are_refused(
    size: tuple[int, int], region: tuple[float, ...] | None, sentence: str
) -> None:
    # GIVEN a picture or region without content / WHEN it is prepared / THEN that is said, with a remedy
    with pytest.raises(CoachError, match=sentence) as failure:
        model_input(Image.new("RGB", size), GRID.model_copy(update={"region": region}), 336)
    assert failure.value.remedy


def test_prompts() -> None:
    # GIVEN a profile / WHEN prompts are built / THEN the question wins if there is one, on one line, of bounded length
    frame = Frame(Image.new("RGB", (40, 40)))
    assert build_prompt(Situation(frame, GRID)) == build_prompt(Situation(frame, GRID, "  \n")) == "words"
    assert build_prompt(Situation(frame, GRID, " Where is\nthe crate? ")) == "Where is the crate?"
    assert len(build_prompt(Situation(frame, GRID, "x" * 10_000))) == MAX_QUESTION_CHARACTERS


@pytest.mark.parametrize(
    ("model", "sides"), [("llava-v1.6-mistral-7b", [336, 672, 672]), ("grid-coach", [336, 336, 336])]
)
def test_finer_pictures_are_larger_where_the_model_cuts_them(model: str, sides: list[int]) -> None:
    # GIVEN a model with squares to choose from, and one without WHEN pictures are made for each detail
    # THEN the first gets them twice as large where it enlarges parts, the other as it was trained
    assert [picture_side(resolve(model), detail) for detail in DETAILS] == sides


async def test_the_detail_reaches_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN an engine whose requests are looked at
    asked: list[dict[str, Any]] = []

    async def ask(self: EngineClient, image: Image.Image, prompt: str, on_words: object, **options: Any) -> Answered:
        asked.append({"size": image.size, **options})
        return Answered(id=1, text="Up.", model="any", tokens=2, first_word_ms=1.0, latency_ms=2.0)

    monkeypatch.setattr(EngineClient, "ask", ask)
    # WHEN advice about a large frame, and about a region of it, is asked for at a medium detail
    advisor = LocalAdvisor(EngineClient(), resolve("llava-v1.6-mistral-7b"), "wide")
    for region in (None, (0.0, 0.5, 0.5, 1.0)):
        profile = BREAKOUT.model_copy(update={"region": region})
        await advisor.advise(Situation(Frame(Image.new("RGB", (1920, 1080))), profile))
    # THEN the picture and the region are sent as large as that detail shows, and the detail is said
    assert asked == [{"size": (672, 378), "detail": "wide", "moves": BREAKOUT.moves}] * 2


async def test_a_frame_is_looked_at_ahead(tmp_path: Path) -> None:
    # GIVEN a frame that may be asked about, in a game that the model knows, and in one that it does not
    async with EngineClient(command=command(tmp_path)) as client:
        advisor = LocalAdvisor(client, resolve("grid-coach"))
        # WHEN it is looked at ahead, also where nothing can be seen in it
        for profile in (GRID, BREAKOUT):
            await advisor.look_ahead(Situation(Frame(Image.new("RGB", (192, 160))), profile))
        await advisor.look_ahead(Situation(Frame(Image.new("RGB", (2, 2))), GRID))
    # THEN the engine is shown the first one, with no question, and nothing fails
    assert (tmp_path / "log").read_text("utf-8").splitlines() == ["ask  192x160"]


@pytest.mark.parametrize(("levels", "asked", "level"), [(("answer",), GRID.prompt, "answer"), (LEVELS, "Aim?", "hint")])
async def test_only_a_model_that_knows_a_level_is_asked_for_it(
    levels: tuple[Level, ...], asked: str, level: str
) -> None:
    # GIVEN a model that knows all levels, or only answers, at a place where "up" was advised before
    prompts = list[str]()

    class Listening(Saying):
        async def ask(self, image: object, prompt: str, on_words: Any = None, **more: Any) -> Answered:
            prompts.append(prompt)
            assert "tried" not in more
            return await super().ask(image, prompt, on_words, **more)

    engine: Any = Listening("Mind the wall.", "Mind the hole.", 1.0)
    entry, profile = ANY_GAME.model_copy(update={"levels": levels}), GRID.model_copy(update={"hint": "Aim?"})
    tried = () if level == "answer" else ("up",)
    situation = Situation(Frame(Image.new("RGB", (40, 40))), profile, level="hint", tried=tried)
    # WHEN it is asked for a hint THEN it gets the prompt of a hint or of an answer, and the advice says which
    advice = await LocalAdvisor(engine, entry).advise(situation)
    assert (advice.text, advice.level) == ("Mind the wall.", level)
    assert prompts == [asked]
