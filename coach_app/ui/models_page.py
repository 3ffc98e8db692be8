"""The models page: a card for each model with its purpose, fit and download progress."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from coach_app.ui.file_chooser import FileChooser
from coach_app.ui.language import translated
from coach_app.ui.plain import PlainLabel, PlainMessageBox

_STEPS = 1000
_TOO_SLOW_S = 30.0
"""An answer that takes longer comes too late in most games."""


@dataclass(frozen=True)
class Fit:
    """Whether a model fits in one precision.

    Attributes:
        bits: bits per weight.
        needs_bytes: memory needed with the finest pictures that fit, or with the coarsest if none do.
        fits: whether that much is free.
        detail: detail of these pictures; "" if it does not use pictures.
        seconds: time for an answer without a card.
    """

    bits: int
    needs_bytes: int
    fits: bool
    detail: Literal["", "base", "wide", "full"] = ""
    seconds: float | None = None


@dataclass(frozen=True)
class ModelCard:
    """The contents of a card.

    Attributes:
        name, title, good_for, licence, size_bytes: as in the catalogue.
        place: whether it is bundled, local, partly downloaded or remote.
        begun_bytes: bytes downloaded so far.
        answers: whether it can be chosen as the coach.
        own: whether the user added it, and can remove it from the list.
        gated: whether its licence must be accepted first.
        fits: one for each precision, finest first; empty if unknown.
        next_best: suggestion if it does not fit at all.
        note: further note for the user.
    """

    name: str
    title: str
    good_for: str
    licence: str
    size_bytes: int
    place: Literal["bundled", "here", "begun", "elsewhere"]
    begun_bytes: int = 0
    answers: bool = True
    own: bool = False
    gated: bool = False
    fits: tuple[Fit, ...] = ()
    next_best: str = ""
    note: str = ""


class ModelsPage(QWidget):
    """Shows cards, and emits the user's requests; downloads nothing itself."""

    get_wanted = Signal(str)
    cancel_wanted = Signal(str)
    remove_wanted = Signal(str)
    """The user wants the model of this name removed, and was asked whether that is so."""
    use_wanted = Signal(str)
    """The user wants to be advised by the model of this name."""
    add_wanted = Signal(str)
    """The user wants to add a model of the hub (OWNER/NAME), or a folder."""
    folder_wanted = Signal(str)
    """The user wants downloaded models to be kept in this folder."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: dict[str, _Card] = {}
        self._machine = PlainLabel(self.tr("Looking at this computer…"), wordWrap=True)
        self._folder = PlainLabel(wordWrap=True)
        self._folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        choose = QPushButton(self.tr("Fo&lder…"))
        choose.clicked.connect(self._choose_folder)
        self._notice = PlainLabel(wordWrap=True)
        self._notice.setObjectName("notice")
        self._notice.hide()
        self._list = QVBoxLayout()
        self._list.addStretch()
        content = QWidget()
        content.setLayout(self._list)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        self._another = QLineEdit(clearButtonEnabled=True)
        self._another.setPlaceholderText(self.tr("OWNER/NAME on the Hugging Face hub, or a folder"))
        self._another.setAccessibleName(self.tr("Another model"))
        add = QPushButton(self.tr("&Add"))
        for trigger in (add.clicked, self._another.returnPressed):
            trigger.connect(self._add)
        place, another = QHBoxLayout(), QHBoxLayout()
        place.addWidget(self._folder, 1)
        place.addWidget(choose)
        another.addWidget(self._another, 1)
        another.addWidget(add)
        layout = QVBoxLayout(self)
        layout.addWidget(self._machine)
        layout.addLayout(place)
        layout.addWidget(area, 1)
        layout.addWidget(self._notice)
        layout.addLayout(another)

    def show_machine(self, card: str, free_bytes: int, total_bytes: int, models_folder: str, disk_bytes: int) -> None:
        """Show the hardware of this computer.

        Args:
            card: name of the graphics card; "" if models run on the processor.
            free_bytes, total_bytes: memory of the card, or else of the computer.
            models_folder: folder for downloaded models.
            disk_bytes: free space in that folder.
        """
        free, total, disk = gigabytes(free_bytes), gigabytes(total_bytes), gigabytes(disk_bytes)
        if card:
            text = self.tr("{card}: {free} of {total} are free.").format(card=card, free=free, total=total)
        else:
            text = self.tr(
                "No graphics card that models can use: they run on the processor, slowly. {free} of {total} memory "
                "are free."
            ).format(free=free, total=total)
        self._machine.setText(text)
        kept = self.tr("Models are kept in {folder} ({disk} free).")
        self._folder.setText(kept.format(folder=models_folder, disk=disk))

    def show_models(self, models: Sequence[ModelCard], chosen: str = "") -> None:
        """Show a card for each model; downloads in progress stay visible.

        Args:
            models: the models in display order.
            chosen: name of the one that gives the advice.
        """
        for gone in set(self._cards) - {model.name for model in models}:
            self._cards.pop(gone).deleteLater()
        for number, model in enumerate(models):
            if model.name not in self._cards:
                card = self._cards[model.name] = _Card(model.name)
                card.get.clicked.connect(lambda _=False, name=model.name: self._get(name))
                card.cancel.clicked.connect(lambda _=False, name=model.name: self.cancel_wanted.emit(name))
                card.use.clicked.connect(lambda _=False, name=model.name: self.use_wanted.emit(name))
                card.remove.clicked.connect(lambda _=False, name=model.name: self._ask_remove(name))
                self._list.insertWidget(number, card)
            self._cards[model.name].show_model(model, model.name == chosen)

    def show_progress(self, name: str, progress: Mapping[str, Any]) -> None:
        """Show the progress of a download.

        Args:
            name: name of the model.
            progress: fields of ``coach_app.models.progress.Progress``; empty at first.
        """
        if name in self._cards:
            self._cards[name].show_progress(progress)

    def show_end(self, name: str, problem: str = "") -> None:
        """Show the end of a download or action: an error, or "" for success."""
        if name in self._cards:
            self._cards[name].show_end(problem)

    def show_notice(self, sentence: str) -> None:
        """Show a sentence for the whole page; "" removes it."""
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))

    def _get(self, name: str) -> None:
        self._cards[name].show_progress({})
        self.get_wanted.emit(name)

    def _add(self) -> None:
        if text := self._another.text().strip():
            self.show_notice("")
            self.add_wanted.emit(text)
            self._another.clear()

    def _choose_folder(self) -> None:
        chooser = FileChooser(self.tr("Models folder"), self)
        chooser.setFileMode(FileChooser.FileMode.Directory)
        chooser.fileSelected.connect(self.folder_wanted)
        chooser.open()

    def _ask_remove(self, name: str) -> None:
        text = self.tr("Remove {title} from this computer?").format(title=self._cards[name].title)
        question = PlainMessageBox(QMessageBox.Icon.Question, self.tr("Models"), text, parent=self)
        remove = question.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        remove.clicked.connect(lambda: self.remove_wanted.emit(name))
        question.open()


class _Card(QFrame):
    """One model."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.title = name
        self._coming = False
        self._heading, self._beside = PlainLabel(bold=True), PlainLabel()
        heading = QHBoxLayout()
        heading.addWidget(self._heading)
        heading.addWidget(self._beside, 1)
        self._about = PlainLabel(wordWrap=True)
        self._about.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._fits = PlainLabel(wordWrap=True)
        self._bar = QProgressBar(maximum=_STEPS, textVisible=False)
        self._pace = PlainLabel()
        self._problem = PlainLabel(wordWrap=True)
        self._problem.setObjectName("problem")
        self.get, self.cancel = QPushButton(self.tr("Get")), QPushButton(self.tr("Cancel"))
        self.use, self.remove = QPushButton(self.tr("Use")), QPushButton(self.tr("Remove"))
        buttons = QVBoxLayout()
        for button in (self.get, self.cancel, self.use, self.remove):
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QGridLayout(self)
        layout.setColumnStretch(0, 1)
        layout.addLayout(heading, 0, 0)
        for row, widget in enumerate((self._about, self._fits, self._bar, self._pace, self._problem), 1):
            layout.addWidget(widget, row, 0)
        layout.addLayout(buttons, 0, 1, layout.rowCount(), 1)
        self.show_end("")

    def show_model(self, model: ModelCard, chosen: bool) -> None:
        self._model, self._chosen = model, chosen
        self.title = translated(model.title)
        size = f"   {gigabytes(model.size_bytes)}" if model.size_bytes else ""
        mark = self.tr("   ✓ in use") if chosen else ""
        self._heading.setText(self.title)
        self._beside.setText(f"{size}{mark}")
        gated = self.tr("You have to accept its licence first.") if model.gated else ""
        licence = self.tr("Licence: {licence}.").format(licence=translated(model.licence))
        self._about.setText(
            " ".join(filter(None, [translated(model.good_for), licence, gated, translated(model.note)]))
        )
        self._fits.setText("\n".join([*map(self._line, model.fits), *filter(None, [translated(model.next_best)])]))
        self._fits.setVisible(bool(self._fits.text()))
        for button in (self.get, self.cancel, self.use, self.remove):
            button.setAccessibleName(f"{button.text()}: {self.title}")
        self._show_state()

    def show_progress(self, progress: Mapping[str, Any]) -> None:
        self._coming = True
        self._problem.hide()
        done, total = progress.get("done_bytes", 0), progress.get("total_bytes", 0)
        self._bar.setMaximum(_STEPS if total else 0)  # 0 shows a busy indicator
        self._bar.setValue(done * _STEPS // total if total else 0)
        parts = [self.tr("{done} of {total}").format(done=gigabytes(done), total=gigabytes(total))] if total else []
        match progress.get("phase"):
            case "downloading" if (left := progress["seconds_left"]) is not None:
                speed = self.tr("{speed} MB/s").format(speed=f"{progress['bytes_per_s'] / 1e6:.1f}")
                parts += [speed, self._left(left)]
            case "checking":
                parts += [self.tr("checking {file}").format(file=progress["file"])]
            case "converting":
                parts += [self.tr("converting…")]
            case _:
                parts += [self.tr("waiting for the hub…")]
        self._pace.setText(self.tr(", ").join(parts))
        self._show_state()

    def show_end(self, problem: str) -> None:
        self._coming = False
        self._problem.setText(f"⚠ {problem}")
        self._problem.setVisible(bool(problem))
        if hasattr(self, "_model"):
            self._show_state()

    def _show_state(self) -> None:
        model, coming = self._model, self._coming
        here = model.place in ("bundled", "here")
        self._bar.setVisible(coming)
        self._pace.setVisible(coming)
        self.get.setVisible(not here and not coming)
        self.get.setText(self.tr("Resume") if model.place == "begun" else self.tr("Get"))
        self.cancel.setVisible(coming)
        self.use.setVisible(here and model.answers and not self._chosen)
        self.remove.setVisible(not coming and (model.own or model.place in ("here", "begun")))

    def _line(self, fit: Fit) -> str:
        bits = self.tr("{bits} bits: {size}").format(bits=fit.bits, size=gigabytes(fit.needs_bytes))
        if not fit.fits:
            return self.tr("✗ {bits}, does not fit").format(bits=bits)
        words = {
            "": "",
            "base": self.tr("coarse detail"),
            "wide": self.tr("medium detail"),
            "full": self.tr("full detail"),
        }
        seconds = self.tr("about {time} per answer").format(time=self._time(fit.seconds)) if fit.seconds else ""
        details = self.tr(", ").join(filter(None, [bits, words[fit.detail], seconds]))
        if fit.seconds and fit.seconds > _TOO_SLOW_S:
            return self.tr("△ {bits}: fits, but too slow for live play").format(bits=details)
        return self.tr("✓ {bits}, fits").format(bits=details)

    def _left(self, seconds: float) -> str:
        return self.tr("{time} left").format(time=self._time(seconds))

    def _time(self, seconds: float) -> str:
        if seconds < 90:
            return self.tr("{seconds} s").format(seconds=max(1, round(seconds)))
        minutes = round(seconds / 60)
        if minutes < 90:
            return self.tr("{minutes} min").format(minutes=minutes)
        return self.tr("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def gigabytes(count: int) -> str:
    """A size rounded for display."""
    return f"{count / 1e9:.1f} GB" if count >= 1e8 else f"{count / 1e6:.1f} MB"
