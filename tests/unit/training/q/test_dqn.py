"""Training of the Q-network: its target, its memory, its resuming, and what can go wrong."""

import contextlib
import json
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import gymnasium
import numpy as np
import pytest
import torch
from gymnasium import spaces
from tensorboard.backend.event_processing import event_accumulator

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import to_play
from coach_app.qvalues.checkpoint import WEIGHTS, load
from coach_app.qvalues.network import DQNLM
from coach_app.training.q.algorithm import double_target
from coach_app.training.q.arguments import DqnArgs
from coach_app.training.q.dqn import train
from coach_app.training.q.frames import FrameReplay, Observations, Observer
from coach_app.training.q.play import played

GAME = "coach-tests/Lights-v0"
STEPS = 96


class Lights(gymnasium.Env[Any, int]):
    """The left or the right half is bright; going there is +1 and ends the episode, the other way -1."""

    metadata = {"render_modes": ["rgb_array"]}  # noqa: RUF012 (Gymnasium's own convention)

    def __init__(self, render_mode: str = "rgb_array") -> None:
        self.render_mode = render_mode
        self.observation_space = spaces.Box(0, 255, (20, 20, 3), np.uint8)
        self.action_space = spaces.Discrete(2)  # type: ignore[assignment]

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        super().reset(seed=seed)
        self._right = int(self.np_random.integers(2))
        picture = np.zeros((20, 20, 3), np.uint8)
        picture[:, 10 * self._right : 10 * self._right + 10] = 255
        return picture, {}

    def step(self, action: int) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        return np.zeros((20, 20, 3), np.uint8), 1.0 if action == self._right else -1.0, True, False, {}


gymnasium.register(GAME, lambda **options: Lights(**options))


