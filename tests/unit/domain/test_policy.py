"""Whether, when and how much: every decision by itself, without any task or clock."""

from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from coach_app.domain.frame import Frame
from coach_app.domain.gate import GateRules
from coach_app.domain.policy import DropReason, Policy, PolicyRules, Question, Silence, Turn
from coach_app.domain.profile import GameProfile
from tests.fakes.session import HEAVY, OTHER, PROFILE, FakeGate, frame

RULES = PolicyRules(longest_wait_s=4.0, oldest_s=20.0, reading_s=6.0)
SEEN = frame(1)
Reason = Literal["newer", "question", "paused", "stopped"]


def policy_for(profile: GameProfile = PROFILE, rules: PolicyRules = RULES) -> Policy:
    """One that watches a game, and whose model can be asked."""
    policy = Policy(rules, lambda rules: FakeGate())
    policy.ready = True
    policy.watch(profile)
    return policy


def unasked(profile: GameProfile = PROFILE) -> Turn:
    return Turn(1, profile, SEEN)


def asked(retried: bool = False) -> Turn:
    return Turn(2, PROFILE, SEEN, Question("Where?", SEEN, retried))


def about_game() -> Turn:
    return Turn(3, PROFILE, None, Question("How?", PROFILE))


# Whether


@pytest.mark.parametrize(
    ("silence", "worth"),
    [((), True), (("paused",), False), (("resting",), False), (("paused", "resting"), False)],
)
def test_a_changed_frame_is_worth_advice_unless_the_coach_is_silent(silence: tuple[Silence, ...], worth: bool) -> None:
    # GIVEN a coach that is silent for some reasons, or for none
    policy = policy_for()
    for reason in silence:
        assert policy.silence(reason, True)
    # WHEN frames come THEN the first is worth advice where it is not silent, and the same one again is not
    assert policy.is_worth_advice(SEEN, 0.0) is worth
    assert not policy.is_worth_advice(SEEN, 1.0)


def test_it_speaks_again_when_the_last_reason_for_silence_is_over() -> None:
    # GIVEN two reasons, and a frame that came meanwhile
    policy = policy_for()
    policy.silence("paused", True)
    policy.silence("resting", True)
    assert not policy.is_worth_advice(SEEN, 0.0)
    # WHEN one goes THEN it stays silent; WHEN both are gone THEN the frame is judged again
    assert policy.silence("resting", False)
    assert policy.paused
    assert not policy.is_worth_advice(SEEN, 1.0)
    assert policy.silence("paused", False)
    assert not policy.paused
    assert policy.is_worth_advice(SEEN, 2.0)
    # AND what is so already is no news
    assert not policy.silence("paused", False)


def test_only_the_region_of_the_profile_matters() -> None:
    # GIVEN a profile that looks at the right half
    policy = policy_for(PROFILE.model_copy(update={"region": (0.5, 0.0, 1.0, 1.0)}))
    left, right = Image.new("RGB", (8, 8)), Image.new("RGB", (8, 8))
    left.paste((9, 0, 0), (0, 0, 4, 8))
    right.paste((9, 0, 0), (4, 0, 8, 8))
    assert policy.is_worth_advice(Frame(Image.new("RGB", (8, 8))), 0.0)
    # WHEN the other half changes THEN that is not worth advice; WHEN its own does THEN it is
    assert not policy.is_worth_advice(Frame(left), 1.0)
    assert policy.is_worth_advice(Frame(right), 2.0)


@pytest.mark.parametrize(("settings_s", "profile_s", "cooldown_s"), [(2.0, 5.0, 5.0), (9.0, 5.0, 9.0), (1.0, 0.0, 1.0)])
def test_the_longer_cooldown_counts(settings_s: float, profile_s: float, cooldown_s: float) -> None:
    # GIVEN a cooldown of the settings and one of the profile
    made: list[GateRules] = []

    def make_gate(rules: GateRules) -> FakeGate:
        made.append(rules)
        return FakeGate()

    policy = Policy(PolicyRules(gate=GateRules(cooldown_s=settings_s, settle_s=0.3)), make_gate)
    # WHEN the game is watched THEN the longer one counts, and the other rules are the settings'
    policy.watch(PROFILE.model_copy(update={"cooldown_s": profile_s}))
    assert made == [GateRules(cooldown_s=cooldown_s, settle_s=0.3)]


