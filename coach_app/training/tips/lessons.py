"""What a model that chats learns from pairs of questions and answers: to answer from passages, in its own words.

A pair's answer consists of sentences of its section. As lessons they come reworded, joined, as lists and with their
reasons; among passages that do not answer; after an earlier question; and for questions as players type them. In many
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
_RENAMED_RATE, _SHUFFLED_RATE, _SUPPORT_RATE = 0.4, 0.5, 0.4
_MOST_WORDS = 90
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
    pairs: Sequence[Pair], library: Library, held_out: Sequence[Pair], count: int, seed: int, leaning: str = "(?!)"
) -> list[Lesson]:
    """Make lessons, equally many of each kind as far as the pairs allow, in random order.

    Args:
        pairs: to learn from; those without a section in the guides are left out.
        library: the guides of the game.
        held_out: pairs whose questions must not be learned.
        count: about how many to make.
        seed: seed of all choices.
        leaning: regular expression for beginnings of sentences that refer to the sentence before.

    Raises:
        CoachError: no pair is about a section of the guides.
    """
    making = _Making(pairs, library, leaning)
    if not making.pairs:
        raise CoachError(f"No question is about the guides of “{library.game}”.", "Make some: coach train guides")
    unseen, varying = _Unseen(held_out, library), _Varying(library)
    lessons: list[Lesson] = []
    for kind, make in making.kinds().items():
        rng = random.Random(f"{seed} {kind}")
        wanted = -(-count // len(KINDS))
        order: list[Pair] = []
        while len(order) < wanted * _TRIES:
            order += rng.sample(making.pairs, len(making.pairs))
        made: dict[tuple[str, str, str], Lesson] = {}
        for pair in order[: wanted * _TRIES]:
            lesson = make(pair, rng)
            if lesson is None:
                continue
            lesson = varying.varied(lesson, rng)
            key = lesson.question, lesson.answer, lesson.passages[0].text
            if key not in made and not wrong_in(lesson, library) and not unseen.is_in(lesson):
                made[key] = lesson
            if len(made) == wanted:
                break
        lessons += made.values()
    random.Random(seed).shuffle(lessons)
    return lessons


def wrong_in(lesson: Lesson, library: Library) -> list[str]:
    """What an answer says that neither its passages nor its question do; empty if the lesson is right.

    Args:
        lesson: to be checked.
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
    wrong += [f"the word {word!r}" for word in words(text) if stem(word) not in given | _FREE]
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
    """Makes lessons of each kind from a pair; None where the pair does not suit the kind."""

    def __init__(self, pairs: Sequence[Pair], library: Library, leaning: str) -> None:
        self._library, self._leaning = library, leaning
        self._sections = library.by_id()
        self.pairs = [pair for pair in pairs if pair.section in self._sections]
        common = {word for section in library.sections for word in re.findall(r"(?<=[a-z,] )[a-z'-]+", section.text)}
        self._wording = Wording(common, library.lexicon.moves)
        self._found: dict[str, list[Section]] = {}
        self._together: dict[str, list[Pair]] = {}
        for pair in self.pairs:
            self._together.setdefault(pair.section, []).append(pair)

    def kinds(self) -> Mapping[str, Callable[[Pair, random.Random], Lesson | None]]:
        """What makes a lesson of each kind."""
        makers = (self._plain, self._list, self._reason, self._several, self._wrong_first, self._unanswered)
        return dict(zip(KINDS, (*makers, self._follow_up, self._as_typed, self._japanese), strict=True))

    def _plain(self, pair: Pair, rng: random.Random) -> Lesson:
        said = self._answer(pair, rng, support=True)
        return self._lesson("plain", pair, pair.question, self._wording.joined(said, self._leaning, rng))

    def _list(self, pair: Pair, rng: random.Random) -> Lesson | None:
        said = self._answer(pair, rng, support=True)
        if len(said) < 2:
            return None
        question = f"{_closed(pair.question)} {rng.choice(_LISTING)}"
        return self._lesson("list", pair, question, self._wording.listed(said, rng))

    def _reason(self, pair: Pair, rng: random.Random) -> Lesson | None:
        if not re.search(r"\b(?:because|since|so)\b", pair.answer):
            return None
        text = " ".join(self._answer(pair, rng))
        return self._lesson("reason", pair, f"{_closed(pair.question)} {rng.choice(_ASKING_WHY)}", text)

    def _several(self, pair: Pair, rng: random.Random) -> Lesson | None:
        other = self._other(pair, rng)
        if other is None:
            return None
        said = list(dict.fromkeys((*self._answer(pair, rng), *self._answer(other, rng))))
        question = f"{_closed(pair.question)} {rng.choice(_FOLLOWING).format(_opened(other.question))}"
        lesson = self._lesson("several", pair, question, self._wording.joined(said, self._leaning, rng))
        facts = tuple(dict.fromkeys((*pair.facts, *other.facts)))
        return replace(lesson, facts=facts, meanings=(pair.meaning, other.meaning))

    def _wrong_first(self, pair: Pair, rng: random.Random) -> Lesson | None:
        lesson, wrong = self._plain(pair, rng), self._near(pair, rng)
        both = (wrong, *lesson.passages) if rng.random() < 0.7 else (*lesson.passages, wrong)
        return replace(lesson, kind="wrong-first", passages=both) if wrong.id != pair.section else None

    def _unanswered(self, pair: Pair, rng: random.Random) -> Lesson | None:
        wrong = self._near(pair, rng)
        if any(_plain(fact) in _plain(wrong.text) for fact in pair.facts) or wrong.id == pair.section:
            return None
        asked = content_words(pair.question, self._library.lexicon)
        if len(asked & content_words(wrong.text, self._library.lexicon)) > _MOST_COVERED * len(asked):
            return None  # it may answer after all
        answer = rng.choice(_NOWHERE).format(UNANSWERED).format(title=wrong.title)
        return replace(self._lesson("unanswered", pair, pair.question, answer), passages=(wrong,), facts=())

    def _follow_up(self, pair: Pair, rng: random.Random) -> Lesson | None:
        earlier = self._other(pair, rng)
        if earlier is None:
            return None
        question = rng.choice(_FOLLOWING).format(_opened(self._without_subject(pair)))
        text = self._wording.joined(self._answer(pair, rng), self._leaning, rng)
        return replace(self._lesson("follow-up", pair, question, text), before=earlier.question)

    def _as_typed(self, pair: Pair, rng: random.Random) -> Lesson:
        names = {part.lower() for ways in self._library.named().values() for way in ways for part in way.split()}
        return replace(self._plain(pair, rng), kind="as-typed", question=as_typed(pair.question, names, rng))

    def _japanese(self, pair: Pair, rng: random.Random) -> Lesson | None:
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
        return replace(self._plain(pair, rng), kind="japanese", question=question)

    def _lesson(self, kind: str, pair: Pair, question: str, answer: str) -> Lesson:
        passages = (self._sections[pair.section],)
        return Lesson(kind, question, passages, answer, pair.facts, (pair.meaning,))

    def _answer(self, pair: Pair, rng: random.Random, support: bool = False) -> list[str]:
        """The answer's sentences in other words, sometimes with the next best sentence of the section."""
        said = _SENTENCES.split(" ".join(pair.answer.split()))
        if support and rng.random() < _SUPPORT_RATE and (further := self._further(pair, said)):
            said.append(further)
        return [self._wording.reworded(sentence, pair.facts, rng) for sentence in said]

    def _further(self, pair: Pair, said: Sequence[str]) -> str:
        """The sentence of the section that says most about what is asked, beyond the answer; may be empty."""
        section, lexicon = self._sections[pair.section], self._library.lexicon
        asked = content_words(pair.question, lexicon) - content_words(section.subject, lexicon)
        room = _MOST_WORDS - sum(len(each.split()) for each in said)
        best, most = "", 0
        for sentence in _SENTENCES.split(" ".join(section.text.split())):
            shared = len(asked & content_words(sentence, lexicon))
            fresh = sentence not in said and not re.match(self._leaning, sentence)
            if fresh and shared > most and len(sentence.split()) <= room:
                best, most = sentence, shared
        return best

    def _other(self, pair: Pair, rng: random.Random) -> Pair | None:
        """Another question about the same section."""
        others = [each for each in self._together[pair.section] if each.meaning != pair.meaning]
        return rng.choice(others) if others else None

    def _near(self, pair: Pair, rng: random.Random) -> Section:
        """A section that the search may take for the right one."""
        if pair.question not in self._found:
            self._found[pair.question] = [each.section for each in search.find(self._library, pair.question, 4)]
        wrong = [section for section in self._found[pair.question] if section.id != pair.section]
        return rng.choice(wrong[:2] or list(self._library.sections))

    def _without_subject(self, pair: Pair) -> str:
        """The question as one asks it when the subject is already clear."""
        subject = re.escape(self._sections[pair.section].subject)
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
    "wrong-first",
    "unanswered",
    "follow-up",
    "as-typed",
    "japanese",
)
"""The kinds of lessons; each gets as many as any other."""