def small(out: Path, **changes: Any) -> DqnArgs:
    """Few updates of few pictures each: the article's convolutions are what a training's time goes into."""
    args = DqnArgs(game=GAME, out=out, inputs="picture", hidden=16, steps=STEPS, warm_up=32, replay=500, threads=1)
    sizes = {"envs": 4, "updates_per_step": 0.25, "batch": 8, "evaluate_every": STEPS // 2}
    return replace(args, **(sizes | {"episodes": 4, "last_episodes": 4, "first_epsilon": 0.5} | changes))


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training that has ended; not to be changed."""
    folder = tmp_path_factory.mktemp("finished")
    train(small(folder), lambda _: None)
    return folder


@pytest.fixture
def trained(finished: Path, tmp_path: Path) -> Path:
    """A copy of it, which can go on."""
    return Path(shutil.copytree(finished, tmp_path / "trained"))


def kept(folder: Path) -> list[bytes]:
    """All that a training can lose."""
    return [(folder / name).read_bytes() for name in ("state.pt", f"best/{WEIGHTS}", f"last/{WEIGHTS}")]


def test_the_double_target_is_what_one_computes_by_hand() -> None:
    # GIVEN two transitions: the online network prefers other moves than the target network
    online = torch.tensor([[1.0, 3.0], [5.0, 4.0]])
    target = torch.tensor([[10.0, 2.0], [0.5, 7.0]])
    rewards, dones = torch.tensor([[0.1], [1.0]]), torch.tensor([[0.0], [1.0]])

    # WHEN the target is computed THEN the online network has chosen, the target network valued, and the end ends
    wanted = torch.tensor([[0.1 + 0.9 * 2.0], [1.0]])
    assert torch.allclose(double_target(online, target, rewards, dones, 0.9), wanted)


def observation(value: int) -> Observations:
    return {"picture": np.full((1, 84, 84), value, np.uint8), "features": np.full((1, 3), value, np.float16)}


def memory(transitions: int, max_bytes: int = 10**9) -> FrameReplay:
    space = spaces.Dict(
        {
            "picture": spaces.Box(0, 255, (84, 84), np.uint8),
            "features": spaces.Box(-np.inf, np.inf, (3,), np.float16),
        }
    )
    return FrameReplay(transitions, space, spaces.Discrete(2), "cpu", max_bytes=max_bytes)


def remember(replay: FrameReplay, before: int, after: int, reward: float = 0.0, cut_off: bool = False) -> None:
    infos = [{"TimeLimit.truncated": True}] if cut_off else [{}]
    done = np.array([cut_off])
    replay.add(observation(before), observation(after), np.array([1]), np.array([reward]), done, infos)


def test_a_frame_is_kept_once_and_goes_with_its_last_transition() -> None:
    # GIVEN a memory of three transitions
    replay = memory(3)

    # WHEN five come, over frames 0 to 5
    for frame in range(5):
        remember(replay, frame, frame + 1, reward=frame)

    # THEN the last three are kept, with their four frames
    assert (replay.size(), replay.frames) == (3, 4)
    rewards = replay.sample(200).rewards.flatten().tolist()
    assert set(rewards) == {2.0, 3.0, 4.0}


def test_the_memory_is_bounded_in_bytes() -> None:
    # GIVEN room for four frames only
    replay = memory(100, max_bytes=4 * (84 * 84 + 6))

    # WHEN ten different transitions come THEN no more than four frames are kept
    for frame in range(0, 20, 2):
        remember(replay, frame, frame + 1)
        assert replay.frames <= 4
    assert replay.size() == 2


def test_an_episode_that_was_cut_off_by_time_goes_on_in_the_target() -> None:
    # GIVEN a transition that ended by time
    replay = memory(3)
    remember(replay, 0, 1, cut_off=True)

    # WHEN it is drawn THEN it has not ended
    assert replay.sample(1).dones.item() == 0.0


def test_a_memory_comes_back_as_it_was() -> None:
    # GIVEN a memory whose beginning has moved
    replay = memory(3)
    for frame in range(5):
        remember(replay, frame, frame + 1, reward=frame)

    # WHEN it is saved and restored
    other = memory(3)
    other.restore(replay.state())

    # THEN it holds the same transitions
    first, second = replay._get_samples(np.arange(3)), other._get_samples(np.arange(3))
    assert torch.equal(first.observations["picture"], second.observations["picture"])
    assert torch.equal(first.next_observations["features"], second.next_observations["features"])
    assert first.rewards.tolist() == second.rewards.tolist()


def test_a_simple_game_is_learned_and_kept(tmp_path: Path) -> None:
    # GIVEN a game of two pictures WHEN it is trained on
    metrics = train(small(tmp_path, steps=300, evaluate_every=100, episodes=10, last_episodes=20), lambda _: None)

    # THEN it is played without a mistake, and everything is there
    assert metrics["reward"] == 1.0
    network, info = load(tmp_path / "best")
    assert (info.game, info.moves, network.actions) == (GAME, ("action 0", "action 1"), 2)
    assert json.loads((tmp_path / "args.json").read_text("utf-8"))["seed"] == 1
    assert {row["steps"] for row in metrics["history"]} == {100, 200, 300}
    assert (tmp_path / "curve.png").stat().st_size > 1000
    shown = event_accumulator.EventAccumulator(str(tmp_path / "tensorboard"))
    shown.Reload()
    assert [(event.step, event.value) for event in shown.Scalars("eval/reward")][-1] == (300, 1.0)
    assert {"train/loss", "train/learning_rate", "rollout/ep_rew_mean"} <= set(shown.Tags()["scalars"])


def test_evaluations_may_leave_moves_to_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a network that always makes the second move
    network = DQNLM(2, 0, "picture", 4).eval()
    with torch.no_grad():
        network.head.weight.zero_()
        network.head.bias.copy_(torch.tensor([0.0, 1.0]))
    step, made = Lights.step, list[int]()

    def noted(self: Lights, action: int) -> Any:
        made.append(action)
        return step(self, action)

    monkeypatch.setattr(Lights, "step", noted)

    def moves(epsilon: float) -> list[int]:
        made.clear()
        played(network, Observer(None, lambda image: image), to_play(GAME), 40, 600_000, epsilon)
        return list(made)

    # WHEN it plays with nothing, and with half of its moves, left to chance THEN only then it makes the other one
    assert set(moves(0.0)) == {1}
    half = moves(0.5)
    assert 2 < half.count(0) < 20
    # AND the same ones whenever it plays the same episodes
    assert moves(0.5) == half


def test_the_same_seed_gives_the_same_network_and_another_seed_another(finished: Path, tmp_path: Path) -> None:
    # GIVEN a training WHEN there is another one with the same arguments, and one with another seed
    train(small(tmp_path / "same"), lambda _: None)
    train(small(tmp_path / "other", seed=2), lambda _: None)
    # THEN the weights of the first are the same, and those of the second are not
    folders = (finished, tmp_path / "same", tmp_path / "other")
    first, same, other = (load(folder / "last")[0].state_dict() for folder in folders)
    assert all(torch.equal(first[key], same[key]) for key in first)
    assert not any(torch.equal(first[key], other[key]) for key in first)


@pytest.mark.timeout(300)
def test_a_killed_training_goes_on(tmp_path: Path) -> None:
    # GIVEN a training of a practice game that saves all the time, killed in the middle
    code = (
        "from pathlib import Path; from coach_app.training.q.dqn import *;"
        f"train(DqnArgs(game='grid', out=Path({str(tmp_path)!r}), inputs='picture', hidden=16, steps=100000, batch=8,"
        "warm_up=9, replay=500, evaluate_every=100000, save_every_s=0.0, threads=1), print)"
    )
    state, saved = tmp_path / "state.pt", set[int]()
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 200
        while len(saved) < 12 and process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(FileNotFoundError):
                saved.add(state.stat().st_mtime_ns)
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    done = torch.load(state, weights_only=True)["steps"]
    assert done > 9

    # WHEN it is started again for a few more steps
    said: list[str] = []
    going_on: dict[str, Any] = {"steps": done + 20, "warm_up": 9, "envs": 1, "updates_per_step": 1.0}
    args = small(tmp_path, game="grid", evaluate_every=100_000, last_episodes=1, **going_on)
    metrics = train(args, said.append)

    # THEN it goes on from where it was
    assert f"dqn goes on at step {done:,}" in said
    assert metrics["updates"] > done - 9


@pytest.mark.parametrize("changes", [{"game": "grid"}, {"hidden": 8}])
def test_another_game_or_network_does_not_go_on_in_its_folder(trained: Path, changes: dict[str, Any]) -> None:
    # GIVEN a training WHEN another one is started in its folder THEN it is refused, and nothing is lost
    before = kept(trained)
    with pytest.raises(CoachError, match="of another game"):
        train(small(trained, **changes), lambda _: None)
    assert kept(trained) == before


def nan_loss(value: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return value.sum() * float("nan")


def nan_step(value: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Zero, but on a slope that is no number."""
    return (value * 0).sqrt().sum()


@pytest.mark.parametrize(("loss", "reason"), [(nan_loss, "the loss is not"), (nan_step, "weights are not")])
def test_a_training_that_diverges_says_so_and_keeps_what_was_good(
    trained: Path, monkeypatch: pytest.MonkeyPatch, loss: Any, reason: str
) -> None:
    # GIVEN a good training WHEN it goes on, saves all the time, and becomes no number
    before, longer = kept(trained), small(trained, steps=STEPS + 40, evaluate_every=1000, save_every_s=0.0)
    with monkeypatch.context() as patch:
        patch.setattr(torch.nn.functional, "huber_loss", loss)
        with pytest.raises(CoachError, match=rf"diverged after .*{reason}") as failure:
            train(longer, lambda _: None)
    # THEN it is said what is left, and what to do, and the good network is still there
    assert failure.value.message.endswith(f"the last good checkpoint is {trained / 'last'}.")
    assert "learning rate" in failure.value.remedy
    assert kept(trained)[1:] == before[1:]
    # AND it can go on from what was saved
    assert train(longer, lambda _: None)["reward"] >= -1.0


def test_a_training_that_diverges_at_once_promises_no_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.nn.functional, "huber_loss", nan_loss)
    with pytest.raises(CoachError, match=r"diverged after .*, before any checkpoint was made\."):
        train(small(tmp_path), lambda _: None)