def test_a_game_wants_the_memory_once_when_it_begins() -> None:
    # GIVEN games of which one wants the memory WHEN they are seen THEN that is said when it begins, and only then
    policy = policy_for()
    seen = [OTHER, HEAVY, HEAVY.model_copy(update={"prompt": "Another."}), OTHER, HEAVY]
    assert [policy.play(profile) for profile in seen] == [False, True, False, False, True]
    # AND again after its window was closed
    policy.game_closed()
    assert policy.play(HEAVY)


# When


@pytest.mark.parametrize("reason", ["newer", "question", "paused"])
@pytest.mark.parametrize("turn", [asked(), asked(retried=True), about_game()])
def test_the_answer_to_a_question_gives_way_to_nothing_but_its_user(turn: Turn, reason: Reason) -> None:
    policy = policy_for()
    policy.begin(turn, 0.0)
    assert not policy.gives_way(turn, reason, 100.0)
    assert policy.gives_way(turn, "stopped", 100.0)


@pytest.mark.parametrize(
    ("reason", "after_s", "gives_way"),
    [
        ("newer", 0.0, True),
        ("newer", 3.9, True),
        ("newer", 4.0, False),
        ("question", 9.0, True),
        ("paused", 9.0, True),
        ("stopped", 0.0, False),  # it takes back questions
    ],
)
def test_when_unasked_advice_gives_way(reason: Reason, after_s: float, gives_way: bool) -> None:
    # GIVEN unasked advice in the making WHEN something happens after a while THEN it gives way, or is let through
    policy, turn = policy_for(), unasked()
    policy.begin(turn, 10.0)
    assert policy.gives_way(turn, reason, 10.0 + after_s) is gives_way
    assert turn.protected is (reason == "newer" and not gives_way)


def test_the_silence_is_counted_from_the_first_answer_that_nobody_heard() -> None:
    # GIVEN answers that are overtaken one after the other
    policy = policy_for()
    first, second = unasked(), unasked()
    policy.begin(first, 0.0)
    assert policy.gives_way(first, "newer", 3.0)
    policy.begin(second, 3.0)
    # WHEN that has gone on for long THEN the next is let through, also where the screen shows something else by then
    assert not policy.gives_way(second, "newer", 4.0)
    assert policy.is_worth_advice(SEEN, 4.0)
    assert policy.finish(second, "Left.", frame(2), False, 1.0, 4.5) is None
    # AND after it was heard, answers are overtaken again
    third = unasked()
    policy.begin(third, 5.0)
    assert policy.gives_way(third, "newer", 8.0)
    # WHEN the user pauses meanwhile THEN the count begins anew
    policy.silence("paused", True)
    policy.silence("paused", False)
    policy.begin(third, 9.0)
    assert policy.gives_way(third, "newer", 12.0)


def test_beside_a_game_that_suffers_unasked_advice_comes_less_often_and_questions_are_answered() -> None:
    # GIVEN a coach that has to wait between two pieces of advice
    policy = policy_for(rules=replace(RULES, least_wait_s=10.0))
    assert policy.unasked_waits_s(100.0) == 0.0
    # WHEN it answers a question THEN that does not count
    policy.begin(asked(), 100.0)
    assert policy.unasked_waits_s(100.0) == 0.0
    # WHEN it speaks unasked THEN the next time comes later, unless it may work as usual again
    policy.begin(unasked(), 101.0)
    assert policy.unasked_waits_s(104.0) == 7.0
    assert policy.unasked_waits_s(111.0) == 0.0
    policy.rules = RULES
    assert policy.unasked_waits_s(104.0) == 0.0


def test_beside_a_game_that_changes_all_the_time_every_wait_ends_in_advice() -> None:
    # GIVEN a game that changes three times a second, and answers that take longer, one in five seconds
    policy = policy_for(rules=replace(RULES, least_wait_s=5.0))
    shown = []
    for at_s in (0.0, 5.0, 10.0):
        assert policy.unasked_waits_s(at_s) == 0.0
        turn = unasked()
        # WHEN one begins, and newer frames come THEN it is let through, as its next turn is far away
        policy.begin(turn, at_s)
        assert not policy.gives_way(turn, "newer", at_s + 0.3)
        shown.append(policy.finish(turn, "Left.", frame(9), False, 0.6, at_s + 0.6))
        # AND questions go first as ever
        assert policy.gives_way(turn, "question", at_s + 0.4)
    assert shown == [None, None, None]


