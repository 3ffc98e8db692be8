"""The teacher of Crafter that keeps a map."""

from coach_app.games.crafter.env import CrafterEnv
from coach_app.games.crafter.memory import MapTeacher
from coach_app.games.crafter.view import STEPS, UNSEEN


def test_the_map_agrees_with_the_world_and_what_was_reached_is_known() -> None:
    # GIVEN an episode that the teacher has played for a while
    env, teacher = CrafterEnv(drawn=False), MapTeacher()
    env.reset(seed=700_010)
    start = tuple(int(each) for each in env._inner._player.pos)
    for _ in range(140):
        decision = teacher.decide(env.view())
        env.step(env.action_names.index(decision.move))
    teacher.decide(env.view())
    # THEN the player is where the map says, and the map shows what is there
    here = tuple(int(each) for each in env._inner._player.pos)
    row, column = divmod(teacher._here, 140)
    assert (column - 70, row - 70) == (here[0] - start[0], here[1] - start[1])
    seen = {step: teacher._materials[teacher._here + step[0] + step[1] * 140] for step in STEPS}
    assert all(env.view().material(step) in (material, UNSEEN) for step, material in seen.items())
    # and nothing counts as reached that was not, but what no picture shows
    reached = {name.replace(" ", "_") for name, is_so in env.achievements().items() if is_so}
    assert reached - teacher._unlocked <= {"collect_drink", "eat_cow", "wake_up", "defeat_zombie"}
    assert {"collect_wood", "place_table", "make_wood_pickaxe"} <= teacher._unlocked & reached