@pytest.mark.skipif(sys.platform == "win32", reason="has no disk that is always full")
def test_a_full_disk_ends_the_training_and_keeps_what_was_saved(trained: Path) -> None:
    # GIVEN a good training, whose next state goes onto a full disk
    before, longer = kept(trained), small(trained, steps=STEPS + 40, evaluate_every=1000, save_every_s=0.0)
    (trained / "state.part").symlink_to("/dev/full")
    # WHEN it goes on THEN that is a sentence, nothing is lost, and no half of a file is left
    with pytest.raises(CoachError, match="training could not be saved") as failure:
        train(longer, lambda _: None)
    assert failure.value.remedy.startswith("Make room")
    assert kept(trained) == before
    assert not (trained / "state.part").is_symlink()


@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
def test_a_truncated_state_is_refused_and_the_networks_stay(trained: Path, share: float) -> None:
    # GIVEN a training whose state lost its end WHEN it goes on THEN that is said, and nothing else is touched
    content, before = (trained / "state.pt").read_bytes(), kept(trained)[1:]
    (trained / "state.pt").write_bytes(content[: int(len(content) * share)])
    with pytest.raises(CoachError, match=r"state\.pt is damaged") as failure:
        train(small(trained, steps=STEPS + 40), lambda _: None)
    assert failure.value.remedy == "Delete it to begin anew."
    assert kept(trained)[1:] == before


