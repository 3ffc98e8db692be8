"""Excerpts: the sentences of a section that fit a question."""

from dataclasses import replace

import pytest

from coach_app.knowledge.excerpts import SENTENCES, excerpts, fitting
from coach_app.knowledge.library import Lexicon, Library, load
from coach_app.knowledge.prompt import sentences
from coach_app.knowledge.sections import Section
from coach_app.training.tips.pairs import read_pairs, shipped_pairs

OWN = Section(
    "a",
    "Farming",
    "Farming",
    "Sow in spring. Water the seeds each day. Then wait. Harvest wheat when it is gold. Rest.",
    "farming.md",
)


def library_of(section: Section, lexicon: Lexicon | None = None) -> Library:
    return Library("farm", (section,), lexicon or Lexicon())


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("When do I harvest?", "Harvest wheat when it is gold."),
        ("how often must seeds be watered", "Water the seeds each day."),
        ("???", "Sow in spring."),
    ],
)
def test_the_fittest_sentence_comes_first(question: str, first: str) -> None:
    # GIVEN a guide without a vocabulary WHEN asked THEN the sentence with the words of the question comes first, in any
    # form of theirs; without any they stay as they stand
    assert fitting(library_of(OWN), question, OWN)[0][0] == first


WOLVES = Section(
    "b",
    "Hunting wolves",
    "Hunting wolves",
    "Wolves hunt at night. Wolves are grey.\n\nDo not run from them. A wolf bites for seven points. They fear fire.",
    "wolves.md",
)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How do I hunt wolves at night?", "Wolves hunt at night."),
        ("How do I hunt grey wolves?", "Wolves are grey."),
        ("What must I not do when I hunt wolves?", "Do not run from them."),
        ("which mistaks should I avoid with wolves", "Do not run from them."),
        ("How many points does a wolf bite?", "A wolf bites for seven points."),
        ("How much does a wolf hurt?", "A wolf bites for seven points."),
    ],
)
def test_what_the_title_says_chooses_no_sentence(question: str, first: str) -> None:
    # GIVEN a section whose title has the words that most of its sentences have WHEN asked THEN the other words of the
    # question choose, and a warning or a number comes first where one is asked for
    assert fitting(library_of(WOLVES), question, WOLVES)[0][0] == first


def test_a_title_that_names_several_things_chooses_among_them() -> None:
    # GIVEN a section about two things WHEN one of them is asked for THEN the sentence about that one comes first
    both = replace(OWN, title="Seeds and wheat")
    assert fitting(library_of(both), "What do I do with wheat?", both)[0][0] == "Harvest wheat when it is gold."


def test_a_paragraph_does_not_go_on_in_the_next_one() -> None:
    # GIVEN a sentence that fits at the end of a paragraph WHEN asked THEN the one after it gains nothing by it
    fits = dict(fitting(library_of(WOLVES), "grey", WOLVES))
    assert fits["Wolves hunt at night."] > fits["Do not run from them."] == 0


def test_the_next_sentence_fits_better_than_a_distant_one() -> None:
    # GIVEN a question about one sentence WHEN asked THEN the one after it is second
    assert [line for line, _ in fitting(library_of(OWN), "seeds", OWN)][:2] == [
        "Water the seeds each day.",
        "Then wait.",
    ]


def test_a_kind_of_thing_is_found_by_all_its_words() -> None:
    # GIVEN guides whose vocabulary says what a stage is called WHEN a question asks for stages THEN sentences that name
    # one fit, though none has a word of the question
    guides = load("melee")
    section = guides.by_id()["captain-falcon-vs-falco"]
    best = [line for line, _ in fitting(guides, "As Falcon, which stage is worst against Falco?", section)[:4]]
    assert set(best) > {"Pick Dream Land or Final Destination.", "Ban Yoshi's Story or Fountain of Dreams."}


