"""Playing by an agent: reports, seeds, the coach's memory, what counts as a mistake."""

import json
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from coach_app.domain.advice import Advice, named_move
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.evaluation.agents import MOVE_NAMES, CoachAgent, make_agent
from coach_app.evaluation.play import Position, play, positions, score_positions
from coach_app.games import practice
from coach_app.games.grid.level import ARTICLE_LEVEL
from coach_app.games.grid.sprites import Picture
from coach_app.games.profiles import find


class PictureReader:
    """An advisor that knows the answer to every picture of some levels, and speaks as the test says.

    Attributes:
        asked: how often each picture was asked about.
    """

    def __init__(self, known: list[Position], says: Callable[[str], str] = "Move the cat {}.".format) -> None:
        env = practice.make("grid")
        self._moves = {}
        for position in known:
            env.place(position.level, position.cat, position.facing)
            self._moves[position.picture().tobytes()] = env.optimal_moves()[0]
        self._says = says
        self.asked: Counter[bytes] = Counter()

    async def advise(
        self,
        frame: Frame,
        profile: GameProfile,
        question: str = "",
        on_words: Callable[[str], None] | None = None,
    ) -> Advice:
        pixels = np.asarray(frame.image).tobytes()
        self.asked[pixels] += 1
        text = self._says(self._moves[pixels])
        return Advice(text, named_move(text, profile.moves), "reader", frame.captured_at, 20.0, 5.0, 4)

    async def close(self) -> None:
        """Nothing to give back."""


async def test_the_report_is_the_promised_json() -> None:
    # GIVEN the teacher WHEN it plays three levels
    report = await play("grid-levels", make_agent("teacher"), 3, 500_000)

    # THEN the report holds exactly the promised fields, and they fit together
    values = json.loads(report.model_dump_json())
    assert list(values) == [
        "game",
        "agent",
        "model",
        "episodes",
        "seed",
        "mean_reward",
        "std_reward",
        "optimal_move_rate",
        "no_move",
        "rewards",
        "latency_ms_p50",
    ]
    assert (values["game"], values["agent"], values["episodes"], values["seed"]) == (
        "grid-levels",
        "teacher",
        3,
        500_000,
    )
    assert values["mean_reward"] == pytest.approx(np.mean(values["rewards"]))
    assert values["std_reward"] == pytest.approx(np.std(values["rewards"]))
    assert values["optimal_move_rate"] == 1.0
    # and on firm ground each reward is that of a shortest way
    for seed, reward in enumerate(values["rewards"], start=500_000):
        env = practice.make("grid-levels")
        env.reset(seed=seed)
        assert reward == pytest.approx(1 - 0.04 * (env.level.steps_to_crate[env.cat] - 1))


async def test_on_the_articles_map_the_teacher_is_good_and_chance_is_not() -> None:
    # GIVEN teacher and chance WHEN both play the same 300 episodes
    teacher = await play("grid", make_agent("teacher"), 300, 0)
    chance = await play("grid", make_agent("random"), 300, 0)
    # THEN the teacher beats the published baseline, and chance is far below
    assert teacher.mean_reward >= 0.70
    assert chance.mean_reward < 0
    assert chance.optimal_move_rate < 0.5
    assert chance.no_move == 0


@pytest.mark.parametrize("game", ["grid", "grid-levels"])
async def test_the_same_seed_gives_the_same_result_and_each_episode_has_its_own(game: str) -> None:
    # GIVEN chance, which needs its seed most WHEN it plays twice, then starts three episodes later
    first = await play(game, make_agent("random"), 8, 40)
    agent = make_agent("random")
    await play(game, agent, 2, 7)
    again = await play(game, agent, 8, 40)
    later = await play(game, make_agent("random"), 5, 43)
    # THEN the results agree, whatever the agent did before
    assert first.rewards == again.rewards
    assert first.rewards[3:] == later.rewards
    assert len(set(first.rewards)) > 1


def article_positions() -> list[Position]:
    facings = (position.facing for position in positions("grid", 400, 0))
    return [Position(0, ARTICLE_LEVEL, cell, facing) for facing in set(facings) for cell in ARTICLE_LEVEL.cat_cells]