@pytest.mark.parametrize(
    ("turn", "text", "waits_s"),
    [
        (unasked(), "Left. " * 100, 0.0),
        (asked(), "Left.", 6.0),
        (asked(), "Left. " * 100, 30.0),
        (about_game(), "Left.", 6.0),
        (about_game(), "x" * 200, 10.0),  # a text of guides takes long to read
    ],
)
def test_unasked_advice_waits_until_an_answer_was_read(turn: Turn, text: str, waits_s: float) -> None:
    # GIVEN an answer that is shown WHEN time goes by THEN unasked advice waits until it could be read
    policy = policy_for()
    policy.is_worth_advice(SEEN, 0.0)
    policy.begin(turn, 50.0)
    assert policy.finish(turn, text, SEEN, False, 1.0, 100.0) is None
    assert policy.unasked_waits_s(100.0) == waits_s
    assert policy.unasked_waits_s(100.0 + waits_s) == 0.0


# What is not shown


@pytest.mark.parametrize(
    ("newest", "age_s", "doubted", "hold", "reason"),
    [
        (SEEN, 1.0, False, False, None),
        (SEEN, 20.0, False, False, None),
        (SEEN, 20.1, False, False, "old"),
        (None, 1.0, False, False, "changed"),
        (frame(2), 1.0, False, False, "changed"),
        (frame(2), 21.0, False, False, "old"),
        (SEEN, 1.0, True, False, None),  # told with the advice
        (SEEN, 1.0, True, True, "doubted"),
        (SEEN, 1.0, False, True, None),
        (frame(2), 1.0, True, True, "changed"),
    ],
)
def test_what_becomes_of_unasked_advice(
    newest: Frame | None, age_s: float, doubted: bool, hold: bool, reason: DropReason | None
) -> None:
    # GIVEN advice about what was seen
    policy, turn = policy_for(rules=replace(RULES, hold_doubted=hold)), unasked()
    assert policy.is_worth_advice(SEEN, 0.0)
    policy.begin(turn, 0.0)
    # WHEN it is complete THEN it is shown, or dropped for this reason
    assert policy.finish(turn, "Left.", newest, doubted, age_s, 1.0) == reason
    # AND what was dropped as stale is worth advice again, what was shown or doubted is not
    assert policy.is_worth_advice(SEEN, 2.0) is (reason in ("old", "changed"))


def test_advice_about_another_game_is_stale_also_when_nothing_was_heard_for_long() -> None:
    # GIVEN advice about the maze that is let through
    policy, turn = policy_for(), unasked()
    policy.begin(turn, 0.0)
    assert not policy.gives_way(turn, "newer", 9.0)
    # WHEN another game is in sight at its end, whose first frame was looked at THEN it is dropped
    policy.watch(OTHER)
    policy.is_worth_advice(frame(2), 9.5)
    assert policy.finish(turn, "Left.", frame(2), False, 1.0, 10.0) == "changed"


def test_advice_stays_true_when_the_profile_of_its_game_is_changed() -> None:
    # GIVEN advice in the making WHEN the player edits the profile THEN the same picture is still the same
    policy, turn = policy_for(), unasked()
    policy.begin(turn, 0.0)
    policy.watch(PROFILE.model_copy(update={"prompt": "Another."}))
    policy.is_worth_advice(SEEN, 0.5)
    assert policy.finish(turn, "Left.", SEEN, False, 1.0, 1.0) is None


@pytest.mark.parametrize("turn", [asked(), about_game()])
def test_the_answer_to_a_question_is_always_shown(turn: Turn) -> None:
    # GIVEN a coach that holds back what is doubted, and sees nothing any more WHEN an old answer comes THEN it is shown
    policy = policy_for(rules=replace(RULES, hold_doubted=True))
    policy.begin(turn, 0.0)
    assert policy.finish(turn, "Left.", None, True, 1000.0, 1000.0) is None


