"""The live loop, with fakes on every side."""

import asyncio
from collections.abc import Callable

import pytest

from coach_app.capture.source import Loss, SourceLost
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.gate import GateRules
from coach_app.domain.policy import PolicyRules
from coach_app.domain.qvalues import QValues
from coach_app.session.events import (
    AnswerDropped,
    AnswerFinished,
    AnswerStarted,
    AnswerTranslated,
    AnswerWords,
    Event,
    MemoryWanted,
    Notice,
    NoticeAbout,
    NoticeOver,
    PauseChanged,
    ProfileChosen,
    SourceFound,
    SourceGone,
)
from coach_app.session.session import SessionPlan
from tests.fakes.session import (
    OTHER,
    PROFILE,
    SOURCE,
    FakeReader,
    FakeTranslator,
    frame,
    shown,
    values,
)
from tests.fakes.stage import staged


async def test_a_frame_becomes_advice() -> None:
    # GIVEN a session
    async with staged() as stage:
        # WHEN a window of a known game appears and the coach answers
        picture = frame(1)
        stage.frames.put(picture)
        await stage.asked(1)
        stage.advisor.say("Go left.")
        await stage.heard(AnswerFinished)
        # THEN the events tell it in order
        assert stage.events[1:] == [
            NoticeOver(NoticeAbout.SOURCE),
            SourceFound("maze 1"),
            ProfileChosen("maze", "Maze"),
            AnswerStarted(1, "", picture.captured_at),
            AnswerWords(1, "Go "),
            AnswerWords(1, "left. "),
            NoticeOver(NoticeAbout.ANSWER),
            stage.of(AnswerFinished)[0],
        ]
        # AND the advice was kept
        await stage.until(lambda: stage.kept)
        ((advice, profile, kept),) = stage.kept
        assert (advice.text, advice.move, profile, kept) == ("Go left.", "left", PROFILE, picture)


async def test_a_still_screen_asks_once() -> None:
    async with staged() as stage:
        # GIVEN advice about a frame
        stage.frames.put(frame(1))
        await stage.asked(1)
        stage.advisor.say("Go left.")
        await stage.heard(AnswerFinished)
        # WHEN the same picture comes 20 times more, and then another one
        for _ in range(20):
            stage.frames.put(frame(1))
        stage.frames.put(frame(2))
        await stage.asked(2)
        # THEN the model was asked about the two
        assert stage.advisor.asked == [(1, ""), (2, "")]


async def test_an_advisor_is_told_what_was_advised_before_in_this_game() -> None:
    async with staged() as stage:
        # GIVEN advice about six frames of a game
        texts = ["Left.", "Right.", "Left.", "Mind the wall.", "Right.", "Left."]
        for calls, text in enumerate(texts, 1):
            stage.frames.put(frame(calls))
            await stage.asked(calls)
            stage.advisor.say(text)
            await stage.heard(AnswerFinished, calls)
        # WHEN the next frame is asked about THEN the advisor knows the last five, with their moves, and the level
        stage.frames.put(frame(7))
        await stage.asked(7)
        situation = stage.advisor.situations[-1]
        assert [advice.text for advice in situation.before] == texts[1:]
        assert [advice.move for advice in situation.before] == ["right", "left", None, "right", "left"]
        assert (situation.level, situation.profile) == ("answer", PROFILE)
        # WHEN another game is asked about THEN what was advised in this one is left out
        stage.session._sight.refusal = lambda profile, title: None
        stage.session.configure(SessionPlan(game="raid"))
        stage.frames.put(frame(8))
        await stage.asked(8)
        assert stage.advisor.situations[-1].before == ()


async def test_resting_it_answers_questions_only() -> None:
    async with staged() as stage:
        # GIVEN unasked advice in the making
        stage.frames.put(frame(1))
        await stage.asked(1)

        # WHEN the model's memory is wanted for something else
        stage.session.rest(True)
        stage.session.engine_changed(True, "It is unloaded.")
        await stage.heard(AnswerDropped)

        # THEN that answer is dropped, the user is told, and new pictures change nothing, but a question is answered
        for shows in (2, 3, 4):
            stage.frames.put(frame(shows))
        await stage.until(lambda: stage.session.newest_frame and shown(stage.session.newest_frame) == 4)
        stage.session.ask("Where?")
        await stage.asked(2)
        stage.advisor.say("Left.")
        await stage.heard(AnswerFinished)
        assert stage.advisor.asked == [(1, ""), (4, "Where?")]
        assert stage.notices(NoticeAbout.ENGINE) == ["It is unloaded."]
        assert not stage.of(PauseChanged)

    async with staged(SessionPlan(policy=PolicyRules(reading_s=0))) as stage:
        # GIVEN a resting session WHEN it goes on THEN what is in sight is spoken about
        stage.session.rest(True)
        stage.frames.put(frame(1))
        await stage.until(lambda: stage.session.newest_frame)
        stage.session.rest(False)
        stage.frames.put(frame(1))
        await stage.asked(1)


