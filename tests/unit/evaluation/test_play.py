"""Playing by an agent: reports, seeds, the coach's memory, what counts as a mistake."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar, cast

import numpy as np
import pytest

from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.moves import named_move
from coach_app.domain.profile import GameProfile
from coach_app.domain.qvalues import QValues
from coach_app.domain.situation import Situation
from coach_app.evaluation.agents import BothAgent, CoachAgent, DqnAgent, make_agent
from coach_app.evaluation.play import CHANCE, Step, play, score_positions
from coach_app.games.catalogue import to_play
from coach_app.games.game import ExplainedMove, Game
from coach_app.games.grid.env import GridEnv
from coach_app.games.grid.level import ARTICLE_LEVEL, Move, random_level
from coach_app.games.images import ImageEnv, Picture
from coach_app.games.positions import Position, positions
from coach_app.games.profiles import find

GRID, LEVELS = to_play("grid"), to_play("grid-levels")
BREAKOUT, PONG = to_play("ALE/Breakout-v5"), to_play("ALE/Pong-v5")


class PictureReader:
    """An advisor that knows the answer to every picture of some levels, and speaks as the test says.

    Attributes:
        asked: how often each picture was asked about.
    """

    reads_japanese = False

    def __init__(self, known: list[Position], says: Callable[[str], str] = "Move the cat {}.".format) -> None:
        assert GRID.teacher
        self._moves = {position.picture().tobytes(): GRID.teacher(position.env)[0] for position in known}
        self._says = says
        self.asked: Counter[tuple[bytes, tuple[str, ...]]] = Counter()

    async def advise(self, situation: Situation, on_words: Callable[[str], None] | None = None) -> Advice:
        frame = situation.frame
        pixels = np.asarray(frame.image).tobytes()
        self.asked[pixels, situation.tried] += 1
        text = self._says(self._moves[pixels])
        return Advice(text, named_move(text, situation.profile.moves), "reader", frame.captured_at, 20.0, 5.0, 4)

    async def close(self) -> None:
        """Nothing to give back."""


async def test_the_report_is_the_promised_json() -> None:
    # GIVEN the teacher WHEN it plays three levels
    report = await play(LEVELS, make_agent("teacher", GRID), 3, 500_000)

    # THEN the report holds exactly the promised fields, and they fit together
    values = json.loads(report.model_dump_json(exclude_none=True))
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
        "commonest_move",
        "commonest_share",
        "entropy_bits",
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
        env = GridEnv(random_levels=True)
        env.reset(seed=seed)
        assert reward == pytest.approx(1 - 0.04 * (env.level.steps_to_crate[env.cat] - 1))


async def test_a_teacher_that_has_to_search_can_be_left_out() -> None:
    # GIVEN a game whose teacher must not be asked
    def asked(env: ImageEnv) -> tuple[str, ...]:
        raise AssertionError("the teacher was asked")

    # WHEN it is played without judging moves THEN it is played as else, and no share of best moves is told
    judged = await play(GRID, make_agent("random", GRID), 3, 5)
    report = await play(replace(GRID, teacher=asked), make_agent("random", GRID), 3, 5, judged=False)
    assert report.rewards == judged.rewards
    assert report.optimal_move_rate is None


async def test_on_the_articles_map_the_teacher_is_good_and_chance_is_not() -> None:
    # GIVEN teacher and chance WHEN both play the same 150 episodes
    teacher = await play(GRID, make_agent("teacher", GRID), 150, 0)
    chance = await play(GRID, make_agent("random", GRID), 150, 0)
    # THEN the teacher beats the published baseline, and chance is far below
    assert teacher.mean_reward >= 0.70
    assert chance.mean_reward < 0
    assert chance.optimal_move_rate is not None
    assert chance.optimal_move_rate < 0.5
    assert chance.no_move == 0


@pytest.mark.parametrize("game", [GRID, LEVELS])
async def test_the_same_seed_gives_the_same_result_and_each_episode_has_its_own(game: Game) -> None:
    # GIVEN chance, which needs its seed most WHEN it plays twice, then starts three episodes later
    first = await play(game, make_agent("random", GRID), 8, 40)
    agent = make_agent("random", GRID)
    await play(game, agent, 2, 7)
    again = await play(game, agent, 8, 40)
    later = await play(game, make_agent("random", GRID), 5, 43)
    # THEN the results agree, whatever the agent did before
    assert first.rewards == again.rewards
    assert first.rewards[3:] == later.rewards
    assert len(set(first.rewards)) > 1


def article_positions() -> list[Position]:
    """Every state of the article's map."""
    found = []
    for cell in ARTICLE_LEVEL.cat_cells:
        for facing in Move:
            env = GridEnv()
            env.place(ARTICLE_LEVEL, cell, facing)
            found.append(Position(0, env))
    return found


