"""Japanese questions, by the phrase book."""

import pytest

from coach_app.games.grid.lessons.text import QUESTIONS
from coach_app.translation.questions import PHRASES, THINGS, in_english


@pytest.mark.parametrize(
    ("japanese", "english"),
    [
        ("木箱はどこ？", "Where is the crate?"),
        ("木箱はどこですか？", "Where is the crate?"),
        ("クレートはどこ？", "Where is the crate?"),
        ("木の箱まで何歩ですか？", "How many steps to the crate?"),
        ("ホールはどこ？", "Where is the hole?"),
        ("木箱は？", "Where is the crate?"),
        ("木箱はどこにありますか", "Where is the crate?"),
        ("ゴールはどこ?", "Where is the goal?"),
        ("箱の場所を教えてください。", "Where is the box?"),
        ("穴はどこにあるの？", "Where is the hole?"),
        ("猫はどこにいますか？", "Where is the cat?"),
        ("私は今どこ？", "Where am I?"),
        ("壁はどこ？", "Where are the walls?"),
        ("どこへ行けばいい？", "Where should I go next?"),
        ("次はどこに行けばいいですか？", "Where should I go next?"),
        ("どっちに進めばいいの？", "Where should I go next?"),
        ("どの方向に動けばよい？", "Where should I go next?"),
        ("次の手は？", "What is the next move?"),
        ("何をすればいい？", "What should I do next?"),
        ("次はどうすればいいですか？", "What should I do next?"),
        ("左に行っても大丈夫？", "Is it safe to go left?"),
        ("上は安全ですか？", "Is it safe to go up?"),
        ("右に進んでもいい？", "Is it safe to go right?"),
        ("下に行けますか？", "Can I go down?"),
        ("右に行ったらどうなる？", "What if I go right?"),
        ("木箱まで何歩？", "How many steps to the crate?"),
        ("ゴールまであと何マスですか？", "How many steps to the goal?"),
        ("あと何手？", "How many steps are left?"),
        ("残りは何歩ですか", "How many steps are left?"),
    ],
)
def test_the_questions_of_the_practice_games_are_understood(japanese: str, english: str) -> None:
    assert in_english(japanese) == english


@pytest.mark.parametrize(
    "question",
    [
        "ボスはどこ？",  # an unknown thing
        "木箱はどこで買えますか？",  # begins as a known question does
        "穴と木箱はどこ？",
        "木箱はどこではないか",
        "フォックスでマルスに勝つには？",
        "今日の天気は？",
        "あなたは誰？",
        "左",
        "",
        "Where is the crate?",
    ],
)
def test_what_is_not_known_to_the_last_word_is_left_to_others(question: str) -> None:
    assert in_english(question) is None


def test_every_phrase_is_one_that_the_bundled_coach_learned() -> None:
    # GIVEN the English of the phrase book, about every thing and way
    for _, english in PHRASES:
        said = {english.format(thing=thing, way="{}") for thing in THINGS.values()}
        # THEN the coach knows the phrase, about one of them at least
        assert said & set(QUESTIONS), english