async def test_the_coach_is_asked_once_for_each_picture_and_only_calls_count_for_latency() -> None:
    # GIVEN a coach who reads pictures right
    advisor = PictureReader(article_positions())
    agent = make_agent("coach", advisor, find("grid"))
    # WHEN it plays many episodes of the one map
    report = await play("grid", agent, 100, 0)
    # THEN it plays like the teacher, and no picture was asked about twice
    teacher = await play("grid", make_agent("teacher"), 100, 0)
    assert report.rewards == teacher.rewards
    assert report.optimal_move_rate == 1.0
    assert set(advisor.asked.values()) == {1}
    assert report.model == "reader"
    assert report.latency_ms_p50 == 20.0


async def test_an_answer_without_a_move_is_a_mistake_and_a_move_by_chance() -> None:
    # GIVEN a coach who never names a move
    agent = CoachAgent(PictureReader(article_positions(), lambda move: "Mind the hole."), find("grid"))
    # WHEN it plays
    report = await play("grid", agent, 20, 0)
    again = await play("grid", agent, 20, 0)
    # THEN every move counts as none and as wrong, the game went on by chance, and it did so reproducibly
    assert report.optimal_move_rate == 0.0
    assert report.no_move >= 20
    assert len(set(report.rewards)) > 1
    assert again.rewards == report.rewards


async def test_positions_are_one_of_each_level_and_reproducible() -> None:
    # GIVEN 200 positions
    drawn = positions("grid-levels", 200, 500_000, (7, 6))
    # THEN they are those of the seeds' levels, on squares where the cat can stand, and the same when drawn again
    assert drawn == positions("grid-levels", 200, 500_000, (7, 6))
    assert drawn[50:] == positions("grid-levels", 150, 500_050, (7, 6))
    assert [position.seed for position in drawn] == list(range(500_000, 500_200))
    assert all(position.cat in position.level.cat_cells for position in drawn)
    assert len({position.facing for position in drawn}) == 4
    assert drawn[0].picture().shape == (6 * 32, 7 * 32, 3)


async def test_a_score_names_each_mistake() -> None:
    # GIVEN a coach who reads pictures right but says the opposite on some
    asked = positions("grid-levels", 40, 500_000)
    opposite = {"left": "right", "right": "left", "up": "down", "down": "up"}
    coach = CoachAgent(
        PictureReader(asked, lambda move: f"Go {opposite[move] if move == 'up' else move}"), find("grid")
    )
    # WHEN it is scored
    told: list[tuple[int, int]] = []
    report = await score_positions("grid-levels", coach, asked, on_progress=lambda *done: told.append(done))
    # THEN the mistakes are those positions, each with what was said and what is right
    assert 0 < len(report.mistakes) < 40
    assert {(mistake.move, mistake.text) for mistake in report.mistakes} == {("down", "Go down")}
    assert all("up" in mistake.optimal_moves for mistake in report.mistakes)
    assert report.optimal_move_rate == pytest.approx(1 - len(report.mistakes) / 40)
    assert told == [(number, 40) for number in range(1, 41)]


async def test_a_score_shows_the_agent_what_picture_of_makes() -> None:
    # GIVEN a way to spoil pictures, and a coach who knows only clean ones
    asked = positions("grid-levels", 3, 0)

    async def mirrored(position: Position) -> Picture:
        return position.picture()[:, ::-1].copy()

    coach = CoachAgent(PictureReader(asked), find("grid"))
    assert (await score_positions("grid-levels", coach, asked)).optimal_move_rate == 1.0
    # WHEN it is shown the spoiled ones THEN it doesn't know them
    with pytest.raises(KeyError):
        await score_positions("grid-levels", coach, asked, mirrored)


@pytest.mark.parametrize(("name", "sentence"), [("dqn", "game profile"), ("chess", "no agent"), ("coach", "model")])
def test_agents_that_cannot_play_say_why(name: str, sentence: str) -> None:
    with pytest.raises(CoachError, match=sentence):
        make_agent(name)


async def test_nothing_to_do_is_refused() -> None:
    with pytest.raises(CoachError, match="0 episodes"):
        await play("grid", make_agent("teacher"), 0, 0)
    with pytest.raises(CoachError, match="0 positions"):
        positions("grid", 0, 0)
    with pytest.raises(CoachError, match="no practice game"):
        await play("chess", make_agent("teacher"), 1, 0)


def test_move_names_are_numbered_as_the_game_numbers_them() -> None:
    assert MOVE_NAMES == ("left", "down", "right", "up")
    assert set(find("grid").moves) == set(find("grid-levels").moves) == set(MOVE_NAMES)
