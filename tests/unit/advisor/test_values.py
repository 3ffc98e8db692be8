"""Reading Q-values: whose network may speak about which game."""

from collections.abc import Sequence

import pytest
from PIL import Image

from coach_app.advisor.values import LocalQReader
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.games.profiles import find
from coach_app.host.client import EngineClient
from coach_app.host.messages import Valued

GRID = ("left", "down", "right", "up")
MINE = GameProfile(id="mine", title="Mine", prompt="Where?", moves=("fire",))
FRAME = Frame(Image.new("RGB", (20, 20), "green"))


class Loaded(EngineClient):
    """An engine with a network of some game.

    Attributes:
        read: how many pictures were read.
    """

    def __init__(self, game: str, moves: Sequence[str]) -> None:
        super().__init__()
        self._game, self._moves, self.read = game, tuple(moves), 0

    async def value(self, image: Image.Image) -> Valued:
        self.read += 1
        numbers = tuple(float(number) for number in range(len(self._moves)))
        possible = (True,) * len(self._moves)
        return Valued(
            id=1,
            game=self._game,
            moves=self._moves,
            values=numbers,
            possible=possible,
            checkpoint="some-q",
            latency_ms=1.0,
        )


async def test_the_same_picture_is_read_once() -> None:
    # GIVEN a network of the game WHEN the same picture is read twice, and then another one
    engine = Loaded("grid", GRID)
    reader = LocalQReader(engine, 336)
    first, again = await reader.read(FRAME, find("grid")), await reader.read(FRAME, find("grid"))
    await reader.read(Frame(Image.new("RGB", (20, 20), "red")), find("grid"))
    # THEN it has been read once each
    assert first is again
    assert (first.moves, first.best, first.checkpoint) == (GRID, "up", "some-q")
    assert engine.read == 2


@pytest.mark.parametrize(("game", "moves"), [("grid-levels", GRID), ("ALE/Breakout-v5", ("noop", "fire"))])
async def test_the_network_of_another_game_is_refused(game: str, moves: Sequence[str]) -> None:
    # GIVEN a network of another game, whatever its moves WHEN it is read THEN that is said, and what to do
    with pytest.raises(CoachError, match=r"some-q was trained for another game \(") as failure:
        await LocalQReader(Loaded(game, moves), 336).read(FRAME, find("grid"))
    assert failure.value.remedy == "Name another one in the profile Grid (practice)."


async def test_a_network_without_some_moves_is_refused() -> None:
    # GIVEN a network that knows fewer moves than the game has WHEN it is read THEN they are named
    with pytest.raises(CoachError, match=r"does not know all moves of this game: down, up\."):
        await LocalQReader(Loaded("grid", ("left", "right")), 336).read(FRAME, find("grid"))


@pytest.mark.parametrize(
    ("game", "moves", "profile"),
    [
        # Networks know more than is worth saying, and serving is their "fire".
        ("ALE/Breakout-v5", ("stay", "fire", "right", "left"), find("breakout")),
        ("ALE/MontezumaRevenge-v5", ("wait", *GRID, "jump", "jump left", "jump right"), find("montezuma-revenge")),
        # The player's own profile of a game that the coach has a profile of, too.
        ("ALE/Breakout-v5", ("stay", "fire", "right", "left"), MINE),
        # A game without a profile.
        ("CartPole-v1", ("action 0", "action 1"), find("default")),
    ],
)
async def test_a_network_may_know_more_than_the_profile_says(
    game: str, moves: Sequence[str], profile: GameProfile
) -> None:
    # GIVEN a network that fits WHEN it is read THEN it values all that it knows
    assert (await LocalQReader(Loaded(game, moves), 336).read(FRAME, profile)).moves == tuple(moves)
