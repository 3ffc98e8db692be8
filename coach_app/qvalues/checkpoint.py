"""Checkpoints of Q-networks: ``model.safetensors``, with all metadata in the file's header.

A single file, so that weights and metadata always belong together, even if saving is interrupted.
"""

from pathlib import Path
from typing import Literal

import torch
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from safetensors import SafetensorError, safe_open
from safetensors.torch import save as to_safetensors

from coach_app.desktop.files import write_atomically
from coach_app.domain.errors import CoachError
from coach_app.models.checkpoint import check_checkpoint
from coach_app.qvalues.network import DQNLM, Inputs

FeatureKind = Literal["logits", "hidden"]

WEIGHTS = "model.safetensors"
_HEADER = "coach"
_REMEDY = "Train it again with: coach train dqn --game {game}."


class CheckpointInfo(BaseModel):
    """The metadata of a Q-network.

    Attributes:
        game: the game that it was trained on, as for ``--game``.
        moves: names of the actions, in the network's order.
        inputs: the inputs that it uses.
        feature_kind: kind of features; see ``coach_app.qvalues.features``.
        features: number of features.
        feature_model: name of the model that computes them; empty if it uses the picture alone.
        feature_model_print: ``models.checkpoint.fingerprint`` of that model.
        prompt: prompt for that model.
        hidden: number of units of the joint layer.
        possible: whether the network predicts which moves are possible.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    game: str = Field(min_length=1)
    moves: tuple[str, ...] = Field(min_length=1)
    inputs: Inputs = "both"
    feature_kind: FeatureKind = "logits"
    features: int = Field(default=0, ge=0, le=1_000_000)
    feature_model: str = ""
    feature_model_print: str = ""
    prompt: str = ""
    hidden: int = Field(default=512, ge=1, le=65_536)
    possible: bool = False

    def check_model(self, name: str, print_: str, features: int) -> None:
        """Raise if the network was not trained with a vision model's features.

        Raises:
            CoachError: it is another model, or has another width.
        """
        if self.inputs == "picture":
            return
        if print_ != self.feature_model_print or features != self.features:
            raise CoachError(
                f"The Q-network for {self.game} was trained with the features of {self.feature_model}, "
                f"not with those of {name}.",
                _REMEDY.format(game=self.game),
            )


def save(folder: Path, network: DQNLM, info: CheckpointInfo) -> None:
    """Write a network as float16; if that fails, the earlier one in this folder is unchanged.

    Raises:
        CoachError: a weight is NaN or infinite, the disk is full, or writing is not allowed.
    """
    tensors = {name: tensor.detach().cpu().half().contiguous() for name, tensor in network.state_dict().items()}
    if not all(bool(torch.isfinite(tensor).all()) for tensor in tensors.values()):
        raise CoachError(
            "The network has weights that are not numbers, and was not saved; the last good checkpoint stays.",
            "Train with a smaller learning rate.",
        )
    info = info.model_copy(update={"possible": network.possible is not None})
    write_atomically(
        folder / WEIGHTS, to_safetensors(tensors, {"format": "pt", _HEADER: info.model_dump_json()}), "The Q-network"
    )


def read_info(folder: Path) -> CheckpointInfo:
    """Read the metadata of the network in a folder, without its weights.

    Raises:
        CoachError: there is none, or it is not a Q-network of the coach.
    """
    check_checkpoint(folder, "qvalues")
    try:
        with safe_open(folder / WEIGHTS, "pt") as file:
            return CheckpointInfo.model_validate_json((file.metadata() or {})[_HEADER])
    except (KeyError, ValidationError, SafetensorError, OSError) as error:
        raise CoachError(
            f"The model in {folder} is not one of the coach's Q-networks.", "Choose another checkpoint."
        ) from error


def load(folder: Path) -> tuple[DQNLM, CheckpointInfo]:
    """Load the network in a folder as float32 on the CPU, in eval mode.

    Raises:
        CoachError: there is none, it is damaged, or its weights do not match its metadata.
    """
    info = read_info(folder)
    with torch.device("meta"):  # no memory is allocated for what the file merely claims to contain
        network = DQNLM(len(info.moves), info.features, info.inputs, info.hidden)
        if info.possible:
            network.learn_possible()
    try:
        with safe_open(folder / WEIGHTS, "pt") as file:
            weights = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118 (it is no dict)
        network.load_state_dict(weights, assign=True)
    except (RuntimeError, SafetensorError, OSError) as error:
        raise CoachError(
            f"The weights of the Q-network in {folder} do not match its description.", _REMEDY.format(game=info.game)
        ) from error
    if not all(bool(torch.isfinite(tensor).all()) for tensor in weights.values()):
        raise CoachError(f"The Q-network in {folder} has weights that are not numbers.", _REMEDY.format(game=info.game))
    return network.eval(), info
