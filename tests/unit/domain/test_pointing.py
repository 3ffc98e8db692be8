"""Where a model points, as it writes that."""

import pytest

from coach_app.domain.board import Board
from coach_app.domain.markdown import from_markdown
from coach_app.domain.pointing import Bearings, Mark, WithoutMarks, carried, read_marks, written

SIZE = (400, 200)


@pytest.mark.parametrize(
    ("written", "text", "centre", "label"),
    [
        ("Go to the crate. [POINT:0.25,0.5:the crate]", "Go to the crate.", (0.25, 0.5), "the crate"),
        ("Take it [ point : .5 , 1.0 ].", "Take it.", (0.5, 1.0), ""),
        ("Up. [POINT:25%,50%:door]", "Up.", (0.25, 0.5), "door"),
        ("Up. [POINT:100,150:door]", "Up.", (0.25, 0.75), "door"),
        ("[POINT:0,0:the corner]", "the corner", (0.0, 0.0), "the corner"),
        ('Jump.\n{"point_2d": [200, 100], "label": "ledge"}', "Jump.", (0.5, 0.5), "ledge"),
    ],
)
def test_a_point_is_taken_out_of_the_answer(written: str, text: str, centre: tuple[float, float], label: str) -> None:
    # GIVEN an answer of a model with a point WHEN it is read THEN the text is as if there were none
    read, (mark,) = read_marks(from_markdown(written), SIZE)
    assert read == text
    # THEN the point is a fraction of the picture
    assert mark.centre == pytest.approx(centre)
    assert mark.label == label


@pytest.mark.parametrize(
    ("model", "box"),
    [("qwen2.5-vl-7b", (0.25, 0.25, 0.5, 0.75)), ("Qwen/Qwen3-VL-4B-Instruct", (0.1, 0.05, 0.2, 0.15))],
)
def test_the_boxes_of_qwen_are_read_in_its_units(model: str, box: tuple[float, ...]) -> None:
    # GIVEN boxes as Qwen writes them WHEN they are read THEN they are pixels or thousandths, whatever that model means
    written = 'Go left.\n```json\n[\n\t{"bbox_2d": [100, 50, 200, 150], "label": "cat"},\n\t{"bbox_2d": "?"}\n]\n```'
    text, (mark,) = read_marks(from_markdown(written), SIZE, model)
    assert text.startswith("Go left.")
    assert mark.box == pytest.approx(box)
    assert mark.label == "cat"
    # THEN nothing is left of the list if it is whole
    whole = '```json\n[{"bbox_2d": [0, 0, 100, 100], "label": "cat"}, {"point_2d": [9, 9], "label": "hole"}]\n```'
    text, marks = read_marks(from_markdown(whole), SIZE, model)
    assert text == "cat, hole"
    assert len(marks) == 2


@pytest.mark.parametrize(
    "text", ["Go up.", "See [1] and {2}.", "[POINT:here]", '{"bbox_2d": [1]}', "[POINT:1;2:x]", "a [link"]
)
def test_what_is_no_mark_stays(text: str) -> None:
    # GIVEN an answer without a mark WHEN it is read THEN it stays as it is
    assert read_marks(text, SIZE) == (text, ())


def test_places_outside_of_the_picture_are_left_out() -> None:
    # GIVEN a point beyond the edge WHEN it is read THEN it is taken out, and nothing is pointed at
    assert read_marks("Up. [POINT:500,20:x]", SIZE) == ("Up.", ())
    assert read_marks("Up. [POINT:101%,20%:x]", SIZE) == ("Up.", ())


def test_marks_are_carried_over_to_the_whole_picture() -> None:
    # GIVEN a model that saw the right half of the upper half, padded to the left WHEN its marks are carried over
    marks = (Mark((0.5, 0.5, 0.5, 0.5), "middle"), Mark((0.0, 0.5, 0.0, 0.5), "padding"))
    (mark,) = carried(marks, (-0.25, 0.0, 1.0, 0.5))
    # THEN they are where they are in the whole, and what is only padding is left out
    assert mark.box == pytest.approx((0.375, 0.25, 0.375, 0.25))
    assert mark.label == "middle"