def kinds_of(lessons: Sequence[Lesson]) -> dict[str, int]:
    """The number of lessons of each kind."""
    counts = Counter(lesson.kind for lesson in lessons)
    return {kind: counts[kind] for kind in KINDS}


class _Varying:
    """Varies lessons: their paragraphs in another order, and in some of them moves and numbers exchanged."""

    def __init__(self, library: Library) -> None:
        lexicon = library.lexicon
        self._kinds: dict[str, list[str]] = {}
        for move in lexicon.moves:
            if " " in move and move.islower():
                self._kinds.setdefault(move.split()[-1], []).append(move)
        moves = "|".join(r"[ -]".join(map(re.escape, move.split())) for kind in self._kinds.values() for move in kind)
        self._changing = re.compile(rf"\b(?:{moves or '(?!)'})|\b\d+\b", re.IGNORECASE)
        short = "|".join(map(re.escape, lexicon.synonyms)) or "(?!)"
        self._short = re.compile(rf"\b(?:{short})\b", re.IGNORECASE)

    def varied(self, lesson: Lesson, rng: random.Random) -> Lesson:
        """A lesson, varied or not."""
        if rng.random() < _SHUFFLED_RATE:
            lesson = replace(lesson, passages=tuple(_shuffled(section, rng) for section in lesson.passages))
        if rng.random() >= _RENAMED_RATE or self._short.search(f"{lesson.before} {lesson.question}"):
            return lesson  # a short name in the question would no longer fit
        return self._renamed(lesson, rng)

    def _renamed(self, lesson: Lesson, rng: random.Random) -> Lesson:
        """Exchange moves of one kind ("up smash", "down smash") and shift numbers, everywhere alike."""
        others: dict[str, str] = {}
        for kind in self._kinds.values():
            others |= zip(kind, rng.sample(kind, len(kind)), strict=True)
        shift = rng.randint(1, 9)

        def put(found: re.Match[str]) -> str:
            old = found[0]
            if old.isdigit():
                return str(int(old) + shift)
            new = others[old.lower().replace("-", " ")]
            new = new.replace(" ", "-") if "-" in old else new
            return new[0].upper() + new[1:] if old[0].isupper() else new

        def changed(text: str) -> str:
            return self._changing.sub(put, text)

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


def _shuffled(section: Section, rng: random.Random) -> Section:
    paragraphs = section.text.split("\n\n")
    return replace(section, text="\n\n".join(rng.sample(paragraphs, len(paragraphs))))


def _plain(text: str) -> str:
    return " ".join(text.replace("-", " ").casefold().split())


def _closed(question: str) -> str:
    return question if question.endswith(("?", ".", "!")) else f"{question}?"


def _opened(question: str) -> str:
    """A question inside a sentence: a small letter where it begins with a word that asks."""
    return question[:1].lower() + question[1:] if _ASKING.match(question) else question