async def test_a_game_that_wants_the_memory_says_so_when_it_begins() -> None:
    async with staged() as stage:
        # GIVEN a game whose profile does not want it WHEN another one begins, whose profile does THEN that is told
        stage.frames.put(frame(1))
        stage.frames.put(frame(1, "raid"))
        await stage.heard(MemoryWanted)

        # WHEN it is minimised, its title changes, or the settings are changed THEN it has not begun anew
        stage.frames.put(SourceLost(Loss.MINIMISED, "It is minimised."))
        stage.frames.put(frame(1, "raid 2"))
        stage.session.look_again()
        stage.frames.put(frame(1, "raid 2"))
        await stage.heard(ProfileChosen, 3)
        assert stage.of(MemoryWanted) == [MemoryWanted("Raid")]

        # WHEN it is closed and opened again THEN it has
        stage.frames.put(SourceLost(Loss.CLOSED, "It is closed."))
        stage.frames.put(frame(1, "raid"))
        await stage.heard(MemoryWanted, 2)


async def test_a_newer_important_frame_cancels_the_old_answer() -> None:
    async with staged() as stage:
        # GIVEN an answer in the making
        stage.frames.put(frame(1))
        await stage.asked(1)
        # WHEN a newer important frame comes
        stage.frames.put(frame(2))
        await stage.asked(2)
        stage.advisor.say("Go right.")
        await stage.heard(AnswerFinished)
        # THEN the old answer was cancelled and said to be dropped
        assert stage.advisor.cancelled == [1]
        assert stage.of(AnswerDropped) == [AnswerDropped(1, "newer")]


async def test_answers_do_not_starve_when_frames_change_faster_than_they_come() -> None:
    # GIVEN a session that lets one answer through at least every 50 ms
    async with staged(SessionPlan(policy=PolicyRules(longest_wait_s=0.05))) as stage:
        # WHEN every answer is overtaken by a newer frame
        shows = 1
        stage.frames.put(frame(shows))
        await stage.asked(1)
        await asyncio.sleep(0.06)
        for shows in range(2, 6):
            stage.frames.put(frame(shows))
            await asyncio.sleep(0.005)
        stage.advisor.say("Go left.")
        # THEN the running one is finished and shown, and the newest frame comes next
        await stage.heard(AnswerFinished)
        await stage.asked(2)
        assert stage.advisor.asked == [(1, ""), (5, "")]
        assert stage.advisor.cancelled == []


async def test_advice_about_a_changed_frame_is_dropped_and_the_frame_judged_again() -> None:
    async with staged() as stage:
        stage.frames.put(frame(1))
        await stage.asked(1)
        # GIVEN a frame that shows something else, but is not important (it has not settled)
        stage.gate.changed_since_advice = lambda picture: True  # type: ignore[method-assign]
        # WHEN the answer comes
        stage.advisor.say("Go left.")
        await stage.heard(AnswerDropped)
        # THEN it is dropped as changed, and the same picture is asked about when it is back
        stage.frames.put(frame(1))
        await stage.asked(2)
        assert stage.of(AnswerDropped) == [AnswerDropped(1, "changed")]
        assert not stage.of(AnswerFinished)


async def test_advice_about_an_old_frame_is_dropped() -> None:
    async with staged(SessionPlan(policy=PolicyRules(oldest_s=5))) as stage:
        # GIVEN a frame from long ago
        stage.frames.put(frame(1, captured_at=1000.0))
        await stage.asked(1)
        # WHEN its answer comes
        stage.advisor.say("Go left.")
        # THEN nobody sees it
        await stage.heard(AnswerDropped)
        assert stage.of(AnswerDropped) == [AnswerDropped(1, "old")]
        assert not stage.kept


