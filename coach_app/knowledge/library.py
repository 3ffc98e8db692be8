"""The guides of a game: the bundled ones and the user's own, which take precedence for sections in both."""

import codecs
import errno
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from coach_app.desktop.folders import data_dir
from coach_app.desktop.foreign import read_file, toml_of
from coach_app.domain.errors import CoachError
from coach_app.domain.resources import game_dir, games_dir
from coach_app.knowledge.japanese import JapaneseWords
from coach_app.knowledge.match_ups import MatchUps, Pattern
from coach_app.knowledge.sections import Section, from_html, from_markdown, from_text

log = logging.getLogger(__name__)

MAX_FILE_BYTES = 4_000_000
MAX_FILES = 500

_READERS = {
    ".md": from_markdown,
    ".markdown": from_markdown,
    ".txt": from_text,
    ".html": from_html,
    ".htm": from_html,
    ".xhtml": from_html,
}
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w.:-]+)", re.IGNORECASE)


class Lexicon(BaseModel):
    """The vocabulary of a game, from ``names.toml`` beside its guides; everything is optional.

    Args:
        title: name of the game.
        names: the subjects that a question can name, with their other names.
        others: names that players may use although no guide covers them.
        synonyms: players' words and the guides' words for them.
        terms: words that are typical of questions about this game only.
        moves: names of moves; an answer must not introduce one that is not in the question or its sources.
        topics: beginnings of words in section titles, and the phrases by which players ask for such a section.
        stop_words: additional stop words for this game.
        halves: words that mean something only in combination ("forward air") and are never searched for alone.
        compounds: regular expressions for words that form one name, in lower case.
        match_ups: phrases for who plays against whom; None if the game has no match-ups.
        japanese: the Japanese vocabulary.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = ""
    names: dict[str, tuple[str, ...]] = {}
    others: tuple[str, ...] = ()
    synonyms: dict[str, str] = {}
    terms: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    topics: dict[str, tuple[str, ...]] = {}
    stop_words: tuple[str, ...] = ()
    halves: tuple[str, ...] = ()
    compounds: tuple[Pattern, ...] = ()
    match_ups: MatchUps | None = None
    japanese: JapaneseWords = JapaneseWords()


@dataclass(frozen=True, eq=False)
class Library:
    """All sections of a game's guides.

    Args:
        game: its id.
        sections: in the order of files and pages.
        lexicon: the game's words.
        notices: a sentence for each file that could not be used.
        own: ids of the user's sections in a game without a vocabulary.
    """

    game: str
    sections: tuple[Section, ...]
    lexicon: Lexicon = field(default_factory=Lexicon)
    notices: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()

    def by_id(self) -> Mapping[str, Section]:
        """The sections by their ids."""
        return {section.id: section for section in self.sections}

    def subjects(self) -> list[str]:
        """The subjects of the guides, in their order."""
        return list(dict.fromkeys(section.subject for section in self.sections))

    def named(self) -> dict[str, tuple[str, ...]]:
        """The subjects that a question can name, each with all its names, the title first.

        If the lexicon has names, only those count: a guide may be about something that is never named.
        """
        names = self.lexicon.names
        return {title: (title, *names.get(title, ())) for title in self.subjects() if not names or title in names}


def shipped_dir(game: str) -> Path:
    """The folder of a game's bundled guides."""
    return game_dir(game) / "guides"


def user_dir(game: str) -> Path:
    """The folder of the user's own guides of a game; may not exist."""
    return data_dir() / "guides" / game


def games() -> list[str]:
    """Games with a folder of guides, bundled or the user's."""
    shipped = {guides.parent.name.replace("_", "-") for guides in games_dir().glob("*/guides")}
    return sorted(shipped | {folder.name for folder in user_dir("x").parent.glob("*/")})


def default_game() -> str:
    """The default game: the first one with bundled guides, or else with guides of the user's.

    Raises:
        CoachError: there are no guides at all.
    """
    found = sorted(games(), key=lambda game: (not shipped_dir(game).is_dir(), game))
    if not found:
        raise CoachError("There are no guides.", f"Put Markdown, text or HTML into {user_dir('GAME')}.")
    return found[0]


