"""Trains DQN_LM: a Q-network fed with the picture and a vision-language model's features of it.

Training loop, replay buffer interface and vector environments are those of Stable-Baselines3; network, Huber loss and
hyperparameters are the article's.
"""

import csv
import io
import logging
import math
import os
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import gymnasium
import numpy as np
import psutil
import torch
import torch.nn.functional as F
from stable_baselines3.common.callbacks import BaseCallback
from stable_baselines3.common.logger import configure
from stable_baselines3.common.monitor import Monitor
from stable_baselines3.common.vec_env import DummyVecEnv

from coach_app.desktop.files import write_atomically
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import shrink
from coach_app.engine.answering import model_inputs
from coach_app.engine.loader import load_vision
from coach_app.games.catalogue import to_play
from coach_app.games.images import ImageEnv, Picture, action_names
from coach_app.games.profiles import profile_of
from coach_app.models.catalogue import resolve
from coach_app.models.checkpoint import fingerprint
from coach_app.qvalues.checkpoint import WEIGHTS, CheckpointInfo, load, save
from coach_app.qvalues.features import Features
from coach_app.qvalues.network import DQNLM
from coach_app.training.curve import draw_curves
from coach_app.training.q.algorithm import DoubleDQN, Trunk
from coach_app.training.q.arguments import LAST_SEEDS, DqnArgs
from coach_app.training.q.frames import FrameReplay, ObservedVecEnv, Observer, frame_bytes
from coach_app.training.q.play import Played, played, possible_moves_seen
from coach_app.training.records import write_args, write_json

log = logging.getLogger(__name__)

Report = Callable[[str], None]
_STATE = "state.pt"


def train(args: DqnArgs, report: Report = log.info) -> dict[str, Any]:
    """Train, evaluate by playing and save; resumes an interrupted run into the same folder.

    Returns:
        The metrics, as saved in ``metrics.json``.

    Raises:
        CoachError: there is no such game or model, memory or disk space is insufficient, or the training diverged;
            earlier checkpoints are kept.
    """
    training = _Training(args, report)
    return training.run()


