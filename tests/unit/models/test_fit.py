"""Which models fit into which computers, and what is said where they do not."""

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from coach_app.domain.errors import CoachError
from coach_app.models import fit
from coach_app.models.catalogue import ModelEntry, catalogue, resolve
from coach_app.models.fit import recommended, require_fit, require_room, ways
from coach_app.models.hardware import Card, Machine, Speed, look, measure_speed, parse_nvidia_smi

GB = 10**9
LLAVA = "llava-v1.6-mistral-7b"


def machine(card_free: float | None = None, ram_free: float = 16, usable: bool = True) -> Machine:
    card = None if card_free is None else Card("RTX", "580.1", 12 * GB, round(card_free * GB), usable)
    return Machine(card, 32 * GB, round(ram_free * GB), 100 * GB, 8)


@pytest.mark.parametrize(
    ("free", "fitting"),
    [
        (24, {(16, "full"), (4, "full")}),
        (11, {(4, "full")}),
        (7, {(4, "full")}),
        (5.7, {(4, "base")}),
        (4, set()),
    ],
)
def test_llava_on_cards_of_all_sizes(free: float, fitting: set[tuple[int, str]]) -> None:
    # GIVEN a card with so many GB free WHEN LLaVA-NeXT 7B is checked THEN the finest pictures for each precision are
    best: dict[int, str] = {}
    for way in ways(resolve(LLAVA), machine(free)):
        if way.fits:
            best.setdefault(way.bits, way.detail)
    assert set(best.items()) == fitting


def test_more_is_needed_for_more_bits_and_finer_pictures() -> None:
    # GIVEN any model of the catalogue WHEN checked THEN its ways come finest first, each needing no more than before
    for entry in catalogue():
        for bits in (16, 4):
            needs = [way.needs_bytes for way in ways(entry, machine(24)) if way.bits == bits]
            assert needs == sorted(needs, reverse=True)


def test_four_bits_are_recommended_with_the_finest_pictures_that_fit() -> None:
    # GIVEN much room WHEN asked what to begin with THEN 4 bits, which are fast and leave room to the game
    best = recommended(ways(resolve(LLAVA), machine(24)))
    assert best
    assert (best.bits, best.detail) == (4, "full")
    # GIVEN a game that will take 18 GB of it THEN pictures are coarser
    best = recommended(ways(resolve(LLAVA), machine(24), leave_bytes=18 * GB + 200_000_000))
    assert best
    assert (best.bits, best.detail) == (4, "base")


def test_what_does_not_fit_is_refused_with_the_next_best() -> None:
    # GIVEN a card with 11 GB free WHEN 16 bits are wanted THEN fewer bits are offered
    with pytest.raises(CoachError, match=r"needs 16\.\d GB, and 11\.0 GB of the memory of RTX are free") as failure:
        require_fit(resolve(LLAVA), 16, "full", machine(11), catalogue())
    assert "4 bits with full pictures" in failure.value.remedy
    # GIVEN one with 5.7 GB WHEN full pictures are wanted THEN coarser ones are offered
    with pytest.raises(CoachError) as failure:
        require_fit(resolve(LLAVA), 4, "full", machine(5.7), catalogue())
    assert "4 bits with base pictures" in failure.value.remedy
    # GIVEN one with 4.5 GB THEN the largest other model that fits is offered
    with pytest.raises(CoachError) as failure:
        require_fit(resolve(LLAVA), 4, "base", machine(4.5), catalogue())
    assert "Qwen3-VL 4B in 4 bits" in failure.value.remedy
    # GIVEN nearly nothing THEN that is said, too
    with pytest.raises(CoachError) as failure:
        require_fit(resolve(LLAVA), 4, "base", machine(0.3), catalogue())
    assert "Close other programs" in failure.value.remedy


def test_what_fits_and_what_nobody_knows_pass() -> None:
    # GIVEN a model that fits, and one of which nothing is known WHEN required THEN neither is refused
    require_fit(resolve(LLAVA), 4, "full", machine(8))
    require_fit(ModelEntry(name="x", title="X", hub_id="a/x"), 16, "full", machine(0))


