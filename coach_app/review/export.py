"""Writes a review into a folder: as a page, as Markdown and as JSON, with the pictures beside."""

import io
import json
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from PIL import Image

from coach_app.desktop.files import write_atomically
from coach_app.domain.phrases import Language, phrases
from coach_app.games.images import Picture
from coach_app.review import words
from coach_app.review.review import Moment, Played, Review

_WHAT: Final = "The review"
_SHOWN: Final = ("Review: {title}", "Show the answer", "Trends", "Moments", "Answers")
_BARS: Final = 1_000
"""Moves of an episode that the timeline shows; of a longer one, each bar stands for several."""
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")
_HEAD: Final = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
content="default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'">
<title>{title}</title><style>
body {{ background: #161a22; color: #e3e8f0; font: 15px sans-serif; margin: 24px; max-width: 960px; }}
section {{ display: flex; gap: 18px; margin: 18px 0; }}
section img {{ width: 240px; align-self: flex-start; image-rendering: pixelated; }}
svg {{ background: #222833; display: block; }} rect {{ fill: #ff8a80; }}
summary {{ color: #7db8ff; cursor: pointer; }} p {{ margin: 6px 0; }}
</style></head><body>
"""


def write_review(review: Review, folder: Path, language: Language = "en") -> Path:
    """Write ``review.html``, ``review.md``, ``review.json`` and a PNG file for each moment, over those of an earlier
    review.

    Args:
        review: the review.
        folder: created if it is missing.
        language: of the page and the Markdown; the JSON is English.

    Returns:
        Path of the page.

    Raises:
        CoachError: something cannot be written.
    """
    names: list[str] = []
    for number, moment in enumerate(review.moments, 1):
        names.append(f"moment-{number:03d}.png" if moment.picture is not None else "")
        if moment.picture is not None:
            write_atomically(folder / names[-1], packed_png(moment.picture), _WHAT, private=True)
    data = review.as_json()
    for found, name in zip(data["moments"], names, strict=True):
        found["picture"] = name
    packed = json.dumps(data, ensure_ascii=False, indent=1).encode()
    write_atomically(folder / "review.json", packed, _WHAT, private=True)
    write_atomically(folder / "review.md", markdown(review, names, language).encode(), _WHAT, private=True)
    page = folder / "review.html"
    write_atomically(page, _page(review, names, language).encode(), _WHAT, private=True)
    return page


def markdown(review: Review, names: Sequence[str], language: Language = "en") -> str:
    """A review as Markdown: what comes again, the moments, and the answers, which are at the end so as to be hidden.

    Args:
        review: the review.
        names: of the moments' pictures, empty for none.
        language: of the text.
    """
    said, japanese = phrases(language).translated, language == "ja"

    def plain(text: str) -> str:
        return _MARKUP.sub(r"\\\1", " ".join(said(text).split()))

    trends, moments, answers = (f"## {said(heading)}" for heading in _SHOWN[2:])
    parts = [f"# {plain(_SHOWN[0].format(title=review.title))}", trends]
    kinds = [words.of_kind(share) for share in review.trends.kinds]
    episodes = [words.of_episode(number, each, review.least) for number, each in enumerate(review.episodes)]
    parts.append("\n".join(f"- {plain(line)}" for line in [*words.summary(review), *kinds, *episodes]))
    parts.append(moments)
    for number, (moment, name) in enumerate(zip(review.moments, names, strict=True), 1):
        told = " ".join(plain(line) for line in (words.of_moment(moment), words.heard(moment)) if line)
        parts.append(f"{number}. {told}" + (f"\n\n   ![]({name})" if name else ""))
    better = [words.answer(moment, said, japanese) for moment in review.moments]
    parts.append(answers)
    parts.append("\n".join(f"{number}. {plain(line)}" for number, line in enumerate(better, 1)))
    return "\n\n".join(parts) + "\n"


def packed_png(picture: Picture) -> bytes:
    """A picture, (height, width, 3) uint8 RGB, as PNG."""
    packed = io.BytesIO()
    Image.fromarray(picture).save(packed, "PNG")
    return packed.getvalue()


def _page(review: Review, names: list[str], language: Language) -> str:
    said = phrases(language).translated
    title = said(_SHOWN[0].format(title=review.title))
    parts = [_HEAD.format(language=language, title=escape(title)), f"<h1>{escape(title)}</h1>"]
    kinds = [words.of_kind(share) for share in review.trends.kinds]
    parts += [f"<p>{escape(said(line))}</p>" for line in [*words.summary(review), *kinds]]
    for number, episode in enumerate(review.episodes):
        parts.append(f"<h3>{escape(said(words.of_episode(number, episode, review.least)))}</h3>{_timeline(episode)}")
    parts += [_moment(moment, name, language) for moment, name in zip(review.moments, names, strict=True)]
    return "\n".join([*parts, "</body></html>\n"])


def _timeline(episode: Played) -> str:
    """A bar for each move, as high as its cost; empty if no cost is known."""
    costs = [cost or 0.0 for cost in episode.costs]
    if not any(costs):
        return ""
    step = max(1, -(-len(costs) // _BARS))
    bars = [max(costs[at : at + step]) for at in range(0, len(costs), step)]
    most = max(bars)
    drawn = "".join(
        f'<rect x="{at}" y="{1 - bar / most:.3f}" width="0.8" height="{bar / most:.3f}"/>'
        for at, bar in enumerate(bars)
        if bar
    )
    return f'<svg viewBox="0 0 {len(bars)} 1" width="900" height="40" preserveAspectRatio="none">{drawn}</svg>'


def _moment(moment: Moment, name: str, language: Language) -> str:
    said = phrases(language).translated
    picture = f'<img src="{escape(name)}" alt="">' if name else ""
    lines = [said(words.of_moment(moment)), said(words.heard(moment))]
    text = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    better = words.answer(moment, said, language == "ja")
    answer = f"<details><summary>{escape(said(_SHOWN[1]))}</summary>{escape(better)}</details>"
    return f"<section>{picture}<div>{text}{answer if better else ''}</div></section>"
