"""The coach without a window: an engine and an advisor for one command."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

from coach_app.advisor.advisor import Advisor
from coach_app.advisor.engine_client import EngineClient
from coach_app.advisor.japanese import open_translator
from coach_app.advisor.local import LocalAdvisor
from coach_app.advisor.remote import RemoteAdvisor, chosen_server
from coach_app.advisor.values import LocalQReader
from coach_app.capture.picture import load_picture
from coach_app.domain.advice import Advice
from coach_app.domain.frame import Frame
from coach_app.evaluation.agents import AGENTS, Agent, make_agent
from coach_app.evaluation.play import PlayReport, Progress, play
from coach_app.evaluation.recording import Recording
from coach_app.games import profiles
from coach_app.models.catalogue import qnet_folder, resolve
from coach_app.settings import store
from coach_app.settings.folders import config_dir
from coach_app.settings.schema import Settings


def user_settings() -> Settings:
    """The user's settings, or the defaults where there are none that can be read."""
    return store.load(config_dir() / "settings.toml")[0]


@contextlib.asynccontextmanager
async def opened_advisor(model: str) -> AsyncIterator[tuple[EngineClient, Advisor]]:
    """An engine with a model loaded, and the advisor that asks it; both end with the block.

    Where a server gives the advice, the engine is not started; who needs it for something else does that.

    Args:
        model: name, folder or server (``URL`` or ``NAME@URL``); empty is what the settings say.

    Raises:
        CoachError: there is no such model, it cannot be loaded, or the server must not be asked.
    """
    settings = user_settings()
    if server := chosen_server(settings, model):
        client, advisor = EngineClient(), RemoteAdvisor(server)
        try:
            yield client, advisor
        finally:
            await advisor.close()
            await client.stop()
        return
    entry = resolve(model or settings.general.model)
    folder = entry.path()
    async with EngineClient() as client:
        await client.load(folder)
        yield client, LocalAdvisor(client, entry)


async def advise_once(
    image: Path, game: str, question: str, japanese: bool, model: str, on_words: Callable[[str], None]
) -> Advice:
    """Advice about a picture in a file.

    Args:
        image: the file.
        game: id of a profile.
        question: asked instead of the profile's prompt; may be empty.
        japanese: whether it is translated too.
        model: name or folder; empty is what the settings say.
        on_words: called with each further piece of the English text.

    Raises:
        CoachError: the picture, the game or the model is not usable.
    """
    profile = profiles.find(game)
    picture = await asyncio.to_thread(load_picture, image)
    async with opened_advisor(model) as (client, advisor):
        advice = await advisor.advise(Frame(picture), profile, question, on_words)
        if not japanese:
            return advice
        await client.start()
        translator = await open_translator(client, user_settings().allowed_translation)
        try:
            return replace(advice, text_ja=await translator.translate(advice.text))
        finally:
            await translator.close()


@contextlib.asynccontextmanager
async def opened_agent(name: str, game: str, model: str, checkpoint: str = "") -> AsyncIterator[Agent]:
    """An agent that can play; its engine ends with the block.

    Args:
        name: of ``coach_app.evaluation.agents.AGENTS``.
        game: a practice game.
        model: of the coach: name or folder; empty is what the settings say.
        checkpoint: the Q-network: name or folder; empty is what the game's profile says.

    Raises:
        CoachError: the agent cannot play.
    """
    profile = profiles.find(game)
    if name not in AGENTS or name in ("teacher", "random"):
        yield make_agent(name, profile=profile)
        return
    async with opened_advisor(model) as (client, advisor):
        reader = None
        if "dqn" in name:
            settings = user_settings()
            server = chosen_server(settings, model)
            entry = resolve(settings.general.model if server or not model else model)
            if server:  # the network sees the features of the model on this computer all the same
                await client.start()
                await client.load(entry.path())
            await client.load(qnet_folder(checkpoint or profile.qnet), role="qvalues")
            reader = LocalQReader(client, entry.input_side_px)
        yield make_agent(name, advisor, profile, reader)


async def play_game(
    game: str,
    agent: str,
    episodes: int,
    seed: int,
    size: tuple[int, int],
    gif: Path | None,
    model: str,
    on_progress: Progress,
    checkpoint: str = "",
) -> tuple[PlayReport, str]:
    """Let an agent play a practice game.

    Args:
        game: a practice game.
        agent: a name of ``coach_app.evaluation.agents.AGENTS``.
        episodes: how many.
        seed: of the first one.
        size: columns and rows of random maps, border included.
        gif: where to record it, if at all.
        model: of the coach: name or folder; empty is what the settings say.
        on_progress: called after each episode.
        checkpoint: the Q-network: name or folder; empty is what the game's profile says.

    Returns:
        What came of it, and a sentence on the recording, if there is one.

    Raises:
        CoachError: the agent cannot play, or the recording cannot be written.
    """
    recording = Recording() if gif else None
    async with opened_agent(agent, game, model, checkpoint) as player:
        report = await play(game, player, episodes, seed, size, on_progress=on_progress, recording=recording)
    return report, recording.save(gif) if recording and gif else ""