async def test_a_question_goes_first_and_is_about_the_frame_of_the_key_press() -> None:
    async with staged(SessionPlan(policy=PolicyRules(reading_s=0.05))) as stage:
        # GIVEN unasked advice in the making
        stage.frames.put(frame(1))
        await stage.asked(1)
        at_key_press = stage.session.newest_frame
        # WHEN the user asks, while the game goes on
        stage.frames.put(frame(2))
        await stage.asked(2)
        stage.session.ask("Where is the exit?", at_key_press)
        await stage.asked(3)
        stage.frames.put(frame(3))
        stage.advisor.say("Right of you.")
        await stage.heard(AnswerFinished)
        # THEN the question is answered about its frame, though that changed, and unasked advice follows later
        assert stage.advisor.asked[2] == (1, "Where is the exit?")
        assert AnswerDropped(2, "question") in stage.events
        await stage.asked(4)
        assert stage.advisor.asked[3] == (3, "")


async def test_questions_wait_in_line_and_are_answered_while_paused() -> None:
    async with staged() as stage:
        stage.frames.put(frame(1))
        await stage.asked(1)
        # GIVEN a paused session
        stage.session.pause(True)
        await stage.heard(AnswerDropped)
        # WHEN two questions are asked and a new frame comes
        stage.session.ask("First?")
        stage.session.ask("Second?")
        stage.frames.put(frame(2))
        await stage.asked(2)
        stage.advisor.say("One.")
        await stage.asked(3)
        stage.advisor.say("Two.")
        await stage.heard(AnswerFinished, 2)
        # THEN both are answered in turn, and nothing unasked
        assert [question for _, question in stage.advisor.asked] == ["", "First?", "Second?"]
        assert stage.of(AnswerDropped) == [AnswerDropped(1, "paused")]
        assert stage.of(PauseChanged) == [PauseChanged(True)]


async def test_resuming_judges_the_picture_again() -> None:
    async with staged() as stage:
        # GIVEN a session that was paused during an answer
        stage.frames.put(frame(1))
        await stage.asked(1)
        stage.session.pause(True)
        await stage.heard(AnswerDropped)
        # WHEN it is resumed on the same picture
        stage.session.pause(False)
        stage.frames.put(frame(1))
        # THEN the coach speaks about it
        await stage.asked(2)


async def test_a_game_question_is_answered_without_any_picture() -> None:
    # GIVEN a session that sees nothing, not even a game that its model knows
    async with staged() as stage:
        # WHEN a game question is asked and answered
        stage.session.ask("How do I win?", OTHER)
        await stage.until(lambda: stage.game_questions.asked)
        assert stage.session.answering
        stage.game_questions.say("Hold the wall.")
        await stage.heard(AnswerFinished)
        # THEN the events tell it, the advisor of pictures was not asked, and it is kept with its sources, no picture
        started, *words, over, finished = stage.events[1:]
        assert isinstance(started, AnswerStarted)
        assert (started.question, started.about) == ("How do I win?", "game")
        assert words == [AnswerWords(1, "Hold "), AnswerWords(1, "the "), AnswerWords(1, "wall. ")]
        assert over == NoticeOver(NoticeAbout.ANSWER)
        assert isinstance(finished, AnswerFinished)
        assert stage.game_questions.asked == [("How do I win?", "default")]
        assert stage.advisor.asked == []
        await stage.until(lambda: stage.kept)
        assert stage.kept == [(finished.advice, OTHER, None)]
        assert finished.advice.sources == (SOURCE,)


async def test_an_answer_to_a_game_question_is_not_overtaken_by_what_happens_and_there_is_time_to_read_it() -> None:
    async with staged(SessionPlan(policy=PolicyRules(reading_s=0))) as stage:
        # GIVEN unasked advice in the making
        stage.frames.put(frame(1))
        await stage.asked(1)
        # WHEN a game question is asked, and the game goes on meanwhile
        stage.session.ask("How do I win?", PROFILE)
        await stage.until(lambda: stage.game_questions.asked)
        stage.frames.put(frame(2))
        await stage.until(lambda: stage.session.newest_frame and shown(stage.session.newest_frame) == 2)
        stage.game_questions.say("Hold the wall, and go on. " * 40)  # 50 s of reading
        await stage.heard(AnswerFinished)
        # THEN the advice made way, the answer did not, and nothing unasked takes its place, but a question does
        assert stage.of(AnswerDropped) == [AnswerDropped(1, "question")]
        await asyncio.sleep(0.05)
        assert len(stage.advisor.asked) == 1
        stage.session.ask("Where?")
        await stage.asked(2)


