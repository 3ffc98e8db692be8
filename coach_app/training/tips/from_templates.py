"""Generates questions and answers about a game from its guides and templates, without a teacher.

Questions ask for a section's sentences by their subject: the section's kind (the suffix of its id), a topic, a number
or one of the game's things. The answer is one to three sentences verbatim; the facts are moves, things, numbers and
rare words of the answer that are not in the question. Deterministic for the same guides and seed.
"""

import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach_app.desktop.files import write_atomically
from coach_app.domain.errors import CoachError
from coach_app.knowledge.library import Library, load
from coach_app.knowledge.naming import foreign_names
from coach_app.knowledge.sections import Section, slug
from coach_app.training.tips import cleaning
from coach_app.training.tips.pairs import Pair, as_json_lines, shipped_pairs
from coach_app.training.tips.similarity import content_words, stem, words
from coach_app.training.tips.split import split
from coach_app.training.tips.templates import Aspect, Figure, Kind, Templates, Topic, has_templates, load_templates

_PARAPHRASES = 4
_TOPICS_IN_SECTION = 7
_MAX_FACTS = 3
_MAX_SENTENCES = 3
_MAX_WORDS = 60
_FEW_WORDS = 12


@dataclass(frozen=True)
class _Asked:
    """One meaning: its paraphrases, and the indices of the sentences that answer it."""

    key: str
    questions: tuple[str, ...]
    places: tuple[int, ...]
    facts: tuple[str, ...] = ()
    alone: bool = False


def sentences(section: Section) -> list[tuple[int, str]]:
    """The sentences of a section with their paragraph numbers."""
    return [
        (number, sentence)
        for number, paragraph in enumerate(section.text.split("\n\n"))
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z“])", " ".join(paragraph.split()))
    ]


def make_pairs(library: Library, templates: Templates, seed: int = 1) -> list[Pair]:
    """Generate questions and answers about every section, without cleaning and splitting.

    Args:
        library: the guides of a game.
        templates: templates of the same game.
        seed: seed of the choice of templates.
    """
    rarity = _rarity(library)
    asking = _Asking(library, templates)
    pairs: list[Pair] = []
    for section in library.sections:
        lines = sentences(section)
        rng = random.Random(f"{seed} {section.id}")
        used: Counter[tuple[int, ...]] = Counter()
        for asked in asking.of(section, lines):
            meaning = f"{section.id}/{asked.key}"
            if not asked.places or used[asked.places] >= 2 or meaning in templates.not_answered:
                continue
            used[asked.places] += 1
            answer = _answer(lines, asked)
            shown = [templates.held_out[meaning]] if meaning in templates.held_out else []
            for question in [*shown, *_chosen(asked.questions, templates.nicknames, rng)]:
                facts = asked.facts or _facts(answer, question, rarity, library, templates)
                if facts:
                    pairs.append(Pair(question, answer, section.id, meaning, facts))
    return pairs


def _answer(lines: Sequence[tuple[int, str]], asked: _Asked) -> str:
    """The answering sentences, extended after very short ones by the next of the paragraph, with a word limit."""
    said = [lines[place][1] for place in asked.places]
    after = asked.places[-1] + 1
    whole = bool(asked.facts) or asked.alone
    if (
        not whole
        and len(said[-1].split()) < _FEW_WORDS
        and after < len(lines)
        and lines[after][0] == lines[after - 1][0]
    ):
        longer = [*said, lines[after][1]]
        said = longer if _count(longer) <= _MAX_WORDS - _FEW_WORDS else said
    while len(said) > 1 and _count(said) > _MAX_WORDS:
        said.pop()
    return " ".join(said)


def _count(said: Sequence[str]) -> int:
    return sum(len(line.split()) for line in said)


