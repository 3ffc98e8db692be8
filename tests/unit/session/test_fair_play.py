"""Games in which the coach speaks only when asked, or not at all."""

from coach_app.domain.profile import GameProfile, When
from coach_app.session.events import AnswerFinished, AnswerStarted, NoticeAbout
from tests.fakes.session import OTHER, PROFILE, frame, shown
from tests.fakes.stage import Stage, staged


def played(stage: Stage, when: When, **more: object) -> GameProfile:
    profile = PROFILE.model_copy(update={"when": when, **more})
    stage.session._profile_for = lambda *window: profile
    return profile


async def kept(stage: Stage, situations: int) -> None:
    await stage.until(lambda: len(stage.kept) >= situations)


async def told(stage: Stage, times: int) -> None:
    """So often it was said why nothing is said."""
    await stage.until(lambda: len(stage.notices(NoticeAbout.SCOPE)) == times)


async def test_review_only_nothing_is_said_whoever_asks() -> None:
    async with staged() as stage:
        # GIVEN a game that is review only, whose score stands in its title
        profile = played(stage, "review")
        for shows in (1, 2, 3):
            stage.frames.put(frame(shows, title=f"maze {shows}"))
            await kept(stage, shows)
        # THEN that is said once, and the situations are remembered without words
        said = "Maze is review only: nothing is said while it runs."
        assert stage.notices(NoticeAbout.SCOPE) == [said]
        assert [(advice.text, advice.move, of) for advice, of, _ in stage.kept] == [("", None, profile)] * 3
        # WHEN the player asks about the screen, about the game, or for more THEN the answer is the same sentence
        stage.session.ask("Where to?")
        await told(stage, 2)
        stage.session.ask("How do I win?", profile)
        await told(stage, 3)
        stage.session.more(0)
        assert set(stage.notices(NoticeAbout.SCOPE)) == {said}
        assert stage.notices(NoticeAbout.ANSWER) == ["There is no nudge or hint to say more about."]
        # and no model was asked
        assert (stage.advisor.asked, stage.game_questions.asked, stage.of(AnswerStarted)) == ([], [], [])
        # WHEN the player decides otherwise THEN the coach speaks
        played(stage, "live")
        stage.session.look_again()
        stage.frames.put(frame(4))
        await stage.asked(1)


async def test_only_when_asked_questions_and_more_are_answered() -> None:
    async with staged() as stage:
        # GIVEN a game in which the coach is to speak only when asked
        played(stage, "asked", level="nudge")
        for shows in (1, 2, 3):
            stage.frames.put(frame(shows))
        await stage.until(lambda: stage.session.newest_frame is not None)
        stage.session.ask("Where to?")
        # WHEN the player asks THEN there is an answer, and nothing came before it
        await stage.asked(1)
        assert [question for _, question in stage.advisor.asked] == ["Where to?"]
        stage.advisor.say("Go left.")
        await stage.heard(AnswerFinished)
        # WHEN the player wants more THEN there is a nudge about the picture of now
        stage.frames.put(frame(4))
        await stage.until(lambda: stage.session.newest_frame and shown(stage.session.newest_frame) == 4)
        stage.session.more(1)
        await stage.asked(2)
        assert stage.advisor.asked[1] == (4, "")
        stage.advisor.say("The door is on the left. Go left.")
        await stage.heard(AnswerFinished, 2)
        finished = stage.of(AnswerFinished)[-1]
        assert isinstance(finished, AnswerFinished)
        assert (finished.advice.level, finished.advice.text) == ("nudge", "The door is on the left.")


async def test_what_the_model_does_not_know_is_told_for_each_window() -> None:
    async with staged() as stage:
        # GIVEN windows that the model does not know WHEN they are seen THEN each is told, and nothing remembered
        stage.session._profile_for = lambda *window: OTHER
        for number in (1, 2):
            stage.frames.put(frame(number, title=f"window {number}"))
            await told(stage, number)
        assert stage.kept == []
