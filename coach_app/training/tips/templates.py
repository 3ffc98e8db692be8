"""Templates of players' questions: ``questions.toml`` in the folder of a game.

In a template ``{p}`` is the subject of a section, ``{o}`` its opponent, ``{t}`` a topic, ``{m}`` a topic whose figure
is asked for, ``{s}`` one of the things, ``{w}`` the part of the game.
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
    """A topic of sentences.

    Attributes:
        key: its part in the meaning of a question.
        noun: its name in a question.
        pattern: regular expression for it in a lower-case sentence.
        owners: slugs of the subjects that have it; empty for all.
        short: players' short name for it, if any.
        singular: noun for questions about its figure, if different.
        phrasing: phrasing in all kinds of sections, for instance for something that is not used.
        against: phrasing in all match-ups, for instance if sentences rarely say who does it.
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
    """An aspect that a section answers.

    Attributes:
        key: its part in the meaning of a question.
        pattern: regular expression for lower-case sentences that answer it; empty for the beginning of the section.
        questions: templates.
        what: noun for the phrasing ``what``, used first.
        without: regular expression for sentences that do not answer it.
        most: maximum number of sentences, apart from those that they refer to.
        alone: whether its sentences are complete however short they are.
        opponents: opponents to which it applies; empty for all.
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
    """A figure in a sentence.

    Attributes:
        key: its part in the meaning of a question.
        pattern: regular expression with the group ``value`` for the number, and optionally ``about`` for the topics to
            ask about individually.
        fact: phrase in a correct answer, with ``{value}``.
        phrasing: phrasing of its question.
        without_topics: keys of topics without this figure.
    """

    key: str
    pattern: Pattern
    fact: str
    phrasing: str
    without_topics: tuple[str, ...] = ()


class Kind(_Part):
    """A kind of sections: their ids differ only in the subject.

    Attributes:
        aspects: aspects that such a section answers.
        where: phrases for this part of the game.
        phrasing: phrasing for topics; empty if they are not asked about.
        phrasing_of_shared: phrasing for topics that every subject has, if different.
        only_owned: whether topics that every subject has are skipped.
        without_topics: regular expression for the keys of topics to skip.
        things: phrasing for things; empty if they are not asked about.
        figures: figures to ask for.
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
    """The number of chunks of a guide for a teacher: a clipped normal distribution."""

    mean: float = 3.0
    sd: float = 3.5
    low: int = 2
    high: int = 50

    def draw(self, rng: random.Random) -> int:
        """Draw a number of chunks."""
        return int(min(max(rng.gauss(self.mean, self.sd), self.low), self.high))


class Templates(_Part):
    """All templates of a game.

    Attributes:
        held_out: meanings that are never trained on, each with a question to ask verbatim.
        not_answered: meanings whose sentences do not actually answer them.
        nicknames: players' nicknames of subjects.
        plurals: subjects with a plural name, and its form in a sentence.
        leaning: regular expression for the beginning of sentences that refer to the previous one.
        numbers: regular expression for relevant numbers in an answer.
        concepts: regular expression for the subject of an answer that names no move.
        figure_ends: regular expression at which sentences with several figures are split.
        phrasings: templates for any topic by phrasing: ``use``, ``about``, ``works``, ``what``; in match-ups
            ``use-against``, ``about-against`` and ``deal``, for a topic of the opponent.
        topics: the topics, most specific first.
        things: other things with their own section, for instance places, and the id of that section.
        thing_aspects: aspects that such a section answers.
        kinds: kinds of sections by the suffix of their ids.
        match_up: kind of the sections about one opponent.
        sections: aspects of single sections by id; take precedence over topics with the same key.
        chunks: chunk rules of subjects that differ from the default.
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
    """Whether a game has templates."""
    return (game_dir(game) / "questions.toml").is_file()


def load_templates(game: str) -> Templates:
    """The templates of a game; empty ones if its folder has none.

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
