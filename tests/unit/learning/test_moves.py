"""What was done, read from two pictures: in the window's margins, and only where it is known."""

import numpy as np
import pytest
from PIL import Image

from coach_app.games.catalogue import to_practise
from coach_app.games.images import action_names
from coach_app.games.profiles import profile_of
from coach_app.games.seen_moves import bundled
from coach_app.learning.moves import move_between

SEED = 712_000


def steps(game: str, count: int) -> list[tuple[Image.Image, Image.Image, str]]:
    """Pictures before and after random moves that changed something, and the moves."""
    env, rng = to_practise(game).make(), np.random.default_rng(SEED)
    names, found, seed = action_names(env), list[tuple[Image.Image, Image.Image, str]](), SEED
    before, _ = env.reset(seed=seed)
    while len(found) < count:
        move = int(rng.integers(len(names)))
        before = before.copy()
        after, _, terminated, truncated, _ = env.step(move)
        if not np.array_equal(before, after):
            found.append((Image.fromarray(before), Image.fromarray(after), names[move]))
        before = after
        if terminated or truncated:
            seed += 1
            before, _ = env.reset(seed=seed)
    return found


def in_window(picture: Image.Image) -> Image.Image:
    """A picture in a window with a plain margin."""
    window = Image.new("RGB", (picture.width + 90, picture.height + 50), (30, 30, 34))
    window.paste(picture, (45, 20))
    return window


@pytest.mark.parametrize("framed", [False, True])
def test_moves_of_a_practice_game_are_read_from_its_pictures(framed: bool) -> None:
    # GIVEN moves on levels that nobody has learned from, also in a window
    profile = profile_of("frozen-lake")
    right = read = 0
    for before, after, move in steps("frozen-lake", 20):
        pictures = [in_window(each) if framed else each for each in (before, after)]
        # WHEN they are read
        found = move_between(bundled(), profile, *pictures)
        read += bool(found)
        right += found == move
    # THEN most are, and hardly any is wrong
    assert read >= 15
    assert read - right <= 1


def test_moves_of_other_games_and_between_pictures_of_different_windows_stay_unknown() -> None:
    before, after, _ = steps("frozen-lake", 1)[0]
    # GIVEN a game that the network was not trained on WHEN its pictures are read THEN nothing is claimed
    assert move_between(bundled(), profile_of("melee"), before, after) == ""
    # GIVEN pictures of different windows
    assert move_between(bundled(), profile_of("frozen-lake"), before, in_window(after)) == ""
