"""Questions in Japanese: read with the words that the game's folder gives, without a translator.

Guides in Japanese are searched by their characters: the words of a question are phrases of them.
"""

import re
import unicodedata
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from coach_app.knowledge.match_ups import Pattern

_WRITTEN = re.compile(r"[A-Za-z][\w.'-]*|\d+|[\u30a0-\u30ff]+|[\u3400-\u9fff々]+|.", re.DOTALL)
_CONTENT = re.compile(r"[A-Za-z0-9\u30a1-\u30fa\u3400-\u9fff]")
# Of any question about anything: they say nothing of what is asked for.
_COMMON = (
    *("教えて", "知りたい", "方法", "仕方", "場合", "時", "方", "何", "私", "僕", "俺", "自分", "一番", "最も"),
    *("良い", "良く", "今", "コツ", "ポイント", "使い方", "使って", "使う", "使え", "場所", "事", "人", "必要"),
    *("下さい", "効果的", "基本", "出来", "思"),
)


class JapaneseWords(BaseModel):
    """The Japanese of a game, in the table ``[japanese]`` of its ``names.toml``.

    Args:
        names: how the subjects are called in Japanese, and their names in the guides.
        words: what players say, and how the guides say it; empty for what means nothing to the search.
        roles: regular expressions of what follows a name, and the English that then stands before it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: dict[str, str] = {}
    words: dict[str, str] = {}
    roles: dict[Pattern, str] = {}

    def in_english(self, question: str) -> str:
        """The English of a question, word for word; what is not known stays as it is. Empty where nothing is known.

        Args:
            question: Japanese, of a player.
        """
        text = unicodedata.normalize("NFKC", question)
        said = dict.fromkeys(_COMMON, "") | self.words
        told: list[str] = []
        known = place = 0
        while place < len(text):
            found = _longest(text, place, self.names) or _longest(text, place, said)
            if not found:
                word = _WRITTEN.match(text, place)
                unknown = word[0] if word else text[place]
                # A longer word that begins here may hold one that is known.
                ends = [at for at in range(place + 1, place + len(unknown)) if _longest(text, at, self.names | said)]
                unknown = text[place : min(ends, default=place + len(unknown))]
                told += [unknown] if _CONTENT.search(unknown) else []
                place += len(unknown)
                continue
            place += len(found)
            known += 1
            if found not in self.names:
                told += [said[found]] if said[found] else []
                continue
            name = self.names[found]
            for follows, before in self.roles.items():
                if role := re.compile(follows).match(text, place):
                    name = f"{before} {name}"
                    place = role.end()
                    break
            told.append(name)
        return " ".join(told) if known and told else ""


def _longest(text: str, place: int, words: Mapping[str, str]) -> str:
    return max((word for word in words if text.startswith(word, place)), key=len, default="")


# Kana and Chinese characters, and the letters of Thai, Lao, Burmese and Khmer.
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
    """A text with a space around each character of a script without spaces: FTS5 finds its words as phrases then."""
    return _CHARACTER.sub(r" \1 ", unicodedata.normalize("NFKC", text))


def is_unspaced(text: str) -> bool:
    """Whether a text has words that no spaces are between."""
    return bool(_CHARACTER.search(text))


def unspaced_words(word: str) -> list[str]:
    """What to search for in a piece of a question of such a script.

    Words of Chinese characters and of katakana carry the meaning; hiragana counts where there is nothing else.
    """
    runs = [run for run in _RUN.findall(unicodedata.normalize("NFKC", word)) if run not in _KANJI_ASKED]
    heavy = [run for run in runs if not re.fullmatch(r"[\u3041-\u3096]+", run)]
    light = [rest for run in runs if len(rest := _ASKING.sub("", run)) > 1]
    return heavy or light
