"""The teacher of Montezuma's Revenge: it looks for the way in copies of the game, and puts it into words."""

from collections.abc import Sequence

from coach_app.games.montezuma_revenge.search import Step, ways
from coach_app.games.montezuma_revenge.view import AIR, DOORS, JUMPS, KEY, TOP_LEFT, TOP_RIGHT, View
from coach_app.games.montezuma_revenge.words import DOOR, OVER, PASS, Decision, is_near


def decide(view: View, steps: Sequence[Step]) -> Decision:
    """What to do now.

    Args:
        view: what the picture shows.
        steps: the plan from there; empty if there is none, and without Joe at its end if he falls to his death.
    """
    if not steps or steps[-1].view.joe is None:
        open_door = next((side for side, is_shut in zip(DOORS, view.doors, strict=True) if not is_shut), "")
        goes = bool(open_door) and not view.room and view.area in (TOP_LEFT, TOP_RIGHT)
        return Decision(view, open_door if goes else "wait")
    goal = DOOR if KEY in view.items else KEY
    ahead = list(_until_next(view, steps))
    last = ahead[-1].view
    arrives = last.area not in (AIR, view.area) and not _earns(view, last)
    move = steps[0].move
    return Decision(
        view,
        move,
        goal,
        last.area if arrives else goal,
        leaps=any(step.move in JUMPS for step in ahead),
        dodges=_dodge(view, ahead),
        steps=len(steps) + ways().get(steps[-1].view.cell or (), 0),
        best=(move,),
    )


def _until_next(view: View, steps: Sequence[Step]) -> list[Step]:
    """The plan until another area, or the goal, is reached."""
    for number, step in enumerate(steps, 1):
        if _earns(view, step.view) or step.view.area not in (AIR, view.area):
            return list(steps[:number])
    return list(steps)


def _earns(view: View, then: View) -> bool:
    return (then.items, then.doors) != (view.items, view.doors)


def _dodge(view: View, ahead: Sequence[Step]) -> str:
    """Whether the skull is jumped over next, or let pass."""
    if not is_near(view) or view.flies or view.joe is None or view.skull is None:
        return ""
    for step in ahead:
        joe, skull = step.view.joe, step.view.skull
        if not joe or not skull:
            return ""
        if (joe.x < skull.x) != (view.joe.x < view.skull.x):
            return OVER if step.view.flies else PASS
    return ""
