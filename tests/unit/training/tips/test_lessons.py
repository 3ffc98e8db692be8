"""Lessons: true to their passages, of every kind, the same for the same seed, and none about what is held out."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from coach_app.knowledge.excerpts import SENTENCES
from coach_app.knowledge.library import Library, load
from coach_app.knowledge.prompt import UNANSWERED, sentences
from coach_app.training.tips.lessons import KINDS, Lesson, kinds_of, make_lessons, wrong_in
from coach_app.training.tips.pairs import Pair, read_pairs, shipped_pairs
from coach_app.training.tips.similarity import words

SECTIONS = ("fox-tech", "fox-win", "marth-vs-fox", "marth-win", "peach-recovery", "peach-win", "general-l-cancel")
COUNT = 60


@pytest.fixture(scope="module")
def guides() -> Library:
    """Some sections of the guides, which are then all that there are."""
    library = load("melee")
    few = tuple(section for section in library.sections if section.id in SECTIONS)
    return replace(library, sections=few)


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return [pair for pair in read_pairs(shipped_pairs("melee")) if pair.section in SECTIONS]


@pytest.fixture(scope="module")
def lessons(guides: Library, pairs: Sequence[Pair]) -> list[Lesson]:
    return made(guides, pairs)


def made(guides: Library, pairs: Sequence[Pair], seed: int = 1) -> list[Lesson]:
    learned = [pair for pair in pairs if pair.split == "train"]
    held_out = [pair for pair in pairs if pair.split == "held-out"]
    return make_lessons(learned, guides, held_out, COUNT, seed)


def one_of(kind: str, lessons: Sequence[Lesson]) -> Lesson:
    return next(lesson for lesson in lessons if lesson.kind == kind)


def test_there_are_some_of_each_kind_and_all_are_true(guides: Library, lessons: list[Lesson]) -> None:
    # GIVEN lessons WHEN counted and checked THEN no kind is missing, and no answer says what its passages do not
    counts = kinds_of(lessons)
    assert sum(counts[kind] for kind in KINDS) == len(lessons) == COUNT
    assert all(0 < counts[kind] <= COUNT // 4 for kind in KINDS)
    assert [wrong_in(lesson, guides) for lesson in lessons] == [[]] * len(lessons)
    # AND most of them are not quotations
    texts = [" ".join(passage.text.split()) for lesson in lessons for passage in lesson.passages]
    quoted = sum(any(lesson.answer in text for text in texts) for lesson in lessons)
    assert quoted < len(lessons) / 2


def test_all_is_told_that_is_given(guides: Library, lessons: list[Lesson]) -> None:
    # GIVEN lessons in which the section is given alone WHEN answered THEN there is a line for each of its sentences
    for lesson in lessons:
        if lesson.kind == "list" and len(lesson.passages) == 1:
            assert len(lesson.answer.split("\n")) == len(sentences(lesson.passages[0].text))


def test_the_words_of_a_teacher_stay(guides: Library, pairs: list[Pair]) -> None:
    # GIVEN an answer in a teacher's words WHEN lessons are made of it THEN they have these
    own = replace(pairs[0], answer="Lasers, lasers, and then a grab.", facts=(), split="train")
    told = [each.answer for each in make_lessons([own], guides, [], 3, 1) if each.kind == "plain"]
    assert told == [own.answer] * len(told)


def test_a_lesson_has_the_sentences_that_fit_its_question(lessons: list[Lesson]) -> None:
    # GIVEN lessons WHEN their passages are looked at THEN they are as short as those in use, and few have a second one
    for lesson in lessons:
        assert all(len(sentences(each.text)) <= most for each, most in zip(lesson.passages, SENTENCES, strict=False))
    assert 0 < kinds_of(lessons)["two-passages"] < len(lessons) / 2


def test_the_seed_decides_everything(guides: Library, pairs: list[Pair], lessons: list[Lesson]) -> None:
    # GIVEN the same questions WHEN lessons are made again THEN they are the same, and others for another seed
    assert made(guides, pairs) == lessons
    assert made(guides, pairs, seed=2) != lessons


def test_nothing_held_out_is_learned(guides: Library, pairs: list[Pair], lessons: list[Lesson]) -> None:
    # GIVEN held-out questions, two of which are also among those to learn from, one in other words
    held_out = [pair for pair in pairs if pair.split == "held-out"]
    meanings = {pair.meaning for pair in held_out}
    assert meanings
    assert not any(meanings & set(lesson.meanings) for lesson in lessons)
    shown = [pair for pair in pairs if pair.split == "train"][:2]
    again = [replace(pair, meaning="", question=f"So, {pair.question}") for pair in shown]

    # WHEN lessons are made
    less = make_lessons([*shown, pairs[-1]], guides, again, 27, 1)

    # THEN none asks them
    asked = {tuple(words(pair.question)) for pair in (*shown, *again)}
    plain = [lesson for lesson in less if lesson.kind == "plain"]
    assert plain
    assert not any(tuple(words(lesson.question)) in asked for lesson in plain)


def test_each_kind_is_what_it_is_called(lessons: list[Lesson]) -> None:
    # GIVEN lessons WHEN looked at one of each kind THEN it has what the kind teaches
    assert re.match(r"(?:1\.|-) .+\n(?:2\.|-) ", one_of("list", lessons).answer)
    assert len(one_of("several", lessons).meanings) == 2
    assert one_of("follow-up", lessons).before
    assert one_of("unanswered", lessons).answer.startswith(UNANSWERED)
    assert not one_of("unanswered", lessons).facts
    assert re.search(r"(?i)why|reason", one_of("reason", lessons).question)


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        ("Use Dolphin Slash.", "Dolphin Slash"),
        ("It hits on frame 73.", "'73'"),
        ("Bananas help.", "'bananas'"),
        (" ", "no answer"),
    ],
)
def test_what_no_passage_says_is_found(answer: str, wrong: str, guides: Library, lessons: list[Lesson]) -> None:
    # GIVEN an answer that names a move, a number or a thing that is in neither question nor passage WHEN checked
    # THEN that is found
    lesson = replace(
        one_of("plain", lessons), answer=answer, question="How do I win?", passages=(guides.by_id()["fox-win"],)
    )
    assert any(wrong in each for each in wrong_in(lesson, guides))


def test_exchanged_moves_keep_their_article(lessons: list[Lesson]) -> None:
    # GIVEN lessons, in some of which moves are exchanged WHEN read THEN each has the article that belongs to it
    text = " ".join(f"{passage.text} {lesson.answer}" for lesson in lessons for passage in lesson.passages)
    moves = r"(?:up|down|neutral|forward|back) (?:air|smash|tilt|throw)"
    found = re.findall(rf"\b[Aa]n? {moves}", text)
    assert found
    assert not [each for each in found if (each.lower().startswith("an ")) != (" u" in each)]