async def test_a_japanese_game_question_is_read_and_answered_in_japanese() -> None:
    async with staged() as stage:
        stage.session.configure(SessionPlan(), FakeTranslator())
        # WHEN one is asked THEN it is read in English, and its answer translated
        stage.session.ask("どう勝つ？", PROFILE)
        await stage.until(lambda: stage.game_questions.asked)
        stage.game_questions.say("Hold the wall.")
        await stage.heard(AnswerTranslated)
        assert stage.game_questions.asked == [("Where?", "maze")]
        await stage.until(lambda: stage.kept)
        assert (stage.kept[0][0].question, stage.kept[0][0].text_ja) == ("どう勝つ？", "HOLD THE WALL.")


async def test_what_the_coach_itself_says_is_japanese_without_a_translator() -> None:
    async with staged(SessionPlan(language="ja")) as stage:
        # GIVEN an answer that is no model's WHEN it is shown to a Japanese player THEN it is as the windows say it
        stage.session.ask("Tell me a joke.", PROFILE)
        await stage.until(lambda: stage.game_questions.asked)
        stage.game_questions.tokens = 0
        stage.game_questions.say("I can only answer questions about Mazes. My guides are about: walls.")
        await stage.heard(AnswerTranslated)
        await stage.until(lambda: stage.kept)
        assert stage.kept[0][0].text_ja == "お答えできるのは Mazes についての質問だけです。ガイドの内容：walls。"


async def test_what_an_answer_to_a_game_question_lacks_is_said() -> None:
    async with staged() as stage:
        # GIVEN an adapter that is not installed WHEN asked THEN the sentence and the remedy are said
        stage.session.ask("How do I win?", PROFILE)
        await stage.until(lambda: stage.game_questions.asked)
        stage.game_questions.fail(CoachError("The tips are not on this computer yet.", "Get them."))
        await stage.heard(AnswerDropped)
        assert (
            Notice(NoticeAbout.ANSWER, "The tips are not on this computer yet.", "Get them.", "How do I win?")
            in stage.events
        )


async def test_questions_are_taken_back() -> None:
    async with staged() as stage:
        # GIVEN an answer in the making, and another question in line
        stage.session.ask("How do I win?", PROFILE)
        await stage.until(lambda: stage.game_questions.asked)
        stage.session.ask("How do I lose?", PROFILE)
        # WHEN the player does not want them any more THEN the one is stopped and the other never begun
        stage.session.stop_answering()
        await stage.heard(AnswerDropped)
        assert stage.of(AnswerDropped) == [AnswerDropped(1, "stopped")]
        assert stage.game_questions.cancelled == ["How do I win?"]
        # AND the next question is answered
        stage.session.ask("How do I go on?", PROFILE)
        await stage.until(lambda: len(stage.game_questions.asked) == 2)
        assert stage.game_questions.asked[1] == ("How do I go on?", "maze")


async def test_a_question_without_any_picture_is_refused() -> None:
    # GIVEN a session that has seen nothing
    async with staged() as stage:
        # WHEN the user asks
        stage.session.ask("Where?")
        # THEN they are told why there is no answer
        assert stage.notices(NoticeAbout.ANSWER) == ["There is no picture to answer about."]


async def test_a_window_that_the_model_does_not_know_is_said_once_and_never_asked_about() -> None:
    async with staged() as stage:
        # GIVEN windows that the model does not know
        for shows, title in ((1, "Editor"), (2, "Editor"), (3, "Mail"), (4, "Mail")):
            stage.frames.put(frame(shows, title))
        await stage.until(lambda: len(stage.notices(NoticeAbout.SCOPE)) == 2)
        # WHEN a question is asked there
        stage.session.ask("What now?")
        await stage.until(lambda: len(stage.notices(NoticeAbout.SCOPE)) == 3)
        # THEN it was said once a window and once for the question, without any call
        assert set(stage.notices(NoticeAbout.SCOPE)) == {"This coach knows only the maze."}
        assert stage.advisor.asked == []
        # AND the notice goes when the game is there
        stage.frames.put(frame(5))
        await stage.asked(1)
        assert NoticeOver(NoticeAbout.SCOPE) in stage.events


async def test_a_fixed_game_goes_before_the_title() -> None:
    async with staged() as stage:
        # GIVEN a window with another title
        stage.frames.put(frame(1, "Editor"))
        await stage.heard(ProfileChosen)
        # WHEN the user fixes the game
        stage.session.configure(SessionPlan(game="maze"))
        stage.frames.put(frame(1, "Editor"))
        # THEN its profile is used and the coach speaks
        await stage.asked(1)
        assert [event.id for event in stage.of(ProfileChosen)] == [OTHER.id, PROFILE.id]  # type: ignore[union-attr]