@pytest.mark.parametrize(
    ("confidence", "least", "unsure"),
    [(0.49, 0.5, True), (0.5, 0.5, False), (0.0, 0.0, False), (0.99, 1.0, True), (None, 1.0, False)],
)
def test_a_model_is_unsure_below_what_the_player_wants(confidence: float | None, least: float, unsure: bool) -> None:
    # GIVEN how sure a player wants it WHEN a model tells less THEN it is unsure; one that tells nothing is believed
    assert policy_for(rules=replace(RULES, least_sure=least)).is_unsure(confidence) is unsure


# Doubts and failures


@pytest.mark.parametrize(
    ("turn", "move", "wanted"),
    [(unasked(), "left", True), (unasked(), None, False), (asked(), "left", False), (about_game(), None, False)],
)
def test_whose_advice_is_compared_with_the_q_network(turn: Turn, move: str | None, wanted: bool) -> None:
    assert policy_for().wants_second_opinion(turn, move) is wanted


@pytest.mark.parametrize(
    ("ready", "turn", "then"),
    [
        (True, unasked(), "tell"),
        (True, asked(), "tell"),
        (True, about_game(), "tell"),
        (False, unasked(), "nothing"),
        (False, asked(), "retry"),
        (False, about_game(), "retry"),
        (False, asked(retried=True), "nothing"),
    ],
)
def test_what_follows_a_failure(ready: bool, turn: Turn, then: str) -> None:
    policy = policy_for()
    policy.ready = ready
    assert policy.after_failure(turn) == then


# Whatever happens


@given(
    st.lists(
        st.tuples(
            st.floats(0.0, 3.0),
            st.sampled_from(["frame", "ask", "pause", "resume", "rest", "wake", "finish", "game"]),
            st.integers(0, 3),
            st.booleans(),
        ),
        max_size=60,
    )
)
def test_whatever_happens_questions_are_answered_and_silence_is_kept(
    happenings: list[tuple[float, str, int, bool]],
) -> None:
    """A small session without tasks: one answer at a time, as the real one."""
    # GIVEN a coach
    policy = policy_for(rules=replace(RULES, hold_doubted=True))
    turn: Turn | None = None
    newest, now_s, begun_s, read_until_s = SEEN, 0.0, 0.0, 0.0
    silent: set[str] = set()
    # WHEN anything happens, in any order
    for after_s, what, shows, doubted in happenings:
        now_s += after_s
        match what:
            case "frame":
                newest = frame(shows)
                if policy.is_worth_advice(newest, now_s):
                    # THEN nothing unasked is begun while the coach is silent
                    assert not silent
                    if turn and policy.gives_way(turn, "newer", now_s):
                        # AND a question is not overtaken, and nothing that would leave the player without advice
                        assert turn.asked is None
                        assert now_s - begun_s < RULES.longest_wait_s
                        turn = None
                    if turn is None and not policy.unasked_waits_s(now_s):
                        # AND an answer that was asked for can be read
                        assert now_s >= read_until_s
                        turn, begun_s = unasked(), now_s
                        policy.begin(turn, now_s)
            case "ask":
                if turn and policy.gives_way(turn, "question", now_s):
                    assert turn.asked is None
                    turn = None
                if turn is None:
                    turn = asked() if doubted else about_game()
                    policy.begin(turn, now_s)
            case "finish" if turn:
                reason = policy.finish(turn, "Left.", newest, doubted, now_s - begun_s, now_s)
                if turn.asked:
                    # AND it is shown
                    assert reason is None
                    read_until_s = now_s + RULES.reading_s
                else:
                    assert not (doubted and reason is None)
                turn = None
            case "pause" | "resume" | "rest" | "wake":
                name: Silence = "paused" if what in ("pause", "resume") else "resting"
                on = what in ("pause", "rest")
                assert policy.silence(name, on) is (on != (name in silent))
                silent = silent | {name} if on else silent - {name}
                if on and turn and policy.gives_way(turn, "paused", now_s):
                    turn = None
            case "game":
                policy.watch(OTHER if doubted else PROFILE)
        # AND unasked advice is never in the making while the coach is silent
        assert not (silent and turn and turn.asked is None)
