"""What a model that chats learns from pairs of questions and answers: to answer from passages, in its own words.

A pair's answer consists of sentences of its section; a lesson's, of all sentences of that section that the model is
given for the question. They come reworded, as lists and with their reasons; among passages that do not answer; after an
earlier question; and for questions as players type them. In many
lessons moves and numbers are exchanged in question, passages and answer alike: a model that cannot know the answer has
to read it. Every lesson is checked (``wrong_in``) before it is learned.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from coach_app.domain.errors import CoachError
from coach_app.knowledge import search
from coach_app.knowledge.excerpts import excerpts
from coach_app.knowledge.library import Library
from coach_app.knowledge.naming import foreign_names
from coach_app.knowledge.prompt import UNANSWERED
from coach_app.knowledge.question import understand
from coach_app.knowledge.sections import Section
from coach_app.training.tips.pairs import Pair
from coach_app.training.tips.similarity import content_words, stem, words
from coach_app.training.tips.typing_slips import as_typed
from coach_app.training.tips.wording import OWN_WORDS, Wording

_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])")
_ASKING = re.compile(
    r"(?:how|what|when|where|which|why|who|is|are|does|do|can|should|tell|give|explain)\b", re.IGNORECASE
)
_LISTING = ("List it point by point.", "As a list, please.", "Give me bullet points.", "In steps, please.")
_ASKING_WHY = ("Why?", "And why?", "Give the reason, too.", "Please explain why.")
_FOLLOWING = ("And {}", "OK, and {}", "Then {}", "Next: {}", "Also, {}")
_NOWHERE = ("{} Ask about something else in them.", "{} Their nearest part is: {{title}}.", "{}")
_RENAMED_RATE = 0.4
_ACCOMPANIED_RATE, _WRONG_FIRST_RATE = 0.3, 0.5
_NEAR = 3
_MOST_STRANGE = 0.25
_MOST_COVERED = 0.67
_TRIES = 6


@dataclass(frozen=True)
class Lesson:
    """A question with the passages that are found for it, and the answer to learn.

    Attributes:
        kind: of KINDS.
        question: a player's question.
        passages: sections of guides, as the search orders them.
        answer: the answer.
        facts: phrases that it contains, in lower case; none if the passages do not answer.
        meanings: meanings of the pairs that it was made from.
        before: the question that this one follows up; empty for none.
    """

    kind: str
    question: str
    passages: tuple[Section, ...]
    answer: str
    facts: tuple[str, ...]
    meanings: tuple[str, ...]
    before: str = ""


def make_lessons(
    pairs: Sequence[Pair], library: Library, held_out: Sequence[Pair], count: int, seed: int
) -> list[Lesson]:
    """Make lessons: one of each kind about a section, as far as its pairs allow, then about the next.

    Args:
        pairs: to learn from; those without a section in the guides are left out.
        library: the guides of the game.
        held_out: pairs whose questions must not be learned.
        count: about how many to make.
        seed: seed of all choices.

    Returns:
        The lessons, those about a section one after the other, in random order.

    Raises:
        CoachError: no pair is about a section of the guides.
    """
    making = _Making(pairs, library)
    if not making.sections:
        raise CoachError(f"No question is about the guides of “{library.game}”.", "Make some: coach train guides")
    unseen, varying = _Unseen(held_out, library), _Varying(library)
    rng = random.Random(seed)
    lessons: list[Lesson] = []
    made: set[tuple[str, str, str]] = set()
    order: list[Section] = []
    for _ in range(_TRIES * -(-count // len(KINDS))):
        order = order or rng.sample(making.sections, len(making.sections))
        section = order.pop()
        passages, varied = making.passages(section, rng), varying.way(rng)
        sheet = []
        for make in making.kinds().values():
            for pair in making.pairs_about(section, rng):
                lesson = make(pair, passages, rng)
                if lesson is None:
                    continue
                given = excerpts(library, lesson.question, passages)
                if (lesson := varied(replace(lesson, passages=given))) is None:
                    continue
                key = lesson.question, lesson.answer, lesson.passages[0].text
                if key not in made and not wrong_in(lesson, library) and not unseen.is_in(lesson):
                    made.add(key)
                    sheet.append(lesson)
                    break
        lessons += rng.sample(sheet, min(len(sheet), count - len(lessons)))
        if len(lessons) >= count:
            break
    return lessons


def wrong_in(lesson: Lesson, library: Library) -> list[str]:
    """What an answer says that neither its passages nor its question do; empty if the lesson is right.

    Args:
        lesson: to be checked. Where facts are known, its answer may have no word of its own but those that rewording
            adds; where none are, as in answers of a teacher, a quarter may be.
        library: the guides, with the game's names.
    """
    known = "\n".join((lesson.before, lesson.question, *(f"{each.title}. {each.text}" for each in lesson.passages)))
    answer, plain = lesson.answer.lower(), _plain(known)
    if lesson.kind == "unanswered":
        return [] if lesson.answer.startswith(UNANSWERED) else ["it answers"]
    wrong = [f"the fact {fact!r}" for fact in lesson.facts if fact not in answer or _plain(fact) not in plain]
    wrong += [f"the name {name!r}" for name in foreign_names(lesson.answer, known, library)]
    text = re.sub(r"^\d+\. ", "", lesson.answer, flags=re.MULTILINE)
    given = {stem(word) for word in words(known)}
    strange = [word for word in words(text) if stem(word) not in given | _FREE]
    # The sentences of guides are only reworded; a teacher, who tells no facts apart, says them in its own words.
    if lesson.facts or len(strange) > _MOST_STRANGE * len(words(text)):
        wrong += [f"the word {word!r}" for word in strange]
    return wrong if lesson.answer.strip() else ["no answer"]


_FREE = frozenset(stem(word) for word in words(" ".join(OWN_WORDS)))


class _Unseen:
    """Recognises questions that must not be learned."""

    def __init__(self, pairs: Sequence[Pair], library: Library) -> None:
        self._library = library
        self._meanings = {pair.meaning for pair in pairs if pair.meaning}
        self._asked = {tuple(words(pair.question)) for pair in pairs}
        self._content = {(pair.section, content_words(pair.question, library.lexicon)) for pair in pairs}

    def is_in(self, lesson: Lesson) -> bool:
        """Whether a lesson asks one of them, in these words or others."""
        if not self._meanings.isdisjoint(lesson.meanings) or tuple(words(lesson.question)) in self._asked:
            return True
        content = content_words(lesson.question, self._library.lexicon)
        return any((section.id, content) in self._content for section in lesson.passages)


class _Making:
    """Makes lessons of each kind from a pair and passages with its section; None where the pair does not suit."""

    def __init__(self, pairs: Sequence[Pair], library: Library) -> None:
        self._library = library
        self._by_id = library.by_id()
        common = {word for section in library.sections for word in re.findall(r"(?<=[a-z,] )[a-z'-]+", section.text)}
        self._wording = Wording(common, library.lexicon.moves)
        self._near_to: dict[str, list[Section]] = {}
        self._about: dict[str, list[Pair]] = {}
        for pair in pairs:
            if pair.section in self._by_id:
                self._about.setdefault(pair.section, []).append(pair)
        self.sections = [self._by_id[section] for section in self._about]

    def kinds(self) -> Mapping[str, Callable[[Pair, tuple[Section, ...], random.Random], Lesson | None]]:
        """What makes a lesson of each kind."""
        makers = (self._plain, self._list, self._reason, self._several)
        return dict(
            zip(KINDS, (*makers, self._unanswered, self._follow_up, self._as_typed, self._japanese), strict=True)
        )

    def passages(self, section: Section, rng: random.Random) -> tuple[Section, ...]:
        """A section as the search finds it: alone, or beside one that does not answer, which may come first."""
        near = self._near(section)
        if not near or rng.random() >= _ACCOMPANIED_RATE:
            return (section,)
        wrong = rng.choice(near)
        return (wrong, section) if rng.random() < _WRONG_FIRST_RATE else (section, wrong)

    def pairs_about(self, section: Section, rng: random.Random) -> list[Pair]:
        """Some pairs about a section, in random order."""
        about = self._about[section.id]
        return rng.sample(about, min(len(about), _TRIES))

    def _plain(self, pair: Pair, passages: tuple[Section, ...], rng: random.Random) -> Lesson:
        return self._lesson("plain", pair, pair.question, passages, rng)

    def _list(self, pair: Pair, passages: tuple[Section, ...], rng: random.Random) -> Lesson | None:
        question = f"{_closed(pair.question)} {rng.choice(_LISTING)}"
        said = self._answer(pair, question, passages, rng)
        if len(said) < 2:
            return None
        return Lesson("list", question, passages, self._wording.listed(said, rng), pair.facts, (pair.meaning,))

    def _reason(self, pair: Pair, passages: tuple[Section, ...], rng: random.Random) -> Lesson | None:
        lesson = self._lesson("reason", pair, f"{_closed(pair.question)} {rng.choice(_ASKING_WHY)}", passages, rng)
        return lesson if re.search(r"\b(?:because|since|so)\b", lesson.answer, re.IGNORECASE) else None

    def _several(self, pair: Pair, passages: tuple[Section, ...], rng: random.Random) -> Lesson | None:
        other = self._other(pair, rng)
        if other is None:
            return None
        question = f"{_closed(pair.question)} {rng.choice(_FOLLOWING).format(_opened(other.question))}"
        facts = tuple(dict.fromkeys((*pair.facts, *other.facts)))
        both = replace(pair, answer=f"{pair.answer} {other.answer}", facts=facts)
        return replace(self._lesson("several", both, question, passages, rng), meanings=(pair.meaning, other.meaning))

    def _unanswered(self, pair: Pair, passages: tuple[Section, ...], rng: random.Random) -> Lesson | None:
        """A question about another section, which the search may take these for."""
        others = [each for each in self._near(self._by_id[pair.section]) if each.id in self._about]
        if not others:
            return None
        asked = rng.choice(self._about[rng.choice(others).id])
        told = " ".join(section.text for section in passages)
        if any(section.id == asked.section for section in passages):
            return None
        if any(_plain(fact) in _plain(told) for fact in asked.facts):
            return None
        content = content_words(asked.question, self._library.lexicon)
        if len(content & content_words(told, self._library.lexicon)) > _MOST_COVERED * len(content):
            return None  # they may answer after all
        answer = rng.choice(_NOWHERE).format(UNANSWERED).format(title=passages[0].title)
        return Lesson("unanswered", asked.question, passages, answer, (), (asked.meaning,))

    def _follow_up(self, pair: Pair, passages: tuple[Section, ...], rng: random.Random) -> Lesson | None:
        earlier = self._other(pair, rng)
        if earlier is None:
            return None
        question = rng.choice(_FOLLOWING).format(_opened(self._without_subject(pair)))
        return replace(self._lesson("follow-up", pair, question, passages, rng), before=earlier.question)

    def _as_typed(self, pair: Pair, passages: tuple[Section, ...], rng: random.Random) -> Lesson:
        names = {part.lower() for ways in self._library.named().values() for way in ways for part in way.split()}
        return self._lesson("as-typed", pair, as_typed(pair.question, names, rng), passages, rng)

    def _japanese(self, pair: Pair, passages: tuple[Section, ...], rng: random.Random) -> Lesson | None:
        """A question with the Japanese names of its subjects, or as its content words only: what the vocabulary makes
        of a Japanese question."""
        japanese = self._library.lexicon.japanese.names
        question = pair.question
        if rng.random() < 0.5:
            asked = understand(question, self._library)
            question = " ".join((*asked.subjects, *(ways[-1] for ways in asked.words)))
        else:
            for title in dict.fromkeys(japanese.values()):
                name = rng.choice([each for each, meant in japanese.items() if meant == title])
                question = re.sub(rf"\b{re.escape(title)}\b", name, question)
        if question == pair.question:
            return None
        return self._lesson("japanese", pair, question, passages, rng)

    def _lesson(
        self, kind: str, pair: Pair, question: str, passages: tuple[Section, ...], rng: random.Random
    ) -> Lesson:
        text = " ".join(self._answer(pair, question, passages, rng))
        return Lesson(kind, question, passages, text, pair.facts, (pair.meaning,))

    def _answer(self, pair: Pair, question: str, passages: Sequence[Section], rng: random.Random) -> list[str]:
        """The excerpt of the pair's section, sentence by sentence in other words; a teacher's answer as it is.

        All of it, as it is read: choosing sentences, and their order, is what a small model does badly and the search
        well.
        """
        said, section = _SENTENCES.split(" ".join(pair.answer.split())), self._by_id[pair.section]
        whole = " ".join(section.text.split())
        if not all(sentence in whole for sentence in said):
            return said
        told = next(each for each in excerpts(self._library, question, passages) if each.id == pair.section)
        return [self._wording.reworded(sentence, pair.facts, rng) for sentence in _SENTENCES.split(told.text)]

    def _other(self, pair: Pair, rng: random.Random) -> Pair | None:
        """Another question about the same section."""
        others = [each for each in self._about[pair.section] if each.meaning != pair.meaning]
        return rng.choice(others) if others else None

    def _near(self, section: Section) -> list[Section]:
        """Sections that the search may take for this one."""
        if section.id not in self._near_to:
            found = (each.section for each in search.find(self._library, section.title, _NEAR + 1))
            self._near_to[section.id] = [each for each in found if each.id != section.id][:_NEAR]
        return self._near_to[section.id]

    def _without_subject(self, pair: Pair) -> str:
        """The question as one asks it when the subject is already clear."""
        subject = re.escape(self._by_id[pair.section].subject)
        ways = (rf"^As {subject}, ", rf"^I (?:main|play) {subject}\. ", rf",? (?:as|with|for) (?:the )?{subject}\b")
        question = pair.question
        for way in ways:
            question = re.sub(way, "", question, flags=re.IGNORECASE)
        return question


KINDS = (
    "plain",
    "list",
    "reason",
    "several",
    "unanswered",
    "follow-up",
    "as-typed",
    "japanese",
)
"""The kinds of lessons."""


def kinds_of(lessons: Sequence[Lesson]) -> dict[str, int]:
    """The number of lessons of each kind, and of those with two passages."""
    counts = Counter(lesson.kind for lesson in lessons)
    return {kind: counts[kind] for kind in KINDS} | {"two-passages": sum(len(each.passages) > 1 for each in lessons)}


class _Varying:
    """Varies lessons: in some of them moves and numbers are exchanged."""

    def __init__(self, library: Library) -> None:
        lexicon = library.lexicon
        self._kinds: dict[str, list[str]] = {}
        for move in lexicon.moves:
            if " " in move and move.islower():
                self._kinds.setdefault(move.split()[-1], []).append(move)
        moves = "|".join(r"[ -]".join(map(re.escape, move.split())) for kind in self._kinds.values() for move in kind)
        self._changing = re.compile(rf"\b(?:{moves or '(?!)'})|\b\d+\b", re.IGNORECASE)
        short = "|".join(map(re.escape, lexicon.synonyms)) or "(?!)"
        self._articles = re.compile(rf"\b([Aa])n? (?=((?:{moves or '(?!)'})\b))")
        self._short = re.compile(rf"\b(?:{short})\b", re.IGNORECASE)

    def way(self, rng: random.Random) -> Callable[[Lesson], Lesson | None]:
        """What varies the lessons about a section, and gives None where a short name in a question would not fit."""
        if rng.random() >= _RENAMED_RATE:
            return lambda lesson: lesson
        others: dict[str, str] = {}
        for kind in self._kinds.values():
            others |= zip(kind, rng.sample(kind, len(kind)), strict=True)
        shift = rng.randint(1, 9)

        def renamed(lesson: Lesson) -> Lesson | None:
            short = self._short.search(f"{lesson.before} {lesson.question}")
            return None if short else self._renamed(lesson, others, shift)

        return renamed

    def _renamed(self, lesson: Lesson, others: Mapping[str, str], shift: int) -> Lesson:
        """Exchange moves of one kind ("up smash", "down smash") and shift numbers, everywhere alike."""

        def put(found: re.Match[str]) -> str:
            old = found[0]
            if old.isdigit():
                return str(int(old) + shift)
            new = others[old.lower().replace("-", " ")]
            new = new.replace(" ", "-") if "-" in old else new
            return new[0].upper() + new[1:] if old[0].isupper() else new

        def changed(text: str) -> str:
            return self._articles.sub(
                lambda found: f"{found[1]}{'n' * (found[2][0] in 'aeiou')} ", self._changing.sub(put, text)
            )

        lines = [re.match(r"(\d+\. )?(.*)", line) for line in lesson.answer.split("\n")]
        return replace(
            lesson,
            question=changed(lesson.question),
            before=changed(lesson.before),
            passages=tuple(
                replace(section, title=changed(section.title), text=changed(section.text))
                for section in lesson.passages
            ),
            answer="\n".join((line[1] or "") + changed(line[2]) for line in lines if line),
            facts=tuple(map(changed, lesson.facts)),
        )


def _plain(text: str) -> str:
    return " ".join(text.replace("-", " ").casefold().split())


def _closed(question: str) -> str:
    return question if question.endswith(("?", ".", "!")) else f"{question}?"


def _opened(question: str) -> str:
    """A question inside a sentence: a small letter where it begins with a word that asks."""
    return question[:1].lower() + question[1:] if _ASKING.match(question) else question
