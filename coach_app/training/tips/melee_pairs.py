"""Makes the shipped questions and answers about Melee from the shipped guides, without a teacher.

A section's sentences are asked for by what they are about: the section's kind (``fox-recovery``), a move or another
topic, a frame or a stage. The answer is one to three of its sentences as they are; the facts are the moves, stages,
numbers and rare words of the answer that the question does not give away. Same guides and seed, same pairs.
"""

import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach_app.desktop.files import write_atomically
from coach_app.domain.resources import game_dir
from coach_app.knowledge.library import Library, load
from coach_app.knowledge.naming import foreign_names
from coach_app.knowledge.sections import Section, slug
from coach_app.training.tips import cleaning
from coach_app.training.tips.melee_questions import (
    ABOUT,
    ABOUT_AGAINST,
    ASPECTS,
    CONCEPTS,
    DEAL,
    EXTRA,
    FRAME,
    GENERAL,
    JUMPSQUAT,
    NOT_ANSWERED,
    STAGE,
    TOPICS,
    USE,
    USE_AGAINST,
    WHERE,
    WORKS,
    Aspect,
    Topic,
)
from coach_app.training.tips.pairs import Pair, as_json_lines
from coach_app.training.tips.similarity import content_words, stem, words
from coach_app.training.tips.split import split

SHIPPED = "tips.jsonl"
HELD_OUT = {
    "fox-win/plan": "How do I win as Fox",
    "falco-vs-peach/turnips": "How do I deal with Peach's turnips as Falco",
    "marth-vs-ice-climbers/pick": "What are the best stages to pick as Marth against Ice Climbers",
}
"""The questions that sangstar/melee-bot shows: each is asked as it is there, and its meaning is always held out."""
STAGES = (
    "Final Destination",
    "Battlefield",
    "Yoshi's Story",
    "Fountain of Dreams",
    "Dream Land",
    "Pokémon Stadium",
)
_NICKNAMES = {"Captain Falcon": "Falcon", "Ice Climbers": "ICs", "Jigglypuff": "Puff"}
_PARAPHRASES = 4
_TOPICS_IN_SECTION = 7
_MOST_FACTS = 3
_MOST_SENTENCES = 3
_MOST_WORDS = 60
_FEW_WORDS = 12
_HANGING = re.compile(
    r"(?:It|Its|This|That|They|Their|Then|These|Those|Otherwise|There|Both|Later|Each|But|So|And|Or|Repeat|"
    r"Use (?:it|them)|If (?:it|they|she|he)|When (?:they|it)|Once (?:they|it|she|he)|After (?:it|that)|Instead|Next|"
    r"Mix it|The (?:first|second|same|explosion|pair|aerial|order))\b"
)
"""How a sentence begins that leans on the one before it."""
_FRAMES = re.compile(r"([^.;:]*?)\b(?:hits?|starts|comes out)\b[^.;]*?\bframes? (\d+)")


@dataclass(frozen=True)
class _Asked:
    """One meaning: its paraphrases, and the places of the sentences that answer it."""

    key: str
    questions: tuple[str, ...]
    places: tuple[int, ...]
    facts: tuple[str, ...] = ()


def sentences(section: Section) -> list[tuple[int, str]]:
    """The sentences of a section, with the number of their paragraph."""
    return [
        (number, sentence)
        for number, paragraph in enumerate(section.text.split("\n\n"))
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z“])", " ".join(paragraph.split()))
    ]


def make_pairs(library: Library, seed: int = 1) -> list[Pair]:
    """Questions and answers about every section; not cleaned and not split yet.

    Args:
        library: the guides of Melee.
        seed: of the choice among the templates.
    """
    rarity = _rarity(library)
    pairs: list[Pair] = []
    for section in library.sections:
        lines = sentences(section)
        rng = random.Random(f"{seed} {section.id}")
        used: Counter[tuple[int, ...]] = Counter()
        for asked in _asked(section, lines, library):
            meaning = f"{section.id}/{asked.key}"
            if not asked.places or used[asked.places] >= 2 or meaning in NOT_ANSWERED:
                continue
            used[asked.places] += 1
            answer = _answer(lines, asked)
            shown = [HELD_OUT[meaning]] if meaning in HELD_OUT else []
            for question in [*shown, *_chosen(asked.questions, rng)]:
                facts = asked.facts or _facts(answer, question, rarity, library)
                if facts:
                    pairs.append(Pair(question, answer, section.id, meaning, facts))
    return pairs


