"""A player's question finds the right section, and other questions none."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_app.knowledge import library
from coach_app.knowledge.library import Lexicon, Library
from coach_app.knowledge.question import understand
from coach_app.knowledge.search import find, is_off_topic, off_topic, search
from coach_app.knowledge.sections import Section


@pytest.fixture
def fighter(game: str) -> Library:
    return library.load(game)


@pytest.mark.parametrize(
    ("text", "player", "opponent"),
    [
        ("How do I deal with Peach's turnips as Fox", "Fox", "Peach"),
        ("as Fox against Peach", "Fox", "Peach"),
        ("Fox vs. Peach", "Fox", "Peach"),
        ("fighting Peach with Fox", "Fox", "Peach"),
        ("As Peach, how do I beat a Fox?", "Peach", "Fox"),
        ("What does Fox do against Princess Peach’s float", "Fox", "Peach"),
        ("How do I edgeguard Fox using Peach", "Peach", "Fox"),
        ("I main Peach. Where do I go in the Fox matchup?", "Peach", "Fox"),
        ("How do I win as Fox", "Fox", ""),
        ("How do I beat Peach", "", "Peach"),
        ("FOX", "Fox", ""),
        ("Fox against Fox", "Fox", ""),
        ("foxes and peaches", "", ""),
        ("the difference between Fox's and Peach's jumps", "", ""),
        ("What is the punish for Peach's float as Fox", "Fox", "Peach"),
        ("How do I short hop", "", ""),
        ("Fox dittos: Fox against Fox", "Fox", "Fox"),
    ],
)
def test_who_plays_whom(fighter: Library, text: str, player: str, opponent: str) -> None:
    asked = understand(text, fighter)
    assert asked.sides == (player, opponent)


def test_words_of_a_question(fighter: Library) -> None:
    # GIVEN a question with moves, names and fluff THEN what is searched is what matters, moves as a whole
    asked = understand("How do I punish Peach's dsmash on shield, as Fox, after a short-hop?", fighter)
    assert set(asked.words) == {("dsmash", "down smash"), ("punish",), ("shield",), ("short hop",)}
    assert asked.specific
    assert understand("Can Samus recover?", fighter).others == ("Samus",)
    # Words of the game are known in all their forms.
    assert understand("Why is short hopping slow?", fighter).words == (("short hop",), ("slow",))
    assert understand("shined", fighter).specific


def test_a_kind_of_section_is_asked_for_in_players_words() -> None:
    sections = tuple(
        Section(name, title, "Fox", "Be fast, and wait.", "fox.md")
        for name, title in (("a", "Fox in neutral"), ("b", "Recovering as Fox"), ("c", "Stages for Fox"))
    )
    lexicon = Lexicon(topics={"recover": ("come back", "recovery"), "stage": ("map", "Pokémon Stadium")})
    guides = Library("x", sections, lexicon)
    assert understand("How do I come back?", guides).topics == ("recover",)
    assert find(guides, "How does Fox come back fast?")[0].section.id == "b"
    assert find(guides, "Is POKEMON STADIUM fast for Fox")[0].section.id == "c"
    assert find(guides, "fast Fox")[0].section.id == "a"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("How do I deal with Peach's turnips as Fox", "fox-vs-peach"),
        ("Fox vs Peach", "fox-vs-peach"),
        ("fighting Fox with Peach", "peach-vs-fox"),
        ("how do I win with fox", "fox-win"),
        ("how to recover as fox?", "fox-recovery"),
        ("Which stage should Fox pick", "fox-stages"),
        ("When does Peach float?", "peach-neutral-game"),
        ("turnips", "peach-neutral-game"),
    ],
)
def test_the_right_section_comes_first(fighter: Library, text: str, first: str) -> None:
    passages = find(fighter, text)
    assert passages[0].section.id == first
    assert [passage.score for passage in passages] == sorted((passage.score for passage in passages), reverse=True)


@pytest.mark.parametrize(
    "text",
    [
        "What is the capital of France?",
        "Write me a poem about Fox",
        "How do I cook pasta with a peach?",
        "How do I play Samus",
        "Should I run for president",
        "",
        "???",
    ],
)
def test_other_questions_are_off_the_topic(fighter: Library, text: str) -> None:
    assert is_off_topic(fighter, text)


@pytest.mark.parametrize(
    "text", ["How do I win as Fox", "Fox", "Fox or Samus", "how to dsmash", "is Peach good against fox?"]
)
def test_questions_about_the_game_are_on_the_topic(fighter: Library, text: str) -> None:
    assert not is_off_topic(fighter, text)


@given(st.text(max_size=60))
def test_any_text_is_a_question(text: str) -> None:
    # GIVEN operators, quotes, marks of any script WHEN searched THEN there is no error
    guides = Library("x", (Section("a", "A", "A", "NEAR and OR", "a.md"),), Lexicon(names={"A": ("x*",)}))
    for question in (text, f'"{text}" OR (a NEAR/2 b) -c ^d e:f *'):
        assert len(find(guides, question)) <= 1
        is_off_topic(guides, question)


def test_a_changed_guide_is_read_again(game: str) -> None:
    # GIVEN a search
    assert search(game, "moonwalk") == []
    assert off_topic(game, "What is a moonwalk as Fox?")
    # WHEN the user writes about it
    path = library.user_dir(game) / "new.txt"
    path.write_text("A moonwalk is a dash back without turning.")
    os.utime(path, (1, 1))
    # THEN it is found at once
    assert [passage.section.id for passage in search(game, "moonwalk")] == ["new"]
    assert len(search(game, "fox", limit=2)) == 2


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("How high is the ceiling of Dream Land?", "general-dream-land"),
        ("what is pokemon stadium like", "general-pokemon-stadium"),
        ("Is Fox's up smash fast?", "fox-tech"),
        ("What does Captain Falcon's Falcon Kick do?", "captain-falcon-tech"),
        ("How do I escape combos with Fox?", "fox-defence"),
        ("how do i get back to the stage as fox", "fox-recovery"),
        # as typed in a hurry
        ("what are fox's best cmbos", "fox-combos"),
        ("how should sheik use neddles in the punih game", "sheik-punish"),
        ("wich stages shoud i ban as jigglypufff", "jigglypuff-stages"),
    ],
)
def test_a_section_is_found_by_its_name_its_kind_and_in_spite_of_slips(text: str, first: str) -> None:
    # GIVEN the guides of Melee WHEN asked THEN the section that is called so, or of that kind, comes first
    assert search("melee", text)[0].section.id == first


def test_a_question_for_one_thing_is_not_led_astray_by_a_mention() -> None:
    # GIVEN a question about a subject that mentions a general matter WHEN asked THEN the subject's section stays first
    ids = [passage.section.id for passage in search("melee", "Which stage should Sheik ban against Peach?")]
    assert ids[0] == "sheik-vs-peach"


def test_guides_are_searched_in_several_threads() -> None:
    # GIVEN one library WHEN several threads search it at once THEN each finds what one alone would
    guides = library.load("melee")
    asked = ["How do I win as Fox?", "Where do I recover as Peach?", "What is a wavedash?"] * 4
    alone = [[passage.section.id for passage in find(guides, text)] for text in asked]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: [passage.section.id for passage in find(guides, text)], asked))
    assert together == alone
