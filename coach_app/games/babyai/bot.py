"""minigrid's own bot (Chevalier-Boisvert et al. 2019), asked anew about every state: it knows the whole level.

The original keeps a plan and adapts it to what is done. Here it begins with what is left of the mission, so that a
state has one answer, however it came about.
"""

import contextlib
import copy
import io
from collections.abc import Callable
from typing import Any

from coach_app.games.babyai.env import BabyAIEnv
from coach_app.games.babyai.view import TASKS
from coach_app.games.babyai.words import MOVES

with contextlib.redirect_stdout(io.StringIO()):  # pygame greets on standard output
    from minigrid.envs.babyai.core.verifier import GoToInstr
    from minigrid.utils.baby_ai_bot import BabyAIBot, DropSubgoal, GoNextToSubgoal, OpenSubgoal, PickupSubgoal

_MOST_SEARCHES = 200
_GO_TO, _PICK_UP, _OPEN, _PUT_NEXT_TO, _PICK_UP_THEN_GO_TO = TASKS


class _Lost(Exception):
    """The bot goes round in circles."""


class _Bot(BabyAIBot):
    """The bot with all of the level in its memory, and nothing planned."""

    def __init__(self, level: Any) -> None:
        super().__init__(level)  # type: ignore[no-untyped-call]
        self.vis_mask[:] = True
        self.stack = []

    def _breadth_first_search(self, *args: Any, **options: Any) -> Any:
        if self.bfs_counter > _MOST_SEARCHES:
            raise _Lost
        return super()._breadth_first_search(*args, **options)  # type: ignore[no-untyped-call]


def bots_move(env: BabyAIEnv) -> str:
    """The bot's move in a state; the teacher's where the bot knows none, as after a box was opened."""
    level = copy.deepcopy(env.inner)
    try:
        bot: Any = _Bot(level)
        _plan(bot, level)
        move = int(bot.replan())
    except (AssertionError, _Lost):
        return env.decision().move
    return MOVES[move] if move < len(MOVES) else env.decision().move


def _plan(bot: Any, level: Any) -> None:
    """What is left to do, the last of it first."""
    task, carried = level.asked.task, level.carrying
    parts = [level.instrs]
    if task == _PICK_UP_THEN_GO_TO:
        parts = sorted((level.instrs.instr_a, level.instrs.instr_b), key=lambda part: isinstance(part, GoToInstr))
    things = [parts[0].desc_move, parts[0].desc_fixed] if task == _PUT_NEXT_TO else [part.desc for part in parts]
    for thing in things:
        thing.find_matching_objs(level)
    has_it = carried is not None and (carried.type, carried.color) == (things[0].type, things[0].color)

    def then(subgoal: Callable[..., Any], *args: Any) -> None:
        bot.stack.append(subgoal(bot, *args))

    if task == _OPEN:
        then(OpenSubgoal)
        then(GoNextToSubgoal, things[0], "Open")
    elif task == _GO_TO or (task == _PICK_UP_THEN_GO_TO and has_it):
        then(GoNextToSubgoal, things[-1])
    elif task == _PUT_NEXT_TO and has_it:
        then(DropSubgoal)
        then(GoNextToSubgoal, things[1], "PutNext")
    else:
        then(PickupSubgoal)
        then(GoNextToSubgoal, things[0])
        if carried is not None:
            bot._process_obs()
            then(DropSubgoal)
            then(GoNextToSubgoal, bot._find_drop_pos())