def _answer(lines: Sequence[tuple[int, str]], asked: _Asked) -> str:
    """The sentences asked for; after a very short one the next of its paragraph, too, and never too many words."""
    said = [lines[place][1] for place in asked.places]
    after = asked.places[-1] + 1
    whole = bool(asked.facts) or asked.key in ("pick", "ban")
    if (
        not whole
        and len(said[-1].split()) < _FEW_WORDS
        and after < len(lines)
        and lines[after][0] == lines[after - 1][0]
    ):
        longer = [*said, lines[after][1]]
        said = longer if _count(longer) <= _MOST_WORDS - _FEW_WORDS else said
    while len(said) > 1 and _count(said) > _MOST_WORDS:
        said.pop()
    return " ".join(said)


def _count(said: Sequence[str]) -> int:
    return sum(len(line.split()) for line in said)


def build(out: Path | None = None, seed: int = 1, held_out: float = 0.1) -> dict[str, Any]:
    """Make, clean and split the shipped pairs, and write them.

    Args:
        out: the folder; that of the game by default.
        seed: of the templates and of the split.
        held_out: the part of the pairs that is held out.

    Returns:
        Counts of every step.

    Raises:
        CoachError: the guides cannot be read, nothing is left, or the file cannot be written.
    """
    library = load("melee")
    path = (out or game_dir("melee")) / SHIPPED
    made = make_pairs(library, seed)
    steps = cleaning.clean(made, library)
    pairs = split(steps[-1].kept, library.lexicon, held_out, seed, HELD_OUT)
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


def _asked(section: Section, lines: Sequence[tuple[int, str]], library: Library) -> Iterator[_Asked]:
    """All meanings of a section, the most important ones first."""
    if section.id in GENERAL:
        for aspect in GENERAL[section.id]:
            yield _Asked(aspect.key, aspect.questions, _places(lines, aspect))
        return
    start = slug(section.subject)
    if not section.id.startswith(f"{start}-"):
        return
    kind = section.id.removeprefix(f"{start}-")
    for name in library.named():
        if kind == f"vs-{slug(name)}":
            yield from _asked_against(section, name, lines)
            return
    for aspect in ASPECTS.get(kind, ()):
        yield _Asked(aspect.key, _filled(aspect.questions, section.subject), _places(lines, aspect))
    if kind == "stages":
        yield from _asked_of_stages(section, lines)
    elif kind == "tech":
        yield from _asked_of_frames(section, lines)
    if kind != "tech" and kind not in WHERE:
        return
    where = WHERE.get(kind, ("",))
    for topic, places in _topics(lines, section, ""):
        own = bool(topic.owners)
        if (kind == "tech" and not own) or (kind == "recovery" and topic.key in _ATTACKS):
            continue  # a frame's number is asked for elsewhere; on the way back attacks are mostly the opponent's
        templates: tuple[str, ...] = USE
        if topic.key in (*_CIRCUMSTANCES, "crouch-cancel") or (kind == "defence" and not own):
            templates = ABOUT
        elif kind == "tech":
            templates = WORKS
            if not topic.noun.endswith("s"):
                templates = tuple(re.sub(r" do\b", " does", way, count=1) for way in WORKS)
        asked = [
            template.replace("{t}", name).replace("{w}", where[number % len(where)])
            for number, template in enumerate(templates)
            for name in ((topic.noun,) if number % 3 or not topic.short else (topic.short,))
        ]
        yield _Asked(topic.key, _filled(asked, section.subject), places)


_ATTACKS = tuple(topic.key for topic in TOPICS if re.search(r"air$|tilt$|smash$|throw$|attack|jab|grab", topic.key))
_CIRCUMSTANCES = ("platforms", "di", "shield", "ledge", "projectiles", "nana", "popo-alone", "teching")
"""Topics that one does not use."""
_BOTH_DO = ("crouch-cancel", "chain-grab", "tech-chase", "dash-dance")
"""Topics of which a match-up rarely says clearly who does it."""


def _asked_against(section: Section, rival: str, lines: Sequence[tuple[int, str]]) -> Iterator[_Asked]:
    player = section.subject
    for aspect in ASPECTS["vs"]:
        fitted = Aspect(
            aspect.key,
            aspect.pattern.replace("{p}", player.lower()),
            aspect.questions,
            aspect.without.replace("{p}", player.lower()).replace("{o}", rival.lower()),
        )
        if aspect.key == "missed-rest" and rival != "Jigglypuff":
            continue
        most = 1 if aspect.key in ("pick", "ban") else 2
        yield _Asked(aspect.key, _filled(aspect.questions, player, rival), _places(lines, fitted, most))
    extra = EXTRA.get(section.id, ())
    for aspect in extra:
        yield _Asked(aspect.key, _filled(aspect.questions, player, rival), _places(lines, aspect, aspect.most))
    for topic, places in _topics(lines, section, rival):
        if any(topic.key == aspect.key for aspect in extra):
            continue
        answer = " ".join(lines[place][1] for place in places)
        templates = _stance(topic, answer, player, rival)
        asked = [
            template.replace("{t}", topic.short if topic.short and number % 3 == 0 else topic.noun)
            for number, template in enumerate(templates)
        ]
        yield _Asked(topic.key, _filled(asked, player, rival), places)