async def test_the_rules_of_the_gate_follow_the_settings_and_the_profile() -> None:
    # GIVEN a window whose profile asks for a longer pause than the settings
    slow = OTHER.model_copy(update={"cooldown_s": 30.0})
    async with staged(SessionPlan(policy=PolicyRules(gate=GateRules(settle_s=0.5)))) as stage:
        stage.session._profile_for = lambda *_: slow
        stage.frames.put(frame(1, "Editor"))
        await stage.heard(ProfileChosen)
        # THEN the gate waits for both
        assert (stage.rules.settle_s, stage.rules.cooldown_s) == (0.5, 30.0)
        # AND a changed setting is used at once
        stage.session.configure(SessionPlan(policy=PolicyRules(gate=GateRules(settle_s=0.7))))
        stage.frames.put(frame(1, "Editor"))
        await stage.until(lambda: stage.rules.settle_s == 0.7)


@pytest.mark.parametrize("seen", [SourceLost(Loss.CLOSED, "It was closed."), frame(2, "raid"), "another source"])
async def test_what_is_being_said_of_a_source_ends_with_it(seen: Frame | SourceLost | str) -> None:
    async with staged() as stage:
        # GIVEN advice under way WHEN the window closes, another game is there, or another source is to be watched
        stage.frames.put(frame(1))
        await stage.asked(1)
        if isinstance(seen, str):
            stage.session.look_again(another_source=True)
        else:
            stage.frames.put(seen)
        # THEN it is dropped before it is complete
        await stage.heard(AnswerDropped)
        assert stage.advisor.cancelled == [1]
        assert stage.of(SourceGone)


async def test_what_was_advised_in_a_source_that_is_gone_is_not_told_in_the_next() -> None:
    async with staged() as stage:
        # GIVEN advice WHEN another source is watched THEN the advisor knows nothing of it there
        stage.frames.put(frame(1))
        await stage.asked(1)
        stage.advisor.say("Go left.")
        await stage.heard(AnswerFinished)
        stage.session.look_again(another_source=True)
        stage.frames.put(frame(2))
        await stage.asked(2)
        assert stage.advisor.situations[-1].before == ()


@pytest.mark.parametrize("seen", [SourceLost(Loss.CLOSED, "It was closed."), frame(2, "raid")])
async def test_what_was_asked_is_answered_although_its_source_is_gone(seen: Frame | SourceLost) -> None:
    async with staged() as stage:
        # GIVEN a question under way WHEN its game goes THEN the answer comes all the same
        stage.session.ask("Where?", frame(1))
        await stage.asked(1)
        stage.frames.put(seen)
        await stage.heard(SourceFound if isinstance(seen, Frame) else Notice)
        stage.advisor.say("Go left.")
        await stage.heard(AnswerFinished)
        assert stage.advisor.cancelled == []


async def test_a_lost_source_is_said_and_found_again() -> None:
    async with staged() as stage:
        stage.frames.put(frame(1))
        await stage.asked(1)
        # WHEN the window is minimised during an answer, which comes all the same
        stage.frames.put(SourceLost(Loss.MINIMISED, "The window is minimised."))
        await stage.until(lambda: stage.notices(NoticeAbout.SOURCE))
        stage.advisor.say("Go left.")
        await stage.heard(AnswerDropped)
        # THEN the loss is said, and the advice about what cannot be seen is not
        assert stage.notices(NoticeAbout.SOURCE) == ["The window is minimised."]
        assert stage.session.newest_frame is None
        # AND when it is back, the same picture is worth advice again
        stage.frames.put(frame(1))
        await stage.asked(2)
        assert len(stage.of(SourceFound)) == 2


async def test_japanese_follows_the_english() -> None:
    async with staged(SessionPlan(language="ja")) as stage:
        stage.session.configure(SessionPlan(language="ja"), FakeTranslator(fails=("Go right.",)))
        # WHEN advice comes that can be translated, and advice that cannot
        for calls, text in ((1, "Go left."), (2, "Go right.")):
            stage.frames.put(frame(calls))
            await stage.asked(calls)
            stage.advisor.say(text)
            await stage.heard(AnswerTranslated, calls)
        # THEN the first has Japanese and the second keeps its English
        finished = stage.of(AnswerFinished)
        assert [event.translating for event in finished] == [True, True]  # type: ignore[union-attr]
        assert [event.advice.text_ja for event in stage.of(AnswerTranslated)] == [  # type: ignore[union-attr]
            "GO LEFT.",
            None,
        ]
        await stage.until(lambda: len(stage.kept) == 2)
        assert [advice.text_ja for advice, _, _ in stage.kept] == ["GO LEFT.", None]