class _Training:
    """One training run."""

    def __init__(self, args: DqnArgs, report: Report) -> None:
        self._args, self._report = args, report
        torch.set_num_threads(args.threads or _cores())
        self._game = to_play(args.game)
        self._moves = action_names(self._game.make())
        self._observer, prompt, entry_name, print_ = self._open_features()
        self._info = CheckpointInfo(
            game=args.game,
            moves=self._moves,
            inputs=args.inputs,
            feature_kind=args.features,
            features=self._observer.width,
            feature_model=entry_name,
            feature_model_print=print_,
            prompt=prompt,
            hidden=args.hidden,
        )
        self._say_memory()
        vec = DummyVecEnv([partial(self._make_env, number) for number in range(args.envs)])
        self._env = ObservedVecEnv(vec, self._observer)
        updates = max(1, round(args.updates_per_step * args.envs))
        self.algorithm = DoubleDQN(
            "MultiInputPolicy",
            self._env,
            target_every=args.target_every,
            learning_rate=lambda left: args.last_rate + (args.rate - args.last_rate) * left,
            buffer_size=args.replay,
            replay_buffer_class=FrameReplay,
            replay_buffer_kwargs={"max_bytes": args.replay_mb * 10**6, "seed": args.seed},
            learning_starts=args.warm_up,
            batch_size=args.batch,
            gamma=args.gamma,
            train_freq=1,
            gradient_steps=updates,
            exploration_initial_eps=args.first_epsilon,
            exploration_final_eps=args.epsilon,
            exploration_fraction=0.1,
            policy_kwargs={
                "features_extractor_class": Trunk,
                "features_extractor_kwargs": {"inputs": args.inputs, "hidden": args.hidden},
                "net_arch": [],
                "optimizer_kwargs": {"fused": True},  # three times as fast as the default on a CPU
            },
            seed=args.seed,
            device="cpu" if not torch.cuda.is_available() else "cuda",
        )
        self.history: list[dict[str, float]] = []
        self.seconds = 0.0
        self.best = -math.inf

    def _make_env(self, number: int) -> Monitor[Picture, int]:
        env = self._game.make()
        if self._args.levels:
            env = _Levels(env, self._args.levels, [self._args.seed, 31, number])
        return Monitor(env)

    def _open_features(self) -> tuple[Observer, str, str, str]:
        """The observer, and the vision model's prompt, name and fingerprint."""
        args = self._args
        profile = profile_of(args.game)
        if args.inputs == "picture":
            picture = Observer(None, lambda image: shrink(image, 336), args.captured, args.seed)
            return picture, profile.prompt, "", ""
        entry = resolve(args.model)
        folder = entry.path()
        vision = load_vision(folder)
        features = Features(
            vision.model, lambda images: model_inputs(vision, profile.prompt, images), args.features, 512 * 1024**2
        )
        observer = Observer(features, lambda image: shrink(image, entry.input_side_px), args.captured, args.seed)
        return observer, profile.prompt, entry.name, fingerprint(folder)

    def _say_memory(self) -> None:
        args = self._args
        most = min(2 * args.replay * frame_bytes(self._observer.width), args.replay_mb * 10**6)
        free = psutil.virtual_memory().available
        self._report(
            f"The replay memory takes at most {most / 1e6:,.0f} MB "
            f"({args.replay:,} transitions, {frame_bytes(self._observer.width):,} bytes a different frame); "
            f"{free / 1e6:,.0f} MB are free."
        )
        if most > 0.8 * free:
            raise CoachError(
                f"The replay memory would take {most / 1e6:,.0f} MB, and only {free / 1e6:,.0f} MB are free.",
                "Make it smaller with --replay or --replay-mb.",
            )

    @property
    def network(self) -> DQNLM:
        """The current network, in the form in which it is saved."""
        trunk = self.algorithm.q_net.features_extractor
        assert isinstance(trunk, Trunk)
        network = DQNLM(len(self._moves), self._observer.width, self._args.inputs, self._args.hidden)
        state = {name: value for name, value in trunk.network.state_dict().items() if not name.startswith("head.")}
        head = self.algorithm.q_net.q_net[0]
        network.load_state_dict(state | {"head.weight": head.weight, "head.bias": head.bias})
        return network.eval()

    def run(self) -> dict[str, Any]:
        """Train to the end."""
        args = self._args
        write_args(args.out, args)
        self._restore()
        left = args.steps - self.algorithm.num_timesteps
        if left > 0:
            try:
                self._learn(left)
            except FloatingPointError as error:
                last, steps = args.out / "last", self.algorithm.num_timesteps
                raise CoachError(
                    f"The training diverged after {steps:,} steps ({error}); the last good checkpoint is {last}."
                    if (last / WEIGHTS).is_file()
                    else f"The training diverged after {steps:,} steps ({error}), before any checkpoint was made.",
                    "Train with a smaller learning rate (--rate).",
                ) from error
            except OSError as error:  # the step is also in the checkpoint: this is for TensorBoard
                raise CoachError(
                    f"The training could not be logged: {error.strerror or error}.", f"Make room for {args.out}."
                ) from error
        return self._finish()

    def _learn(self, steps: int) -> None:
        self.algorithm.set_logger(configure(str(self._args.out / "tensorboard"), ["tensorboard"]))
        try:
            self.algorithm.learn(steps, callback=_Steps(self), reset_num_timesteps=False, log_interval=1_000_000)
            self.save_state()
        finally:
            self.algorithm.logger.close()

    def step(self) -> bool:
        """Called after every step of the environments: evaluate and save when due."""
        args, done = self._args, self.algorithm.num_timesteps
        if done == self._normalise_at and args.inputs != "picture":
            self._normalise()
        if done // args.evaluate_every > (done - args.envs) // args.evaluate_every:
            self.evaluate()
        if time.monotonic() - self._saved_at >= args.save_every_s:
            self.save_state()
        return True

    _saved_at = 0.0
    _began = 0.0
    _began_at_step = 0

    @property
    def _normalise_at(self) -> int:
        """The step at which the warm-up has collected enough features to normalise by."""
        return math.ceil(self._args.warm_up / self._args.envs) * self._args.envs

    def _normalise(self) -> None:
        features = torch.from_numpy(self.algorithm.replay_buffer.all_features).float()
        for net in (self.algorithm.q_net, self.algorithm.q_net_target):
            trunk = net.features_extractor
            assert isinstance(trunk, Trunk)
            trunk.network.normalise_by(features)

    def evaluate(self) -> None:
        """Play greedily on held-out levels; save the network, and separately the best one."""
        args, done = self._args, self.algorithm.num_timesteps
        network = self.network
        result = self._play(args.episodes, network, args.evaluation_seed)
        now = time.monotonic()
        rate = (done - self._began_at_step) / max(1e-9, now - self._began)
        self.history.append({"steps": done, "seconds": round(self._elapsed(), 1), **result.figures()})
        self._report(
            f"dqn {done:,}/{args.steps:,}  {result}  frames {self.algorithm.replay_buffer.frames:,}  "
            f"{rate:.0f} steps/s  {max(0, args.steps - done) / rate / 60:.1f} min left"
        )
        for name, value in result.figures().items():
            self.algorithm.logger.record(f"eval/{name}", value)
        self.algorithm.dump_logs()
        score = _score(result)
        save(args.out / "last", network, self._info)
        if score >= self.best:
            self.best = score
            save(args.out / "best", network, self._info)

    def _play(self, episodes: int, network: DQNLM, seed: int) -> Played:
        args = self._args
        return played(network, self._observer, self._game, episodes, seed, args.evaluation_epsilon)

    def _elapsed(self) -> float:
        return self.seconds + time.monotonic() - self._began

    # Resuming

    def save_state(self) -> None:
        """Write everything needed to resume, replacing the previous state.

        Raises:
            FloatingPointError: weights are NaN or infinite.
            CoachError: the state cannot be written.
        """
        algorithm = self.algorithm
        if not all(bool(torch.isfinite(weights).all()) for weights in algorithm.policy.parameters()):
            raise FloatingPointError("weights are not numbers")
        state = {
            "policy": algorithm.policy.state_dict(),
            "optimizer": algorithm.policy.optimizer.state_dict(),
            "replay": algorithm.replay_buffer.state(),
            "torch": torch.get_rng_state(),
            "steps": algorithm.num_timesteps,
            "updates": algorithm._n_updates,
            "history": self.history,
            "best": self.best,
            "seconds": self._elapsed(),
            "info": self._info.model_dump_json(),
        }
        file = self._args.out / _STATE
        partial = file.with_suffix(".part")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            torch.save(state, partial)
            partial.replace(file)
        except (OSError, RuntimeError) as error:  # torch reports a full disk as a RuntimeError
            partial.unlink(missing_ok=True)
            raise CoachError(
                f"The training could not be saved: {error}", f"Make room for, or allow writing to, {file.parent}."
            ) from error
        self._saved_at = time.monotonic()

    def _restore(self) -> None:
        self._began = self._saved_at = time.monotonic()
        file = self._args.out / _STATE
        if not file.is_file():
            return
        try:
            state = torch.load(file, weights_only=True)
        except Exception as error:
            raise CoachError(f"The saved training {file} is damaged.", "Delete it to begin anew.") from error
        if CheckpointInfo.model_validate_json(state["info"]) != self._info:
            raise CoachError(
                f"The training in {self._args.out} is of another game, model or kind of features.",
                "Choose another folder with --out, or delete that one.",
            )
        algorithm = self.algorithm
        algorithm.policy.load_state_dict(state["policy"])
        algorithm.policy.optimizer.load_state_dict(state["optimizer"])
        algorithm.replay_buffer.restore(state["replay"])
        torch.set_rng_state(state["torch"])
        algorithm.num_timesteps = self._began_at_step = state["steps"]
        algorithm._n_updates = state["updates"]
        self.history, self.best, self.seconds = state["history"], state["best"], state["seconds"]
        self._report(f"dqn goes on at step {algorithm.num_timesteps:,}")

    # Finishing

    def _finish(self) -> dict[str, Any]:
        args = self._args
        seconds = self._elapsed()
        # With seeds that were not used to select the best one.
        seed = args.evaluation_seed + LAST_SEEDS
        network = self.network
        result = self._play(args.last_episodes, network, seed)
        self._report(f"dqn last  {result}")
        save(args.out / "last", network, self._info)
        if (args.out / "best" / WEIGHTS).is_file():
            best, _ = load(args.out / "best")
            of_best = self._play(args.last_episodes, best, seed)
            self._report(f"dqn best  {of_best}")
            if _score(of_best) > _score(result):
                network, result = best, of_best
        if self._game.possible_moves:
            self._learn_possible(network)
        save(args.out / "best", network, self._info)
        metrics = {
            "training_seconds": round(seconds, 1),
            "updates": self.algorithm._n_updates,
            "episodes": args.last_episodes,
            **result.figures(),
            "history": self.history,
        }
        write_json(args.out / "metrics.json", metrics)
        if self.history:
            self._write("curve.csv", _table(self.history))
            title = f"{args.game}: mean reward of {args.episodes} greedy episodes"
            points = [(row["steps"], row["reward"]) for row in self.history]
            draw_curves({"mean reward": points}, title, args.out / "curve.png")
        return metrics

    def _learn_possible(self, network: DQNLM) -> None:
        """Train the head for possible moves on the existing hidden layer."""
        count = self._args.possible_frames
        seen, truth = possible_moves_seen(self._observer, self._game, self._args.seed, count)
        parts = {name: torch.from_numpy(rows).split(256) for name, rows in seen.items()}
        with torch.inference_mode():
            hidden = torch.cat([network.trunk(*part) for part in zip(parts["picture"], parts["features"], strict=True)])
        hidden, wanted = hidden.clone(), torch.from_numpy(truth).float()
        reading = network.learn_possible()
        optimiser = torch.optim.AdamW(reading.parameters(), lr=3e-3)
        for _ in range(1_500):
            batch = torch.randint(count, (512,))
            optimiser.zero_grad()
            F.binary_cross_entropy_with_logits(reading(hidden[batch]), wanted[batch]).backward()
            optimiser.step()

    def _write(self, name: str, text: str) -> None:
        write_atomically(self._args.out / name, text.encode(), "The training")