async def test_the_coach_is_asked_once_for_each_picture_and_only_calls_count_for_latency() -> None:
    # GIVEN a coach who reads pictures right
    advisor = PictureReader(article_positions())
    agent = make_agent("coach", GRID, advisor, find("grid"))
    # WHEN it plays many episodes of the one map
    report = await play(GRID, agent, 100, 0)
    # THEN it plays like the teacher, and no picture was asked about twice after the same moves
    teacher = await play(GRID, make_agent("teacher", GRID), 100, 0)
    assert report.rewards == teacher.rewards
    assert report.optimal_move_rate == 1.0
    assert set(advisor.asked.values()) == {1}
    assert report.model == "reader"
    assert report.latency_ms_p50 == 20.0


async def test_an_answer_without_a_move_is_a_mistake_and_a_move_by_chance() -> None:
    # GIVEN a coach who never names a move
    agent = CoachAgent(PictureReader(article_positions(), lambda move: "Mind the hole."), find("grid"))
    # WHEN it plays
    report = await play(GRID, agent, 20, 0)
    again = await play(GRID, agent, 20, 0)
    # THEN every move counts as none and as wrong, the game went on by chance, and it did so reproducibly
    assert report.optimal_move_rate == 0.0
    assert report.no_move >= 20
    assert len(set(report.rewards)) > 1
    assert again.rewards == report.rewards


def states(drawn: list[Position]) -> list[dict[str, Any]]:
    assert LEVELS.state
    return [LEVELS.state(position.env) for position in drawn]


async def test_positions_are_one_of_each_level_and_reproducible() -> None:
    # GIVEN 200 positions
    drawn = positions(LEVELS, 200, 500_000, (7, 6))
    # THEN they are those of the seeds' levels, on squares where the cat can stand, and the same when drawn again
    assert states(drawn) == states(positions(LEVELS, 200, 500_000, (7, 6)))
    assert states(drawn[50:]) == states(positions(LEVELS, 150, 500_050, (7, 6)))
    assert [position.seed for position in drawn] == list(range(500_000, 500_200))
    for position in drawn:
        assert isinstance(position.env, GridEnv)
        assert position.env.level == random_level(position.seed, (7, 6))
        assert position.env.cat in position.env.level.cat_cells
    assert len({state["facing"] for state in states(drawn)}) == 4
    assert drawn[0].picture().shape == (6 * 32, 7 * 32, 3)


async def test_a_score_names_each_mistake() -> None:
    # GIVEN a coach who reads pictures right but says the opposite on some
    asked = positions(LEVELS, 40, 500_000)
    opposite = {"left": "right", "right": "left", "up": "down", "down": "up"}
    coach = CoachAgent(
        PictureReader(asked, lambda move: f"Go {opposite[move] if move == 'up' else move}"), find("grid")
    )
    # WHEN it is scored
    told: list[tuple[int, int]] = []
    report = await score_positions(LEVELS, coach, asked, on_progress=lambda *done: told.append(done))
    wrong = {mistake.seed for mistake in report.mistakes}
    # THEN the mistakes are those positions, each with what was said and what is right
    assert 0 < len(report.mistakes) < 40
    assert {(mistake.move, mistake.text) for mistake in report.mistakes} == {("down", "Go down")}
    assert all("up" in mistake.optimal_moves for mistake in report.mistakes)
    assert [mistake.state for mistake in report.mistakes] == [
        state for state, position in zip(states(asked), asked, strict=True) if position.seed in wrong
    ]
    assert report.optimal_move_rate == pytest.approx(1 - len(report.mistakes) / 40)
    assert told == [(number, 40) for number in range(1, 41)]


async def test_a_score_shows_the_agent_what_picture_of_makes() -> None:
    # GIVEN a way to spoil pictures, and a coach who knows only clean ones
    asked = positions(LEVELS, 3, 0)

    async def mirrored(position: Position) -> Picture:
        return position.picture()[:, ::-1].copy()

    coach = CoachAgent(PictureReader(asked), find("grid"))
    assert (await score_positions(LEVELS, coach, asked)).optimal_move_rate == 1.0
    # WHEN it is shown the spoiled ones THEN it doesn't know them
    with pytest.raises(KeyError):
        await score_positions(LEVELS, coach, asked, mirrored)


