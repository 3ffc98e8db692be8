"""The engine's life without any engine: whatever happens in whatever order, states are legal and requests end once."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from coach_app.domain.errors import CoachError
from coach_app.host.holding import Model
from coach_app.host.life import ALIVE, MOVES, SLEEPS, UP, EnginePhase, EngineState, Life, Move, State
from coach_app.host.messages import Answered, Ask, Cancel, Cancelled, Failed, Load, Ready, Reply, Request, Words
from coach_app.host.requests import Job, Outcome, PutToSleep

MAX_FAILURES = 2
COACH, OTHER, WORDS = Model(Path("/models/coach")), Model(Path("/models/other")), Model(Path("/models/words"))


def answered(id_: int) -> Answered:
    return Answered(id=id_, text="Up.", model="fake", tokens=1, first_word_ms=1.0, latency_ms=1.0)


def no_memory(id_: int) -> Failed:
    return Failed(id=id_, kind="out_of_memory", message="It does not fit.", remedy="Buy more.")


class Kit:
    """A life, what it sent to the process of the moment, and all that it told."""

    def __init__(self) -> None:
        self.sent: list[Request] = []
        self.reported: list[EngineState] = []
        self.life = Life(
            lambda message, _: self.sent.append(message), lambda move: None, self.reported.append, MAX_FAILURES
        )

    def state(self) -> State:
        return self.life.state

    def last_id(self) -> int:
        """Of what was sent last."""
        message = self.sent[-1]
        assert isinstance(message, Ask | Load)
        return message.id

    def load_all(self) -> None:
        """A process comes up, and can load everything."""
        self.sent.clear()
        self.life.opened()
        while self.life.state is State.STARTING:
            load = self.sent[-1]
            assert isinstance(load, Load)
            self.life.take(Ready(id=load.id, model="fake", load_ms=1.0))

    def ask(self, wakes: bool = True) -> tuple[Job, list[Outcome]]:
        """A question, and how it ended."""
        ended: list[Outcome] = []
        job = Job(Ask(prompt="Where?", width=1, height=1), b"rgb", on_end=ended.append, wakes=wakes)
        self.life.do(job)
        return job, ended


@pytest.fixture
def kit() -> Kit:
    """One with a model, which takes requests."""
    kit = Kit()
    kit.life.models.want("vision", COACH)
    kit.life.start()
    kit.load_all()
    return kit


def test_every_state_can_be_reached_and_left_and_every_move_happens_somewhere() -> None:
    # GIVEN the table WHEN it is followed from the state before the first start
    reached, found = {State.GONE}, [State.GONE]
    while found:
        after = set(MOVES[found.pop()].values()) - reached
        reached |= after
        found += after
    # THEN it leads everywhere; and from everywhere the owner can stop it
    assert reached == set(State)
    assert set(MOVES) == set(State)
    assert {move for moves in MOVES.values() for move in moves} == set(Move)
    assert all(MOVES[state][Move.STOP] is State.GONE for state in State if state is not State.GONE)


def test_it_is_busy_while_it_has_a_request_and_idle_after_a_while(kit: Kit) -> None:
    # GIVEN one that is up
    assert kit.state() is State.READY

    # WHEN it is asked two things / THEN it is busy until both have ended
    first_job, first = kit.ask()
    second_job, second = kit.ask()
    assert kit.state() is State.BUSY
    kit.life.take(answered(first_job.id))
    assert kit.state() is State.BUSY
    kit.life.withdraw(second_job)
    assert kit.state() is State.READY
    assert [type(outcome) for outcome in first + second] == [Answered]
    assert kit.sent[-1] == Cancel(target=second_job.id)

    # WHEN nothing is asked for a while / THEN it is idle, until it is asked again
    kit.life.tire()
    assert kit.state() is State.IDLE
    kit.ask()
    assert kit.state() is State.BUSY
    # AND the user is told none of this
    assert [state.phase for state in kit.reported] == [EnginePhase.STARTING, EnginePhase.READY]


def test_models_are_loaded_one_after_the_other_the_one_that_looks_first() -> None:
    # GIVEN three models that were wanted in another order, and a question that waits
    kit = Kit()
    for role, model in (("qvalues", OTHER), ("text", WORDS), ("vision", COACH)):
        kit.life.models.want(role, model)  # type: ignore[arg-type]
    kit.life.start()
    _, ended = kit.ask()
    # WHEN a process comes up / THEN it loads them, and gets the question when it has
    kit.load_all()
    assert [load.role for load in kit.sent if isinstance(load, Load)] == ["vision", "qvalues", "text"]
    assert [message.type for message in kit.sent][-1] == "ask"
    assert (kit.state(), ended) == (State.BUSY, [])


def test_a_model_that_is_broken_by_now_is_left_out_but_not_the_one_that_looks(
    kit: Kit, expect_warning: Callable[[str], None]
) -> None:
    # GIVEN a model for texts beside the one for pictures
    expect_warning("The text model is gone: Torn")
    kit.life.models.want("text", WORDS)
    for role in ("text", "vision"):
        # WHEN a process that starts cannot load one of them
        kit.life.die(CoachError("Dead."))
        kit.sent.clear()
        kit.life.opened()
        while isinstance(load := kit.sent[-1], Load) and kit.state() is State.STARTING:
            torn = Failed(id=load.id, kind="bad_model", message="Torn.", remedy="Get another.")
            kit.life.take(torn if load.role == role else Ready(id=load.id, model="fake", load_ms=1.0))
        # THEN it goes on without the one for texts, and not without the other
        assert kit.state() is (State.READY if role == "text" else State.FAILED)
    assert kit.reported[-1] == EngineState(EnginePhase.FAILED, "Torn. Get another.")
    assert kit.life.models.wanted("text") is None
    assert kit.life.models.wanted("vision") == COACH


def test_what_was_under_way_is_asked_once_more(kit: Kit) -> None:
    # GIVEN a question under way
    _, ended = kit.ask()
    # WHEN the process dies / THEN the next one is asked, with the other models loaded first
    kit.life.die(CoachError("Dead."))
    assert kit.reported[-1] == EngineState(EnginePhase.RESTARTING, "Dead. It is being restarted.")
    kit.load_all()
    assert [message.type for message in kit.sent] == ["load", "ask"]
    # WHEN that dies, too / THEN the question has failed, and nothing else
    kit.life.die(CoachError("Dead."))
    assert [str(outcome).startswith("Dead. That happened twice with this request.") for outcome in ended] == [True]
    kit.load_all()
    assert kit.state() is State.READY


def test_it_is_given_up_after_some_deaths_in_a_row_and_begins_again_when_told_to(kit: Kit) -> None:
    # GIVEN one that dies again and again, but was of use between
    for _ in range(MAX_FAILURES):
        kit.life.die(CoachError("Dead."))
        kit.load_all()
    kit.ask()
    kit.life.take(answered(kit.last_id()))
    for _ in range(MAX_FAILURES):
        kit.life.die(CoachError("Dead."))
        assert kit.state() is State.STARTING
    # WHEN it dies once more / THEN what waits fails, and what is asked later
    _, waiting = kit.ask()
    kit.life.die(CoachError("Dead."))
    _, later = kit.ask()
    assert kit.state() is State.FAILED
    assert all("Restarting it 2 times" in str(outcome) for outcome in waiting + later)
    assert len(waiting) == len(later) == 1
    # WHEN it is told to begin again / THEN it does, with its model
    kit.life.start()
    kit.load_all()
    assert kit.state() is State.READY
    assert [message.type for message in kit.sent] == ["load"]


def test_asleep_on_purpose_or_not_a_question_wakes_it_and_what_nobody_asked_does_not(kit: Kit) -> None:
    for on_purpose in (False, True):
        # GIVEN one that falls asleep, with a question under way
        _, under_way = kit.ask()
        kit.life.sleep("Good night.", on_purpose)
        assert kit.state() is State.FALLING_ASLEEP
        assert kit.life.on_purpose is on_purpose
        assert isinstance(under_way[0], PutToSleep)
        kit.life.end()
        assert kit.reported[-1] == EngineState(EnginePhase.ASLEEP, "Good night.")

        # WHEN values are wanted / THEN it sleeps on
        _, values = kit.ask(wakes=False)
        assert isinstance(values[0], PutToSleep)
        assert kit.state() is State.ASLEEP

        # WHEN it is asked / THEN it wakes up
        _, ended = kit.ask()
        assert kit.state() is State.STARTING
        assert not kit.life.on_purpose
        kit.load_all()
        assert (kit.state(), ended) == (State.BUSY, [])
        kit.life.take(Cancelled(id=kit.last_id()))
        assert str(ended[0]) == "The answer was stopped."


def test_one_model_for_pictures_and_texts_goes_as_one() -> None:
    # GIVEN a model that does both, and another one for pictures
    kit = Kit()
    models = kit.life.models
    models.want("vision", COACH)
    models.want("text", COACH)
    # WHEN that takes its place for pictures / THEN none is left for texts
    assert models.want("vision", OTHER) == COACH
    assert models.wanted("text") is None


def test_a_load_that_nobody_waits_for_any_more_leaves_no_engine_that_seems_to_load(kit: Kit) -> None:
    for dies in (False, True):
        # GIVEN a model that is being loaded, also by the next process after a death
        job = Job(Load(folder="/models/other", role="translator"))
        kit.life.do(job)
        kit.life.tell_loading("other")
        if dies:
            kit.life.die(CoachError("Dead."))
            kit.load_all()
        assert kit.reported[-1] != EngineState(EnginePhase.READY)
        # WHEN it is taken back / THEN the engine is told to be ready
        kit.life.withdraw(job)
        assert kit.reported[-1] == EngineState(EnginePhase.READY)


class AnyLife(RuleBasedStateMachine):
    """Everything that owner, supervisor and process can do, in any order.

    The process is played by this machine: it gets what is sent while it runs, and replies to what it likes. As the
    supervisor does, it starts one only where the state asks for it, and says nothing more of one that is over.
    """

    @initialize(vision=st.booleans(), text=st.booleans())
    def begin(self, vision: bool, text: bool) -> None:
        logging.getLogger("coach_app.host.life").disabled = True  # models that are gone are part of it
        self.running = False
        self.work: dict[int, Request] = {}
        self.jobs: list[tuple[Job, list[Outcome]]] = []
        self.withdrawn: set[int] = set()
        self.states = [State.GONE]
        self.reported: list[EngineState] = []
        self.life = Life(self._sent, self._moved, self.reported.append, MAX_FAILURES)
        self.life.models.want("vision", COACH if vision else None)
        self.life.models.want("text", WORDS if text else None)

    def _sent(self, message: Request, payload: bytes) -> None:
        if self.running and isinstance(message, Ask | Load):
            self.work[message.id] = message
        elif isinstance(message, Cancel):
            self.work.pop(message.target, None)

    def _moved(self, move: Move) -> None:
        assert MOVES[self.states[-1]][move] is self.life.state
        self.states.append(self.life.state)
        if move in (Move.DIE, Move.GIVE_UP, Move.SLEEP, Move.STOP):
            self.running = False
            self.work.clear()

    # The owner

    @rule()
    def start(self) -> None:
        self.life.start()

    @precondition(lambda self: len(self.states) > 8)  # it has to have lived
    @rule()
    def stop(self) -> None:
        self.life.stop()

    @rule(on_purpose=st.booleans())
    def sleep(self, on_purpose: bool) -> None:
        self.life.sleep("Good night.", on_purpose)

    @rule()
    def wake(self) -> None:
        self.life.wake()

    @rule()
    def tire(self) -> None:
        self.life.tire()

    @rule(load=st.sampled_from(["", "", "vision", "text"]), wakes=st.booleans())
    def ask(self, load: str, wakes: bool) -> None:
        ended: list[Outcome] = []
        work = Load(folder="/models/other", role=load) if load else Ask(prompt="Where?", width=1, height=1)  # type: ignore[arg-type]
        job = Job(work, on_end=ended.append, wakes=wakes)
        self.jobs.append((job, ended))
        self.life.do(job)

    @precondition(lambda self: self.jobs)
    @rule(back=st.integers(1, 3))
    def withdraw(self, back: int) -> None:
        number = max(0, len(self.jobs) - back)
        job, ended = self.jobs[number]
        if not ended:
            self.withdrawn.add(number)
        self.life.withdraw(job)

    # The supervisor and its process

    @precondition(lambda self: self.life.state is State.GONE)
    @rule()
    def come_up(self) -> None:
        self.life.start()
        self.load_all()

    @precondition(lambda self: self.life.state is State.STARTING and not self.running)
    @rule()
    def load_all(self) -> None:
        """What mostly happens, as everything else has little to do without it."""
        self.running = True
        self.life.opened()
        while self.life.state is State.STARTING:
            id_, _ = self.work.popitem()
            self.life.take(Ready(id=id_, model="fake", load_ms=1.0))

    @precondition(lambda self: self.running and self.work)
    @rule()
    def die_at_work(self) -> None:
        self.life.die(CoachError("Dead."))
        if self.life.state is State.STARTING:
            self.load_all()

    @precondition(lambda self: self.life.state is State.STARTING and not self.running)
    @rule(works=st.sampled_from([True, True, True, False]))
    def open(self, works: bool) -> None:
        if works:
            self.running = True
            self.life.opened()
        else:
            self.life.give_up(CoachError("It cannot be started."))

    @precondition(lambda self: self.running)
    @rule(sentence=st.sampled_from(["Dead.", "It hangs."]))
    def die(self, sentence: str) -> None:
        self.life.die(CoachError(sentence))

    @precondition(lambda self: self.life.state is State.FALLING_ASLEEP)
    @rule()
    def end(self) -> None:
        self.life.end()

    @precondition(lambda self: self.running)
    @rule()
    def prove(self) -> None:
        self.life.prove()

    @precondition(lambda self: self.running and self.work)
    @rule(data=st.data(), how=st.sampled_from(["good", "good", "good", "words", "bad", "no memory", "cancelled"]))
    def reply(self, data: st.DataObject, how: str) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.work)))
        good = Ready(id=id_, model="fake", load_ms=1.0) if isinstance(self.work[id_], Load) else answered(id_)
        replies: dict[str, Reply] = {
            "good": good,
            "words": Words(id=id_, text="Up "),
            "bad": Failed(id=id_, kind="bad_input", message="Bad.", remedy=""),
            "no memory": no_memory(id_),
            "cancelled": Cancelled(id=id_),
        }
        if how != "words":
            del self.work[id_]
        self.life.take(replies[how])

    @precondition(lambda self: self.running)
    @rule()
    def reply_to_nothing(self) -> None:
        self.life.take(answered(10**6))

    # What holds at any time

    @invariant()
    def requests_are_where_the_state_says(self) -> None:
        state = self.life.state
        open_jobs = [job for number, (job, ended) in enumerate(self.jobs) if not ended and number not in self.withdrawn]
        assert self.running <= (state in ALIVE)
        if state in UP:
            assert {job.id for job in open_jobs} == set(self.work)
            assert (state is State.BUSY) == bool(open_jobs)
        elif state is not State.STARTING:
            assert open_jobs == []  # nothing waits for what will not come
        assert self.life.works <= (state in ALIVE)

    @invariant()
    def every_request_ends_once(self) -> None:
        for number, (job, ended) in enumerate(self.jobs):
            assert len(ended) + (number in self.withdrawn) <= 1
            assert job.tries <= 2
            assert not any(isinstance(outcome, Words) for outcome in ended)

    @invariant()
    def what_is_told_fits_the_state(self) -> None:
        state = self.life.state
        assert (self.life.failure is not None) == (state is State.FAILED)
        assert not self.life.on_purpose or state in SLEEPS
        if state in UP and self.life.models.wanted("vision"):
            assert self.life.reported.phase is EnginePhase.READY or self.life.loading
        if state in (State.ASLEEP, State.FAILED):
            assert self.life.reported.phase.value == state.value

    def teardown(self) -> None:
        logging.getLogger("coach_app.host.life").disabled = False
        self.life.stop()
        for number, (_, ended) in enumerate(self.jobs):
            assert len(ended) + (number in self.withdrawn) == 1
        assert self.life.state is State.GONE
        assert not self.work


TestAnyLife = AnyLife.TestCase
TestAnyLife.settings = settings(max_examples=50, stateful_step_count=40)
