"""Translates sentences that are composed outside Qt into the interface language.

Errors, notices and help texts are composed in English where they arise, and stay English in logs, in JSON and between
processes. Only when one is shown is it translated here: it is matched against the templates in the catalogue, for
instance ``There is no model folder {folder}.``, and the values found are put into the translation.
``packaging/translations.py`` collects the templates from the sources. A game's own sentences are translated in its
folder, in ``ja.toml``.
"""

import locale
import os
import re
import sys
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal
from xml.etree import ElementTree

from coach_app.domain.resources import games_dir, resources_dir

Language = Literal["en", "ja"]
CONTEXT: Final = "Sentences"
"""Where the catalogue keeps them."""

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_SENTENCE_END: Final = re.compile(r"(?<=[.?!…])\s+")


def system_language() -> Language:
    """The language of the desktop if the coach supports it, otherwise English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "ja" if value.lower().startswith("ja") else "en"
    if sys.platform in ("win32", "darwin"):  # Untested on these platforms: their desktops set no such variable.
        return "ja" if (locale.getlocale()[0] or "").lower().startswith("ja") else "en"
    return "en"


class Phrases:
    """Translates sentences by their templates.

    Args:
        messages: translation by English template; names in braces stand for values.
    """

    def __init__(self, messages: Mapping[str, str]) -> None:
        self._whole = {
            source: translation for source, translation in messages.items() if not _PLACEHOLDER.search(source)
        }
        templates = [(source, translation) for source, translation in messages.items() if source not in self._whole]
        self._templates = [_Template(source, translation) for source, translation in templates]

    def translated(self, text: str) -> str:
        """Translate every sentence of a text that the catalogue has; the others stay English."""
        if not self._whole and not self._templates:
            return text
        return self._read(text)[1]

    def _read(self, text: str) -> tuple[int, str]:
        """Split a text into sentences so that as many letters as possible belong to templates, not to values.

        Returns:
            The number of those letters, and the translation.
        """
        if whole := self._whole.get(text):
            return len(text), whole
        parts = _SENTENCE_END.split(text)
        best: list[tuple[int, list[tuple[str, bool]]]] = [(0, [])]
        for end in range(1, len(parts) + 1):
            readings = []
            for start in range(end):
                piece = " ".join(parts[start:end])
                known, translation = self._sentence(piece)
                if known or start == end - 1:
                    sure, before = best[start]
                    readings.append((sure + known, [*before, (translation, bool(known))]))
            best.append(max(readings, key=lambda reading: reading[0]))
        translation = ""
        translated = True
        for piece, known in best[-1][1]:
            translation += piece if not translation or (known and translated) else f" {piece}"
            translated = known
        return best[-1][0], translation

    def _sentence(self, text: str) -> tuple[int, str]:
        """The same for one sentence; 0 letters if no template matches."""
        if whole := self._whole.get(text):
            return len(text), whole
        found = [(template, match) for template in self._templates if (match := template.fits(text))]
        if not found:
            return 0, text
        template, match = max(found, key=lambda fit: fit[0].letters)
        values = {name: self._value(value) for name, value in match.groupdict().items()}
        letters = template.letters + sum(known for known, _ in values.values())
        return letters, template.filled({name: translation for name, (_, translation) in values.items()})

    def _value(self, text: str) -> tuple[int, str]:
        """The same for the value of a placeholder, which may be a list of things that are all known."""
        whole, parts = self._read(text), [self._read(part) for part in text.split(", ")]
        if len(parts) > 1 and all(known for known, _ in parts) and sum(known for known, _ in parts) >= whole[0]:
            return sum(known for known, _ in parts), "、".join(translation for _, translation in parts)
        return whole


class _Template:
    def __init__(self, source: str, translation: str) -> None:
        self._translation = translation
        words = _PLACEHOLDER.split(source)
        self._start = words[0]
        self.letters = sum(len(word) for word in words[::2])
        self._shape = re.compile(
            "".join(f"(?P<{word}>.*?)" if number % 2 else re.escape(word) for number, word in enumerate(words)),
            re.DOTALL,
        )

    def fits(self, text: str) -> "re.Match[str] | None":
        return self._shape.fullmatch(text) if text.startswith(self._start) else None

    def filled(self, values: Mapping[str, str]) -> str:
        return _PLACEHOLDER.sub(lambda match: values[match[1]], self._translation)


@lru_cache
def phrases(language: Language) -> Phrases:
    """The phrases of a language; none for English, the source language."""
    return Phrases({} if language == "en" else _read_catalogue(language))


def _read_catalogue(language: Language) -> dict[str, str]:
    tree = ElementTree.parse(resources_dir() / "i18n" / f"coach_{language}.ts")
    messages = {
        message.findtext("source", ""): translation
        for context in tree.iterfind("context")
        if context.findtext("name") == CONTEXT
        for message in context.iterfind("message")
        if (translation := message.findtext("translation", ""))
    }
    for file in games_dir().glob(f"*/{language}.toml"):
        messages |= tomllib.loads(file.read_text("utf-8"))
    return messages