async def test_both_agents_begin_an_episode() -> None:
    # GIVEN a pair of a coach and a network WHEN an episode begins THEN it does for both
    begun: list[tuple[str, int]] = []

    class Begins:
        def __init__(self, name: str) -> None:
            self.name = name

        def begin(self, seed: int) -> None:
            begun.append((self.name, seed))

    BothAgent(cast(CoachAgent, Begins("coach")), cast(DqnAgent, Begins("dqn"))).begin(7)
    assert begun == [("coach", 7), ("dqn", 7)]


async def test_where_the_way_led_in_a_circle_the_coach_is_told_what_was_tried() -> None:
    # GIVEN a coach that goes back and forth between two pictures
    class Restless:
        reads_japanese = False
        asked: ClassVar[list[tuple[str, ...]]] = []

        async def advise(self, situation: Situation, on_words: object = None) -> Advice:
            self.asked.append(situation.tried)
            move = "left" if situation.frame.image.getpixel((0, 0)) == (0, 0, 0) else "right"
            return Advice(f"Move {move}.", move, "restless", 0.0, 20.0, 5.0, 4)

        async def close(self) -> None:
            """Nothing to give back."""

    agent, env = CoachAgent(Restless(), find("grid")), GRID.make()
    here, there = np.zeros((4, 4, 3), np.uint8), np.full((4, 4, 3), 255, np.uint8)
    # WHEN it is asked on and on THEN each time anew, with the moves that led back; another episode begins anew
    for picture in (here, there, here, there):
        await agent.move(picture, env)
    agent.begin(1)
    await agent.move(here, env)
    assert Restless.asked == [(), (), ("left",), ("right",)]
    env.close()


@pytest.mark.parametrize(("name", "sentence"), [("dqn", "game profile"), ("chess", "no agent"), ("coach", "model")])
def test_agents_that_cannot_play_say_why(name: str, sentence: str) -> None:
    with pytest.raises(CoachError, match=sentence):
        make_agent(name, GRID)


async def test_nothing_to_do_is_refused() -> None:
    with pytest.raises(CoachError, match="0 episodes"):
        await play(GRID, make_agent("teacher", GRID), 0, 0)
    with pytest.raises(CoachError, match="0 positions"):
        positions(GRID, 0, 0)
    with pytest.raises(CoachError, match="no game chess"):
        await play(to_play("chess"), make_agent("teacher", GRID), 1, 0)


def test_move_names_are_numbered_as_the_game_numbers_them() -> None:
    names = tuple(move.name.lower() for move in Move)
    assert names == ("left", "down", "right", "up")
    assert set(find("grid").moves) == set(find("grid-levels").moves) == set(names)


async def test_a_game_without_a_teacher_is_played_to_the_same_end_again() -> None:
    # GIVEN a game of pictures WHEN chance plays it twice
    first, again = [await play(PONG, make_agent("random", GRID), 1, 3, max_steps=60) for _ in range(2)]
    # THEN it gets the same rewards, and the report claims nothing about best moves
    assert first.rewards == again.rewards
    assert first.optimal_move_rate is first.chance is None
    assert "optimal_move_rate" not in first.model_dump(exclude_none=True)


def test_the_teacher_says_which_games_it_knows() -> None:
    with pytest.raises(CoachError, match=r"ALE/Pong-v5 has no teacher.*grid, grid-fires, grid-levels"):
        make_agent("teacher", PONG)


class Says:
    """An advisor that always says the same."""

    reads_japanese = False

    def __init__(self, text: str) -> None:
        self._text = text

    async def advise(self, situation: Situation, on_words: Callable[[str], None] | None = None) -> Advice:
        return Advice(self._text, named_move(self._text, situation.profile.moves), "says", 0.0, 20.0, 5.0, 4)

    async def close(self) -> None:
        """Nothing to give back."""