def build(game: str, out: Path | None = None, seed: int = 1, held_out: float = 0.1) -> dict[str, Any]:
    """Generate, clean, split and write the bundled pairs of a game.

    Args:
        game: id of a game with templates in its folder.
        out: output folder; by default that of the game.
        seed: seed of the templates and the split.
        held_out: share of the pairs that is held out.

    Returns:
        The counts of every step.

    Raises:
        CoachError: there are no guides or templates, nothing is left, or the file cannot be written.
    """
    if not has_templates(game):
        raise CoachError(f"There are no templates for “{game}”.", "Name a teacher by --base-url and --model.")
    library, templates = load(game), load_templates(game)
    path = shipped_pairs(game)
    path = out / path.name if out else path
    made = make_pairs(library, templates, seed)
    steps = cleaning.clean(made, library)
    pairs = split(steps[-1].kept, library.lexicon, held_out, seed, templates.held_out)
    write_atomically(path, as_json_lines(pairs), "The questions and answers")
    return {
        "made": len(made),
        "cleaning": cleaning.report(steps),
        "pairs": len(pairs),
        "sections": len({pair.section for pair in pairs}),
        "meanings": len({pair.meaning for pair in pairs}),
        "held_out": sum(pair.split == "held-out" for pair in pairs),
        "held_out_meanings": len({pair.meaning for pair in pairs if pair.split == "held-out"}),
        "folder": str(path.parent),
    }


