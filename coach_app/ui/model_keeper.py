"""Serves the models page: downloads in separate processes, and checks what fits."""

import asyncio
import json
import os
import subprocess
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from coach_app.desktop.processes import coach_command
from coach_app.domain.errors import CoachError
from coach_app.games.profiles import load_profiles
from coach_app.models.bases import base_note, base_of
from coach_app.models.catalogue import ModelEntry, catalogue, check_models_dir, choose_models_dir, is_own, models_dir
from coach_app.models.fit import Way, next_best, recommended, ways
from coach_app.models.hardware import Machine, Speed, look, measure_speed
from coach_app.models.score import of_model, scores_of
from coach_app.ui.language import translated
from coach_app.ui.models_page import Fit, ModelCard, ModelsPage

_NO_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class ModelKeeper(QObject):
    """Serves a `ModelsPage`. Interface thread only; outlives the page, so that downloads continue without it.

    Each download is a separate ``coach models get``: it can be ended at any time, resumes later, and keeps its
    dependencies out of this process.

    Attributes:
        use_wanted: emitted when the user chooses the model of this name as the coach.
        models_changed: emitted when models were downloaded, removed or added.

    Args:
        hold: runs a coroutine as a task that is cancelled and awaited at the end.
        parent: owner.
    """

    use_wanted = Signal(str)
    models_changed = Signal()

    def __init__(self, hold: Callable[[Coroutine[Any, Any, None]], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hold = hold
        self._page: ModelsPage | None = None
        self._chosen = ""
        self._speed: Speed | None = None
        self._coming: dict[str, asyncio.subprocess.Process | None] = {}
        self._progress: dict[str, Mapping[str, Any]] = {}
        self._cancelled: set[str] = set()

    def new_page(self) -> ModelsPage:
        """Create a page, replacing any earlier one."""
        page = self._page = ModelsPage()
        page.get_wanted.connect(lambda name: self._hold(self._get(name)))
        page.cancel_wanted.connect(self._cancel)
        page.remove_wanted.connect(lambda name: self._hold(self._do(name, "remove", name)))
        page.add_wanted.connect(lambda model: self._hold(self._do("", "add", model)))
        page.folder_wanted.connect(lambda folder: self._hold(self._choose_folder(Path(folder))))
        page.use_wanted.connect(self.use_wanted)
        return page

    def forget_page(self) -> None:
        """Note that the page is gone."""
        self._page = None

    def refresh(self, chosen: str) -> None:
        """Update the models on the page.

        Args:
            chosen: name of the current coach.
        """
        self._chosen = chosen
        self._hold(self._refresh())

    def show_chosen(self, chosen: str) -> None:
        """Update the current coach."""
        if self._page and chosen != self._chosen:
            self.refresh(chosen)

    async def _refresh(self) -> None:
        machine, cards = await asyncio.to_thread(self._look)
        if (page := self._page) is None:
            return
        card = machine.usable_card
        free = card.free_bytes if card else machine.ram_free_bytes
        total = card.total_bytes if card else machine.ram_total_bytes
        page.show_machine(card.name if card else "", free, total, str(models_dir()), machine.disk_free_bytes)
        page.show_models(cards, self._chosen)
        for name in self._coming:
            page.show_progress(name, self._progress.get(name, {}))
        try:
            check_models_dir()  # also reads the user's list
        except CoachError as error:
            page.show_notice(translated(str(error)))

    def _look(self) -> tuple[Machine, list[ModelCard]]:
        """Runs in a thread: drivers, files and a measurement are slow."""
        machine = look(models_dir())
        if self._speed is None and machine.usable_card is None:
            self._speed = measure_speed()
        return machine, [_card_of(entry, machine, self._speed) for entry in catalogue()]

    async def _get(self, name: str) -> None:
        if name in self._coming:
            return
        self._coming[name] = None
        try:
            problem = await self._run(name, "get", name)
        finally:
            del self._coming[name]
            self._progress.pop(name, None)
        if name in self._cancelled:
            self._cancelled.discard(name)
            problem = ""
        await self._ended(name, problem)

    def _cancel(self, name: str) -> None:
        self._cancelled.add(name)
        process = self._coming.get(name)
        if process and process.returncode is None:
            process.kill()  # safe at any time, as partial files are kept

    async def _do(self, name: str, *command: str) -> None:
        await self._ended(name, await self._run(name, *command))

    async def _ended(self, name: str, problem: str) -> None:
        await self._refresh()
        if self._page and name:
            self._page.show_end(name, translated(problem))
        elif self._page:
            self._page.show_notice(translated(problem))
        self.models_changed.emit()

    async def _choose_folder(self, folder: Path) -> None:
        try:
            await asyncio.to_thread(choose_models_dir, folder)
            problem = ""
        except CoachError as error:
            problem = str(error)
        await self._ended("", problem)

    async def _run(self, name: str, *command: str) -> str:
        """Run ``coach models …`` and show its progress; returns its error, or ""."""
        process = await asyncio.create_subprocess_exec(
            *coach_command("models", *command, "--json"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"LC_ALL": "C.UTF-8"},  # its messages are translated here
            creationflags=_NO_CONSOLE,
        )
        try:
            if name in self._coming:
                self._coming[name] = process
                if name in self._cancelled:
                    process.kill()
            assert process.stdout
            assert process.stderr
            complaints = asyncio.ensure_future(process.stderr.read())
            async for line in process.stdout:
                said_so = json.loads(line)
                if said_so.get("event") == "progress":
                    self._progress[name] = said_so
                    if self._page:
                        self._page.show_progress(name, said_so)
            printed = (await complaints).decode("utf-8", "replace").strip().splitlines()
            if await process.wait() == 0:
                return ""
            return printed[-1] if printed else "Something went wrong; see the log file for details."
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


def _card_of(entry: ModelEntry, machine: Machine, speed: Speed | None) -> ModelCard:
    offered = ways(entry, machine, speed)
    begun = entry.begun_bytes()
    fits = []
    for bits in dict.fromkeys(way.bits for way in offered):
        same = [way for way in offered if way.bits == bits]
        fits.append(_fit_of(next((way for way in same if way.fits), same[-1])))
    none_fits = bool(offered) and recommended(offered) is None
    return ModelCard(
        name=entry.name,
        title=entry.title,
        good_for=entry.good_for,
        licence=entry.licence,
        size_bytes=entry.size_bytes,
        place="bundled" if entry.bundled else "here" if entry.is_here() else "begun" if begun else "elsewhere",
        begun_bytes=begun,
        answers=entry.role == "vision",
        own=is_own(entry),
        gated=entry.gated,
        fits=tuple(fits),
        next_best=next_best(entry, None, (), machine, catalogue()) if none_fits else "",
        note=_note(entry) if entry.is_here() else "",
    )


def _note(entry: ModelEntry) -> str:
    """What a model of an adapter is put onto, or how good a coach was found to be."""
    if entry.role == "adapter":
        return _base_note(entry)
    if entry.role != "vision":
        return ""
    titles = {profile.id: profile.title for profile in load_profiles()[0].values()}
    return of_model(scores_of(entry.path()), titles)


def _base_note(adapter: ModelEntry) -> str:
    try:
        return base_note(base_of(adapter), adapter)
    except CoachError as error:
        return str(error)


def _fit_of(way: Way) -> Fit:
    detail = way.detail if way.picture_tokens else ""
    return Fit(way.bits, way.needs_bytes, way.fits, detail, way.seconds)