def test_without_the_model_of_the_features_no_training_begins(tmp_path: Path) -> None:
    # GIVEN no model of that name WHEN a training wants its features THEN that is said before anything is written
    with pytest.raises(CoachError, match="no model or model folder called 'nobody'") as failure:
        train(small(tmp_path / "out", inputs="both", model="nobody"), lambda _: None)
    assert failure.value.remedy
    assert not (tmp_path / "out").exists()


def test_a_memory_that_does_not_fit_is_refused_before_it_starts(tmp_path: Path) -> None:
    # GIVEN a replay memory larger than the machine WHEN training THEN it is refused
    with pytest.raises(CoachError, match="replay memory would take"):
        train(small(tmp_path, replay=10**9, replay_mb=10**9), lambda _: None)


@pytest.mark.parametrize(
    "changes", [{"steps": 0}, {"gamma": 2.0}, {"rate": 0.0}, {"epsilon": 0.9}, {"evaluation_seed": 899_999}]
)
def test_arguments_that_make_no_sense_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"must|above|seeds"):
        DqnArgs("grid", **changes)


def test_the_articles_values_are_the_defaults() -> None:
    args = DqnArgs("grid")
    assert (args.rate, args.gamma, args.batch, args.epsilon) == (1e-3, 0.99, 32, 0.1)
    assert (args.target_every, args.replay, args.warm_up, args.hidden) == (100, 100_000, 1_000, 512)


@pytest.mark.parametrize(
    ("game", "names", "size"),
    [
        ("crafter", 17, (144, 144, 3)),
        ("ALE/Breakout-v5", 4, (192, 192, 3)),
        ("ALE/MontezumaRevenge-v5", 8, (160, 160, 3)),
        ("ALE/Pong-v5", 6, (210, 160, 3)),
    ],
)
def test_other_games_have_pictures_and_names(game: str, names: int, size: tuple[int, ...]) -> None:
    from coach_app.games.images import action_names

    # GIVEN a game WHEN it is begun THEN it shows a picture, and its actions have names
    env = to_play(game).make()
    picture, _ = env.reset(seed=1)
    assert picture.shape == size
    assert len(action_names(env)) == names
    env.close()
