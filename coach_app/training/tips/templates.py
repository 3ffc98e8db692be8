"""The questions that players of a game ask, as templates: ``questions.toml`` in the folder of the game.

In a template ``{p}`` is the subject of a section, ``{o}`` its opponent, ``{t}`` a topic, ``{m}`` a topic whose figure
is asked for, ``{s}`` one of the things, ``{w}`` where in the game.
"""

import random
import tomllib

from pydantic import BaseModel, ConfigDict, ValidationError

from coach_app.domain.errors import CoachError
from coach_app.domain.resources import game_dir
from coach_app.knowledge.match_ups import Pattern

_NEVER = "(?!)"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Topic(_Part):
    """Something that sentences are about.

    Attributes:
        key: in the meaning of a question.
        noun: in a question.
        pattern: finds it in a sentence, in small letters.
        owners: slugs of the subjects that have it; empty where every subject has.
        short: how players write it, where that is shorter.
        singular: for the question about its figure, where the noun is not.
        phrasing: asked so in any kind of section, for instance because it is nothing that one uses.
        against: asked so in any match-up, for instance because sentences rarely say clearly who does it.
    """

    key: str
    noun: str
    pattern: Pattern
    owners: tuple[str, ...] = ()
    short: str = ""
    singular: str = ""
    phrasing: str = ""
    against: str = ""


class Aspect(_Part):
    """A question that a section answers.

    Attributes:
        key: in the meaning of the question.
        pattern: finds the sentences that answer it, in small letters; empty for how the section begins.
        questions: templates.
        what: a noun that the phrasing ``what`` asks for first.
        without: finds sentences that do not answer it.
        most: at most so many sentences, and what they lean on.
        alone: its sentences say all, however short they are.
        opponents: asked only where the opponent is one of them; empty for all.
    """

    key: str
    pattern: str = ""
    questions: tuple[str, ...] = ()
    what: str = ""
    without: str = _NEVER
    most: int = 2
    alone: bool = False
    opponents: tuple[str, ...] = ()


class Figure(_Part):
    """A number that a sentence tells.

    Attributes:
        key: in the meaning of the question.
        pattern: finds it; its group ``value`` is the number, and its group ``about``, where it has one, names the
            topics that are asked about one by one.
        fact: what a right answer has, with ``{value}``.
        phrasing: how it is asked for.
        without_topics: keys of topics that have none.
    """

    key: str
    pattern: Pattern
    fact: str
    phrasing: str
    without_topics: tuple[str, ...] = ()


class Kind(_Part):
    """Sections of one kind: their ids are alike but for the subject.

    Attributes:
        aspects: what such a section answers.
        where: how this part of the game is put.
        phrasing: how topics are asked about; empty where they are not.
        phrasing_of_shared: the same for topics that every subject has, where it differs.
        only_owned: topics that every subject has are not asked about.
        without_topics: finds the keys of topics that are not asked about.
        things: how each of the things is asked about; empty where they are not.
        figures: numbers that are asked for.
    """

    aspects: tuple[Aspect, ...] = ()
    where: tuple[str, ...] = ("",)
    phrasing: str = ""
    phrasing_of_shared: str = ""
    only_owned: bool = False
    without_topics: Pattern = _NEVER
    things: str = ""
    figures: tuple[Figure, ...] = ()


class ChunkRule(_Part):
    """How many chunks a guide is cut into for a teacher: a normal distribution, clipped."""

    mean: float = 3.0
    sd: float = 3.5
    low: int = 2
    high: int = 50

    def draw(self, rng: random.Random) -> int:
        """A number of chunks."""
        return int(min(max(rng.gauss(self.mean, self.sd), self.low), self.high))


class Templates(_Part):
    """All templates of a game.

    Attributes:
        held_out: meanings that are never learned from, each with a question that is asked as it stands there.
        not_answered: meanings whose sentences turned out, when read, to say nothing about them.
        nicknames: how players call a subject now and then.
        plurals: subjects with a plural name, and how it stands in a sentence.
        leaning: how a sentence begins that leans on the one before it.
        numbers: finds numbers worth knowing in an answer.
        concepts: finds what an answer is about where it names no move.
        figure_ends: where a sentence with several figures is cut.
        phrasings: templates for any topic, by what is asked: ``use``, ``about``, ``works``, ``what``; in match-ups
            ``use-against``, ``about-against`` and ``deal``, for a topic that is the opponent's.
        topics: what sentences can be about, the most telling first.
        things: what else has a section of its own, with the id of that section; for instance places.
        thing_aspects: what such a section answers.
        kinds: by the end of the sections' ids.
        match_up: the kind of sections about one opponent.
        sections: what a single section answers, by its id; wins over a topic of the same key.
        chunks: subjects whose guides are cut otherwise than by the default rule.
    """

    held_out: dict[str, str] = {}
    not_answered: tuple[str, ...] = ()
    nicknames: dict[str, str] = {}
    plurals: dict[str, str] = {}
    leaning: Pattern = _NEVER
    numbers: Pattern = _NEVER
    concepts: Pattern = _NEVER
    figure_ends: Pattern = _NEVER
    phrasings: dict[str, tuple[str, ...]] = {}
    topics: tuple[Topic, ...] = ()
    things: dict[str, str] = {}
    thing_aspects: tuple[Aspect, ...] = ()
    kinds: dict[str, Kind] = {}
    match_up: Kind = Kind()
    sections: dict[str, tuple[Aspect, ...]] = {}
    chunks: dict[str, ChunkRule] = {}


def has_templates(game: str) -> bool:
    """Whether the folder of a game holds templates."""
    return (game_dir(game) / "questions.toml").is_file()


def load_templates(game: str) -> Templates:
    """The templates of a game; those without any where its folder holds none.

    Raises:
        CoachError: the file cannot be used.
    """
    path = game_dir(game) / "questions.toml"
    if not has_templates(game):
        return Templates()
    try:
        return Templates.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, ValidationError, ValueError) as error:
        raise CoachError(f"The templates in {path} could not be read: {error}", "Check the file.") from error