def _stance(topic: Topic, answer: str, player: str, rival: str) -> tuple[str, ...]:
    """Whether a topic is the player's own means, the opponent's, or neither for sure."""
    if topic.key in (*_CIRCUMSTANCES, *_BOTH_DO):
        return ABOUT_AGAINST
    own, theirs = slug(player) in topic.owners, slug(rival) in topic.owners
    if own != theirs and topic.owners:
        return USE_AGAINST if own else DEAL
    said = re.search(
        rf"\b(his|her|their|{re.escape(rival)}'s?|{re.escape(player)}'s?)\s+(?:\w+ ){{0,2}}(?:{topic.pattern})",
        answer,
        re.I,
    )
    if said and not said[1].lower().startswith(player.lower()):
        return DEAL if said[1].lower().startswith(rival.lower()) else ABOUT_AGAINST
    used = re.search(rf"\b(?:use|with|by)\s+(?:\w+ ){{0,2}}(?:{topic.pattern})", answer, re.IGNORECASE)
    return USE_AGAINST if said or used else ABOUT_AGAINST


def _asked_of_stages(section: Section, lines: Sequence[tuple[int, str]]) -> Iterator[_Asked]:
    for stage in STAGES:
        places = _places(lines, Aspect("", re.escape(stage.lower()), ()))
        asked = tuple(template.replace("{s}", stage) for template in STAGE)
        yield _Asked(slug(stage), _filled(asked, section.subject), places)


def _asked_of_frames(section: Section, lines: Sequence[tuple[int, str]]) -> Iterator[_Asked]:
    for place, (_, line) in enumerate(lines):
        if found := re.search(r"jumpsquat lasts (\d+) frames", line):
            yield _Asked("jumpsquat", _filled(JUMPSQUAT, section.subject), (place,), (f"{found[1]} frames",))
        for part in re.split(r", and |; ", line) if line.count(" frame ") > 1 else [line]:
            hit = _FRAMES.search(part)
            if not hit:
                continue
            for topic in TOPICS:
                noun = topic.noun.removeprefix("the ").removesuffix("s") if topic.key == "grab" else topic.noun
                if topic.key not in ("shield", "ledge") and re.search(topic.pattern, hit[1].lower()):
                    asked = tuple(template.replace("{m}", noun.removeprefix("the ")) for template in FRAME)
                    yield _Asked(f"frame-{topic.key}", _filled(asked, section.subject), (place,), (f"frame {hit[2]}",))


def _topics(lines: Sequence[tuple[int, str]], section: Section, rival: str) -> list[tuple[Topic, tuple[int, ...]]]:
    """What a section speaks about, with the sentences; owned topics and those with few sentences first."""
    own = (slug(section.subject), slug(rival))
    found = []
    for order, topic in enumerate(TOPICS):
        if topic.owners and not set(own) & set(topic.owners):
            continue  # somebody else's, named as an example
        places = _places(lines, Aspect("", topic.pattern, ()))
        if places:
            found.append((not topic.owners, order, topic, places))
    return [(topic, places) for _, _, topic, places in sorted(found, key=lambda entry: entry[:2])][:_TOPICS_IN_SECTION]


def _places(lines: Sequence[tuple[int, str]], aspect: Aspect, most: int = 2) -> tuple[int, ...]:
    """Where the sentences are that answer an aspect: at most so many, and what they lean on."""
    if not aspect.pattern:
        first = [place for place, (paragraph, _) in enumerate(lines) if paragraph == lines[0][0]]
        chosen = first[:2] if len(first) > 1 else list(range(min(2, len(lines))))
        return tuple(chosen)
    hits = [
        place
        for place, (_, line) in enumerate(lines)
        if re.search(aspect.pattern, line.lower()) and not re.search(aspect.without, line.lower())
    ]
    # A sentence that begins with what is asked for says more about it than one that ends with it.
    hits.sort(key=lambda place: (_start(aspect.pattern, lines[place][1]) > 40, place))
    chosen_places: set[int] = set()
    for place in hits[:most]:
        chosen_places.add(place)
        if place and _HANGING.match(lines[place][1]) and lines[place - 1][0] == lines[place][0]:
            chosen_places.add(place - 1)
    return tuple(sorted(chosen_places)[:_MOST_SENTENCES])


