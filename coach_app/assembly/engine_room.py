"""Chooses and opens the model, server, adapter, translator and Q-network that the settings and a command ask for."""

import contextlib
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass, replace

from coach_app.advisor.advisor import Advisor
from coach_app.advisor.game_questions import GameQuestionAdvisor
from coach_app.advisor.japanese import open_translator
from coach_app.advisor.local import LocalAdvisor
from coach_app.advisor.remote import RemoteAdvisor
from coach_app.advisor.scope import out_of_scope_sentence
from coach_app.advisor.servers import Server, chosen_server, is_server
from coach_app.advisor.text import TextAdvisor, open_remote_text, open_text_advisor
from coach_app.advisor.values import LocalQReader
from coach_app.domain.detail import Detail
from coach_app.domain.errors import CoachError
from coach_app.domain.profile import GameProfile
from coach_app.domain.sent import OnSent, unseen
from coach_app.games.profiles import profile_of
from coach_app.host.client import EngineClient
from coach_app.models.catalogue import ModelEntry, catalogue, made_for, qnet_folder, resolve
from coach_app.settings.schema import Settings, TranslationSettings
from coach_app.translation.chain import ChainTranslator


@dataclass(frozen=True)
class Coach:
    """The source of the advice.

    Attributes:
        entry: the local model; if a server answers, the one that computes features for a Q-network.
        server: the server that answers in place of the model, or None.
        detail: detail of pictures for the local model.
        four_bit: whether it is loaded in 4 bits; None lets the engine decide by card and size.
        named: whether a command named it, so that no profile names another one.
    """

    entry: ModelEntry
    server: Server | None
    detail: Detail
    four_bit: bool | None
    named: bool = False

    @property
    def games(self) -> tuple[str, ...]:
        """The games that the coach is made for; empty for a server or a general model."""
        return () if self.server else self.entry.games

    def refusal(self, profile: GameProfile) -> str | None:
        """Why it cannot advise on a game, or None if it can, or another bundled model can for it."""
        return (
            None
            if self.server or self._is_learned(profile)
            else out_of_scope_sentence(made_for(self.entry, profile.id), profile)
        )

    def at(self, game: str) -> "Coach":
        """The same coach for this game: with the model that its profile names, or else with the bundled model that is
        made for it, if a bundled one is chosen.

        Raises:
            CoachError: the model that the profile names is not there.
        """
        profile = profile_of(game)
        entry = resolve(profile.model) if self._is_learned(profile) else made_for(self.entry, game)
        return replace(self, entry=entry)

    def _is_learned(self, profile: GameProfile) -> bool:
        return bool(profile.model) and not self.named and not self.server


def four_bit_of(settings: Settings) -> bool | None:
    """The value for `Coach.four_bit`."""
    return None if settings.general.four_bit else False


def chosen_coach(settings: Settings, model: str = "") -> Coach:
    """The coach chosen by the settings or a command.

    Args:
        settings: the user's settings.
        model: from the command, takes precedence: a name, a folder or a server (``URL`` or ``NAME@URL``); may be empty.

    Raises:
        CoachError: there is no such model, or the server must not be asked.
    """
    if server := chosen_server(settings, model):
        coach, _ = usable_coach(settings, catalogue()[0], model)  # the local model may not be needed at all
        return coach
    entry = resolve(model or settings.general.model)
    return Coach(entry, server, settings.general.detail, four_bit_of(settings), bool(model))


def usable_coach(settings: Settings, otherwise: ModelEntry, model: str = "") -> tuple[Coach, list[str]]:
    """The chosen coach, or a local replacement if it is not available, and the reason.

    Args:
        settings: see `chosen_coach`.
        otherwise: replacement for a model that does not exist.
        model: see `chosen_coach`.

    Returns:
        The coach, and one sentence for each problem that the user should know about.
    """
    entry, server, notices = otherwise, None, list[str]()
    try:
        server = chosen_server(settings, model)
    except CoachError as error:
        notices.append(str(error))
    try:
        entry = resolve(settings.general.model if server or not model else model)
    except CoachError as error:
        notices.append(str(error))
    return Coach(entry, server, settings.general.detail, four_bit_of(settings), bool(model)), notices


