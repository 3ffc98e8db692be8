import pytest

from coach_app.domain.moves import find_named_move, named_move, walled_off

MOVES = ("left", "down", "right", "up")


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("Move the cat up.", "up"),
        ("The crate is two steps up and one to the right; the hole is on your right. Move the cat up.", "up"),
        ("Go LEFT!", "left"),
        ("Stay; it is upside down there, so go right", "right"),
        ("Wake up early and be upright.", None),
        ("Nothing to be done.", None),
        ("", None),
        ("The hole is right above you.", None),
        ("The best move is up. The hole is right above you.", "up"),
        ("Step right next.", "right"),
        ("Go right now.", "right"),
        ("Do it right now.", None),
        ("Mind what's left.", None),
        ("Two steps are left.", None),
        ("One move is left.", None),
        ("The best move is left.", "left"),
        ("There is nothing left to do.", None),
        ("Go up to the crate.", None),
        ("Climb up to the ladder.", "up"),
        ("Go up to reach the crate.", "up"),
        ("It is up to you.", None),
        ("Move left, not right.", "left"),
        ("Do not go down; move left.", "left"),
        ("Don't go down.", None),
        ("Avoid going right.", None),
        ("Instead of going left, go up.", "up"),
        ("Go up instead of right.", "up"),
        ("Going right leads into the hole, so move up.", "up"),
        ("Left is blocked. Up is best.", "up"),
        ("Up.", "up"),
        ("**Left**", "left"),
        ("Next: down", "down"),
        ("Answer: right", "right"),
        ("→ up", "up"),
        ("Move up, then go right.", "up"),
        ("First go up. Then go right.", "up"),
        ("Left, then up.", "left"),
        ("You could go left, but it is better to go up.", "up"),
        ("The safest route is up towards the crate.", "up"),
        ("The cat should move to the right, because the crate is on the left.", "right"),
        ("Move the bar to the left.", "left"),
        ("The bar should be moved to the right.", "right"),
        ("Move two steps up.", "up"),
        ("Move the cat one square down.", "down"),
        ("The crate is three steps to the right.", None),
        ("The crate is straight down.", None),
        ("The hole is on your left.", None),
        ("Walls are above you. Move the cat up.", "up"),
        ("The right move is up.", "up"),
        ("That's right, go down.", "down"),
        ("You're right.", None),
        ("Turn left at the corner on the right.", "left"),
        ("Press the left arrow key.", "left"),
        ("Use the right key.", "right"),
        ("You should go down the ladder on the right.", "down"),
        ("Only the way down has no wall.", None),
        ("The direct way is blocked. Go left.", "left"),
        ("Slow down and look up.", None),
        ("Pick up the key on the right.", None),
        ("The way left is closed.", None),
        ("I see the crate two steps up and one to the right and the hole right below you. Step right next.", "right"),
        ("Head for the crate one step straight up; mind the hole on your right. The best move is left.", "left"),
        ("It would be best to move left.", "left"),
        ("The best direction for the cat is to the right.", "right"),
        ("I suggest that you move down", "down"),
        ("Try going up.", "up"),
        ("Keep moving right.", "right"),
        ("You have left the path.", None),
        ("He left.", None),
        ("Going down is dangerous.", None),
        ("Moving up would lose the game; go left", "left"),
        ("The ball comes down. Move right.", "right"),
        ("Move the bar right to catch the ball on the left side.", "right"),
        ("Steer the ship right of the rock.", None),
        ("If you go left, you fall. Go up.", "up"),
        ("Never go up here.", None),
        ("Move up or left.", "up"),
        ("The cat's best next step would be down.", "down"),
        ("Up there is the hole.", None),
        ("Down below is a wall.", None),
        ("The upper-left corner holds the crate.", None),
        ("Go up-right.", None),
        ("1. Move left\n2. Move up", "left"),
        ("- Move **left**", "left"),
        ("Move: left", "left"),
    ],
)
def test_a_word_is_the_move_only_where_it_is_told(text: str, move: str | None) -> None:
    # GIVEN an advice WHEN its move is read THEN it is the one that it tells to make next, or none
    assert named_move(text, MOVES) == move


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("Jump over the skull.", "jump"),
        ("Jump to the right.", "right"),
        ("After the jump, go left.", "left"),
        ("Climb down the ladder.", "down"),
        ("Use a jump.", None),
        ("You should jump now.", "jump"),
        ("Do not jump; go up.", "up"),
        ("Jump left.", "left"),
        ("The best action is jump.", "jump"),
    ],
)
def test_moves_that_are_no_directions(text: str, move: str | None) -> None:
    # GIVEN a game in which one can jump, too WHEN the move is read THEN it is found as such words are
    assert named_move(text, (*MOVES, "jump")) == move


def test_the_place_of_the_word_is_known() -> None:
    # GIVEN an advice that names a move's word twice
    text = "The hole is right below you. Step right next."
    # WHEN its move is read
    found = find_named_move(text, MOVES)
    # THEN its place is that of the word which tells it
    assert found
    assert text[found.start :] == "right next."


def test_a_game_without_moves_has_none() -> None:
    # GIVEN a game that names no moves WHEN an advice is read THEN it names none
    assert named_move("Move up.", ()) is None


def test_move_names_are_words_and_not_patterns() -> None:
    # GIVEN move names with signs that mean something in a pattern WHEN they are said THEN they are found as they are
    assert named_move("Press a.b now", ("a.b",)) == "a.b"
    assert named_move("Press axb now", ("a.b",)) is None


@pytest.mark.parametrize(
    ("text", "off"),
    [
        ("Walls are above you and on your left. Move the cat up.", {"up", "left"}),
        ("A wall is below you. Go down.", {"down"}),
        ("Only the way up has no wall. Go left.", {"left", "right", "down"}),
        ("The hole is on your right. A wall is above you. Go left.", {"up"}),
        ("A wall is two steps above you.", set()),
        ("There is no wall above you.", set()),
        ("The crate is right above you. Move up.", set()),
    ],
)
def test_an_advice_says_itself_where_walls_are(text: str, off: set[str]) -> None:
    # GIVEN an advice WHEN it speaks of walls beside the player THEN these ways are known to be closed
    assert walled_off(text, (*MOVES, "jump")) == off
