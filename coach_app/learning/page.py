"""A page with pictures of what was collected; it needs no network."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Final

from coach_app.desktop.files import write_atomically
from coach_app.learning.experience import Experience, Store, nothing_yet

_EPISODES, _STEPS = 20, 60
"""Shown of each way of collecting, and of an episode."""
_HEAD: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
content="default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'">
<title>{title}</title><style>
body {{ background: #161a22; color: #e3e8f0; font: 14px sans-serif; margin: 24px; }}
table {{ border-collapse: collapse; }} td, th {{ padding: 2px 14px 2px 0; text-align: left; }}
.steps {{ display: flex; flex-wrap: wrap; gap: 10px; }}
figure {{ margin: 0; width: 168px; }} figure img {{ width: 168px; image-rendering: pixelated; }}
figcaption {{ color: #aab3c2; font-size: 12px; white-space: pre-line; overflow-wrap: anywhere; }}
b {{ color: #7db8ff; }} .good {{ color: #7ddc9a; }}
</style></head><body>
"""


def write_page(game: str, store: Store) -> Path:
    """Write the page into the store's folder.

    Args:
        game: id of the game.
        store: its experiences.

    Returns:
        Path of the page.

    Raises:
        CoachError: there are no experiences, one is damaged, or the page cannot be written.
    """
    ways: dict[str, list[tuple[Experience, ...]]] = {}
    for steps in store.episodes():
        ways.setdefault(steps[0].how, []).append(steps)
    if not ways:
        raise nothing_yet(game)
    parts = [_HEAD.format(title=escape(f"Experiences: {game}")), f"<h1>{escape(f'Experiences: {game}')}</h1>"]
    parts.append(_table(ways.items()))
    for how, episodes in ways.items():
        parts.append(f"<h2>{escape(how)}</h2>")
        parts += map(_episode, episodes[:_EPISODES])
        if len(episodes) > _EPISODES:
            parts.append(f"<p>… and {len(episodes) - _EPISODES} more episodes.</p>")
    path = store.folder / "index.html"
    write_atomically(path, "\n".join([*parts, "</body></html>\n"]).encode(), "The page", private=True)
    return path


def _table(ways: Iterable[tuple[str, list[tuple[Experience, ...]]]]) -> str:
    rows = ["<tr><th>Collected by</th><th>Episodes</th><th>Steps</th><th>Mean reward</th><th>Reached</th></tr>"]
    for how, episodes in ways:
        count = sum(map(len, episodes))
        mean = sum(step.reward for steps in episodes for step in steps) / len(episodes)
        reached = sorted({name for steps in episodes for step in steps for name in step.reached})
        earned = "unknown" if how == "seen" else f"{mean:+.3f}"
        cells = (how, str(len(episodes)), str(count), earned, ", ".join(reached))
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    return f"<table>{''.join(rows)}</table>"


def _episode(steps: Sequence[Experience]) -> str:
    first, total = steps[0], sum(step.reward for step in steps)
    title = f"Seed {first.seed}{' ' * bool(first.size)}{first.size}: {len(steps)} steps, reward {total:+.2f}"
    if first.how == "seen":
        title = f"Episode {first.seed}: {len(steps)} steps"
    shown = "".join(map(_step, steps[:_STEPS]))
    if len(steps) > _STEPS:
        shown += f"<p>… and {len(steps) - _STEPS} more steps.</p>"
    else:
        last = steps[-1]
        shown += f"<figure>{_picture(last.next_picture)}<figcaption>{escape(last.ended)}</figcaption></figure>"
    return f'<h3>{escape(title)}</h3><div class="steps">{shown}</div>'


def _step(step: Experience) -> str:
    goal = f"{escape(step.goal)}: " if step.goal else ""
    reached = "".join(f'\n<span class="good">{escape(name)}</span>' for name in step.reached)
    reward = f" {step.reward:+.2f}" if step.reward else ""
    advised = f"\nadvised: {escape(step.advised)}" if step.advised else ""
    text = f"{goal}<b>{escape(step.action or '?')}</b>{reward}\n{escape(step.why)}{advised}{reached}"
    return f"<figure>{_picture(step.picture)}<figcaption>{text}</figcaption></figure>"


def _picture(name: str) -> str:
    return f'<img src="{escape(name)}" alt="">'