@pytest.mark.parametrize(("cell", "squares"), [((0, 0), (6, 5)), ((5, 3), (7, 6)), ((10, 11), (12, 12))])
def test_what_is_written_is_read_again(cell: tuple[int, int], squares: tuple[int, int]) -> None:
    # GIVEN the middle of a square WHEN it is written as a practice coach writes it, and read
    x, y = ((part + 0.5) / count for part, count in zip(cell, squares, strict=True))
    place = Mark.at(x, y, "the crate")
    text, (mark,) = read_marks(f"Go up. {written(place, squares)}", SIZE)
    # THEN it is the same
    assert (text, mark.label) == ("Go up.", "the crate")
    assert mark.off(place) == pytest.approx(0)


def test_a_number_of_squares_is_no_pixel() -> None:
    # GIVEN squares with fractions, spaces and a mixture WHEN they are read THEN each is divided by its own number
    assert written(Mark.at(2.5 / 6, 0.5, "here"), (6, 5)) == "[POINT:2.5/6,2.5/5:here]"
    assert read_marks("[POINT: 3 / 4 , 1/8: x]", SIZE)[1] == (Mark.at(0.75, 0.125, "x"),)
    assert read_marks("[POINT:3/4,50%]", SIZE)[1] == (Mark.at(0.75, 0.5),)
    # AND nothing is divided by nothing
    assert read_marks("Up. [POINT:3/0,1/8]", SIZE)[1] == ()


BEARINGS = Bearings(player=(4, 3), steps={"left": (-1, 0), "right": (1, 0), "up": (0, -1), "pick up": (0, -1)})


@pytest.mark.parametrize(
    ("text", "move", "marks"),
    [
        ("Cut it. The tree is 3 left and 2 up. Move left.", "left", [(1.5, 1.5, "tree")]),
        ("The nearest ripe plant is 4 right.", None, [(8.5, 3.5, "ripe plant")]),
        ("The cow is 1 right. The zombie is 1 up.", None, [(5.5, 3.5, "cow"), (4.5, 2.5, "zombie")]),
        ("Nothing is in sight. Move left.", "left", [(3.5, 3.5, "here")]),
        ("Take the key. Next: pick up.", "pick up", [(4.5, 2.5, "here")]),
        ("You are tired. Next: sleep.", "sleep", []),  # which is about no place
        ("The tree is 5 left.", None, []),  # beyond the board
        ("The cow is 2 behind. Your health is 2 of 9.", None, []),
    ],
)
def test_a_place_in_words_is_found_by_where_the_player_always_is(
    text: str, move: str | None, marks: list[tuple[float, float, str]]
) -> None:
    # GIVEN a board of nine columns and seven rows above a panel WHEN an answer tells a place THEN it is that square
    found = BEARINGS.places(text, move, Board(columns=9, rows=9, panel=2))
    assert [mark.label for mark in found] == [label for *_, label in marks]
    for mark, (column, row, _) in zip(found, marks, strict=True):
        assert mark.centre == pytest.approx((column / 9, row / 9))


def test_how_far_a_point_is_off_is_the_larger_of_both_ways() -> None:
    # GIVEN a point and a box WHEN they are compared THEN it is by their middles
    assert Mark.at(0.5, 0.5).off(Mark((0.4, 0.4, 0.62, 0.8))) == pytest.approx(0.1)


@pytest.mark.parametrize("step", [1, 3, 1000])
def test_words_come_without_marks(step: int) -> None:
    # GIVEN an answer with marks and other brackets that comes piece by piece
    raw = 'Look [there] and go up [POINT:0.5,0.5:door] now. {"bbox_2d": [1, 2, 3, 4], "label": "x"}'
    told: list[str] = []
    words = WithoutMarks(told.append)
    for start in range(0, len(raw), step):
        words(raw[start : start + step])
    # THEN the words are those of the text that is read at the end, and no mark was ever told
    assert "".join(told) == read_marks(raw, SIZE)[0] == "Look [there] and go up now."