def load(game: str) -> Library:
    """Read the guides of a game.

    Args:
        game: id of the game.

    Raises:
        CoachError: there are no guides, or none that can be used.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", game):
        raise CoachError(f"“{game}” is not a game.", f"Games with guides: {', '.join(games())}.")
    notices: list[str] = []
    sections: dict[str, Section] = {}
    own: frozenset[str] = frozenset()
    lexicon = Lexicon()
    for folder in (shipped_dir(game), user_dir(game)):
        here: dict[str, Section] = {}
        for section in _read_all(folder, notices):
            number, name = 1, section.id
            while name in here:
                number += 1
                name = f"{section.id}-{number}"
            here[name] = Section(name, section.title, section.subject, section.text, section.file)
        sections |= here
        words = _lexicon(folder / "names.toml", notices)
        lexicon = words or lexicon
        own = frozenset() if words else frozenset(here)  # the last folder is the user's
    if not sections:
        why = f" {notices[0]}" if notices else ""
        raise CoachError(
            f"There are no guides for “{game}”.{why}", f"Put Markdown, text or HTML into {user_dir(game)}."
        )
    for notice in notices:
        log.info("%s", notice)
    return Library(game, tuple(sections.values()), lexicon, tuple(notices), own)


def read_guide(path: Path) -> list[Section]:
    """Read the sections of one file.

    Args:
        path: Markdown, plain text or HTML.

    Raises:
        CoachError: it cannot be read, is too large, is not text, is in an unknown encoding or holds nothing.
    """
    try:
        data = read_file(path, MAX_FILE_BYTES)
    except OSError as error:
        if error.errno == errno.EFBIG:
            limit = MAX_FILE_BYTES // 1_000_000
            message = f"The guide {path.name} is larger than {limit} MB."
            raise CoachError(message, "Cut it into smaller files.") from error
        raise CoachError(f"The guide {path.name} could not be read: {error.strerror}.", f"Check {path}.") from error
    text = _decode(data, path)
    try:
        sections = _READERS[path.suffix.lower()](text, path.name)
    except Exception as error:  # web pages can contain anything; one of them must not fail the others
        log.info("guide %s: %s", path.name, type(error).__name__)
        raise CoachError(f"The guide {path.name} cannot be read.", "Save it as text or Markdown.") from error
    if not sections:
        raise CoachError(f"The guide {path.name} holds no text.", "Write something into it, or remove it.")
    return sections


def _read_all(folder: Path, notices: list[str]) -> Iterator[Section]:
    try:
        files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _READERS and path.is_file())
    except OSError as error:
        notices.append(f"The guides in {folder} could not be read: {error.strerror}.")
        return
    if len(files) > MAX_FILES:
        notices.append(f"Only the first {MAX_FILES} guides in {folder} are used.")
    for path in files[:MAX_FILES]:
        try:
            yield from read_guide(path)
        except CoachError as error:
            notices.append(f"{error.message} It is left out.")


def _decode(data: bytes, path: Path) -> str:
    encoding = "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in data:
        raise CoachError(f"The guide {path.name} is not text.", "Save it as Markdown, text or HTML.")
    elif declared := _CHARSET.search(data[:4096]):
        encoding = declared[1].decode("ascii")
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise CoachError(
            f"The guide {path.name} is in an encoding that cannot be read.", "Save it as UTF-8."
        ) from error


def _lexicon(path: Path, notices: list[str]) -> Lexicon | None:
    try:
        return Lexicon.model_validate(toml_of(read_file(path)))
    except FileNotFoundError:
        return None
    except OSError as error:
        notices.append(f"{path} could not be read: {error.strerror}. It is left out.")
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        place = ".".join(map(str, wrong["loc"]))
        notices.append(f"{path} is not usable ({place}: {wrong['msg'].lower()}). It is left out.")
    except ValueError:
        notices.append(f"{path} is not TOML. It is left out.")
    return None