@pytest.mark.parametrize(
    ("game", "profile", "text", "moves"),
    [
        ("ALE/Breakout-v5", "breakout", "Move the bar to the right.", {"right"}),
        ("ALE/MontezumaRevenge-v5", "montezuma-revenge", "Go to the ladder, then jump.", {"jump"}),
        ("ALE/Breakout-v5", "breakout", "Mind the ball.", {None}),
    ],
)
async def test_advice_about_other_games_is_followed_by_their_actions(
    game: str, profile: str, text: str, moves: set[str | None]
) -> None:
    # GIVEN a coach who advises about an Atari game
    agent, seen = CoachAgent(Says(text), find(profile)), list[Step]()

    async def japanese(english: str) -> str | None:
        return None if english == "Mind the ball." else "右へ。"

    # WHEN it plays two steps: a teacher that plans would take seconds for many
    report = await play(to_play(game), agent, 1, 0, max_steps=2, on_step=seen.append, translate=japanese)
    # THEN its advice has become actions of that game, and each step was told with what was said
    assert {step.decision.move for step in seen} == moves
    assert [(step.episode, step.number) for step in seen] == [(0, number) for number in range(2)]
    assert {(step.decision.text, step.text_ja) for step in seen} == {(text, "" if None in moves else "右へ。")}
    taught = to_play(game).teacher is not None
    assert (report.no_move, report.chance) == (2 if None in moves else 0, None if taught else CHANCE)


class Reads:
    """A reader of the same values for every picture."""

    def __init__(self, *moves: str) -> None:
        self._moves = moves

    async def read(self, frame: Frame, profile: GameProfile) -> QValues:
        values = tuple(float(number) for number in range(len(self._moves)))
        return QValues(self._moves, values, (True,) * len(self._moves), "some-q", 0.0)


async def test_a_network_plays_the_game_that_it_knows_all_actions_of() -> None:
    # GIVEN a network with the actions of Breakout WHEN it plays that THEN it makes its best move
    names, seen = ("stay", "fire", "right", "left"), list[Step]()
    agent = make_agent("dqn", BREAKOUT, profile=find("breakout"), reader=Reads(*names))
    await play(BREAKOUT, agent, 1, 0, max_steps=3, on_step=seen.append)
    assert {step.decision.move for step in seen} == {"left"}
    # WHEN it is to play a game with other actions THEN that is said
    with pytest.raises(CoachError, match=r"some-q knows 4 moves \(stay.*has 8"):
        await play(to_play("ALE/MontezumaRevenge-v5"), agent, 1, 0, max_steps=3)


async def test_episodes_of_each_kind_are_counted_that_were_done() -> None:
    # GIVEN a game of two kinds
    kinds = ("easy", "hard")
    game = replace(LEVELS, task=lambda env: kinds[env.level == random_level(700_001)])
    # WHEN the teacher plays one of each, to the end or for one step
    report = await play(game, make_agent("teacher", game), 2, 700_000)
    hurried = await play(game, make_agent("teacher", game), 2, 700_000, max_steps=1)
    # THEN it is said how many of each ended with a reward
    assert report.done == {"easy": 1.0, "hard": 1.0}
    assert hurried.done == {"easy": 0.0, "hard": 0.0}
    # AND nothing of the kind of a game that has one kind only
    assert (await play(LEVELS, make_agent("teacher", LEVELS), 1, 700_000)).done is None


async def test_achievements_are_counted_over_the_episodes_and_scored() -> None:
    # GIVEN a game with something that is always reached, and something that never is
    game = replace(to_play("grid"), achievements=lambda env: {"start": True, "fly": False})
    # WHEN it is played
    report = await play(game, make_agent("random", game), 3, 5)
    # THEN the score is the geometric mean of both rates, in percent, each one more: sqrt(101 * 1) - 1
    assert report.achievements == {"start": 1.0, "fly": 0.0}
    assert report.achievement_score == pytest.approx(9.05, abs=0.01)
    # and a game without any has none
    assert (await play(to_play("grid"), make_agent("random", game), 1, 5)).achievement_score is None


async def test_a_player_of_the_games_own_plays_and_forgets_between_episodes() -> None:
    # GIVEN a player that goes up once in an episode, and then to the right
    def new_player() -> Callable[[Any], ExplainedMove]:
        moves = iter(("up", *("right",) * 60))
        return lambda env: ExplainedMove(next(moves), "I go.")

    game = replace(to_play("grid"), players={"climber": new_player})
    steps: list[Step] = []
    # WHEN it plays two episodes
    report = await play(game, make_agent("climber", game), 2, 5, on_step=steps.append)
    # THEN it began anew in each, and its words are those of its decisions
    assert report.agent == "climber"
    assert [step.decision.move for step in steps if step.number == 0] == ["up", "up"]
    assert {step.decision.text for step in steps} == {"I go."}
    # and where the game has none of that name, all that there are, are named
    with pytest.raises(CoachError, match="agent") as refused:
        make_agent("swimmer", game)
    assert "climber" in refused.value.remedy
