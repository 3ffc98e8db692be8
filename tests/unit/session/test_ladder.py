"""Nudges and hints in the live loop, and the way up from them."""

from dataclasses import replace

import pytest

from coach_app.domain.advice import Advice, Level
from coach_app.session.events import AnswerFinished, AnswerStarted, AnswerWords, NoticeAbout
from tests.fakes.session import PROFILE, FakeReader, frame, values
from tests.fakes.stage import Stage, staged

WHOLE = "The direct way is blocked. The crate is two steps up. Go left."
HINT = "The direct way is blocked. The crate is two steps up."
NUDGE = "The crate is two steps up."


def at(stage: Stage, level: Level) -> None:
    """The game's profile says this level."""
    stage.session._profile_for = lambda *window: PROFILE.model_copy(update={"level": level})


def told(stage: Stage) -> list[tuple[str, str | None, Level]]:
    """What was shown: text, move and level."""
    answers = [event.advice for event in stage.of(AnswerFinished) if isinstance(event, AnswerFinished)]
    return [(advice.text, advice.move, advice.level) for advice in answers]


async def advised(stage: Stage, shows: int, text: str) -> None:
    """Let the model give unasked advice about a picture."""
    before = len(stage.of(AnswerFinished))
    stage.frames.put(frame(shows))
    await stage.asked(len(stage.advisor.asked) + 1)
    stage.advisor.say(text)
    await stage.heard(AnswerFinished, before + 1)


async def test_more_goes_up_to_the_answer_without_asking_the_model_again() -> None:
    async with staged() as stage:
        # GIVEN a model that only answers, and a game that is to be nudged in
        at(stage, "nudge")
        await advised(stage, 1, WHOLE)
        assert told(stage) == [(NUDGE, None, "nudge")]
        # WHEN the player wants more, twice, while the game goes on
        stage.frames.put(frame(1))
        stage.session.more(1)
        await stage.heard(AnswerFinished, 2)
        stage.session.more(2)
        await stage.heard(AnswerFinished, 3)
        # THEN it is the hint and the answer about the same picture, and the model was asked once; nothing was streamed
        assert told(stage)[1:] == [(HINT, None, "hint"), (WHOLE, "left", "answer")]
        assert len(stage.advisor.asked) == 1
        started = [event for event in stage.of(AnswerStarted) if isinstance(event, AnswerStarted)]
        assert [event.more for event in started] == [False, True, True]
        assert len({event.captured_at for event in started}) == 1
        assert stage.of(AnswerWords) == []
        # WHEN there is no more THEN it is said
        stage.session.more(3)
        assert stage.notices(NoticeAbout.ANSWER) == ["This is the whole answer already."]


async def test_a_model_that_knows_the_levels_is_asked_for_the_next_one() -> None:
    async with staged() as stage:
        # GIVEN a model that says a nudge where it is asked for one
        at(stage, "nudge")
        say = stage.advisor.advise

        async def at_its_level(*arguments: object) -> Advice:
            return replace(await say(*arguments), level=stage.advisor.situations[-1].level)  # type: ignore[arg-type]

        stage.advisor.advise = at_its_level  # type: ignore[method-assign,assignment]
        await advised(stage, 1, "Look at the wall. Go left.")
        # WHEN the player wants more
        stage.session.more(1)
        await stage.asked(2)
        stage.advisor.say("Aim for the crate.")
        await stage.heard(AnswerFinished, 2)
        # THEN the model was asked for a hint about the same picture, and what gave the nudge away was left out
        assert [situation.level for situation in stage.advisor.situations] == ["nudge", "hint"]
        assert stage.advisor.asked == [(1, ""), (1, "")]
        assert [text for text, _, _ in told(stage)] == ["Look at the wall.", "Aim for the crate."]


async def test_a_level_that_says_nothing_new_is_left_out() -> None:
    async with staged() as stage:
        # GIVEN an answer of which nudge and hint are the same
        at(stage, "nudge")
        await advised(stage, 1, "The crate is two steps up. Go left.")
        # WHEN the player wants more THEN it is the answer
        stage.session.more(1)
        await stage.heard(AnswerFinished, 2)
        assert told(stage)[-1] == ("The crate is two steps up. Go left.", "left", "answer")


async def test_a_question_is_answered_whatever_the_level() -> None:
    async with staged() as stage:
        # GIVEN a game that is to be nudged in WHEN the player asks in words
        at(stage, "nudge")
        stage.frames.put(frame(1))
        await stage.asked(1)
        stage.session.ask("Where to?")
        await stage.asked(2)
        stage.advisor.say(WHOLE)
        await stage.heard(AnswerFinished)
        # THEN it is a whole answer
        assert told(stage) == [(WHOLE, "left", "answer")]


@pytest.mark.parametrize("gone", [True, False])
async def test_without_a_situation_there_is_nothing_to_say_more_about(gone: bool) -> None:
    async with staged() as stage:
        # GIVEN no answer yet, or a source that is gone
        at(stage, "hint")
        if gone:
            await advised(stage, 1, WHOLE)
            stage.session.look_again(another_source=True)
        # WHEN more is wanted THEN it is said that there is none
        stage.session.more(1 if gone else 0)
        assert stage.notices(NoticeAbout.ANSWER) == ["There is no nudge or hint to say more about."]


async def test_a_held_back_move_counts_as_not_advised_and_is_not_doubted() -> None:
    async with staged() as stage:
        # GIVEN hints, and a Q-network that prefers another move
        at(stage, "hint")
        stage.session.compare_with(FakeReader(values(0.0, 9.0)))
        await advised(stage, 1, WHOLE)
        await advised(stage, 2, WHOLE)
        # WHEN the player comes back THEN no move has been tried there, and none was hinted at by a doubt
        await advised(stage, 1, WHOLE)
        assert stage.advisor.situations[-1].tried == ()
        finished = [event for event in stage.of(AnswerFinished) if isinstance(event, AnswerFinished)]
        assert [event.preferred for event in finished] == ["", "", ""]
        # WHEN the answer is told at last, and the player comes back once more
        stage.session.more(3)
        await stage.heard(AnswerFinished, 4)
        stage.session._policy._reading_until_s = 0.0
        await advised(stage, 2, WHOLE)
        await advised(stage, 1, WHOLE)
        # THEN it counts as advised there
        assert [*stage.advisor.situations[-1].tried] == ["left"]


async def test_more_that_is_pressed_twice_goes_up_once() -> None:
    async with staged() as stage:
        # GIVEN a nudge WHEN more is wanted twice before it is there
        at(stage, "nudge")
        await advised(stage, 1, WHOLE)
        stage.session.more(1)
        stage.session.more(1)
        await stage.heard(AnswerFinished, 2)
        stage.session.ask("Where to?")
        await stage.asked(2)
        stage.advisor.say(WHOLE)
        await stage.heard(AnswerFinished, 3)
        # THEN there is one hint, and then what was asked
        assert [level for _, _, level in told(stage)] == ["nudge", "hint", "answer"]
