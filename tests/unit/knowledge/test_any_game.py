"""Games without opponents: nothing that players of fighting games take for granted is assumed of them."""

from pathlib import Path

import pytest

from coach_app.domain.resources import games_dir
from coach_app.knowledge.library import Lexicon, Library, load, user_dir
from coach_app.knowledge.naming import foreign_names
from coach_app.knowledge.question import understand
from coach_app.knowledge.search import find, is_off_topic
from coach_app.knowledge.sections import from_markdown
from coach_app.training.tips.cleaning import names_a_subject
from coach_app.training.tips.pairs import Pair

GUIDES = """# Zombies

## Fighting zombies {#zombies-fight}

Face the zombie and strike with a sword. Stay away in the dark.

## Zombies against skeletons {#zombies-vs-skeletons}

Zombies walk on grass, skeletons stay in tunnels.

# Skeletons

## Arrows of skeletons {#skeletons-arrows}

Put a stone in the way of the arrow.

# Tools

## Making a table {#tools-table}

Stand beside grass with enough wood. Beat a tree to get wood.
"""


@pytest.fixture
def survival() -> Library:
    return Library("survival", tuple(from_markdown(GUIDES, "survival.md")))


def test_named_subjects_have_no_sides(survival: Library) -> None:
    # GIVEN a question with two subjects in words that mean opponents elsewhere
    asked = understand("How do I beat Zombies as Skeletons in the main tunnel?", survival)
    # WHEN it is understood THEN nobody plays anybody, and words of fighting are words to search for
    assert asked.subjects == ("Zombies", "Skeletons")
    assert asked.sides == ("", "")
    assert {("beat",), ("main",), ("tunnel",)} <= set(asked.words)


def test_both_subjects_of_a_question_count_alike(survival: Library) -> None:
    # GIVEN a section whose title says "against" THEN it is one about its subject like any other
    scores = {passage.section.id: passage.score for passage in find(survival, "zombies against skeletons", limit=9)}
    assert {"zombies-fight", "zombies-vs-skeletons", "skeletons-arrows"} == set(scores)
    assert scores["zombies-fight"] == scores["skeletons-arrows"]
    # and where nobody is named, it is worth no less than others
    assert find(survival, "grass tunnels")[0].section.id == "zombies-vs-skeletons"


def test_the_section_of_a_question_is_found(survival: Library) -> None:
    assert find(survival, "How do I fight a zombie in the dark?")[0].section.id == "zombies-fight"
    assert find(survival, "where do I make a table")[0].section.id == "tools-table"
    assert not is_off_topic(survival, "How do I make a table with wood?")
    assert is_off_topic(survival, "How do I file my taxes?")


def test_no_name_is_wanted_or_forbidden_where_none_is_declared(survival: Library) -> None:
    # GIVEN a game whose words name nobody WHEN pairs are cleaned THEN none has to name a subject
    pair = Pair("How do I make a table?", "Stand beside grass with enough wood.", "tools-table")
    assert names_a_subject([pair], survival).kept == (pair,)
    # and an answer may have any word
    assert foreign_names("Tools help against Zombies.", "How do I dig?", survival) == ()
    # WHEN the game names its subjects THEN both is held against a text
    named = Library("survival", survival.sections, Lexicon(names={"Zombies": (), "Tools": ()}))
    assert names_a_subject([pair], named).dropped
    assert foreign_names("Tools help against Zombies.", "How do I dig?", named) == ("Tools", "Zombies")


GAMES_WITH_GUIDES = sorted(folder.parent.name.replace("_", "-") for folder in games_dir().glob("*/guides"))


@pytest.mark.parametrize("game", GAMES_WITH_GUIDES)
def test_every_shipped_section_is_found_by_its_own_title(game: str) -> None:
    # GIVEN the guides of a game, without a file that could not be used
    guides = load(game)
    assert guides.notices == ()
    # WHEN a title is asked for THEN its section is among the passages that an answer is made from
    found = {section.id: [passage.section.id for passage in find(guides, section.title)] for section in guides.sections}
    assert [name for name, ids in found.items() if name not in ids] == []


@pytest.mark.parametrize(
    ("guide", "question"),
    [
        (
            "# The sunken cave\n\nThe lantern is in the chest. You need two keys for a door.",
            "Where is the lantern?",
        ),
        ("# The sunken cave\n\nYou need two keys for the inner door.", "how many keys do I need"),
        ("Feed the goat with hay before noon.", "When do I feed my goat at the farm?"),
    ],
)
def test_a_small_guide_of_ones_own_answers(coach_home: Path, guide: str, question: str) -> None:
    # GIVEN one page, beside the words of a game that is known well, or of none
    for game in ("cave", "melee"):
        folder = user_dir(game)
        folder.mkdir(parents=True)
        (folder / "page.md").write_text(guide)
        guides = load(game)
        # WHEN something in it is asked for THEN it answers
        assert not is_off_topic(guides, question)
        assert find(guides, question)[0].section.text.endswith(guide[-20:])
        assert is_off_topic(guides, "What is the capital of France?")
