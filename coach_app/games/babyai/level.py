"""Levels of BabyAI: the five tasks of BALROG, in one room, or at the locked door between two.

They are those of ``BabyAI-MixedTrainLocal-v0``, which BALROG plays: eight by eight squares with the walls, everything
can be reached, and missions never speak of a yellow box, a red key, a green ball, or a red or grey door.
"""

import contextlib
import io
from typing import Any

from coach_app.games.babyai.game import MAX_STEPS
from coach_app.games.babyai.view import DOOR, KEY, SIDE, TASKS, Mission, Wanted

with contextlib.redirect_stdout(io.StringIO()):  # pygame greets on standard output
    from minigrid.core.roomgrid import RoomGrid
    from minigrid.envs.babyai.core.roomgrid_level import RejectSampling, RoomGridLevel
    from minigrid.envs.babyai.core.verifier import (
        AfterInstr,
        BeforeInstr,
        GoToInstr,
        ObjDesc,
        OpenInstr,
        PickupInstr,
        PutNextInstr,
    )

DISTRACTORS = 8
"""In levels that have any."""
ROOM = 6
"""Squares along a side of a room, without its walls."""

_GO_TO, _PICK_UP, _OPEN, _PUT_NEXT_TO, _PICK_UP_THEN_GO_TO = TASKS
_NOT_ASKED_FOR = {("box", "yellow"), ("key", "red"), ("ball", "green")}
_DOOR_COLOURS = ("blue", "green", "purple", "yellow")
_RIGHT, _LEFT = 0, 2  # of minigrid's directions


class Level(RoomGridLevel):
    """A level of one task; ``reset(seed=…)`` makes it.

    Args:
        task: of TASKS.
        distractors: things that no mission needs.
    """

    def __init__(self, task: str, distractors: int) -> None:
        self._task, self.distractors = task, distractors
        columns = 2 if task == _OPEN else 1
        super().__init__(room_size=ROOM + 2, num_rows=1, num_cols=columns, max_steps=MAX_STEPS, agent_view_size=SIDE)

    def _gen_grid(self, width: int, height: int) -> None:
        """As the original does, which prints on standard output whenever it tries again."""
        while True:
            RoomGrid._gen_grid(self, width, height)
            try:
                self.gen_mission()
                self.validate_instrs(self.instrs)  # type: ignore[no-untyped-call]
            except (RejectSampling, RecursionError):
                continue
            self.mission = self.instrs.surface(self)
            return

    def gen_mission(self) -> None:
        """Put things, player and mission into the empty rooms.

        Raises:
            RejectSampling: that does not make a level.
            RecursionError: there is no room left.
        """
        if self._task == _OPEN:
            self._lock_a_door()
        else:
            self._fill_the_room()
        self.check_objs_reachable()  # type: ignore[no-untyped-call]

    def _lock_a_door(self) -> None:
        here = self._rand_int(0, 2)
        colour = self._rand_elem(_DOOR_COLOURS)
        self.add_door(1 - here, 0, _LEFT if here == 0 else _RIGHT, colour, locked=True)
        self.add_object(here, 0, KEY, colour)
        self.add_distractors(here, 0, self.distractors, all_unique=False)
        self.place_agent(here, 0)
        named = self._rand_elem((None, colour))
        self.instrs = OpenInstr(ObjDesc(DOOR, named))
        self.asked = Mission(self._task, Wanted(DOOR, named or ""))

    def _fill_the_room(self) -> None:
        self.place_agent(0, 0)
        needed = 1 if self._task in (_GO_TO, _PICK_UP) else 2
        things = self.add_distractors(num_distractors=self.distractors + needed, all_unique=False)
        looks = [(thing.type, thing.color) for thing in things]
        first = looks[self._rand_int(0, len(looks))]
        if needed == 1:
            wanted = [first]
        else:
            others = [look for look in looks if look != first or looks.count(first) > 1]
            if not others:
                raise RejectSampling("everything looks the same")
            wanted = [first, others[self._rand_int(0, len(others))]]
        if _NOT_ASKED_FOR.intersection(wanted):
            raise RejectSampling("missions do not speak of it")
        self.instrs = self._instruction([ObjDesc(*look) for look in wanted])
        self.asked = Mission(self._task, *(Wanted(*look) for look in wanted))

    def _instruction(self, things: list[Any]) -> Any:
        if self._task == _GO_TO:
            return GoToInstr(*things)
        if self._task == _PICK_UP:
            return PickupInstr(*things)
        if self._task == _PUT_NEXT_TO:
            return PutNextInstr(*things)
        pick_up, go_to = PickupInstr(things[0]), GoToInstr(things[1])
        return BeforeInstr(pick_up, go_to) if self._rand_bool() else AfterInstr(go_to, pick_up)
