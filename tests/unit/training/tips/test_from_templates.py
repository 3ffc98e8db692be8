"""The shipped questions and answers are what they say, and are made again the same."""

import json
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach_app.cli import app
from coach_app.domain.errors import CoachError
from coach_app.knowledge.library import Lexicon, Library, load
from coach_app.knowledge.search import find
from coach_app.knowledge.sections import from_markdown
from coach_app.training.tips import from_templates
from coach_app.training.tips.cleaning import question_form, without_duplicates
from coach_app.training.tips.from_templates import make_pairs
from coach_app.training.tips.pairs import Pair, as_json_lines, read_pairs, shipped_pairs
from coach_app.training.tips.similarity import content_words, words
from coach_app.training.tips.split import split
from coach_app.training.tips.templates import Templates, load_templates

KEPT = (
    "fox-win",
    "falco-vs-peach",
    "marth-vs-ice-climbers",
    "sheik-tech",
    "peach-stages",
    "ice-climbers-win",
    "general-l-cancel",
)


@pytest.fixture(scope="module")
def shipped() -> list[Pair]:
    return read_pairs(shipped_pairs("melee"))


@pytest.fixture(scope="module")
def guides() -> Library:
    return load("melee")


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load_templates("melee")


@pytest.fixture
def few(guides: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Some sections of the guides, which are then all that there are."""
    library = replace(guides, sections=tuple(section for section in guides.sections if section.id in KEPT))
    monkeypatch.setattr(from_templates, "load", lambda game: library)
    return library


def _plain(text: str) -> str:
    return " ".join(text.split())


def test_every_section_is_asked_about(shipped: list[Pair], guides: Library, templates: Templates) -> None:
    assert len(shipped) >= 1500
    assert {pair.section for pair in shipped} == {section.id for section in guides.sections}
    assert not {pair.meaning for pair in shipped} & set(templates.not_answered)


def test_answers_are_sentences_of_their_sections(shipped: list[Pair], guides: Library) -> None:
    sections = guides.by_id()
    for pair in shipped:
        said = _plain(sections[pair.section].text)
        sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z“])", pair.answer)
        assert all(sentence in said for sentence in sentences), pair
        assert len(sentences) <= 3, pair
        assert len(pair.answer.split()) <= 60, pair


def test_facts_are_in_the_answer_and_not_in_the_question(shipped: list[Pair]) -> None:
    for pair in shipped:
        assert 1 <= len(pair.facts) <= 3, pair
        assert all(fact == fact.lower() and fact in pair.answer.lower() for fact in pair.facts), pair
        assert not any(fact in pair.question.lower() for fact in pair.facts), pair


def test_no_question_is_on_both_sides(shipped: list[Pair]) -> None:
    # GIVEN the sides on which a meaning, a question and an answer are THEN each is on one
    sides: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for pair in shipped:
        for key in (("meaning", pair.meaning), ("question", *words(pair.question)), (pair.section, pair.answer)):
            sides[key].add(pair.split)
    assert [key for key, found in sides.items() if found not in ({"train"}, {"held-out"})] == []
    held_out = sum(pair.split == "held-out" for pair in shipped)
    assert 0.08 <= held_out / len(shipped) <= 0.12


def test_the_questions_of_the_original_are_held_out(shipped: list[Pair], templates: Templates) -> None:
    asked = {pair.question: pair for pair in shipped}
    for question in templates.held_out.values():
        assert asked[question].split == "held-out"
    # and what they are about is asked of others in training
    train = {pair.meaning for pair in shipped if pair.split == "train"}
    for kind in ("-win/plan", "/turnips", "/pick"):
        assert sum(meaning.endswith(kind) for meaning in train) >= 3


def test_the_search_finds_what_held_out_questions_are_about(shipped: list[Pair], guides: Library) -> None:
    asked = [pair for pair in shipped if pair.split == "held-out"][::4]
    found = [[passage.section.id for passage in find(guides, pair.question)] for pair in asked]
    pairs = list(zip(asked, found, strict=True))
    first = sum(ids[:1] == [pair.section] for pair, ids in pairs)
    near = sum(pair.section in ids for pair, ids in pairs)
    assert first >= 0.9 * len(asked), [(pair.question, ids[:1]) for pair, ids in pairs if ids[:1] != [pair.section]]
    assert near >= 0.97 * len(asked), [(pair.question, ids) for pair, ids in pairs if pair.section not in ids]


def test_the_same_seed_makes_the_same_pairs(few: Library, templates: Templates) -> None:
    made, again, other = (make_pairs(few, templates, seed) for seed in (1, 1, 2))
    assert made == again
    assert {pair.question for pair in made} != {pair.question for pair in other}
    assert {pair.answer for pair in made} == {pair.answer for pair in other}


def test_the_shipped_pairs_are_what_the_guides_make(few: Library, shipped: list[Pair], templates: Templates) -> None:
    # GIVEN some sections WHEN pairs are made of them THEN the shipped ones about them are among these
    made = {(pair.question, pair.answer) for pair in make_pairs(few, templates)}
    ours = {(pair.question, pair.answer) for pair in shipped if pair.section in ("fox-win", "general-l-cancel")}
    assert ours
    assert ours <= made


def test_the_command(few: Library, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["train", "guides", "--without-teacher", "--out", str(tmp_path), "--json"])
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    written = read_pairs(tmp_path / "tips.jsonl")
    assert report["pairs"] == len(written) > 50
    assert report["sections"] == len(KEPT)
    assert report["held_out"] == sum(pair.split == "held-out" for pair in written)
    assert [step["step"] for step in report["cleaning"]][-1] == "duplicates"
    # WHEN it is asked for text THEN the same is said in lines
    done = CliRunner().invoke(app, ["train", "guides", "--without-teacher", "--out", str(tmp_path)])
    assert f"pairs                {len(written)}" in done.stdout


@pytest.mark.parametrize(
    "wrong", [[], ["--base-url", "http://127.0.0.1:1/v1"], ["--without-teacher", "--game", "chess"]]
)
def test_a_teacher_or_templates_have_to_be_named(coach_home: Path, wrong: list[str]) -> None:
    assert CliRunner().invoke(app, ["train", "guides", *wrong]).exit_code == 2


def test_meanings_can_be_held_out_for_certain() -> None:
    pairs = [Pair(f"What is {n}?", f"It is number {n} of {n * 7}.", "a", f"a/{n}") for n in range(40)]
    for seed in range(5):
        assert {pair.meaning for pair in split(pairs, Lexicon(), 0.1, seed, {"a/7"}) if pair.split == "held-out"} > {
            "a/7"
        }


def test_different_answers_make_different_questions() -> None:
    # GIVEN two questions about one section that differ in a move, and two that only differ in their words
    pairs = [
        Pair("When should I use the up air as Fox in combos?", "It follows an up throw.", "fox-combos"),
        Pair("When should I use the down air as Fox in combos?", "Drill leads to shine.", "fox-combos"),
        Pair("When should I use the up air as Fox in all combos?", "It follows the up throw.", "fox-combos"),
    ]
    step = without_duplicates(pairs)
    assert step.kept == tuple(pairs[:2])
    lexicon = Lexicon(compounds=("(?:up|down)[ -]air",))
    assert content_words("up air", lexicon) == {"upair"} != content_words("down-air", lexicon)


def test_a_match_up_may_stand_before_a_question() -> None:
    good = Pair("Fox vs Peach: how do I use shine", "Close to her, after a turnip.", "fox-vs-peach")
    bad = Pair("Fox vs Peach: use shine", "Close to her, after a turnip.", "fox-vs-peach")
    assert question_form([good, bad]).kept == (good,)


@pytest.mark.parametrize(
    "line",
    ["5", "null", '"text"', "[]", "{}", '{"question": 1, "answer": "b", "section": "c"}', "{", '{"question": "a"}']
    + [json.dumps({"question": "a", "answer": "b", "section": "c", "facts": facts}) for facts in ("a", [1], None)],
)
def test_a_line_that_is_no_pair_is_told_of(tmp_path: Path, line: str) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(as_json_lines([Pair("a", "b", "c")]) + line.encode())
    with pytest.raises(CoachError, match=r"Line 2 of .* is not a pair"):
        read_pairs(path)


def test_pairs_are_read_as_they_were_written(tmp_path: Path) -> None:
    # GIVEN what ends a line elsewhere inside an answer
    pairs = [Pair("Wie?", "So\u2028oder\x85anders\nund “so”.", "c", "c/1", ("so",), "train")]
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(as_json_lines(pairs))
    assert read_pairs(path) == pairs


def test_a_game_of_another_kind_is_asked_about_by_its_own_templates() -> None:
    # GIVEN guides without opponents, and templates with a kind, a number and a topic of their own
    guide = (
        "# Zombies\n## Fighting zombies {#zombies-fight}\nStrike with the sword when it is beside you on the grass. "
        "A zombie deals 2 damage in one hit.\n"
    )
    library = Library("survival", tuple(from_markdown(guide, "zombies.md")))
    templates = Templates.model_validate(
        {
            "plurals": {"Zombies": "zombies"},
            "numbers": r"\d+ damage",
            "phrasings": {"use": ["How do I use {t} on {p} {w}?"], "damage": ["How much harm does {p} do?"]},
            "topics": [{"key": "sword", "noun": "a sword", "pattern": "sword"}],
            "kinds": {
                "fight": {
                    "where": ["at night"],
                    "phrasing": "use",
                    "aspects": [{"key": "plan", "questions": ["What is the way to fight {p}?"]}],
                    "figures": [
                        {"key": "damage", "pattern": r"(?P<value>\d+) damage", "fact": "{value} damage"}
                        | {"phrasing": "damage"}
                    ],
                }
            },
        }
    )
    # WHEN pairs are made THEN each question is the template's, and each answer the guide's
    made = {pair.meaning: pair for pair in make_pairs(library, templates)}
    assert set(made) == {"zombies-fight/plan", "zombies-fight/damage", "zombies-fight/sword"}
    assert made["zombies-fight/damage"].question == "How much harm do zombies do?"
    assert made["zombies-fight/damage"].facts == ("2 damage",)
    assert made["zombies-fight/sword"].question == "How do I use a sword on zombies at night?"
    assert made["zombies-fight/sword"].answer.startswith("Strike with the sword")


def test_templates_that_cannot_be_used_are_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach_app.training.tips.templates.game_dir", lambda game: tmp_path / game)
    assert load_templates("none") == Templates()
    for content in ("leaning = '('", "unknown = 1", "not toml"):
        (tmp_path / "bad").mkdir(exist_ok=True)
        (tmp_path / "bad" / "questions.toml").write_text(content)
        with pytest.raises(CoachError, match="could not be read"):
            load_templates("bad")
