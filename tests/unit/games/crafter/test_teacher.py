"""What the teacher of Crafter does about views made by hand."""

import pytest

from coach_app.games.crafter.teacher import decide
from coach_app.games.crafter.words import MAX_CHARACTERS, MOVES
from tests.unit.games.crafter.views import MEADOW, TOOLS, made


def around(left: str = ".", right: str = ".", up: str = ".", down: str = ".") -> str:
    """A meadow with something on each side of the player."""
    return f"......... ......... ....{up}.... ...{left}@{right}... ....{down}.... ......... ........."


@pytest.mark.parametrize(("side", "move"), [("left", "left"), ("right", "right"), ("up", "up"), ("down", "interact")])
def test_a_zombie_beside_the_player_is_faced_and_hit(side: str, move: str) -> None:
    # GIVEN a zombie on one side of a player who looks down THEN it is faced, or hit
    decision = decide(made(around(**{side: "Z"}), {"health": 5}))
    assert (decision.goal, decision.move) == ("fight zombie", move)
    assert decision.threats[0][0] == "zombie"


def test_an_arrow_is_stepped_aside_from_where_there_is_room() -> None:
    # GIVEN an arrow from the left, and a way down only
    decision = decide(made(around(left=">", up="~"), TOOLS, "right"))
    assert (decision.goal, decision.move) == ("dodge", "down")
    # WHEN there is none THEN something else is done
    assert decide(made(around(left=">", up="~", down="~"), TOOLS, "right")).goal != "dodge"


@pytest.mark.parametrize(
    ("drawn", "has", "goal", "move"),
    [
        (around(down="~"), {"drink": 2}, "drink", "interact"),
        (around(left="~"), {"drink": 2}, "drink", "left"),
        (around(up="C"), {"food": 3}, "eat cow", "up"),
        (around(down="R"), {}, "eat plant", "interact"),
        (around(down="T"), {"wood": 1}, "collect wood", "interact"),
        (MEADOW, {"wood": 4}, "place table", "place table"),
        (around(left="t"), {"wood": 1}, "make wood pickaxe", "make wood pickaxe"),
        (around(left="t"), {"wood": 1, "stone": 1, "wood_pickaxe": 1}, "make stone pickaxe", "make stone pickaxe"),
        (around(left="t"), {"stone": 4, **TOOLS}, "place furnace", "place furnace"),
        (around(right="I"), {"stone": 9, **TOOLS}, "collect iron", "right"),
        (MEADOW, {}, "collect sapling", "interact"),
        (MEADOW, {"sapling": 1}, "place sapling", "place sapling"),
    ],
)
def test_needs_come_first_and_then_the_next_tool(drawn: str, has: dict[str, int], goal: str, move: str) -> None:
    decision = decide(made(drawn, has))
    assert (decision.goal, decision.move) == (goal, move)


@pytest.mark.parametrize(
    ("energy", "drawn", "sheltered"),
    [(3, around("#", "#", "#", "."), True), (3, MEADOW, True), (9, MEADOW, False)],
    ids=["a gap between stones", "open land", "not tired"],
)
def test_who_is_tired_closes_itself_in(energy: int, drawn: str, sheltered: bool) -> None:
    decision = decide(made(drawn, TOOLS | {"stone": 9, "energy": energy}, light=0))
    assert (decision.goal == "build shelter") == sheltered


def test_who_is_closed_in_and_tired_sleeps() -> None:
    # GIVEN a player between stones WHEN it is tired THEN it sleeps, and goes on sleeping
    tired = TOOLS | {"energy": 5, "stone": 9}
    shut = around("#", "#", "#", "#")
    assert decide(made(shut, tired, light=0)).move == "sleep"
    asleep = decide(made(shut, tired, facing="", light=0))
    assert (asleep.goal, asleep.move) == ("sleep on", "wait")


@pytest.mark.parametrize("facing", ["left", "right", "up", "down"])
def test_nobody_walks_into_lava(facing: str) -> None:
    # GIVEN lava on all sides but one THEN the only step is onto the free side
    for free in ("left", "right", "up", "down"):
        sides = {side: "L" for side in ("left", "right", "up", "down") if side != free}
        decision = decide(made(around(**sides), {"wood_pickaxe": 1, "wood_sword": 1}, facing))
        assert decision.move not in sides or decision.move == facing


def test_a_decision_is_told_in_few_words_that_end_with_its_move() -> None:
    # GIVEN a hurt player with everything, among enemies
    has = dict.fromkeys(("sapling", "wood", "stone", "coal", "iron", "diamond"), 5) | TOOLS
    has |= {"health": 3, "food": 2, "drink": 1, "energy": 2, "iron_sword": 1}
    view = made(around(left="Z", right="S", up="T"), has)
    decision = decide(view)
    # THEN text and answer say so
    assert decision.text.startswith("Health 3, food 2, drink 1, energy 2. Carried: 5 saplings, 5 wood,")
    assert "Threats: zombie 1 left, skeleton 1 right. Needs: hurt, hungry, thirsty, tired." in decision.text
    assert "Goal: fight zombie." in decision.text
    assert decision.text.endswith("Move left.")
    assert decision.answer == "A zombie is beside you: face it and hit it. Move left."
    assert len(decision.text.split()) <= 80
    assert len(decision.answer) <= MAX_CHARACTERS
    assert decision.move in MOVES.values()


@pytest.mark.parametrize("has", [{}, {"stone": 9, **TOOLS}, {"wood": 9}, {"sapling": 3}])
@pytest.mark.parametrize(
    "drawn", [MEADOW, around("~", "~", "~", "~"), around("#", "T", "L", "I"), around("C", "R", "p", "Z")]
)
@pytest.mark.parametrize("light", [0, 1, 2, 3])
def test_there_is_always_something_to_do(drawn: str, has: dict[str, int], light: int) -> None:
    for health in (1, 9):
        for facing in ("left", "right", "up", "down", ""):
            vitals = dict.fromkeys(("health", "food", "drink", "energy"), health)
            view = made(drawn, vitals | has, facing, light)
            decision = decide(view)
            assert decision.move in MOVES.values()
            assert len(decision.answer) <= MAX_CHARACTERS