async def test_a_japanese_question_is_asked_in_english_and_answered_in_japanese() -> None:
    async with staged() as stage:
        # GIVEN advice in English, and a translator
        stage.session.configure(SessionPlan(), FakeTranslator())
        stage.frames.put(frame(1))
        await stage.asked(1)
        # WHEN a question is asked in Japanese
        stage.session.ask("穴はどこ？")
        await stage.asked(2)
        # THEN the model gets it in English
        assert stage.advisor.asked[-1] == (1, "Where?")
        stage.advisor.say("On the left.")
        await stage.heard(AnswerTranslated)
        # AND the player sees their own words, and reads Japanese
        (answer,) = stage.of(AnswerTranslated)
        assert isinstance(answer, AnswerTranslated)
        assert (answer.advice.question, answer.advice.text_ja) == ("穴はどこ？", "ON THE LEFT.")


@pytest.mark.parametrize(("online", "told"), [(False, 1), (True, 0)])
async def test_an_answer_without_japanese_is_told_once_with_what_helps(online: bool, told: int) -> None:
    async with staged(SessionPlan(language="ja")) as stage:
        # GIVEN a translator that does not know what is answered
        translator = FakeTranslator(fails=("Go left.", "Go right.", "Go up."))
        translator.sends_text_away = online
        stage.session.configure(SessionPlan(language="ja"), translator)
        # WHEN advice comes unasked THEN the card's mark says enough
        stage.frames.put(frame(1))
        await stage.asked(1)
        stage.advisor.say("Go left.")
        await stage.until(lambda: len(stage.kept) == 1)
        assert stage.notices(NoticeAbout.TROUBLE) == []
        # WHEN questions are answered THEN what helps is said once, but not where online translation is allowed already
        for kept, text in ((2, "Go right."), (3, "Go up.")):
            stage.session.ask("Where to?")
            await stage.asked(kept)
            stage.advisor.say(text)
            await stage.until(lambda kept=kept: len(stage.kept) == kept)  # type: ignore[misc]
        assert stage.notices(NoticeAbout.TROUBLE) == ["The answer could not be translated."] * told


async def test_a_japanese_question_that_nobody_can_translate_is_said_once_and_not_asked() -> None:
    async with staged() as stage:
        # GIVEN a translator that does not know a question
        stage.session.configure(SessionPlan(language="ja"), FakeTranslator(fails=("ボスは？",)))
        stage.frames.put(frame(1))
        await stage.asked(1)
        # WHEN it is asked
        stage.session.ask("ボスは？")
        await stage.heard(AnswerDropped, 2)
        # THEN one notice says why, and the model is not asked
        assert stage.notices(NoticeAbout.ANSWER) == [
            "The coach reads English only, and your question could not be translated."
        ]
        assert "ボスは？" not in [question for _, question in stage.advisor.asked]


async def test_a_model_that_reads_japanese_gets_the_question_as_it_is_and_may_answer_in_it() -> None:
    async with staged() as stage:
        # GIVEN a model that reads Japanese, and no translator
        stage.advisor.reads_japanese = True
        stage.frames.put(frame(1))
        await stage.asked(1)
        # WHEN it is asked in Japanese, and answers so
        stage.session.ask("ボスは？")
        await stage.asked(2)
        assert stage.advisor.asked[-1] == (1, "ボスは？")
        stage.advisor.say("左です。")
        await stage.heard(AnswerTranslated)
        # THEN that is what is shown
        (answer,) = stage.of(AnswerTranslated)
        assert isinstance(answer, AnswerTranslated)
        assert answer.advice.text_ja == "左です。"


async def test_switching_to_japanese_translates_what_is_on_the_screen() -> None:
    async with staged() as stage:
        # GIVEN English advice
        stage.frames.put(frame(1))
        await stage.asked(1)
        stage.advisor.say("Go left.")
        await stage.heard(AnswerFinished)
        # WHEN the language is switched
        stage.session.configure(SessionPlan(language="ja"), FakeTranslator())
        await stage.heard(AnswerTranslated)
        # THEN the same advice follows in Japanese, without asking the model again
        (event,) = stage.of(AnswerTranslated)
        assert isinstance(event, AnswerTranslated)
        assert (event.id, event.advice.text_ja) == (1, "GO LEFT.")
        assert len(stage.advisor.asked) == 1


