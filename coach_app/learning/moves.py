"""Reads from pictures what the player did, where nothing else tells it."""

from PIL import Image

from coach_app.advisor.local import looked_at
from coach_app.domain.margins import within_margins
from coach_app.domain.profile import GameProfile
from coach_app.games.seen_moves import MoveReader


def move_between(reader: MoveReader, profile: GameProfile, before: Image.Image, after: Image.Image) -> str:
    """The move that was made between two pictures of a game; empty if it is unknown.

    Args:
        reader: reads it.
        profile: of the game.
        before: what was seen, RGB, with whatever is around the game.
        after: what was seen next.
    """
    if not reader.knows(profile.id) or before.size != after.size:
        return ""
    edges = looked_at(before, profile)
    return move_within(reader, profile, before.crop(edges), after.crop(edges))


def move_within(reader: MoveReader, profile: GameProfile, before: Image.Image, after: Image.Image) -> str:
    """The same, between two pictures that the profile's region and board were cut out of already."""
    if not reader.knows(profile.id):
        return ""
    pictures = [before, after] if profile.board else [within_margins(picture) for picture in (before, after)]
    return reader.read(profile.id, *pictures) if pictures[0].size == pictures[1].size else ""
