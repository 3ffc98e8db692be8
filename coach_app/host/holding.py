"""The models that the engine should hold, and the detail of pictures that fits into memory. Plain data."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from coach_app.domain.detail import DETAILS, Detail
from coach_app.host.messages import Load
from coach_app.models.checkpoint import ModelRole


class Model(NamedTuple):
    """A model that the engine should hold.

    Attributes:
        folder: folder of its checkpoint.
        four_bit: whether it gets 4 bits; None leaves the choice to the engine.
    """

    folder: Path
    four_bit: bool | None = None


class Details:
    """The maximum detail of pictures: reduced once one did not fit into memory, until another model is loaded.

    Attributes:
        most: never more than this, whatever fits.
    """

    def __init__(self) -> None:
        self.most: Detail = DETAILS[-1]
        self._instead: dict[Detail, Detail] = {}

    def fitting(self, detail: Detail) -> Detail:
        """The detail to use in place of the requested one."""
        return min(self._instead.get(detail, detail), self.most, key=DETAILS.index)

    def did_not_fit(self, detail: Detail) -> bool:
        """Switch to the next lower detail; False if there is none."""
        used = self.fitting(detail)
        smaller = DETAILS[max(0, DETAILS.index(used) - 1)]
        self._instead |= {asked: smaller for asked in DETAILS if self.fitting(asked) == used}
        return smaller != used

    def forget(self) -> None:
        """Reset, as another model may need less memory."""
        self._instead.clear()


class Models:
    """The models that are reloaded whenever the engine starts: at most one for each role."""

    def __init__(self, details: Details) -> None:
        self._details = details
        self._wanted: dict[ModelRole, Model] = {}

    def wanted(self, role: ModelRole) -> Model | None:
        """The model for a role."""
        return self._wanted.get(role)

    def want(self, role: ModelRole, model: Model | None) -> Model | None:
        """Set the model for a role; None for none.

        Returns:
            The previous one.
        """
        before = self._wanted.pop(role, None)
        if model:
            self._wanted[role] = model
        if role == "vision":
            self._details.forget()
            if before and before != model and self._wanted.get("text") == before:
                del self._wanted["text"]  # it was the same model, and goes with it
        return before

    def loads(self) -> Iterator[Load]:
        """The messages to load them, in order: the Q-network needs the vision model."""
        for role in sorted(self._wanted, key=lambda role: role != "vision"):
            if model := self._wanted.get(role):
                yield load_message(role, model)

    def are_all_in(self, folder: Path) -> bool:
        """Whether all of them are inside a folder."""
        return all(model.folder.is_relative_to(folder) for model in self._wanted.values())


def load_message(role: ModelRole, model: Model) -> Load:
    """The message to load a model."""
    return Load(folder=str(model.folder.absolute()), role=role, four_bit=model.four_bit)