async def test_nothing_is_asked_before_the_engine_is_ready() -> None:
    async with staged(ready=False) as stage:
        # GIVEN an engine that is still loading
        stage.frames.put(frame(1))
        await stage.heard(ProfileChosen)
        stage.session.ask("Where?")
        await asyncio.sleep(0.01)
        assert stage.advisor.asked == []
        # WHEN it is ready
        stage.session.engine_changed(True)
        # THEN the question is answered
        await stage.asked(1)
        assert stage.advisor.asked == [(1, "Where?")]


async def test_a_question_that_has_to_wait_does_not_hide_why() -> None:
    async with staged(ready=False) as stage:
        # GIVEN an engine of which nothing is known yet WHEN something is asked THEN it is said that it has to wait
        stage.frames.put(frame(1))
        await stage.heard(ProfileChosen)
        stage.session.ask("Where?")
        waiting = ["The coach is not ready yet; it answers as soon as it is."]
        assert stage.notices(NoticeAbout.ENGINE) == waiting
        # WHEN more is asked while a model is being loaded THEN how far that is stays
        stage.session.engine_changed(False, "Loading the model: 40 %")
        stage.session.ask("And now?")
        assert stage.notices(NoticeAbout.ENGINE) == [*waiting, "Loading the model: 40 %"]
        # AND both are answered
        stage.session.engine_changed(True)
        await stage.asked(1)
        stage.advisor.say("There.")
        await stage.asked(2)
        assert [question for _, question in stage.advisor.asked] == ["Where?", "And now?"]


async def test_what_a_crash_took_down_is_asked_again_when_the_engine_is_back() -> None:
    async with staged(SessionPlan(policy=PolicyRules(reading_s=0))) as stage:
        # GIVEN a question in the making
        stage.frames.put(frame(1))
        await stage.asked(1)
        stage.session.ask("Where?")
        await stage.asked(2)
        # WHEN the engine dies under it and comes back
        stage.session.engine_changed(False, "The engine stopped and is being restarted.")
        stage.advisor.fail(CoachError("The engine stopped."))
        await stage.heard(AnswerDropped, 2)
        assert len(stage.advisor.asked) == 2
        stage.session.engine_changed(True)
        await stage.asked(3)
        stage.advisor.say("There.")
        # THEN the question is answered, and unasked advice about the same picture follows
        await stage.heard(AnswerFinished)
        stage.frames.put(frame(1))
        await stage.asked(4)
        assert [question for _, question in stage.advisor.asked] == ["", "Where?", "Where?", ""]
        assert stage.notices(NoticeAbout.ENGINE) == ["The engine stopped and is being restarted."]
        assert not stage.notices(NoticeAbout.ANSWER)


@pytest.mark.parametrize(
    ("error", "message", "logged"),
    [
        (CoachError("The picture is too small.", "Take a larger one."), "The picture is too small.", ""),
        (ZeroDivisionError("oops"), "The coach could not answer because of an internal error.", "answer 1 failed"),
    ],
)
async def test_a_failure_is_said_and_the_session_goes_on(
    error: Exception, message: str, logged: str, expect_warning: Callable[[str], None]
) -> None:
    if logged:
        expect_warning(logged)
    async with staged() as stage:
        stage.frames.put(frame(1))
        await stage.asked(1)
        # WHEN an answer fails
        stage.advisor.fail(error)
        await stage.heard(AnswerDropped)
        # THEN a sentence says so, and the next frame is answered
        assert stage.notices(NoticeAbout.ANSWER) == [message]
        stage.frames.put(frame(2))
        await stage.asked(2)
        stage.advisor.say("Go left.")
        await stage.heard(AnswerFinished)
        assert NoticeOver(NoticeAbout.ANSWER) in stage.events


async def test_advice_that_cannot_be_kept_is_shown_all_the_same() -> None:
    async with staged() as stage:
        # GIVEN a history that cannot be written
        stage.frames.put(frame(1))
        await stage.asked(1)
        # WHEN advice comes
        stage.advisor.say("Full disk.")
        # THEN it is shown, and so is the trouble
        await stage.until(lambda: stage.notices(NoticeAbout.TROUBLE))
        assert len(stage.of(AnswerFinished)) == 1
        assert stage.notices(NoticeAbout.TROUBLE) == ["The history could not be written."]