class _Asking:
    """Generates the questions about sections."""

    def __init__(self, library: Library, templates: Templates) -> None:
        self._templates = templates
        self._match_ups = library.lexicon.match_ups
        self._slugs = {subject: slug(subject) for subject in library.named()}
        self._of_things = {section: thing for thing, section in templates.things.items()}

    def of(self, section: Section, lines: Sequence[tuple[int, str]]) -> Iterator[_Asked]:
        """All meanings of a section, most important first."""
        own = self._templates.sections.get(section.id, ())
        kind, rival = self._kind_of(section)
        for aspect in (*kind.aspects, *own):
            if not aspect.opponents or rival in aspect.opponents:
                yield self._asked(aspect, lines, section.subject, rival)
        if thing := self._of_things.get(section.id):
            for aspect in self._templates.thing_aspects:
                yield self._asked(aspect, lines, thing=thing)
        if kind.things:
            for thing in self._templates.things:
                named = Aspect(key=slug(thing), pattern=re.escape(thing.lower()))
                asked = self._filled(self._phrasing(kind.things), section.subject, thing=thing)
                yield _Asked(named.key, asked, self._places(lines, named))
        for place, (_, line) in enumerate(lines):
            for figure in kind.figures:
                yield from self._asked_of_figure(figure, line, place, section.subject)
        if kind.phrasing or rival:
            yield from self._asked_of_topics(section, rival, kind, lines, {aspect.key for aspect in own})

    def _phrasing(self, name: str) -> tuple[str, ...]:
        return self._templates.phrasings.get(name, ())

    def _kind_of(self, section: Section) -> tuple[Kind, str]:
        """The kind of a section, and the opponent that it is about, if any."""
        start = self._slugs.get(section.subject)
        if not start or not section.id.startswith(f"{start}-"):
            return Kind(), ""
        if self._match_ups and (rival := self._match_ups.rival(section, self._slugs)):
            return self._templates.match_up, rival
        return self._templates.kinds.get(section.id.removeprefix(f"{start}-"), Kind()), ""

    def _asked(
        self, aspect: Aspect, lines: Sequence[tuple[int, str]], subject: str = "", rival: str = "", thing: str = ""
    ) -> _Asked:
        fitted = aspect.model_copy(
            update={
                "pattern": aspect.pattern.replace("{p}", subject.lower()),
                "without": aspect.without.replace("{p}", subject.lower()).replace("{o}", rival.lower()),
            }
        )
        what = self._phrasing("what") if aspect.what else ()
        questions = (*(template.replace("{t}", aspect.what) for template in what), *aspect.questions)
        asked = self._filled(questions, subject, rival, thing)
        return _Asked(aspect.key, asked, self._places(lines, fitted, aspect.most), alone=aspect.alone)

    def _asked_of_figure(self, figure: Figure, line: str, place: int, subject: str) -> Iterator[_Asked]:
        phrasing = self._phrasing(figure.phrasing)
        several = len(re.findall(r"\d+", line)) > 1
        for part in re.split(self._templates.figure_ends, line) if several else [line]:
            found = re.search(figure.pattern, part)
            if not found:
                continue
            facts = (figure.fact.replace("{value}", found["value"]),)
            about = found.groupdict().get("about")
            if about is None:
                yield _Asked(figure.key, self._filled(phrasing, subject), (place,), facts)
                continue
            for topic in self._templates.topics:
                if topic.key not in figure.without_topics and re.search(topic.pattern, about.lower()):
                    noun = (topic.singular or topic.noun).removeprefix("the ")
                    asked = [template.replace("{m}", noun) for template in phrasing]
                    yield _Asked(f"{figure.key}-{topic.key}", self._filled(asked, subject), (place,), facts)

    def _asked_of_topics(
        self, section: Section, rival: str, kind: Kind, lines: Sequence[tuple[int, str]], left_out: Set[str]
    ) -> Iterator[_Asked]:
        for topic, places in self._topics(lines, section, rival):
            if topic.key in left_out or (kind.only_owned and not topic.owners):
                continue
            if re.search(kind.without_topics, topic.key):
                continue
            if rival:
                answer = " ".join(lines[place][1] for place in places)
                phrasing = topic.against or _stance(topic, answer, section.subject, rival)
            else:
                shared = kind.phrasing_of_shared if not topic.owners else ""
                phrasing = topic.phrasing or shared or kind.phrasing
            templates = self._phrasing(phrasing)
            if phrasing == "works" and not topic.noun.endswith("s"):
                templates = tuple(re.sub(r" do\b", " does", way, count=1) for way in templates)
            asked = [
                template.replace("{t}", topic.short if topic.short and number % 3 == 0 else topic.noun).replace(
                    "{w}", kind.where[number % len(kind.where)]
                )
                for number, template in enumerate(templates)
            ]
            yield _Asked(topic.key, self._filled(asked, section.subject, rival), places)

    def _topics(
        self, lines: Sequence[tuple[int, str]], section: Section, rival: str
    ) -> list[tuple[Topic, tuple[int, ...]]]:
        """The topics of a section with their sentences; owned topics and those with few sentences first."""
        own = {slug(section.subject), slug(rival)}
        found = []
        for order, topic in enumerate(self._templates.topics):
            if topic.owners and own.isdisjoint(topic.owners):
                continue  # belongs to another subject, mentioned as an example
            places = self._places(lines, Aspect(key=topic.key, pattern=topic.pattern))
            if places:
                found.append((not topic.owners, order, topic, places))
        return [(topic, places) for _, _, topic, places in sorted(found, key=lambda entry: entry[:2])][
            :_TOPICS_IN_SECTION
        ]

    def _places(self, lines: Sequence[tuple[int, str]], aspect: Aspect, most: int = 2) -> tuple[int, ...]:
        """Indices of the sentences that answer an aspect, with the preceding sentences that they refer to."""
        if not aspect.pattern:
            first = [place for place, (paragraph, _) in enumerate(lines) if paragraph == lines[0][0]]
            return tuple(first[:2] if len(first) > 1 else range(min(2, len(lines))))
        hits = [
            place
            for place, (_, line) in enumerate(lines)
            if re.search(aspect.pattern, line.lower()) and not re.search(aspect.without, line.lower())
        ]
        # A sentence that begins with the topic says more about it than one that ends with it.
        hits.sort(key=lambda place: (_start(aspect.pattern, lines[place][1]) > 40, place))
        chosen: set[int] = set()
        for place in hits[:most]:
            chosen.add(place)
            leans = re.match(self._templates.leaning, lines[place][1])
            if place and leans and lines[place - 1][0] == lines[place][0]:
                chosen.add(place - 1)
        return tuple(sorted(chosen)[:_MAX_SENTENCES])

    def _filled(self, templates: Sequence[str], subject: str, rival: str = "", thing: str = "") -> tuple[str, ...]:
        """Fill templates with names, with correct grammar for plurals."""
        return tuple(self._question(template.replace("{s}", thing), subject, rival) for template in templates)

    def _question(self, template: str, subject: str, rival: str) -> str:
        question = template
        for mark, name in (("{p}", subject), ("{o}", rival)):
            plural = self._templates.plurals.get(name)
            if plural:
                for one, many in ((r"does {}(?!')", "do {}"), (r"is {}(?!')", "are {}"), (r"{} is", "{} are")):
                    question = re.sub(one.format(re.escape(mark)), many.format(mark), question)
                question = re.sub(rf"({re.escape(mark)} (?!versus\b)[a-z-]{{3,}})s\b", r"\1", question)
                question = question.replace(f"{mark}'s the ", f"{mark}'s ")
                question = question.replace(f"{mark}'s", f"{plural}'").replace(mark, plural)
            question = question.replace(mark, name)
        question = re.sub(r"\s+([?.,])", r"\1", re.sub(r"\s{2,}", " ", question)).replace("'s the ", "'s ")
        return question[:1].upper() + question[1:]


