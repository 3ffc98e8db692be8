"""Questions in Japanese: to guides in English by the game's own words, and to guides in Japanese as they are."""

from pathlib import Path

import pytest

from coach_app.knowledge.library import load, user_dir
from coach_app.knowledge.search import find, in_a_language_of_the_guides, is_off_topic


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("フォックスで勝つには？", "fox-win"),
        ("シークでフォックスの復帰阻止はどうする？", "sheik-vs-fox"),
        ("マルスでアイクラに勝つステージは", "marth-vs-ice-climbers"),
        ("ファルコのコンボを教えてください", "falco-combos"),
        ("プリン対マルスの立ち回り", "jigglypuff-vs-marth"),
        ("絶のやり方は？", "general-wavedash"),
        ("ﾌｫｯｸｽで復帰する方法", "fox-recovery"),
    ],
)
def test_japanese_is_understood_by_the_words_of_the_game(question: str, section: str) -> None:
    english = in_a_language_of_the_guides("melee", question)
    assert english
    assert find(load("melee"), english)[0].section.id == section


@pytest.mark.parametrize("question", ["今日の天気は？", "狐の天気は", "東京は？", "ピカチュウで勝つには？", "？"])
def test_what_the_words_of_the_game_do_not_say_is_left_to_a_translator(question: str) -> None:
    assert in_a_language_of_the_guides("melee", question) is None
    assert in_a_language_of_the_guides("no-game", question) is None


GUIDE = """# 沈んだ洞窟

## ランタン

ランタンは二番目の滝の裏にある宝箱の中です。

## 内側の扉

扉を開けるには鍵が二つ必要です。ガーゴイルに気をつけて。
"""


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("ランタンはどこですか？", "ランタン"),
        ("滝の裏には何がある？", "ランタン"),
        ("鍵はいくつ必要？", "内側の扉"),
        ("ガーゴイル", "内側の扉"),
    ],
)
@pytest.mark.parametrize("game", ["cave", "melee"])
def test_guides_in_japanese_are_searched_without_spaces(coach_home: Path, game: str, question: str, title: str) -> None:
    # GIVEN a guide in Japanese, by itself or beside those of a game that is known well
    folder = user_dir(game)
    folder.mkdir(parents=True)
    (folder / "cave.md").write_text(GUIDE, "utf-8")
    # WHEN it is asked THEN nothing is translated, and its section comes first
    assert in_a_language_of_the_guides(game, question) == question
    assert find(load(game), question)[0].section.title == title
    assert is_off_topic(load(game), "東京タワーの高さは？")