def _start(pattern: str, line: str) -> int:
    found = re.search(pattern, line.lower())
    return found.start() if found else len(line)


def _filled(templates: Sequence[str], player: str, rival: str = "") -> tuple[str, ...]:
    return tuple(_said(template, player, rival) for template in templates)


def _said(template: str, player: str, rival: str) -> str:
    """A template with its characters, in good English for two climbers as well."""
    question = template
    for mark, name in (("{p}", player), ("{o}", rival)):
        if name == "Ice Climbers":
            for singular, plural in ((r"does {}(?!')", "do {}"), (r"is {}(?!')", "are {}"), (r"{} is", "{} are")):
                question = re.sub(singular.format(re.escape(mark)), plural.format(mark), question)
            question = question.replace(f"{mark} edge-guards", f"{mark} edge-guard")
            question = question.replace(f"{mark}'s", "the Ice Climbers'").replace(mark, "the Ice Climbers")
        question = question.replace(mark, name)
    question = re.sub(r"\s+([?.,])", r"\1", re.sub(r"\s{2,}", " ", question)).replace("'s the ", "'s ")
    question = question.replace("Climbers' the ", "Climbers' ")
    return question[:1].upper() + question[1:]


def _chosen(questions: Sequence[str], rng: random.Random) -> list[str]:
    """Some of the paraphrases, written as players write."""
    chosen = rng.sample(list(questions), min(_PARAPHRASES, len(questions)))
    return [_careless(question, rng) if number else question for number, question in enumerate(chosen)]


def _careless(question: str, rng: random.Random) -> str:
    """Now and then a nickname, no question mark, no capital letters."""
    if rng.random() < 0.2:
        for name, short in _NICKNAMES.items():
            question = re.sub(rf"\b(?:the )?{name}\b", short, question, flags=re.IGNORECASE)
    if rng.random() < 0.2 and ". " not in question:
        question = question.rstrip("?")
    if rng.random() < 0.12:
        question = question.lower()
    return question


def _fresh(phrases: Sequence[str], question: str) -> list[str]:
    """Those that the question does not give away."""
    given = set(map(stem, words(question)))
    return [
        phrase
        for phrase in dict.fromkeys(phrases)
        if phrase not in question.lower() and not set(map(stem, words(phrase))) <= given
    ]


def _rarity(library: Library) -> dict[str, float]:
    """How rare the stem of a word is in the guides."""
    counts = Counter(word for section in library.sections for word in {stem(word) for word in words(section.text)})
    return {word: math.log(len(library.sections) / count) for word, count in counts.items()}


def _facts(answer: str, question: str, rarity: dict[str, float], library: Library) -> tuple[str, ...]:
    """Phrases of an answer that a right one has: what it names, then its rarest words."""
    plain = answer.lower()
    named: list[tuple[int, str]] = []
    for name in foreign_names(answer, question, library):
        spelled = re.search(r"[ -]".join(map(re.escape, re.split(r"[ -]", name.lower()))), plain)
        if spelled and name not in library.named():
            named.append((spelled.start(), spelled[0]))
    named += [(plain.index(stage.lower()), stage.lower()) for stage in STAGES if stage.lower() in plain]
    named += [
        (found.start(), found[0]) for found in re.finditer(r"\bframes? \d+|\d+ (?:percent|frames|degrees)", plain)
    ]
    told = _fresh([phrase for _, phrase in sorted(named)], question)
    facts = [phrase for phrase in told if not any(phrase != other and phrase in other for other in told)]
    if len(facts) < 2:
        # Where little is named, the words of the game carry what the answer says, then those rarest in the guides.
        rare = sorted(
            (
                word
                for word in dict.fromkeys(re.findall(r"[a-z][a-z-]{3,}", plain))
                if content_words(word, library.lexicon)
            ),
            key=lambda word: -rarity.get(stem(word), 0.0),
        )
        concepts = [found[0] for found in CONCEPTS.finditer(plain)]
        fresh = _fresh(concepts, question) or ([] if facts else _fresh(rare, question))
        facts += [word for word in fresh if not any(word in fact for fact in facts)][: 2 - len(facts)]
    return tuple(facts[:_MOST_FACTS])