async def test_a_profile_with_its_own_language_wins() -> None:
    # GIVEN a game whose profile wants Japanese, while the settings say English
    async with staged() as stage:
        japanese = PROFILE.model_copy(update={"language": "ja"})
        stage.session._profile_for = lambda *_: japanese
        stage.session.configure(SessionPlan(), FakeTranslator())
        # WHEN it is advised on
        stage.frames.put(frame(1))
        await stage.asked(1)
        stage.advisor.say("Go left.")
        # THEN it is translated
        await stage.heard(AnswerTranslated)


@pytest.mark.parametrize(("hold", "kind"), [(False, AnswerFinished), (True, AnswerDropped)])
@pytest.mark.parametrize(("confidence", "unsure"), [(0.3, True), (0.9, False), (None, False)])
async def test_advice_that_the_model_is_unsure_of_is_marked_or_held_back(
    confidence: float | None, unsure: bool, hold: bool, kind: type[Event]
) -> None:
    # GIVEN a player who wants advice that is more likely right than not
    async with staged(SessionPlan(policy=PolicyRules(hold_doubted=hold, least_sure=0.5))) as stage:
        stage.advisor.confidence = confidence
        stage.frames.put(frame(1))
        await stage.asked(1)
        # WHEN a model tells how sure it is
        stage.advisor.say("Go left.")
        # THEN advice that it is not sure of is marked as such, or held back, and no other
        await stage.heard(kind if unsure else AnswerFinished)
        told = stage.of(kind if unsure else AnswerFinished)[0]
        if isinstance(told, AnswerFinished):
            assert told.unsure is unsure
        else:
            assert told == AnswerDropped(1, "doubted")


@pytest.mark.parametrize(("hold", "kind"), [(False, AnswerFinished), (True, AnswerDropped)])
async def test_advice_that_the_q_network_doubts_is_hedged_or_held_back(hold: bool, kind: type[Event]) -> None:
    # GIVEN a Q-network that would go right
    async with staged(SessionPlan(policy=PolicyRules(hold_doubted=hold))) as stage:
        stage.session.compare_with(FakeReader(values(0.1, 0.9)))
        stage.frames.put(frame(1))
        await stage.asked(1)

        # WHEN the coach says left
        stage.advisor.say("Go left.")

        # THEN that is said with the advice, or the advice is held back
        await stage.heard(kind)
        if hold:
            assert stage.of(kind) == [AnswerDropped(1, "doubted")]
        else:
            (told,) = stage.of(kind)
            assert isinstance(told, AnswerFinished)
            assert told.preferred == "right"


@pytest.mark.parametrize(("worth", "preferred"), [((0.9, 0.1), ""), ((0.1, 0.9), "right")])
async def test_a_move_is_compared_by_the_action_that_it_stands_for(worth: tuple[float, float], preferred: str) -> None:
    # GIVEN a game in which jumping is the button to fire
    async with staged() as stage:
        stage.session._profile_for = lambda *_: PROFILE.model_copy(update={"moves": ("right", "jump")})
        stage.session.configure(SessionPlan(), FakeTranslator())
        stage.session.compare_with(FakeReader(QValues(("fire", "right"), worth, (True, True), "q", 0.0)))
        stage.frames.put(frame(1))
        await stage.asked(1)
        # WHEN the coach says so
        stage.advisor.say("Now jump.")
        # THEN it is doubted only where the network would do something else
        await stage.heard(AnswerFinished)
        (told,) = stage.of(AnswerFinished)
        assert isinstance(told, AnswerFinished)
        assert told.preferred == preferred


async def test_agreement_and_questions_are_not_hedged() -> None:
    # GIVEN a Q-network that would go right
    async with staged() as stage:
        stage.session.compare_with(FakeReader(values(0.1, 0.9)))
        stage.frames.put(frame(1))
        await stage.asked(1)

        # WHEN the coach says the same, and then answers a question otherwise
        stage.advisor.say("Go right.")
        await stage.heard(AnswerFinished)
        stage.session.ask("Is left safe?")
        await stage.asked(2)
        stage.advisor.say("No, left is not.")
        await stage.heard(AnswerFinished, 2)

        # THEN neither is doubted
        assert [event.preferred for event in stage.of(AnswerFinished) if isinstance(event, AnswerFinished)] == ["", ""]


async def test_advice_comes_also_where_the_q_network_fails() -> None:
    # GIVEN a Q-network that cannot be read WHEN the coach answers THEN the advice is shown as it is
    async with staged() as stage:
        stage.session.compare_with(FakeReader(CoachError("No Q-network is loaded.")))
        stage.frames.put(frame(1))
        await stage.asked(1)
        stage.advisor.say("Go left.")
        await stage.heard(AnswerFinished)
        assert not stage.of(Notice)
