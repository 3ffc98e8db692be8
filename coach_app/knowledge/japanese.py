"""Reads Japanese questions by the vocabulary in the game's folder, without a translator.

Japanese guides are indexed by character: the words of a question are searched as phrases.
"""

import re
import unicodedata
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from coach_app.knowledge.match_ups import Pattern

_WRITTEN = re.compile(r"[A-Za-z][\w.'-]*|\d+|[\u30a0-\u30ff]+|[\u3400-\u9fff々]+|.", re.DOTALL)
_CONTENT = re.compile(r"[A-Za-z0-9\u30a1-\u30fa\u3400-\u9fff]")
# Words of any question, without meaning for the search.
_COMMON = (
    *("教えて", "知りたい", "方法", "仕方", "場合", "時", "方", "何", "私", "僕", "俺", "自分", "一番", "最も"),
    *("良い", "良く", "今", "コツ", "ポイント", "使い方", "使って", "使う", "使え", "場所", "事", "人", "必要"),
    *("下さい", "効果的", "基本", "出来", "思"),
    *("特徴", "説明", "解説", "概要", "紹介", "詳細", "詳しく", "違い", "比較"),
)


class JapaneseWords(BaseModel):
    """The Japanese vocabulary of a game, from the table ``[japanese]`` of its ``names.toml``.

    Args:
        names: Japanese names of the subjects, and their names in the guides.
        words: players' words and the guides' words for them; empty for words without meaning for the search.
        roles: regular expressions for the text after a name, and the English to put before the name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: dict[str, str] = {}
    words: dict[str, str] = {}
    roles: dict[Pattern, str] = {}

    def in_english(self, question: str) -> str:
        """Translate a question word for word; unknown words stay. Empty if no word is known.

        Args:
            question: a player's question in Japanese.
        """
        text = unicodedata.normalize("NFKC", question)
        meanings = dict.fromkeys(_COMMON, "") | self.words
        english: list[str] = []
        matches = at = 0
        while at < len(text):
            found = _longest(text, at, self.names) or _longest(text, at, meanings)
            if not found:
                word = _WRITTEN.match(text, at)
                unknown = word[0] if word else text[at]
                # A longer unknown word may contain a known one.
                ends = [end for end in range(at + 1, at + len(unknown)) if _longest(text, end, self.names | meanings)]
                unknown = text[at : min(ends, default=at + len(unknown))]
                english += [unknown] if _CONTENT.search(unknown) else []
                at += len(unknown)
                continue
            at += len(found)
            matches += 1
            if found not in self.names:
                english += [meanings[found]] if meanings[found] else []
                continue
            name = self.names[found]
            for pattern, before in self.roles.items():
                if role := re.compile(pattern).match(text, at):
                    name = f"{before} {name}"
                    at = role.end()
                    break
            english.append(name)
        return " ".join(english) if matches and english else ""


def _longest(text: str, place: int, words: Mapping[str, str]) -> str:
    return max((word for word in words if text.startswith(word, place)), key=len, default="")


# Kana, Chinese characters, and the letters of Thai, Lao, Burmese and Khmer.
_KANA, _HAN, _THAI = (
    "\u3041-\u3096",
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々",
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff",
)
_CHARACTER = re.compile(rf"([{_KANA}\u30a1-\u30ff{_HAN}{_THAI}])")
_RUN = re.compile(rf"[{_HAN}]+|[\u30a1-\u30ff]+|[{_KANA}]+|[{_THAI}]+")
_ASKING = re.compile(
    "(?:は|が|を|って|に|の|で)?(?:どこ|なに|なん|いつ|だれ|どう|どれ|いくつ|いくら|どの|ください|おしえて).*"
)
_KANJI_ASKED = frozenset("何方私僕俺今時教知事人使下見良")


def spaced(text: str) -> str:
    """Put spaces around every character of a script without spaces, so that FTS5 finds its words as phrases."""
    return _CHARACTER.sub(r" \1 ", unicodedata.normalize("NFKC", text))


def is_unspaced(text: str) -> bool:
    """Whether a text contains a script without spaces between words."""
    return bool(_CHARACTER.search(text))


def unspaced_words(word: str) -> list[str]:
    """The search terms in a piece of text in such a script.

    Chinese characters and katakana carry the meaning; hiragana counts only if there is nothing else.
    """
    runs = [run for run in _RUN.findall(unicodedata.normalize("NFKC", word)) if run not in _KANJI_ASKED]
    heavy = [run for run in runs if not re.fullmatch(r"[\u3041-\u3096]+", run)]
    light = [rest for run in runs if len(rest := _ASKING.sub("", run)) > 1]
    return heavy or light