def _stance(topic: Topic, answer: str, player: str, rival: str) -> str:
    """The phrasing for a topic in a match-up: the player's own, the opponent's, or neither's."""
    own, theirs = slug(player) in topic.owners, slug(rival) in topic.owners
    if own != theirs and topic.owners:
        return "use-against" if own else "deal"
    possessive = re.search(
        rf"\b(his|her|their|{re.escape(rival)}'s?|{re.escape(player)}'s?)\s+(?:\w+ ){{0,2}}(?:{topic.pattern})",
        answer,
        re.IGNORECASE,
    )
    if possessive and not possessive[1].lower().startswith(player.lower()):
        return "deal" if possessive[1].lower().startswith(rival.lower()) else "about-against"
    used = re.search(rf"\b(?:use|with|by)\s+(?:\w+ ){{0,2}}(?:{topic.pattern})", answer, re.IGNORECASE)
    return "use-against" if possessive or used else "about-against"


def _start(pattern: str, line: str) -> int:
    found = re.search(pattern, line.lower())
    return found.start() if found else len(line)


def _chosen(questions: Sequence[str], nicknames: Mapping[str, str], rng: random.Random) -> list[str]:
    """A random choice of paraphrases, in the style of players."""
    chosen = rng.sample(list(questions), min(_PARAPHRASES, len(questions)))
    return [_careless(question, nicknames, rng) if number else question for number, question in enumerate(chosen)]


def _careless(question: str, nicknames: Mapping[str, str], rng: random.Random) -> str:
    """Occasionally use a nickname, drop the question mark or lower the case."""
    if rng.random() < 0.2:
        for name, short in nicknames.items():
            question = re.sub(rf"\b(?:the )?{name}\b", short, question, flags=re.IGNORECASE)
    if rng.random() < 0.2 and ". " not in question:
        question = question.rstrip("?")
    if rng.random() < 0.12:
        question = question.lower()
    return question


def _fresh(phrases: Sequence[str], question: str) -> list[str]:
    """The phrases that are not in the question."""
    given = set(map(stem, words(question)))
    return [
        phrase
        for phrase in dict.fromkeys(phrases)
        if phrase not in question.lower() and not set(map(stem, words(phrase))) <= given
    ]


def _rarity(library: Library) -> dict[str, float]:
    """The rarity of word stems in the guides (inverse document frequency)."""
    counts = Counter(word for section in library.sections for word in {stem(word) for word in words(section.text)})
    return {word: math.log(len(library.sections) / count) for word, count in counts.items()}


def _facts(
    answer: str, question: str, rarity: Mapping[str, float], library: Library, templates: Templates
) -> tuple[str, ...]:
    """Phrases that a correct answer contains: its names, then its rarest words."""
    plain = answer.lower()
    named: list[tuple[int, str]] = []
    for name in foreign_names(answer, question, library):
        spelled = re.search(r"[ -]".join(map(re.escape, re.split(r"[ -]", name.lower()))), plain)
        if spelled and name not in library.named():
            named.append((spelled.start(), spelled[0]))
    named += [(plain.index(thing.lower()), thing.lower()) for thing in templates.things if thing.lower() in plain]
    named += [(found.start(), found[0]) for found in re.finditer(templates.numbers, plain)]
    candidates = _fresh([phrase for _, phrase in sorted(named)], question)
    facts = [phrase for phrase in candidates if not any(phrase != other and phrase in other for other in candidates)]
    if len(facts) < 2:
        # With few names, the game's own words carry the meaning, then the rarest words.
        rare = sorted(
            (
                word
                for word in dict.fromkeys(re.findall(r"[a-z][a-z-]{3,}", plain))
                if content_words(word, library.lexicon)
            ),
            key=lambda word: -rarity.get(stem(word), 0.0),
        )
        concepts = [found[0] for found in re.finditer(templates.concepts, plain)]
        fresh = _fresh(concepts, question) or ([] if facts else _fresh(rare, question))
        facts += [word for word in fresh if not any(word in fact for fact in facts)][: 2 - len(facts)]
    return tuple(facts[:_MAX_FACTS])
