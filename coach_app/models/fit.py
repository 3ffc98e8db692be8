"""Tells whether a model fits this computer before anything is loaded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from coach_app.domain.detail import DETAILS, Detail
from coach_app.domain.errors import CoachError
from coach_app.models.catalogue import ModelEntry, catalogue, models_dir, resolve
from coach_app.models.checkpoint import ModelRole
from coach_app.models.hardware import Machine, Speed, look
from coach_app.models.memory import Bits, Memory, memory_of

PROCESS_BYTES = 600_000_000
"""What the engine takes beside any model: on a card the driver's context and the libraries' kernels and workspace, in
main memory the libraries themselves."""

PROMPT_TOKENS = 100
ANSWER_TOKENS = 120
_STEP_S = 0.008
"""Least time for a token on a processor, however small the model is."""

LARGE_BYTES = 1_000_000_000
"""Models of more bytes in 16 bits get 4 bits, unless the user does not want that."""

_BITS: tuple[Bits, ...] = (16, 4)
"""What the engine loads, the finest first. On a processor it then keeps a text model's 16 bits in 8."""


@dataclass(frozen=True)
class Way:
    """One way to run a model on a computer.

    Attributes:
        bits: bits per weight of the language model.
        detail: detail of the pictures.
        picture_tokens: maximum number of tokens of such a picture.
        weights_bytes: memory needed for loading.
        needs_bytes: total memory needed for answering, including the process.
        fits: whether that much is free.
        seconds: for an answer of a few sentences without a card; None on a card.
    """

    bits: Bits
    detail: Detail
    picture_tokens: int
    weights_bytes: int
    needs_bytes: int
    fits: bool
    seconds: float | None = None


def memory_for(entry: ModelEntry) -> Memory | None:
    """The memory that a model needs, by its files if they are here, otherwise by the catalogue; None if unknown."""
    try:
        return memory_of(entry.path(), entry.role)
    except CoachError:
        return entry.memory


def ways(entry: ModelEntry, machine: Machine, speed: Speed | None = None, leave_bytes: int = 0) -> list[Way]:
    """Every way to run a model, finest first; none if its requirements are unknown.

    Args:
        entry: the model.
        machine: the computer.
        speed: speed of the processor, to estimate the time of an answer without a card.
        leave_bytes: free memory to leave to a game that is not running yet.
    """
    memory = memory_for(entry)
    if memory is None:
        return []
    card = machine.usable_card
    free = (card.free_bytes if card else machine.ram_free_bytes) - leave_bytes
    widths = (16,) if entry.role in ("translator", "adapter") else _BITS
    found: list[Way] = []
    for bits in widths:
        for detail in memory.details[::-1] if memory.tile_tokens else ("base",):
            tokens = memory.picture_tokens(detail)
            weights = memory.weights(bits, wide=card is None)
            step = memory.token if card else 2 * memory.token
            needs = weights + (tokens + PROMPT_TOKENS + ANSWER_TOKENS) * step + PROCESS_BYTES
            seconds = None if card or speed is None else _seconds(memory, tokens, speed)
            found.append(Way(bits, detail, tokens, weights, needs, needs <= free, seconds))
    return found


def recommended(all_ways: Iterable[Way]) -> Way | None:
    """The recommended way: the fewest bits, which is fast and leaves most memory to the game; then the finest
    pictures."""
    fitting = [way for way in all_ways if way.fits]
    return min(fitting, key=lambda way: (way.bits, -DETAILS.index(way.detail)), default=None)


def require_fit(
    entry: ModelEntry,
    bits: Bits,
    detail: Detail,
    machine: Machine,
    others: Iterable[ModelEntry] = (),
    leave_bytes: int = 0,
) -> None:
    """Raise if a model would not fit, before it is loaded.

    Args:
        entry: the model; passes if its requirements are unknown.
        bits: bits per weight.
        detail: detail of the pictures.
        machine: the computer.
        others: models to fall back on.
        leave_bytes: see `ways`.

    Raises:
        CoachError: it does not fit; the remedy is the next best choice.
    """
    offered = ways(entry, machine, leave_bytes=leave_bytes)
    wanted = next((way for way in offered if (way.bits, way.detail) == (bits, detail)), None)
    if wanted is None or wanted.fits:
        return
    card = machine.usable_card
    free = (card.free_bytes if card else machine.ram_free_bytes) - leave_bytes
    place = f"of the memory of {card.name}" if card else "of the memory"
    raise CoachError(
        f"{entry.title} in {bits} bits with {detail} pictures needs {wanted.needs_bytes / 1e9:.1f} GB, "
        f"and {max(0, free) / 1e9:.1f} GB {place} are free.",
        next_best(entry, wanted, offered, machine, others, leave_bytes),
    )


def require_room(folder: Path, role: ModelRole, four_bit: bool | None) -> None:
    """Raise if a large model would not fit into the free memory even with the coarsest pictures.

    Args:
        folder: folder of the model.
        role: intended use; a Q-network is never large.
        four_bit: False if the user does not want 4 bits.

    Raises:
        CoachError: it does not fit; the remedy is the next best choice.
    """
    if role == "qvalues":
        return
    entry = resolve(str(folder), role)
    memory = memory_for(entry)
    if memory is not None and memory.bits16 > LARGE_BYTES:
        bits: Bits = 16 if four_bit is False or role == "translator" else 4
        require_fit(entry, bits, memory.details[0], look(models_dir()), catalogue())


def next_best(
    entry: ModelEntry,
    wanted: Way | None,
    offered: Iterable[Way],
    machine: Machine,
    others: Iterable[ModelEntry],
    leave_bytes: int = 0,
) -> str:
    """A sentence suggesting what fits: coarser pictures, then fewer bits, then the largest other model."""
    for way in offered:
        if way.fits and (wanted is None or (way.bits, way.picture_tokens) < (wanted.bits, wanted.picture_tokens)):
            return f"Next best: {way.bits} bits with {way.detail} pictures ({way.needs_bytes / 1e9:.1f} GB)."
    for other, way in _others(entry, machine, others, leave_bytes):
        return (
            f"Next best: {other.title} in {way.bits} bits with {way.detail} pictures ({way.needs_bytes / 1e9:.1f} GB)."
        )
    return "Close other programs, or let another computer answer."


def _others(
    entry: ModelEntry, machine: Machine, others: Iterable[ModelEntry], leave_bytes: int
) -> Iterator[tuple[ModelEntry, Way]]:
    same = [other for other in others if other.role == entry.role and other.name != entry.name]
    for other in sorted(same, key=lambda other: -(other.memory.bits16 if other.memory else 0)):
        if way := recommended(ways(other, machine, leave_bytes=leave_bytes)):
            yield other, way


def _seconds(memory: Memory, picture_tokens: int, speed: Speed) -> float:
    """Estimated seconds for an answer on the processor, whatever the bits, as every token expands the weights again."""
    weights = memory.bits16 // 2
    look = 2 * weights * (picture_tokens + PROMPT_TOKENS) / speed.operations_per_s
    step = max(4 * weights / speed.bytes_per_s, _STEP_S)
    return look + ANSWER_TOKENS * step
