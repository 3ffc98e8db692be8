"""What the user can do, declared once: the menu, the plain window, the hotkeys and their settings read it from here."""

from dataclasses import dataclass
from typing import Final, Literal

Group = Literal["coach", "level", "when", "answer", "windows", "end"]
"""Parts of the menu: what the coach does now, how much it says in this game, when it speaks there, how an answer is
read, what opens a window, and what ends the app."""


@dataclass(frozen=True)
class Hotkey:
    """The key of an action, as the settings show it.

    Attributes:
        default: key sequence until the user chooses another.
        title: title of the setting.
        description: description of the setting.
    """

    default: str
    title: str
    description: str


@dataclass(frozen=True)
class Action:
    """Something that the user can do.

    Attributes:
        name: shared by the action, its handler and the setting of its hotkey.
        title: menu text, with its mnemonic marked by ``&``.
        group: section of the menu.
        hotkey: works while the game has the keyboard; None for an action without one.
        switch: initial state of a toggle; None for an action that is not one. Of the toggles of ``level`` and ``when``
            one is on.
        held: whether it goes on while its key is held, so that it is not in the menu.
    """

    name: str
    title: str
    group: Group = "coach"
    hotkey: Hotkey | None = None
    switch: bool | None = None
    held: bool = False


# Ctrl+Alt, because games hold Ctrl or Shift alone. Not +E (AltGr+E types € on Windows) and not +L (locks the screen on
# Xfce and KDE), so edit mode is on R ("rearrange") and the language on J ("Japanese"). What turns pages
# is where it is on every keyboard, and Insert has copied for longer than C.
ACTIONS: Final = (
    Action(
        "ask",
        title="&Ask a question…",
        hotkey=Hotkey(
            "Ctrl+Alt+Space", title="Ask", description="Ask the coach a question about what is on the screen now."
        ),
    ),
    Action(
        "talk",
        title="Ask aloud",
        hotkey=Hotkey(
            "Ctrl+Alt+M",
            title="Ask aloud",
            description="Hold it while you ask the coach a question into the microphone. Works if it is switched on "
            "under Hearing.",
        ),
        held=True,
    ),
    Action(
        "more",
        title="Say more",
        hotkey=Hotkey(
            "Ctrl+Alt+End",
            title="Say more",
            description="Go on from a nudge to a hint, and from a hint to the answer, about the same moment.",
        ),
    ),
    Action(
        "pause",
        title="&Pause advice",
        hotkey=Hotkey("Ctrl+Alt+P", title="Pause", description="Pause or resume unasked advice."),
        switch=False,
    ),
    Action(
        "show_hide",
        title="&Show the overlay",
        hotkey=Hotkey("Ctrl+Alt+H", title="Show or hide", description="Hide or show the overlay."),
        switch=True,
    ),
    Action(
        "edit",
        title="&Move and resize the overlay",
        hotkey=Hotkey(
            "Ctrl+Alt+R",
            title="Move the overlay",
            description="Move and resize the overlay; press again when done.",
        ),
        switch=False,
    ),
    Action(
        "language",
        title="English / 日本&語",
        hotkey=Hotkey("Ctrl+Alt+J", title="Language", description="Switch the advice between English and Japanese."),
    ),
    Action(
        "values",
        title="Second opinion",
        hotkey=Hotkey(
            "Ctrl+Alt+V", title="Second opinion", description="Show or hide the second opinion on each move."
        ),
        switch=False,
    ),
    Action(
        "unload",
        title="&Unload the model",
        hotkey=Hotkey(
            "Ctrl+Alt+U",
            title="Unload the model",
            description="Free its memory for the game; press again to load it.",
        ),
        switch=False,
    ),
    Action(
        "speak",
        title="Speak aloud",
        hotkey=Hotkey("Ctrl+Alt+S", title="Speak aloud", description="Read advice aloud; press again for silence."),
        switch=False,
    ),
    Action("cancel_loading", title="Brea&k off loading"),
    Action("go_on", title="Lea&ve plain mode"),
    Action("say_nudge", title="Nudge: where to look", group="level", switch=False),
    Action("say_hint", title="Hint: what to aim for", group="level", switch=False),
    Action("say_answer", title="Answer: what to do", group="level", switch=False),
    Action("speak_live", title="Live", group="when", switch=False),
    Action("speak_asked", title="Only when asked", group="when", switch=False),
    Action("speak_review", title="Review only: not while the game runs", group="when", switch=False),
    Action(
        "read_on",
        title="&Read on",
        group="answer",
        hotkey=Hotkey(
            "Ctrl+Alt+PgDown",
            title="Read on",
            description="Show the next part of a long answer; after the last one, the first again.",
        ),
    ),
    Action(
        "read_back",
        title="Rea&d back",
        group="answer",
        hotkey=Hotkey(
            "Ctrl+Alt+PgUp", title="Read back", description="Show the part of a long answer before this one."
        ),
    ),
    Action(
        "again",
        title="Show the last answer again",
        group="answer",
        hotkey=Hotkey(
            "Ctrl+Alt+Home",
            title="Last answer",
            description="Show the last answer to a question again, from its beginning.",
        ),
    ),
    Action(
        "pin",
        title="Pi&n the answer",
        group="answer",
        hotkey=Hotkey(
            "Ctrl+Alt+K",
            title="Pin the answer",
            description="Keep this answer in the overlay; press again for new advice.",
        ),
        switch=False,
    ),
    Action(
        "copy_answer",
        title="Copy the answer",
        group="answer",
        hotkey=Hotkey(
            "Ctrl+Alt+Insert",
            title="Copy the answer",
            description="Copy the answer in the overlay to the clipboard.",
        ),
    ),
    Action(
        "good",
        title="This was good",
        group="answer",
        hotkey=Hotkey("Ctrl+Alt+G", title="Good advice", description="Thumbs up for the advice in the overlay."),
    ),
    Action(
        "bad",
        title="This was not good",
        group="answer",
        hotkey=Hotkey("Ctrl+Alt+B", title="Bad advice", description="Thumbs down for the advice in the overlay."),
    ),
    Action(
        "source",
        title="Choose what to &watch…",
        group="windows",
        hotkey=Hotkey(
            "Ctrl+Alt+W",
            title="Choose what to watch",
            description="Choose the window of your game, also where the coach cannot tell which one it is.",
        ),
    ),
    Action("history", title="&History…", group="windows"),
    Action("learning", title="Learn&ing…", group="windows"),
    Action("review", title="Review what you &just played…", group="windows"),
    Action("models", title="M&odels…", group="windows"),
    Action("cost", title="What th&e coach costs…", group="windows"),
    Action("privacy", title="Privac&y…", group="windows"),
    Action("settings", title="Se&ttings…", group="windows"),
    Action("about", title="A&bout the coach…", group="windows"),
    Action("quit", title="&Quit", group="end"),
)
"""In the order of the menu, in which the practice games stand before the last group."""

HOTKEYS: Final = {action.name: action.hotkey for action in ACTIONS if action.hotkey}
"""The hotkeys, by the names of their actions."""

HELD: Final = frozenset(action.name for action in ACTIONS if action.held)
"""The actions that go on while their keys are held."""