class _Levels(gymnasium.Wrapper[Picture, int, Picture, int]):
    """Draws every episode from a limited number of seeds, so that frames recur and their features are cached."""

    def __init__(self, env: ImageEnv, levels: int, seed: list[int]) -> None:
        super().__init__(env)
        self._levels, self._rng = levels, np.random.default_rng(seed)

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Picture, dict[str, Any]]:
        """See Gymnasium; ``seed`` is ignored and drawn instead."""
        return self.env.reset(seed=int(self._rng.integers(self._levels)), options=options)


class _Steps(BaseCallback):
    """Callback after every step of the environments."""

    def __init__(self, training: _Training) -> None:
        super().__init__()
        self._training = training

    def _on_step(self) -> bool:
        return self._training.step()


def _score(result: Played) -> float:
    """The score of a network: reward, with ties broken by the share of optimal moves."""
    return result.reward + 1e-3 * (result.optimal or 0.0)


def _table(history: list[dict[str, float]]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(history[0]))
    writer.writeheader()
    writer.writerows(history)
    return file.getvalue()


def _cores() -> int:
    """Number of cores that this process may use; more threads would wait for each other."""
    return len(psutil.Process().cpu_affinity()) if hasattr(psutil.Process, "cpu_affinity") else os.cpu_count() or 1
