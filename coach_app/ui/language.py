"""The interface language: Qt catalogues, switched at runtime, and sentences composed outside Qt."""

import logging
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from coach_app.domain.phrases import CONTEXT, Language, phrases, system_language
from coach_app.domain.resources import resources_dir
from coach_app.domain.words import printable
from coach_app.settings.schema import InterfaceLanguage
from coach_app.ui.fonts import japanese_family

_LONGEST: Final = 4_000
"""Characters of a sentence, which may hold what a server said."""
_log = logging.getLogger(__name__)
_NAMES: Final = {"en": QLocale.Language.English, "ja": QLocale.Language.Japanese}


def translated(text: str) -> str:
    """Translate a sentence composed outside Qt (an error, a notice, a model's title) into the interface language."""
    return QCoreApplication.translate(CONTEXT, printable(text, _LONGEST))


def chosen_language(choice: InterfaceLanguage) -> Language:
    """The language for a choice in the settings."""
    return system_language() if choice == "system" else choice


class InterfaceLanguageSwitch(QObject):
    """Switches the interface language. Interface thread only; requires a QApplication, which owns it.

    Every window gets a LanguageChange event, on which open ones update their texts.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._font = app.font()
        self._translators: list[QTranslator] = []
        self.language: Language = "en"

    def use(self, language: Language) -> None:
        """Switch to a language."""
        if language == self.language:
            return
        self.language = language
        system = QLocale.system()
        QLocale.setDefault(system if system.language() == _NAMES[language] else QLocale(_NAMES[language]))
        font = QFont(self._font)
        if language == "ja" and (japanese := japanese_family()):
            font.setFamilies([*self._font.families(), japanese])  # not a Chinese font, whose shapes differ
        self._app.setFont(font)
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators = [] if language == "en" else [self._of_qt(language), _Catalogue(language, self)]
        for translator in self._translators:
            self._app.installTranslator(translator)

    def _of_qt(self, language: Language) -> QTranslator:
        """Qt's own catalogue: Cancel, Save, the file dialog."""
        translator = QTranslator(self)
        if not translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            _log.info("Qt has no catalogue for %s here.", language)
        return translator


class _Catalogue(QTranslator):
    """Our own catalogue; sentences with values are matched by templates."""

    def __init__(self, language: Language, parent: QObject) -> None:
        super().__init__(parent)
        self._phrases = phrases(language)
        self.load(str(resources_dir() / "i18n" / f"coach_{language}.qm"))

    def translate(self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """See QTranslator; None, not empty, if there is no translation."""
        if context == CONTEXT:
            return self._phrases.translated(source_text)
        return super().translate(context, source_text, disambiguation or "", n) or None