@pytest.mark.parametrize(("four_bit", "refused"), [(None, False), (False, True)])
def test_there_is_room_for_what_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, four_bit: bool | None, refused: bool
) -> None:
    # GIVEN a 7B model on a computer with 14 GB free, where it gets 4 bits unless the user does not want them
    llava = resolve(LLAVA)
    monkeypatch.setattr(fit, "resolve", lambda folder, role: llava)
    monkeypatch.setattr(fit, "look", lambda folder: machine(ram_free=14))
    # WHEN it is to be loaded THEN it is refused only where it would not fit, with what would
    if refused:
        with pytest.raises(CoachError, match=r"in 16 bits .* needs 3\d\.\d GB") as failure:
            require_room(tmp_path, "vision", four_bit)
        assert "4 bits" in failure.value.remedy
    else:
        require_room(tmp_path, "vision", four_bit)


def test_small_models_are_loaded_without_a_look_at_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN the bundled coach WHEN it is to be loaded THEN nobody waits for a driver
    monkeypatch.setattr(fit, "look", None)
    require_room(resolve("grid-coach").path(), "vision", None)


@pytest.mark.parametrize("without", [machine(), machine(24, usable=False)])
def test_without_a_card_the_memory_counts_and_the_time_is_said(without: Machine) -> None:
    # GIVEN no card, or one that the installed torch cannot use WHEN checked
    slow, fast = Speed(50e9, 10e9), Speed(500e9, 50e9)
    on_slow, on_fast = (ways(resolve(LLAVA), without, speed) for speed in (slow, fast))
    # THEN what has 16 bits on a card has 32 here and does not fit, and 4 bits do
    assert {way.bits for way in on_slow if way.fits} == {4}
    # THEN the time of an answer is honest: minutes here, and longer for finer pictures
    times = {way.detail: way.seconds or 0 for way in on_slow if way.bits == 4}
    assert times["full"] > times["base"] > 120
    assert all((b.seconds or 0) < (a.seconds or 0) for a, b in zip(on_slow, on_fast, strict=True))
    # THEN the bundled coach answers in a second or two
    small = recommended(ways(resolve("grid-coach"), without, slow))
    assert small
    assert small.seconds
    assert small.seconds < 3


def test_cards_are_read_from_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN what nvidia-smi prints for two cards, one of which does not say its memory
    printed = "NVIDIA GeForce RTX 3060, 580.95.05, 12288, 10753\nNVIDIA GB10, 580.95.05, [N/A], [N/A]\n"
    # WHEN read THEN the first is there
    (card,) = parse_nvidia_smi(printed, usable=True)
    assert (card.name, card.driver) == ("NVIDIA GeForce RTX 3060", "580.95.05")
    assert (card.total_bytes, card.free_bytes) == (12288 * 2**20, 10753 * 2**20)
    # GIVEN garbage, or a driver that hangs THEN there is no card, and no error
    assert parse_nvidia_smi("NVIDIA-SMI has failed\n\n,,,", usable=True) == []

    def hang(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("nvidia-smi", 10)

    monkeypatch.setattr(subprocess, "run", hang)
    assert look(Path("/no/such/folder")).card is None


@pytest.mark.parametrize(
    ("version", "platform", "usable"),
    [
        ("2.13.0+cpu", "linux", False),
        ("2.13.0+cu128", "win32", True),
        ("2.13.0+rocm7.0", "linux", True),
        ("2.13.0", "linux", True),
        ("2.13.0", "win32", False),
    ],
)
def test_a_card_needs_a_torch_that_is_made_for_it(
    version: str, platform: str, usable: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # GIVEN a card, and a torch of this build WHEN looked at THEN it is usable, or not
    monkeypatch.setattr(metadata, "version", lambda _: version)
    monkeypatch.setattr(sys, "platform", platform)
    printed = subprocess.CompletedProcess([], 0, "NVIDIA T4, 550.1, 15360, 15000\n", "")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: printed)
    card = look(tmp_path).card
    assert card
    assert card.usable == usable


def test_this_computer_is_looked_at_without_torch(tmp_path: Path) -> None:
    # GIVEN a fresh Python WHEN it looks at the computer and measures it THEN the figures are sane, torch not imported
    script = (
        "import sys; from pathlib import Path; from coach_app.models import fit, hardware;"
        f"machine = hardware.look(Path({str(tmp_path)!r}));"
        "assert 0 < machine.ram_free_bytes <= machine.ram_total_bytes; assert machine.cores >= 1;"
        "assert machine.disk_free_bytes > 0; assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
    speed = measure_speed()
    assert 1e8 < speed.operations_per_s < 1e14
    assert 1e7 < speed.bytes_per_s < 1e12
