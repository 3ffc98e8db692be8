"""What the engine is to hold in its memory, and how much of it pictures may take. Plain data."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from coach_app.domain.detail import DETAILS, Detail
from coach_app.host.messages import Load
from coach_app.models.checkpoint import ModelRole


class Model(NamedTuple):
    """A model that the engine is to hold.

    Attributes:
        folder: of its checkpoint.
        four_bit: whether it gets 4 bits; None leaves that to the engine.
    """

    folder: Path
    four_bit: bool | None = None


class Details:
    """How finely pictures are looked at: less, once one did not fit into the memory, until another model is loaded."""

    def __init__(self) -> None:
        self._instead: dict[Detail, Detail] = {}

    def fitting(self, detail: Detail) -> Detail:
        """What is used in place of a detail."""
        return self._instead.get(detail, detail)

    def did_not_fit(self, detail: Detail) -> bool:
        """Use the next smaller one from now on; false where there is none."""
        used = self.fitting(detail)
        smaller = DETAILS[max(0, DETAILS.index(used) - 1)]
        self._instead |= {asked: smaller for asked in DETAILS if self.fitting(asked) == used}
        return smaller != used

    def forget(self) -> None:
        """Another model may have more room."""
        self._instead.clear()


class Models:
    """The models that are loaded again whenever the engine starts: one for each role at most."""

    def __init__(self, details: Details) -> None:
        self._details = details
        self._wanted: dict[ModelRole, Model] = {}

    def wanted(self, role: ModelRole) -> Model | None:
        """The one for a role."""
        return self._wanted.get(role)

    def want(self, role: ModelRole, model: Model | None) -> Model | None:
        """Hold this one for a role from now on; None holds none.

        Returns:
            The one before.
        """
        before = self._wanted.pop(role, None)
        if model:
            self._wanted[role] = model
        if role == "vision":
            self._details.forget()
            if before and before != model and self._wanted.get("text") == before:
                del self._wanted["text"]  # it was one model, and goes with it
        return before

    def loads(self) -> Iterator[Load]:
        """How the engine is told to load them, in this order: the Q-network needs the model that looks."""
        for role in sorted(self._wanted, key=lambda role: role != "vision"):
            if model := self._wanted.get(role):
                yield load_message(role, model)

    def are_all_in(self, folder: Path) -> bool:
        """Whether there is none outside of a folder."""
        return all(model.folder.is_relative_to(folder) for model in self._wanted.values())


def load_message(role: ModelRole, model: Model) -> Load:
    """How the engine is told to load a model."""
    return Load(folder=str(model.folder.absolute()), role=role, four_bit=model.four_bit)
