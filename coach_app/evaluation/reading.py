"""Agents that read: a language model plays from the description of what is seen.

Two arms: the model as it is, and with an adapter that was trained on the game. Whose idea that was: docs/reading.md.
"""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Final

from coach_app.advisor.remote import RemoteAdvisor
from coach_app.advisor.servers import chosen_server, is_server
from coach_app.advisor.text import resolve_adapter
from coach_app.assembly.engine_room import four_bit_of
from coach_app.domain.errors import CoachError
from coach_app.domain.sampling import GREEDY, Sampling
from coach_app.evaluation.agents import Decision
from coach_app.games.game import Game
from coach_app.games.images import ImageEnv, Picture, action_names
from coach_app.games.reading import Reading, quoted_move
from coach_app.host.client import EngineClient
from coach_app.host.messages import Answered
from coach_app.models.bases import base_of
from coach_app.models.catalogue import resolve
from coach_app.models.checkpoint import read_json
from coach_app.settings.schema import Settings

PLAIN, TUNED = "text", "text-tuned"
TEXT_AGENTS: Final = (PLAIN, TUNED)
"""What ``--agent`` takes for agents that read."""
_TEMPERATURE, _TOP_P = 0.9, 0.6
_MAX_NEW_TOKENS = 256
_NO_MOVE = "none understood"

Talk = Callable[[str, Sampling], Awaitable[Answered]]
"""What a language model answers to a user."""


class TextAgent:
    """Asks a language model about what is seen, in words, and makes the one move that its answer quotes.

    An answer that does not quote exactly one move counts as none.

    Args:
        game: the game to play; it can be described in words.
        name: of TEXT_AGENTS.
        talk: the model.
        short: whether the model was trained on the short prompt.
        greedy: take the most likely words instead of drawing them.
        form: the form of its answers; empty for the game's first one.

    Raises:
        CoachError: the game cannot be played by reading.
    """

    def __init__(
        self, game: Game, name: str, talk: Talk, short: bool = False, greedy: bool = False, form: str = ""
    ) -> None:
        self._reading, self._describe = reading_of(game)
        self.name, self.model = name, ""
        self._talk, self._short, self._greedy, self._form = talk, short, greedy, form
        self.begin(0)

    def begin(self, seed: int) -> None:
        """Forget the last episode."""
        self._seed, self._last = seed, list[str]()

    async def move(self, picture: Picture, env: ImageEnv) -> Decision:
        """See ``Agent``."""
        asked = self._reading.asked(self._describe(env), self._last, self._form, self._short)
        drawn = (self._seed * 1_000_003 + len(self._last)) % 2**32
        answered = await self._talk(asked, GREEDY if self._greedy else Sampling(_TEMPERATURE, _TOP_P, drawn))
        self.model = answered.model
        move = quoted_move(answered.text, action_names(env))
        self._last.append(move or _NO_MOVE)
        return Decision(move, answered.text, answered.latency_ms)


def reading_of(game: Game) -> tuple[Reading, Callable[[ImageEnv], str]]:
    """How a game is played by reading, and what describes it.

    Raises:
        CoachError: it cannot be played so.
    """
    if game.reading is None or game.describe is None:
        raise CoachError(f"{game.id} cannot be played by reading.", "Choose another game, or another agent.")
    return game.reading(), game.describe


@contextlib.asynccontextmanager
async def opened_text_agent(
    settings: Settings, name: str, game: Game, model: str, adapter: str, greedy: bool
) -> AsyncIterator[TextAgent]:
    """Open a language model as an agent; its engine or connection ends with the block.

    Args:
        settings: of the user.
        name: of TEXT_AGENTS.
        game: the game to play.
        model: a text model by name or folder, or a server's, NAME@URL; empty for the adapter's base.
        adapter: name or folder of the adapter for the arm that was trained; a server names it as its model.
        greedy: take the most likely words instead of drawing them.

    Raises:
        CoachError: the model or the adapter is missing or cannot be used.
    """
    reading_of(game)
    if is_server(model):
        server = chosen_server(settings, model)
        assert server
        remote = RemoteAdvisor(server)
        try:
            yield TextAgent(game, name, remote.chat, short=name == TUNED, greedy=greedy)
        finally:
            await remote.close()
        return
    if name == TUNED and not adapter:
        raise CoachError(
            "The agent that was trained cannot play without an adapter.",
            f"Name it with --adapter, or train one with: coach train {game.id}-text",
        )
    tuned = resolve_adapter(adapter) if name == TUNED else None
    if not model and not tuned:
        raise CoachError("The agent cannot play without a text model.", "Name one with --model, for instance smollm2.")
    base = resolve(model, role="text") if model else base_of(tuned) if tuned else None
    assert base
    if base.role != "text":
        raise CoachError(f"{base.title} is not a text model.", "Name one with --model, for instance smollm2.")
    folder = tuned.path() if tuned else None
    async with EngineClient() as client:
        await client.load(base.path(), role="text", four_bit=four_bit_of(settings), title=base.title)

        async def talk(prompt: str, sampling: Sampling) -> Answered:
            return await client.ask_text(prompt, folder, None, _MAX_NEW_TOKENS, sampling)

        short, form = trained_on(folder) if folder else (False, "")
        yield TextAgent(game, name, talk, short, greedy, form)


def trained_on(adapter: Path) -> tuple[bool, str]:
    """Whether an adapter was trained on the short prompt, and the form of its answers, as its training wrote down."""
    try:
        args = read_json(adapter, "args.json")
    except CoachError:
        return True, ""
    return bool(args.get("short", True)), str(args.get("form", ""))
