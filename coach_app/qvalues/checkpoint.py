"""A trained Q-network in a folder: ``model.safetensors``, with all that is needed to use it in the file's header.

One file, so that weights and what they mean can never be of different trainings, whenever a saving is cut short.
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
    """What a Q-network is for, and what it needs.

    Attributes:
        game: what it was trained on, as ``--game`` takes it.
        moves: names of the actions, in the network's order.
        inputs: what its values depend on.
        feature_kind: which features; see ``coach_app.qvalues.features``.
        features: how many there are.
        feature_model: name of the model that they come from; empty where the picture is all.
        feature_model_print: ``models.checkpoint.fingerprint`` of that model.
        prompt: what that model was asked.
        hidden: units of the joint layer.
        possible: whether the network can tell which moves are possible.
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
        """Refuse a vision model whose features the network was not trained with.

        Raises:
            CoachError: it is another model, or of another width.
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
    """Write a network as float16; the earlier one in this folder stays whole if that fails.

    Raises:
        CoachError: a weight is not a number, the disk is full, or writing is not allowed.
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
    """What the network in a folder is for, without its weights.

    Raises:
        CoachError: there is none, or it is not one of ours.
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
    """The network in a folder, as float32 on the CPU, ready to use.

    Raises:
        CoachError: there is none, it is damaged, or its weights are not what it says.
    """
    info = read_info(folder)
    with torch.device("meta"):  # no memory is taken for what the file only claims to hold
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
