"""The definition of a game: everything that its folder can provide.

Every folder of this package with a ``game.toml`` is a game. The file is its profile, and many games have nothing else;
further abilities (playing, teaching, describing) are defined in the folder's ``game.py`` by one constant, ``GAME``.
Listing the games imports these modules, so they import nothing heavy: Gymnasium and a game's own package are imported
inside functions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from coach_app.domain.errors import CoachError
from coach_app.domain.pointing import Mark

if TYPE_CHECKING:
    from coach_app.games.images import ImageEnv
    from coach_app.games.lessons import Lessons
    from coach_app.games.reading import Reading

Size = tuple[int, int]
"""Columns and rows of a map."""


Cell = tuple[str | int | bool, ...]
"""What tells one place of a game from another, for plans that keep an archive of places."""
LOST: Cell = ()
"""There is no going on from here, as where a life is lost."""


@dataclass(frozen=True)
class Sizes:
    """The possible sizes of a game's maps.

    Attributes:
        default: default size.
        least: minimum of each side.
        most: maximum of each side.
    """

    default: Size
    least: int
    most: int

    def check(self, size: Size) -> None:
        """Raise if a size is not possible.

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
        won: whether the player succeeded.
        text: one sentence for the player.
    """

    won: bool
    text: str


@dataclass(frozen=True)
class Practice:
    """The texts and parameters of the practice window.

    Texts are English; their Japanese is in the folder's ``ja.toml``.

    Attributes:
        title: title of the window; the profile's pattern matches it, in both languages.
        menu: entry in the tray's menu, with its mnemonic marked by ``&``.
        goal: one sentence on what to do.
        max_steps: maximum length of an episode.
        ending: describes the end of an episode, unless it ran out of steps.
        scale: initial scale, in logical pixels per pixel of the game.
        whole: whether the picture is enlarged by whole factors only, as suits pixel art.
        mission: returns the goal of this episode, if it varies.
        steps_per_s: how fast the game goes on by itself once a key was pressed; 0 if it waits for every move.
        idle: the action while no key is pressed, in a game that goes on by itself.
    """

    title: str
    menu: str
    goal: str
    max_steps: int
    ending: Callable[[Any], Ending]
    scale: float = 2.5
    whole: bool = False
    mission: Callable[[Any], str] | None = None
    steps_per_s: float = 0.0
    idle: str = ""


@dataclass(frozen=True)
class ExplainedMove:
    """A move of one of the game's own players, with its explanation in English."""

    move: str
    text: str


Player = Callable[[Any], ExplainedMove]
"""Plays one episode: returns the next move in an environment, and may keep a memory."""


class Tasks(Protocol):
    """What can be achieved in a game, one after the other, for a curriculum; named like its achievements."""

    def needs(self) -> Mapping[str, tuple[str, ...]]:
        """Each task, with those that have to be achieved before; easy ones first."""

    def in_sight(self, env: Any) -> frozenset[str]:
        """The tasks for which something is at hand or in the picture now."""

    def attempt(self, env: Any, task: str, chance: float) -> ExplainedMove:
        """The next move toward a task, by what the picture shows.

        Args:
            env: the environment; must not be changed.
            task: one of ``needs``.
            chance: a random number from 0 to 1, for decisions that are left to chance.
        """


@dataclass(frozen=True)
class Game:
    """One game. Attributes that are None or empty are not available for it.

    The functions take the game's environment, as returned by ``make``.

    Attributes:
        id: id of its profile; its folder has the same name, with underscores for hyphens.
        environment: makes a Gymnasium environment with pictures, (height, width, 3) uint8 RGB, as observations and a
            Discrete action space; takes a size if the game has ``sizes``.
        other_names: other names of the environment, such as Gymnasium's.
        sizes: possible sizes of its maps, if they can be chosen.
        random_levels: whether every seed gives a different map.
        keys: keys of each action for a person, by their names in Qt and X; a demo presses the first one.
        teacher: returns the names of the best actions; none once an episode has ended.
        explain: returns the teacher's explanation of the best action; by default its name.
        values: returns the expected return of each action, by name, if the teacher knows it exactly.
        players: further players by name; each makes a new player for every episode.
        achievements: returns the achievements by name, and whether each was unlocked in this episode.
        tasks: what can be achieved one after the other, and how to attempt it, for a curriculum.
        task: returns the kind of an episode, if there are several; it is done if it ends with a reward.
        possible_moves: returns the names of the actions that have an effect.
        state: returns the positions of objects by name, as JSON.
        describe: returns the state in English, for agents that read and people who cannot see; names everything in
            ``state``.
        reading: how it is played by a language model that reads ``describe``.
        copy: returns a copy of the environment that continues identically, for what-ifs.
        leads_to: returns the places in the game's own picture that advice may point at, by the name of its action and
            the label of the point: where such a thing is, or else what the action aims at.
        cell: returns the place that the picture shows, in a game whose rewards are too far away for simulations: it is
            planned by an archive of places; None between two, as in a jump, and LOST.
        scatter: puts the environment into a random state of a seed's level, drawn by that seed. Without it, random
            moves do.
        dqn: training preset of a Q-network: differences from ``training.q.arguments.DqnArgs``.
        practice: parameters of the practice window.
        lessons: module with the lessons of its own coach.
        coach: model trained on these; empty if there is none.
        translator: model that translates this coach's sentences.
        showcase: whether this is the default game of demos and benchmarks.
    """

    id: str
    environment: "Callable[..., ImageEnv] | None" = None
    other_names: tuple[str, ...] = ()
    sizes: Sizes | None = None
    random_levels: bool = False
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    teacher: Callable[[Any], tuple[str, ...]] | None = None
    explain: Callable[[Any], str] | None = None
    values: Callable[[Any], Mapping[str, float]] | None = None
    players: Mapping[str, Callable[[], Player]] = field(default_factory=dict)
    achievements: Callable[[Any], Mapping[str, bool]] | None = None
    tasks: Callable[[], Tasks] | None = None
    task: Callable[[Any], str] | None = None
    possible_moves: Callable[[Any], tuple[str, ...]] | None = None
    state: Callable[[Any], dict[str, Any]] | None = None
    describe: Callable[[Any], str] | None = None
    reading: "Callable[[], Reading] | None" = None
    copy: Callable[[Any], Any] | None = None
    leads_to: Callable[[Any, str, str], tuple[Mark, ...]] | None = None
    cell: Callable[[Any], Cell | None] | None = None
    scatter: Callable[[Any, int], None] | None = None
    dqn: Mapping[str, Any] = field(default_factory=dict)
    practice: Practice | None = None
    lessons: "Callable[[], Lessons] | None" = None
    coach: str = ""
    translator: str = ""
    showcase: bool = False

    def make(self, size: Size | None = None) -> "ImageEnv":
        """Make an environment.

        Args:
            size: size of the maps; None for the game's default.

        Raises:
            CoachError: the coach cannot play the game, not here, or not at that size.
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
