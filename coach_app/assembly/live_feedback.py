"""The player's thumbs up and down in the running app, by hotkey and in the history."""

import asyncio
import io
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from PIL import Image

from coach_app.advisor.local import looked_at
from coach_app.assembly.live_memory import LiveMemory
from coach_app.assembly.tasks import Tasks
from coach_app.assembly.watching import Watching
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.games.profiles import DEFAULT_ID, prompt_for
from coach_app.knowledge.feedback import Feedback, Rated, feedback_file
from coach_app.session.events import AnswerFinished, Event
from coach_app.session.history import Entry, History
from coach_app.ui.history_window import HistoryWindow
from coach_app.ui.language import translated

_LATEST = 8
GOOD = "Noted: this was good."
BAD = "Noted: this was not good. In the history you can say why."
_NOTHING = CoachError("There is no advice to rate yet.", "Wait for some.")


class LiveFeedback:
    """Keeps ratings of the latest advice, and passes them on to the memory.

    Args:
        memory: learns how it went.
        tell: shows a sentence to the player.
        watching: knows the profiles.
        history: has the pictures of its entries.
        tasks: run what takes time.
    """

    def __init__(
        self, memory: LiveMemory, tell: Callable[[str], None], watching: Watching, history: History, tasks: Tasks
    ) -> None:
        self._memory, self._tell, self._tasks = memory, tell, tasks
        self._watching, self._history = watching, history
        self._window: HistoryWindow | None = None
        self._feedback: Feedback | None = None
        self._opening = Lock()
        self._finished: OrderedDict[int, Advice] = OrderedDict()
        self._seen: OrderedDict[float, tuple[GameProfile, Frame | None]] = OrderedDict()

    def opened(self) -> Feedback:
        """The ratings; the file is opened, and made, when first needed. Any thread but the interface's.

        Raises:
            CoachError: the file cannot be opened.
        """
        with self._opening:
            if self._feedback is None:
                self._feedback = Feedback(feedback_file())
            return self._feedback

    def on_event(self, event: Event) -> None:
        """Something happened in the session: remember the latest advice."""
        if isinstance(event, AnswerFinished):
            self._finished[event.id] = event.advice
            _forget_old(self._finished)

    def keep(self, advice: Advice, profile: GameProfile, frame: Frame | None) -> None:
        """Remember what the latest advice was about, until there is later advice."""
        self._seen[advice.captured_at] = profile, frame
        _forget_old(self._seen)

    def rate(self, answer_id: int, good: bool) -> None:
        """Rate the advice on the card.

        Args:
            answer_id: the id of its events.
            good: thumbs up, or down.
        """
        advice = self._finished.get(answer_id)
        seen = self._seen.get(advice.captured_at) if advice else None
        if advice is None or seen is None:
            self._tell(translated(str(_NOTHING)))
            return
        self._tasks.hold(self._rate(advice, *seen, good))

    def serve(self, window: HistoryWindow) -> None:
        """Serve the history window, in which advice can be rated, too."""
        self._window = window
        window.rating_wanted.connect(lambda entry: self._tasks.hold(self._show_rating(entry)))
        window.rated.connect(lambda *rating: self._tasks.hold(self._rate_entry(*rating)))

    async def _show_rating(self, entry: Entry) -> None:
        if feedback_file().exists():  # no file is made where nothing was rated
            rating = await asyncio.to_thread(lambda: self.opened().find(entry.game, entry.at, entry.text))
            if self._window:
                self._window.show_rating(entry.id, rating)

    async def _rate_entry(self, entry: Entry, good: bool, critique: str, better: str) -> None:
        profile = self._watching.profiles.get(entry.game, self._watching.profiles[DEFAULT_ID])
        prompt = entry.question or prompt_for(profile, "answer")
        rated = Rated(entry.game, entry.at, prompt, entry.text, entry.move, entry.model)

        def write() -> None:
            jpeg = self._history.picture(entry.id)
            seen = Image.open(io.BytesIO(jpeg)).convert("RGB") if jpeg else None
            number = self.opened().rate(rated, good, seen.crop(looked_at(seen, profile)) if seen else None)
            self.opened().explain(number, critique, better)

        await asyncio.to_thread(write)
        await self._show_rating(entry)

    def close(self) -> None:
        """Close the file."""
        if self._feedback:
            self._feedback.close()

    async def _rate(self, advice: Advice, profile: GameProfile, frame: Frame | None, good: bool) -> None:
        prompt = advice.question or prompt_for(profile, advice.level)
        rated = Rated(profile.id, advice.captured_at, prompt, advice.text, advice.move or "", advice.model)

        def write() -> None:
            picture = frame.pixels.crop(looked_at(frame.pixels, profile)) if frame else None
            self.opened().rate(rated, good, picture)

        await asyncio.to_thread(write)
        await self._memory.rate(advice, profile, good)
        self._tell(translated(GOOD if good else BAD))


def _forget_old(latest: "OrderedDict[int, Advice] | OrderedDict[float, tuple[GameProfile, Frame | None]]") -> None:
    while len(latest) > _LATEST:
        latest.popitem(last=False)
