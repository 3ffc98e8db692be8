"""The teacher of BabyAI: decides by what one picture shows, and remembers nothing.

What has been done of a mission is seen by what the player carries; what is not in view is looked for.
"""

from collections.abc import Callable, Collection

from coach_app.games.babyai.room import FORWARD, HERE, TURN_RIGHT, Pose, Way, room_of
from coach_app.games.babyai.view import BOX, DOOR, KEY, PORTABLE, TASKS, Square, Step, View, Wanted
from coach_app.games.babyai.words import Decision

PICK_UP, DROP, TOGGLE = "pick up", "drop", "toggle"
_GO_TO, _PICK_UP, _OPEN, _PUT_NEXT_TO, _PICK_UP_THEN_GO_TO = TASKS
_SIDES: tuple[Step, ...] = ((0, 1), (1, 0), (0, -1), (-1, 0))
_TO_CLEAR = 8.0  # what it costs to take something out of the way
_TO_CLEAR_LOADED = 30.0  # the same for who has to put something down before
_NEVER = 1000.0


def decide(view: View) -> Decision:
    """What to do now, and why."""
    return _Thought(view).decision()


class _Thought:
    """One decision."""

    def __init__(self, view: View) -> None:
        self._view, self._room = view, room_of(view)
        self._mission, self._carried = view.mission, view.carried

    def decision(self) -> Decision:
        first, second, carried = self._mission.first, self._mission.second, self._carried
        if first.kind == DOOR:
            return self._open(first)
        if self._mission.task == _GO_TO:
            return self._go_to(first)
        if not first.is_met_by(carried):
            return self._prepare(first, second) or self._fetch(first, f"Pick up the {first.name}.")
        if second is None:  # it was carried before the mission began to count
            return self._put_away(())
        return self._put_next_to(first, second) if self._mission.task == _PUT_NEXT_TO else self._go_to(second)

    def _go_to(self, wanted: Wanted) -> Decision:
        places = self._places(wanted)
        if not places and wanted.is_met_by(self._carried) and self._mission.task == _GO_TO:
            return self._put_away(())
        if not places:
            return self._look_for(wanted.name)
        return self._approach(places, f"Go to the {wanted.name}.", TURN_RIGHT)

    def _fetch(self, wanted: Wanted, goal: str) -> Decision:
        places = self._places(wanted)
        if self._carried:
            return self._put_away(places)
        if not places:
            return self._look_for(wanted.name)
        return self._approach(places, goal, PICK_UP)

    def _open(self, wanted: Wanted) -> Decision:
        doors = self._places(wanted)
        locked = [step for step in doors if self._room.things[step].state == "locked"]
        colour = self._room.things[locked[0]].colour if locked else wanted.colour
        key = Wanted(KEY, colour)
        if doors and (not locked or key.is_met_by(self._carried)):
            return self._approach(doors, f"Open the {wanted.name}.", TOGGLE)
        if colour and not key.is_met_by(self._carried):
            return self._fetch(key, f"Pick up the {key.name}.")
        if not key.is_met_by(self._carried):
            return self._try_a_key()
        return self._look_for(wanted.name)

    def _try_a_key(self) -> Decision:
        """Take any key, as the door is not in view; rather one that is straight ahead, and far."""
        places = self._places(Wanted(KEY))
        chosen = sorted(places, key=lambda step: (abs(step[0]), -step[1]))[:1]
        if self._carried:
            return self._put_away(chosen)
        if not chosen:
            return self._look_for("key")
        return self._approach(tuple(chosen), "Pick up a key to try it.", PICK_UP)

    def _put_next_to(self, first: Wanted, second: Wanted) -> Decision:
        places = self._places(second)
        if not places:
            return self._look_for(second.name)
        goal = f"Put the {first.name} next to the {second.name}."
        way = self._way_to_second(places, _TO_CLEAR_LOADED)
        return self._along(way, goal, DROP, places[0]) or self._put_away(places)

    def _prepare(self, first: Wanted, second: Wanted | None) -> Decision | None:
        """Take out of the way what would stop the player with its hands full; None where nothing would."""
        places = self._places(second) if second else ()
        if not places or self._carried:
            return None
        way = self._way_to_second(places, _TO_CLEAR)
        if self._mission.task == _PUT_NEXT_TO and not self._beside(places):
            around = {spot for x, y in places for dx, dy in _SIDES if (spot := (x + dx, y + dy)) not in places}
            crowd = self._room.places(lambda thing: thing.kind in PORTABLE and not first.is_met_by(thing))
            way = self._way(around.intersection(crowd), ())
            return self._along(way, "Make room.", PICK_UP, places[0])
        pose = HERE
        for move in way.moves if way else ():
            if move == FORWARD and pose.ahead in self._room.things:
                ours = first.is_met_by(self._room.things[pose.ahead])
                return None if ours else self._along(way, "", DROP, places[0])
            pose = pose.after(move)
        return None

    def _way_to_second(self, places: tuple[Step, ...], to_clear: float) -> Way | None:
        """The way to where something can be put next to, or to what is gone to afterwards."""
        ends = self._beside(places) if self._mission.task == _PUT_NEXT_TO else places
        return self._room.way(_faces(ends), places[:1], to_clear)

    def _beside(self, places: Collection[Step]) -> list[Step]:
        """The free squares next to some places."""
        spots = sorted({(x + dx, y + dy) for x, y in places for dx, dy in _SIDES})
        return [spot for spot in spots if self._room.is_free(spot) and spot != (0, 0)]

    def _approach(self, places: tuple[Step, ...], goal: str, then: str) -> Decision:
        """Go to the nearest of some places, face it, and do something there."""
        ways = {place: way for place in places if (way := self._way([place], [place]))}
        if not ways:
            return self._look_for("way")
        nearest = min(ways, key=lambda place: ways[place].cost)
        return self._along(ways[nearest], goal, then, nearest) or self._look_for("way")

    def _along(self, way: Way | None, goal: str, then: str, place: Step) -> Decision | None:
        """Go a way, and do something at its end; first take away what is in it."""
        if way is None:
            return None
        pose = HERE
        for number, move in enumerate(way.moves):
            if move == FORWARD and pose.ahead in self._room.things:
                if self._carried:
                    return self._put_away([place])
                return self._decide("Clear the way.", Way(way.moves[:number], way.cost), PICK_UP, pose.ahead)
            pose = pose.after(move)
        return self._decide(goal, way, then, place)

    def _put_away(self, wanted: Collection[Step]) -> Decision:
        """Put down what is carried where it is not in the way to what is wanted."""
        assert self._carried
        here = self._room.is_free((0, 1)) and not self._is_in_the_way((0, 1), wanted)
        way = Way(() if here else (self._room.look_around(),), 0.0)
        return self._decide(f"Put down the {self._carried.name}.", way, DROP, None)

    def _is_in_the_way(self, square: Step, wanted: Collection[Step]) -> bool:
        """Whether something on a square would have to be taken away again."""
        before = self._costs(wanted)
        self._room.things[square] = Square(BOX)
        after = self._costs(wanted)
        del self._room.things[square]
        return any(then >= now + _TO_CLEAR for now, then in zip(before, after, strict=True))

    def _costs(self, wanted: Collection[Step]) -> list[float]:
        """What it costs with free hands to get to what is wanted, and to where that is brought."""
        ways = [self._room.way(_faces(wanted), list(wanted)[:1], _TO_CLEAR)] if wanted else []
        second = self._mission.second
        if second and (places := self._places(second)):
            ways.append(self._way_to_second(places, _TO_CLEAR))
        return [way.cost if way else _NEVER for way in ways]

    def _look_for(self, name: str) -> Decision:
        return self._decide(f"The {name} is not in view: look around.", Way((), 0.0), self._room.look_around(), None)

    def _places(self, wanted: Wanted) -> tuple[Step, ...]:
        return self._room.places(wanted.is_met_by)

    def _way(self, places: Collection[Step], keep: Collection[Step]) -> Way | None:
        """A way to face one of some places; it may lead through things, which then have to be taken away."""
        return self._room.way(_faces(places), keep, _TO_CLEAR_LOADED if self._carried else _TO_CLEAR)

    def _decide(self, goal: str, way: Way, then: str, place: Step | None) -> Decision:
        target = (self._room.things[place].name, place) if place and place in self._room.things else None
        move = way.moves[0] if way.moves else then
        ahead, left, right = (self._view.at(step).name for step in ((0, 1), (-1, 0), (1, 0)))
        return Decision(self._mission, self._carried, goal, target, (ahead, left, right), len(way.moves) + 1, move)


def _faces(places: Collection[Step]) -> Callable[[Pose], bool]:
    wanted = frozenset(places)
    return lambda pose: pose.ahead in wanted
