"""What a game is to the coach: everything that can be asked about one, as far as its folder answers.

Every folder of this package with a ``game.toml`` is a game. The file is its profile, and all that many games have; what
the coach can do besides (play it, teach it, put it into words) is said in the folder's ``game.py`` by one constant,
``GAME``. Listing the games imports those modules, so they import nothing heavy: what needs Gymnasium or a game's own
package is imported inside of functions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coach_app.domain.errors import CoachError

if TYPE_CHECKING:
    from coach_app.games.images import ImageEnv
    from coach_app.games.lessons import Lessons

Size = tuple[int, int]
"""Columns and rows of a map."""


@dataclass(frozen=True)
class Sizes:
    """How large the maps of a game can be.

    Attributes:
        default: unless something else is asked for.
        least: of each side.
        most: of each side.
    """

    default: Size
    least: int
    most: int

    def check(self, size: Size) -> None:
        """Refuse what is not possible.

        Raises:
            CoachError: a side is too short or too long.
        """
        if min(size) < self.least or max(size) > self.most:
            raise CoachError(
                f"There are no levels of {size[0]} x {size[1]} squares.",
                f"Each side can be {self.least} to {self.most} squares long.",
            )


@dataclass(frozen=True)
class Ending:
    """How an episode ended.

    Attributes:
        won: whether the player did it.
        text: one sentence for the player.
    """

    won: bool
    text: str


@dataclass(frozen=True)
class Practice:
    """What the practice window shows besides the picture.

    Texts are English; the Japanese of everything in a game's folder is in its ``ja.toml``.

    Attributes:
        title: of the window; the profile's pattern finds it, in both languages.
        menu: the entry in the tray's menu, with the mark of its key.
        goal: one sentence on what to do.
        max_steps: an episode has no more.
        ending: of an episode that came to its end, but not by running out of steps.
        scale: logical pixels a pixel of the game, at the start.
        whole: whether the picture is only ever enlarged by whole factors, as drawings of few pixels want it.
        mission: what is asked for in this episode, where that is not always the same.
    """

    title: str
    menu: str
    goal: str
    max_steps: int
    ending: Callable[[Any], Ending]
    scale: float = 2.5
    whole: bool = False
    mission: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class ExplainedMove:
    """What a player of a game's own does next, and what it says about it in English."""

    move: str
    text: str


Player = Callable[[Any], ExplainedMove]
"""Plays one episode: what to do next in an environment; remembers what it likes of what was shown before."""


@dataclass(frozen=True)
class Game:
    """One game. What is None or empty the game does not have, and the coach does without.

    The functions take the game's own environment, as ``make`` gave it.

    Attributes:
        id: as in its profile; its folder is named like it, with underscores for hyphens.
        environment: makes a new Gymnasium environment whose observations are pictures, (height, width, 3) uint8 RGB,
            and whose actions are numbered; takes a size where the game has ``sizes``.
        other_names: by which else the environment is asked for, as Gymnasium's own.
        sizes: of its maps, where they can be chosen.
        random_levels: whether every seed gives another map.
        keys: the keys of each action for a person, by their names in Qt and X; the first one is pressed for a demo.
        teacher: names of the best actions now; none once an episode has ended.
        explain: what the teacher says about the best action now; without it, that action's name.
        players: who else can play it, by name; each gives a new player for every episode.
        achievements: what can be reached in an episode, by name, and whether it has been.
        task: of which kind an episode is, where there are several; it is done if it ends with a reward.
        possible_moves: names of the actions that change something.
        state: what is where, by name, as JSON can hold it.
        describe: the state in English for agents that read, or people who cannot see: names everything of ``state``.
        copy: another environment in the same state, which goes on alike: for what-ifs.
        scatter: brings the environment into one of the states of a seed's level, drawn by that seed. Without it,
            random moves do.
        dqn: how a Q-network is trained on it: what differs from the defaults of ``training.q.arguments.DqnArgs``.
        practice: how it is played by hand in a window.
        lessons: the module with what a coach of its own is taught.
        coach: the model that is taught so; empty where there is none.
        translator: the model that says in Japanese what this coach says.
        showcase: whether demos and benchmarks show this one if none is named.
    """

    id: str
    environment: "Callable[..., ImageEnv] | None" = None
    other_names: tuple[str, ...] = ()
    sizes: Sizes | None = None
    random_levels: bool = False
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    teacher: Callable[[Any], tuple[str, ...]] | None = None
    explain: Callable[[Any], str] | None = None
    players: Mapping[str, Callable[[], Player]] = field(default_factory=dict)
    achievements: Callable[[Any], Mapping[str, bool]] | None = None
    task: Callable[[Any], str] | None = None
    possible_moves: Callable[[Any], tuple[str, ...]] | None = None
    state: Callable[[Any], dict[str, Any]] | None = None
    describe: Callable[[Any], str] | None = None
    copy: Callable[[Any], Any] | None = None
    scatter: Callable[[Any, int], None] | None = None
    dqn: Mapping[str, Any] = field(default_factory=dict)
    practice: Practice | None = None
    lessons: "Callable[[], Lessons] | None" = None
    coach: str = ""
    translator: str = ""
    showcase: bool = False

    def make(self, size: Size | None = None) -> "ImageEnv":
        """A new environment.

        Args:
            size: of the maps; None is the game's default.

        Raises:
            CoachError: the game cannot be played by the coach, not here, or not at that size.
        """
        if self.environment is None:
            raise CoachError(f"The coach cannot play {self.id}: it only watches it.", "Choose another game.")
        if self.sizes is None and size is not None:
            raise CoachError(f"The maps of {self.id} have one size only.", "Leave out --size.")
        if self.sizes and size:
            self.sizes.check(size)
        try:
            return self.environment(size or self.sizes.default) if self.sizes else self.environment()
        except ImportError as error:
            raise CoachError(
                f"There is no game {self.id} to play: {error}", "Choose another one, or play it from a checkout."
            ) from error


ARROWS: Mapping[str, tuple[str, ...]] = {
    "left": ("Left", "A"),
    "down": ("Down", "S"),
    "right": ("Right", "D"),
    "up": ("Up", "W"),
}
"""The keys of a game in which one walks."""
