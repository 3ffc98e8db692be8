"""An agent that reads plays by what a language model answers."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach_app.domain.errors import CoachError
from coach_app.domain.sampling import Sampling
from coach_app.evaluation.play import play
from coach_app.evaluation.playing import opened_agent
from coach_app.evaluation.reading import TextAgent, trained_on
from coach_app.games.catalogue import games
from coach_app.host.messages import Answered
from coach_app.settings.schema import Settings

GAME = next(game for game in games().values() if game.reading)


class Model:
    """Answers the same again and again, and remembers what it was asked."""

    def __init__(self, *answers: str) -> None:
        self._answers: Iterator[str] = itertools.cycle(answers)
        self.asked: list[str] = []
        self.drawn: list[Sampling] = []

    async def __call__(self, prompt: str, sampling: Sampling) -> Answered:
        self.asked.append(prompt)
        self.drawn.append(sampling)
        text = next(self._answers)
        return Answered(id=0, text=text, model="fake", tokens=3, first_word_ms=1, latency_ms=2)


async def test_an_episode_by_reading_is_reported_with_its_collapse() -> None:
    # GIVEN a model that nearly always says the same, and sometimes nothing that is a move
    model = Model('Action: "left"', 'Action: "left"', "I wonder.", 'Action: "left"')
    agent = TextAgent(GAME, "text", model)
    # WHEN it plays two short episodes
    report = await play(GAME, agent, 2, seed=70, max_steps=8)
    # THEN what was not understood is counted, and the collapse is seen
    assert (report.agent, report.model, report.no_move) == ("text", "fake", 4)
    assert report.commonest_move == "left"
    assert report.commonest_share >= 0.75
    assert 0 < report.entropy_bits < 2
    # AND the model was told its last moves, from the beginning in each episode, and drew differently each time
    assert "none understood" in model.asked[3]
    assert "left" not in model.asked[8].partition("last actions")[2].partition("\n")[0]
    assert len({drawn.seed for drawn in model.drawn}) == 16
    assert {(drawn.temperature, drawn.top_p) for drawn in model.drawn} == {(0.9, 0.6)}


async def test_the_same_seeds_ask_the_same(tmp_path: Path) -> None:
    # GIVEN two arms WHEN they play the same seed THEN both see the same world, each by its own question
    plain, tuned = Model('"wait"'), Model('"wait"')
    first = await play(GAME, TextAgent(GAME, "text", plain), 1, seed=71, max_steps=2)
    second = await play(GAME, TextAgent(GAME, "text-tuned", tuned, short=True, greedy=True), 1, seed=71, max_steps=2)
    assert first.rewards == second.rewards
    assert len(tuned.asked[0]) < len(plain.asked[0]) / 2
    assert tuned.asked[0].partition("\nLast")[0] in plain.asked[0]
    assert {drawn.temperature for drawn in tuned.drawn} == {0}
    # AND an adapter says by itself on which question it was trained
    assert trained_on(tmp_path) == (True, "")
    (tmp_path / "args.json").write_text('{"short": false, "form": "move"}')
    assert trained_on(tmp_path) == (False, "move")


@pytest.mark.parametrize(
    ("agent", "game", "model", "sentence"),
    [
        ("text", GAME.id, "", "without a text model"),
        ("text", GAME.id, "grid-coach", "is not a text model"),
        ("text-tuned", GAME.id, "smollm2", "without an adapter"),
        ("text", "breakout", "smollm2", "cannot be played by reading"),
    ],
)
async def test_what_cannot_play_says_what_it_needs(agent: str, game: str, model: str, sentence: str) -> None:
    # GIVEN an agent that lacks something WHEN it is opened THEN one sentence says what
    with pytest.raises(CoachError, match=sentence) as caught:
        async with opened_agent(Settings(), agent, game, model):
            pass
    assert caught.value.remedy
