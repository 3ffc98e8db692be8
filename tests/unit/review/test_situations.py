"""Reviews of pictures alone: which situations, whose opinion, and that nothing is claimed to be known."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.gate import GateRules
from coach_app.domain.profile import GameProfile
from coach_app.domain.qvalues import QValues
from coach_app.domain.situation import Situation
from coach_app.games.fair_play import profile_kept
from coach_app.review import words
from coach_app.review.judging import Opinion
from coach_app.review.situations import Judges, Seen, kept_in, review_situations, seen_in, with_moves
from coach_app.session.history import Entry
from tests.fakes.session import PROFILE
from tests.fakes.video import save_video


def nothing(done: int, total: int) -> None:
    """Nobody looks at how far it is."""


def unread(before: Image.Image, after: Image.Image) -> str:
    """Nobody reads what was done."""
    return ""


def said(text: str, at: float = 0.0, entry: int = 1, game: str = "maze", picture: bool = True) -> Entry:
    return Entry(entry, at, game, "", text, "", "", "model", 1.0, picture)


def recording(path: Path, colours: list[str]) -> Path:
    """A GIF with a second for each picture."""
    pictures = [Image.new("RGB", (160, 120), colour) for colour in colours]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=1000)
    return path


def test_every_change_of_a_recording_is_a_situation_and_nothing_else(tmp_path: Path) -> None:
    # GIVEN a recording in which something changes three times WHEN its situations are looked for
    play = recording(tmp_path / "play.gif", ["red", "red", "blue", "lime", "red"])
    seen = seen_in(play, PROFILE, GateRules(), unread, nothing)
    # THEN there is one for each scene, when it came
    assert [round(each.at) for each in seen] == [0, 2, 3, 4]
    # GIVEN a game of which only a region counts, where nothing changes THEN there is but the first
    board = Image.new("RGB", (160, 120), "red")
    other = board.copy()
    other.paste("blue", (0, 60, 160, 120))
    board.save(tmp_path / "half.gif", save_all=True, append_images=[other], duration=1000)
    upper = PROFILE.model_copy(update={"region": (0.0, 0.0, 1.0, 0.5)})
    assert len(seen_in(tmp_path / "half.gif", upper, GateRules(), unread, nothing)) == 1


async def advise_up(situation: Situation) -> Advice:
    """A coach that always goes up."""
    return Advice("Go up.", "up", "some-model", 0.0, 1.0, 1.0, 3)


def three(made: Sequence[str]) -> list[Seen]:
    """A situation a minute, with what was done."""
    return [Seen(65.0 * number, Image.new("RGB", (40, 30), "red"), move) for number, move in enumerate(made)]


async def test_what_the_coach_would_do_is_marked_as_its_opinion() -> None:
    # GIVEN two situations of which nobody knows what was done WHEN the coach is asked
    asked: list[Situation] = []

    async def advise(situation: Situation) -> Advice:
        asked.append(situation)
        move = "left" if len(asked) == 1 else None
        return Advice("Go left.", move, "some-model", 0.0, 1.0, 1.0, 3, text_ja="左へ。")

    review = await review_situations(PROFILE, three(["", ""]), Judges(advise), "play.gif", nothing)
    # THEN nothing is known of what was done or what it cost, and whose opinion it is stands there
    assert (review.by, review.judge) == ("opinion", "some-model")
    assert [(moment.made, moment.cost, moment.opinion, moment.best) for moment in review.moments] == [
        ("", None, None, ("left",)),
        ("", None, None, ()),
    ]
    assert (review.trends.moves, review.trends.judged, review.trends.mistakes) == (2, 0, 0)
    assert "its opinion, not a measurement" in words.summary(review)[0]
    assert "cannot be told" in words.summary(review)[1]
    assert words.of_moment(review.moments[1]) == "At 1:05: it is not known what was done."
    # and the answer is in the reader's language
    assert words.answer(review.moments[0], str, False) == "In the coach's opinion: Go left."
    assert words.answer(review.moments[0], str, True).endswith("左へ。")


async def test_a_q_network_tells_what_a_move_cost_and_other_situations_stay_an_opinion() -> None:
    # GIVEN a network that finds up much better than down, and about as good as left
    async def rate(frame: Frame, profile: GameProfile) -> QValues:
        return QValues(("up", "down", "left"), (0.8, -0.2, 0.75), (True, True, True), "net", 0.0)

    # WHEN four situations are reviewed, of one of which it is not known what was done
    review = await review_situations(
        PROFILE, three(["up", "down", "", "left"]), Judges(advise_up, rate), "play.mp4", nothing
    )
    # THEN the mistake comes first, with its cost, the unknown one stays, and good moves are left out
    assert (review.by, review.network) == ("network", "net")
    assert [(moment.made, moment.cost, moment.best) for moment in review.moments] == [
        ("down", 1.0, ("up",)),
        ("", None, ("up",)),
    ]
    assert (review.trends.judged, review.trends.mistakes) == (3, 1)
    assert words.of_moment(review.moments[0]) == "At 1:05: you chose down, as it seems; that cost 1.00."
    assert words.answer(review.moments[0], str, False) == "Better: up. Go up."
    assert any("estimate" in line for line in words.summary(review))


@pytest.mark.parametrize("opinion", ["worse", "better", "undecided"])
async def test_without_a_network_the_coach_compares_what_was_done_with_its_own_move(opinion: Opinion) -> None:
    # GIVEN a coach that compares moves WHEN something else was done than it would do, and the same
    compared: list[tuple[str, str]] = []

    async def compare(situation: Situation, made: str, best: str) -> Opinion:
        compared.append((made, best))
        return opinion

    judges = Judges(advise_up, compare=compare)
    review = await review_situations(PROFILE, three(["left", "up", ""]), judges, "play.mp4", nothing)
    # THEN it is asked about the first alone, and nothing is said to have cost anything
    assert compared == [("left", "up")]
    assert [moment.opinion for moment in review.moments] == [opinion, "same", None]
    assert review.by == "opinion"
    assert not any(moment.cost for moment in review.moments)
    assert words.of_moment(review.moments[0]) == f"At 0:00: you chose left, as it seems. {words.OPINIONS[opinion]}"
    # GIVEN a coach that can give nothing but advice THEN it does not claim to know better
    review = await review_situations(PROFILE, three(["left"]), Judges(advise_up), "play.mp4", nothing)
    assert review.moments[0].opinion == "undecided"


def test_what_was_done_is_read_from_each_situation_and_the_next(tmp_path: Path) -> None:
    # GIVEN situations of three colours, and moves that are read from them
    def read(before: Image.Image, after: Image.Image) -> str:
        return f"{before.getpixel((0, 0))}{after.getpixel((0, 0))}"

    pictures = [Image.new("L", (8, 8), grey) for grey in (10, 20, 30)]
    # WHEN they are read THEN each has its own, and of the last nothing is known
    read_of = with_moves([Seen(at, picture) for at, picture in enumerate(pictures)], read)
    assert [each.made for each in read_of] == ["1020", "2030", ""]
    # and so it is in a recording
    play = recording(tmp_path / "play.gif", ["red", "blue", "lime"])
    seen = seen_in(play, PROFILE, GateRules(), lambda before, after: "up", nothing)
    assert [each.made for each in seen] == ["up", "up", ""]


async def test_no_situation_is_refused_with_a_sentence() -> None:
    with pytest.raises(CoachError, match="no situation"):
        await review_situations(PROFILE, [], Judges(advise_up), "", nothing)


def test_what_was_kept_comes_in_sessions_the_latest_first() -> None:
    # GIVEN a history of two games, with advice among it, entries without a picture, and a long pause
    entries = [
        said("", 10_000, 1),
        said("", 10_060, 2),
        said("Go left.", 10_070, 3),
        said("", 10_080, 4, picture=False),
        said("", 20_000, 5),
        said("", 15_000, 6, game="raid"),
    ]
    # WHEN sessions are looked for THEN only situations count, each in its session
    found = [(each.game, [entry.id for entry in each.entries]) for each in kept_in(entries[::-1])]
    assert found == [("maze", [5]), ("raid", [6]), ("maze", [1, 2])]
    assert kept_in([replace(entries[2])]) == []


def test_a_game_that_only_the_fair_play_rules_know_has_its_name() -> None:
    # GIVEN the ids of a known competitive game and of none WHEN their profiles are wanted THEN they have one
    assert profile_kept("dota-2").title == "Dota 2"
    assert profile_kept("grid").id == "grid"
    assert profile_kept("nobody-knows").id == "default"


def test_a_video_is_looked_through_and_a_long_one_in_few_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a video with a new scene every second WHEN its situations are looked for
    scenes = [Image.new("RGB", (64, 48), (40 * number, 250 - 40 * number, 60)) for number in range(6)]
    video = save_video(tmp_path / "play.mp4", [scene for scene in scenes for _ in range(10)])
    progress: list[tuple[int, int]] = []
    seen = seen_in(video, PROFILE, GateRules(), unread, lambda *told: progress.append(told))
    # THEN there is one for each scene, and it was told how far it was
    assert [round(each.at) for each in seen] == [0, 1, 2, 3, 4, 5]
    assert progress[-1] == (6, 6)
    # GIVEN that there are more than are kept THEN the video is still seen from end to end, in fewer of them
    monkeypatch.setattr("coach_app.review.situations.MOST", 3)
    assert [round(each.at) for each in seen_in(video, PROFILE, GateRules(), unread, nothing)] == [0, 2, 4]
