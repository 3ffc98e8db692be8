"""Japanese advice: the translator that the settings ask for, with its model in the engine process."""

import asyncio
import logging

from coach_app.advisor.engine_client import EngineClient
from coach_app.domain.errors import CoachError
from coach_app.models.catalogue import catalogue
from coach_app.settings.folders import data_dir
from coach_app.settings.schema import TranslationSettings
from coach_app.translation.chain import ChainTranslator, choose
from coach_app.translation.memory import TranslationMemory

_log = logging.getLogger(__name__)


async def open_translator(client: EngineClient, rules: TranslationSettings) -> ChainTranslator:
    """Load the local translator into the engine, and put it together with what else the user allows.

    Args:
        client: started; it stays the owner's to stop.
        rules: of the user.

    Raises:
        CoachError: nothing can translate: no local model, and online translation is not allowed.
    """
    local, name = None, ""
    try:
        entry = next(entry for entry in catalogue() if entry.role == "translator")
        folder = entry.path()
        await client.load(folder, role="translator")
        # What another version of the model has said is not remembered as this one's.
        local, name = client.translate, f"{entry.name} {int(folder.stat().st_mtime)}"
    except CoachError as error:
        if not rules.online:
            raise
        _log.warning("no local translator: %s", error)
    memory = await asyncio.to_thread(TranslationMemory, data_dir() / "translations.sqlite")
    return choose(rules, memory, local, name)
