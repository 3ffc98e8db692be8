"""Opens an agent with everything that it needs, and lets it play."""

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coach_app.assembly.engine_room import EngineRoom, chosen_coach
from coach_app.assembly.once import opened_room
from coach_app.domain.errors import CoachError
from coach_app.domain.profile import GameProfile
from coach_app.evaluation.agents import AGENTS, Agent, make_agent
from coach_app.evaluation.play import PlayReport, Progress, Step, play
from coach_app.evaluation.reading import TEXT_AGENTS, opened_text_agent
from coach_app.evaluation.recalling import Recalling, opened_memory
from coach_app.evaluation.recording import Recording
from coach_app.evaluation.stage import Stage, WatchingAgent
from coach_app.games import profiles
from coach_app.games.catalogue import to_play
from coach_app.games.game import Game, Size
from coach_app.settings.schema import Settings


@dataclass(frozen=True)
class OpenedAgent:
    """An agent that is ready to play, and its engine room and memory, if it has these."""

    agent: Agent
    room: EngineRoom | None = None
    memory: Recalling | None = None


@contextlib.asynccontextmanager
async def opened_agent(
    settings: Settings,
    name: str,
    game: str,
    model: str = "",
    checkpoint: str = "",
    translated: bool = False,
    adapter: str = "",
    greedy: bool = False,
    memory: bool = False,
) -> AsyncIterator[OpenedAgent]:
    """Open an agent; its engine ends with the block.

    Args:
        settings: of the user.
        name: one of ``coach_app.evaluation.agents.AGENTS``, or one of the game's own players.
        game: see ``coach_app.games.catalogue.to_play``.
        model: the coach's model: name, folder or server; empty to follow the settings.
        checkpoint: name or folder of the Q-network; empty for the profile's.
        translated: whether a translator will be opened in the room.
        adapter, greedy: for agents that read; see ``evaluation.reading``.
        memory: whether the coach recalls what is remembered of the game.

    Raises:
        CoachError: the agent cannot play.
    """
    played = to_play(game)
    if memory and "coach" not in name:
        raise CoachError(f"The agent {name} has no memory.", "Leave out --memory, or let the coach play.")
    if name in TEXT_AGENTS:
        async with opened_text_agent(settings, name, played, model, adapter, greedy) as agent:
            yield OpenedAgent(agent)
        return
    if name not in AGENTS or name in ("teacher", "random"):
        yield OpenedAgent(make_agent(name, played))
        return
    profile = profile_to_play(played)
    coach = chosen_coach(settings, model).at(profile.id)
    if "coach" in name and (sentence := coach.refusal(profile)):
        raise CoachError(sentence, "Name it with --model.")
    network = checkpoint or profile.qnet
    valued = "dqn" in name
    if valued and not network:
        raise CoachError(
            f"There is no Q-network for {game} yet.", f"Train one with: coach train dqn --game {game}; name it then."
        )
    async with opened_room(coach, engine=valued or translated) as room, contextlib.AsyncExitStack() as stack:
        advisor = room.advisor()
        stack.push_async_callback(advisor.close)
        reader = await room.open_q_reader(network) if valued else None
        recalling = stack.enter_context(opened_memory(profile)) if memory else None
        recall = recalling.recall if recalling else None
        yield OpenedAgent(make_agent(name, played, advisor, profile, reader, recall), room, recalling)


def profile_to_play(game: Game) -> GameProfile:
    """The profile of a game; if it names no moves, advice may name any action."""
    from coach_app.games.images import action_names

    env = game.make()
    names = action_names(env)
    env.close()
    profile = profiles.profile_of(game.id)
    return profile if profile.moves else profile.model_copy(update={"moves": names})


@dataclass(frozen=True)
class PlayPlan:
    """The parameters of playing.

    Attributes:
        game: see ``coach_app.games.catalogue.to_play``.
        agent: a name of ``coach_app.evaluation.agents.AGENTS``, or of the game's own players.
        episodes: how many.
        seed: of the first one.
        size: of the maps; None is the game's default.
        max_steps: an episode is broken off after so many; None plays it to its end.
        gif: where to record it, if at all.
        model: the coach's model: name, folder or server; empty to follow the settings.
        checkpoint: name or folder of the Q-network; empty for the profile's.
        language: of the advice; None is what the settings say.
        adapter: name or folder of the adapter of an agent that reads.
        greedy: such an agent takes the most likely words instead of drawing them.
        memory: the coach recalls what is remembered of the game.
    """

    game: str
    agent: str
    episodes: int
    seed: int
    size: Size | None = None
    max_steps: int | None = None
    gif: Path | None = None
    model: str = ""
    checkpoint: str = ""
    language: Literal["en", "ja"] | None = None
    adapter: str = ""
    greedy: bool = False
    memory: bool = False


async def play_game(
    plan: PlayPlan,
    settings: Settings,
    on_progress: Progress | None = None,
    on_step: Callable[[Step], None] | None = None,
    stage: Stage | None = None,
) -> tuple[PlayReport, str]:
    """Let an agent play.

    Args:
        plan: what is played.
        settings: of the user.
        on_progress: called after each episode.
        on_step: called after each decision; it has Japanese only if that is shown.
        stage: where the game is shown and captured for the agent; None gives it the game's own pictures.

    Returns:
        What came of it, and a sentence on the recording, if there is one.

    Raises:
        CoachError: the agent cannot play, or the recording cannot be written.
    """
    spoken = "coach" in plan.agent and (plan.language or settings.general.language) == "ja"
    japanese = spoken and (plan.gif is not None or on_step is not None)
    recording = Recording(japanese=japanese) if plan.gif else None
    async with contextlib.AsyncExitStack() as stack:
        opened = await stack.enter_async_context(
            opened_agent(
                settings,
                plan.agent,
                plan.game,
                plan.model,
                plan.checkpoint,
                japanese,
                plan.adapter,
                plan.greedy,
                plan.memory,
            )
        )
        translate = None
        if japanese and opened.room:
            translator = await opened.room.open_translator(settings.allowed_translation)
            stack.push_async_callback(translator.close)
            translate = translator.translate
        report = await play(
            to_play(plan.game),
            WatchingAgent(opened.agent, stage) if stage else opened.agent,
            plan.episodes,
            plan.seed,
            plan.size,
            on_progress=on_progress,
            recording=recording,
            max_steps=plan.max_steps,
            on_step=on_step,
            translate=translate,
            on_outcome=opened.memory.see if opened.memory else None,
        )
    return report, recording.save(plan.gif) if recording and plan.gif else ""