@contextlib.asynccontextmanager
async def open_text(client: EngineClient, settings: Settings, adapter: str, game: str) -> AsyncIterator[TextAdvisor]:
    """Open the advisor for a game question; a connection to a server ends with the block.

    Args:
        client: started; it stays the owner's to stop.
        settings: the user's settings.
        adapter: name or folder of an adapter, or of a text model that answers by itself; or a server's, NAME@URL.
        game: the game whose guides are searched; empty for the adapter's.

    Raises:
        CoachError: the adapter is not usable, or its game is unknown.
    """
    server = chosen_server(settings, adapter) if is_server(adapter) else None
    if server is None:
        yield await open_text_advisor(client, game, adapter, four_bit_of(settings))
        return
    advisor, remote = await open_remote_text(server, game)
    try:
        yield advisor
    finally:
        await remote.close()


class EngineRoom:
    """The engine of a coach, and everything loaded into it, one load at a time.

    Args:
        client: started by its owner where something is loaded; it stays the owner's to stop.
        coach: the initial coach, not loaded yet.
        on_note: called with notes for the user about models that are replaced or unavailable.
        on_sent: told what servers and online translators are given; the engine's client tells about its models.

    Attributes:
        client: the engine.
        coach: the current coach, replaced by `use`.
        game_questions: answers game questions.
    """

    def __init__(
        self,
        client: EngineClient,
        coach: Coach,
        on_note: Callable[[str], None] = lambda sentence: None,
        on_sent: OnSent = unseen,
    ) -> None:
        self.client = client
        self.coach = coach
        self.game_questions = GameQuestionAdvisor(client, lambda: self.coach.four_bit, on_note)
        self._on_note, self._on_sent = on_note, on_sent

    def refusal(self, profile: GameProfile, title: str) -> CoachError | None:
        """See `coach_app.session.session.Session`."""
        sentence = self.coach.refusal(profile)
        return CoachError(sentence) if sentence else None

    async def use(self, coach: Coach) -> None:
        """Switch to a coach, and load its model unless a server answers or it is already loaded.

        Raises:
            CoachError: it cannot be loaded; the previous coach stays in use.
        """
        if coach.server is None:
            await self._load(coach)
        self.coach = coach

    def give_way(self, coach: Coach) -> None:
        """Cancel loading a model, unless it is the one of this coach.

        Raises:
            CoachError: its own model is not on this computer.
        """
        if coach.server or not self.client.has(coach.entry.path(), "vision", coach.four_bit):
            self.client.cancel_loading()

    def leave_server(self) -> None:
        """Switch to the local model, loaded or not, so that nothing more is sent to the server."""
        self.coach = replace(self.coach, server=None)

    def advisor(self) -> Advisor:
        """The advisor of the current coach; to be closed by the caller."""
        if self.coach.server:
            return RemoteAdvisor(self.coach.server, self._on_sent)
        return LocalAdvisor(self.client, self.coach.entry, self.coach.detail)

    async def open_translator(self, rules: TranslationSettings, asked_about: Collection[str] = ()) -> ChainTranslator:
        """The translator for the current coach; to be closed by the caller.

        Args:
            rules: the user's settings; see `Settings.allowed_translation`.
            asked_about: ids of further games that game questions were about.

        Raises:
            CoachError: nothing can translate.
        """
        await self.client.settled()  # translate for the coach that is being loaded
        games = self.coach.games and (*self.coach.games, *asked_about)
        return await open_translator(self.client, rules, games, lambda fault: self._on_note(str(fault)), self._on_sent)

    async def open_q_reader(self, checkpoint: str) -> LocalQReader:
        """A reader for a Q-network, which uses the features of the coach's local model.

        Args:
            checkpoint: its name or folder.

        Raises:
            CoachError: there is no such network, or it cannot be loaded.
        """
        folder = qnet_folder(checkpoint)
        if self.coach.server:
            await self._load(self.coach)
        await self.client.load(folder, role="qvalues")
        return LocalQReader(self.client, self.coach.entry.input_side_px)

    async def close(self) -> None:
        """Cancel loading; may be called twice."""
        await self.game_questions.close()

    async def _load(self, coach: Coach) -> None:
        folder = coach.entry.path()
        if not self.client.has(folder, "vision", coach.four_bit):
            await self.client.load(folder, four_bit=coach.four_bit, title=coach.entry.title)
