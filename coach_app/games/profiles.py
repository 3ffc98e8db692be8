"""Game profiles on disk: the bundled ones, and the user's own, which take precedence."""

import logging
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import tomli_w
from pydantic import ValidationError

from coach_app.desktop.files import keep_aside, write_atomically
from coach_app.desktop.folders import config_dir
from coach_app.desktop.foreign import read_file, toml_of
from coach_app.domain.advice import Level
from coach_app.domain.errors import CoachError
from coach_app.domain.profile import GameProfile, game_of_window
from coach_app.domain.resources import game_dir
from coach_app.games.catalogue import games, profile_id

log = logging.getLogger(__name__)

DEFAULT_ID = "default"
_MEANT = {"jump": "fire"}
"""Actions of games by the names that the profiles' moves have, where those differ."""


def load_profiles(*, keep: bool = False) -> tuple[dict[str, GameProfile], list[str]]:
    """All profiles by id, and one sentence for each unusable file of the user's.

    If a user's file is damaged, the bundled profile with its name is used, if there is one.

    Args:
        keep: whether to rename a damaged file, as the app does; otherwise nothing on disk is touched.
    """
    notices: list[str] = []
    profiles = {profile.id: profile for profile in map(_shipped, games())}
    try:
        own = sorted(user_dir().glob("*.toml"))
    except OSError as error:
        return profiles, [f"Your game profiles could not be read ({error.strerror}). Check {user_dir()}."]
    for path in own:
        try:
            profile = _read(path, path.stem, _shipped_values(path.stem))
        except OSError as error:
            notices.append(f"The game profile {path} could not be read ({error.strerror}) and is left out.")
        except ValueError as error:
            log.warning("profile %s: %s", path, error)
            what = f'The game profile "{path.stem}" is damaged ({_reason(error)}) and is left out.'
            notices.append(f"{what} {_set_aside(path) if keep else f'Correct or remove {path}.'}")
        else:
            profiles[profile.id] = profile
    return profiles, notices


def profile_of(game: str) -> GameProfile:
    """The profile of a game named as in ``coach play``; the default one if it has none."""
    known = load_profiles()[0]
    return known.get(profile_id(game)) or known[DEFAULT_ID]


def prompt_for(profile: GameProfile, level: Level) -> str:
    """What a model is asked about a game at a level: the profile's own prompt, or that of the default profile."""
    own = {"nudge": profile.nudge, "hint": profile.hint, "answer": profile.prompt}[level]
    return own or prompt_for(_default(), level)


def may_value(profile: GameProfile, game: str) -> bool:
    """Whether a Q-network trained on a game can be used for a profile: bundled games have their own."""
    own_game = profile.id != DEFAULT_ID and profile.id in games()
    return not own_game or profile_id(game) == profile.id


def action_meant(move: str | None, actions: Sequence[str]) -> str | None:
    """The action for a named move; None if no move is named or the game does not have it."""
    name = _MEANT.get(move, move) if move and move not in actions else move
    return name if name in actions else None


def profile_for_window(title: str, profiles: Mapping[str, GameProfile], program: str = "") -> GameProfile | None:
    """The profile of the game in a window with this title and program, or None."""
    return game_of_window(title, program, reversed(list(profiles.values())))  # the user's own come last, and win


def find(name: str, profiles: Mapping[str, GameProfile] | None = None) -> GameProfile:
    """Find a profile by id.

    Args:
        name: id of a profile, in any case.
        profiles: the profiles to search; by default all.

    Raises:
        CoachError: there is none; the sentence names the known ones.
    """
    known = load_profiles()[0] if profiles is None else profiles
    try:
        return known[name.lower()]
    except KeyError:
        raise CoachError(f'There is no game "{name}".', f"Known games: {', '.join(sorted(known))}.") from None


def adapter_of(game: str) -> str:
    """The text adapter for questions about a game, by its profile.

    Args:
        game: id of a profile; if it is empty or has no adapter, that of the first game with one is returned.

    Raises:
        CoachError: no profile names an adapter.
    """
    profiles, _ = load_profiles()
    chosen = [profiles[game]] if game in profiles else []
    adapter = next((profile.adapter for profile in (*chosen, *profiles.values()) if profile.adapter), "")
    if not adapter:
        raise CoachError("No game has a text adapter.", "Name one with --adapter, or train one with: coach train tips")
    return adapter


def save_profile(profile: GameProfile) -> None:
    """Save a profile of the user, which takes precedence over a bundled one with the same id.

    Of a bundled one only the changes are saved, so that the rest follows later versions of the coach.

    Raises:
        CoachError: it could not be written; an old one is unchanged.
    """
    values = profile.model_dump(mode="json", exclude_none=True)
    shipped = _shipped_values(profile.id)
    values = {name: value for name, value in values.items() if name == "id" or value != shipped.get(name)}
    path = user_dir() / f"{profile.id}.toml"
    write_atomically(path, tomli_w.dumps(values).encode("utf-8"), "The game profile")


def delete_profile(profile_id: str) -> None:
    """Delete a profile of the user; a bundled one with the same id is used again.

    Raises:
        CoachError: it is not one of the user's, or cannot be deleted.
    """
    path = user_dir() / f"{profile_id}.toml"
    try:
        path.unlink()
    except FileNotFoundError:
        raise CoachError(f'"{profile_id}" came with the coach and cannot be deleted.', "Edit it instead.") from None
    except OSError as error:
        raise CoachError(
            f'The game profile "{profile_id}" could not be deleted: {error.strerror}.',
            f"Allow writing to {path.parent}.",
        ) from error


def is_own(profile_id: str) -> bool:
    """Whether the user has a profile with this id, which can be deleted."""
    return (user_dir() / f"{profile_id}.toml").is_file()


def user_dir() -> Path:
    """The folder of the user's own profiles; may not exist."""
    return config_dir() / "profiles"


@cache
def _default() -> GameProfile:
    return _shipped(DEFAULT_ID)


def _shipped(game: str) -> GameProfile:
    return _read(game_dir(game) / "game.toml", game)


def _shipped_values(game: str) -> dict[str, Any]:
    """The values of a bundled profile; none for another game."""
    return _shipped(game).model_dump(mode="json", exclude_none=True) if game in games() else {}


def _read(path: Path, game: str, otherwise: Mapping[str, Any] = MappingProxyType({})) -> GameProfile:
    """Read the profile of a game from its file.

    Args:
        path: the file.
        game: id of the game.
        otherwise: values of the fields that the file leaves out.

    Raises:
        ValueError: the file is not a profile, or belongs to another game.
        OSError: the file cannot be read.
    """
    profile = GameProfile.model_validate({**otherwise, **toml_of(read_file(path))})
    if profile.id != game:
        raise ValueError(f"its id must be {game}, as its file is named")
    return profile


def _reason(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        wrong = error.errors(include_url=False)[0]
        return f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg'].lower()}"
    return str(error)


def _set_aside(path: Path) -> str:
    try:
        return f"It is kept as {keep_aside(path, 'broken')}."
    except OSError:
        return f"Correct or remove {path}."