def test_passages_are_cut_to_what_fits() -> None:
    # GIVEN passages, one of them short WHEN cut THEN the first has more sentences than the second, none is new, a third
    # one is left out, and titles stay
    guides = load("melee")
    chosen = [guides.by_id()[each] for each in ("fox-win", "fox-punish", "fox-combos")]
    short = replace(chosen[0], text="Win.")
    for passages in (chosen, chosen[:1]):
        given = excerpts(guides, "How does Fox win?", passages)
        assert [each.title for each in given] == [each.title for each in passages[: len(SENTENCES)]]
        for cut, whole, most in zip(given, passages, SENTENCES, strict=False):
            assert len(sentences(cut.text)) == most
            assert set(sentences(cut.text)) <= set(sentences(whole.text))
    assert excerpts(library_of(short), "How does Fox win?", [short])[0].text == "Win."
    assert excerpts(guides, "How does Fox win?", []) == ()


def test_what_is_asked_for_is_in_the_excerpt() -> None:
    # GIVEN some questions that are learned from WHEN the right section is cut to what fits THEN nearly all facts stay
    guides = load("melee")
    pairs = [pair for pair in read_pairs(shipped_pairs("melee")) if pair.split == "train" and pair.section][::40]
    had = [
        fact.replace("-", " ")
        in excerpts(guides, pair.question, [guides.by_id()[pair.section]])[0].text.lower().replace("-", " ")
        for pair in pairs
        for fact in pair.facts
    ]
    assert sum(had) >= 0.93 * len(had)


def test_what_refers_to_the_sentence_before_stands_after_it() -> None:
    # GIVEN a section in which the sentences that fit best refer to those before
    text = "Fox is fast. Peach floats. She throws turnips far away. Catch them in the air. Shine stops all of it."
    section = Section("a", "A", "Fox", text, "a.md")
    guides = Library("x", (section,), Lexicon())
    # WHEN a question asks for them THEN each comes right after the one before, all of them once
    told = [sentence for sentence, _ in fitting(guides, "How do I catch turnips?", section)]
    assert sorted(told) == sorted(sentences(text))
    assert told[:3] == ["Peach floats.", "She throws turnips far away.", "Catch them in the air."]


def test_excerpts_keep_the_order_of_a_paragraph() -> None:
    # GIVEN a section whose second paragraph answers, in its last sentence WHEN cut THEN that paragraph comes first,
    # and its sentences as the guide has them
    crops = "Sow wheat. Wait for it. Harvest it when it is gold."
    section = replace(WOLVES, text=f"Wolves are grey. Wolves run.\n\n{crops}")
    assert excerpts(library_of(section), "When is it gold?", [section])[0].text == (
        "Sow wheat. Wait for it. Harvest it when it is gold. Wolves are grey. Wolves run."
    )


def test_what_is_announced_is_told() -> None:
    # GIVEN a sentence that announces two others, in a long section WHEN asked for it THEN both come right after it
    crops = "Sow in spring. Water the seeds each day. Harvest when gold. Sell in town."
    ways = "Against crows there are two ways. A fence keeps them off. A cat is better."
    section = replace(OWN, text=f"{crops}\n\n{ways}")
    for question in ("How many ways against crows?", "Is a fence good?", "Should I have a cat?"):
        told = [line for line, _ in fitting(library_of(section), question, section)]
        assert told[:3] == ways.replace(". ", ".\n").split("\n")


def test_an_excerpt_is_short() -> None:
    # GIVEN a section of long sentences WHEN cut THEN it has no more words than a player reads, but a sentence at least
    long = "Gold wheat " + " ".join(["stands"] * 68) + "."
    section = replace(OWN, text=f"{long} {long} {long}")
    assert excerpts(library_of(section), "wheat", [section])[0].text == long
    half = long.replace(" stands" * 30, "", 1)
    section = replace(OWN, text=f"{half} {half} {half} {half}")
    assert excerpts(library_of(section), "wheat", [section])[0].text == f"{half} {half} {half}"


def test_a_name_that_the_title_does_not_have_chooses() -> None:
    # GIVEN a section about a subject with several names WHEN asked by one that its title does not have THEN a sentence
    # with that name comes first, and by the title's the name chooses none
    guides = load("melee")
    section = guides.by_id()["ice-climbers-combos"]
    best = [fitting(guides, f"How does {name} combo?", section)[0][0] for name in ("Popo", "the Ice Climbers")]
    assert best[0].startswith("Popo alone combos with")
    assert best[1] != best[0]
