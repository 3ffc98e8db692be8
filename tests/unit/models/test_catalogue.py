"""Models by name and by folder."""

import shutil
from pathlib import Path

import pytest

from coach_app.domain.errors import CoachError
from coach_app.domain.resources import resources_dir
from coach_app.models.catalogue import catalogue, entry_of_folder, learned_from, made_for, models_dir, resolve


def test_the_shipped_catalogue_is_sound() -> None:
    # GIVEN the shipped list / WHEN it is read / THEN names are unique, and every model comes from somewhere
    names = [entry.name for entry in catalogue()]
    assert len(set(names)) == len(names)
    assert {"grid-coach", "grid-ja", "llava-v1.6-mistral-7b"} <= set(names)
    assert all(entry.bundled != bool(entry.hub_id) and entry.licence for entry in catalogue())


def test_the_bundled_coach_knows_its_games_only() -> None:
    # GIVEN the bundled coach / WHEN it is looked up / THEN it lies beside the app and names its games
    entry = resolve("grid-coach")
    assert entry.location() == resources_dir() / "models" / "grid-coach"
    assert entry.games == ("grid", "grid-levels")
    assert entry.input_side_px == 336


def test_a_model_that_is_not_downloaded_says_how_to_get_it() -> None:
    # GIVEN a model of the hub / WHEN its folder is needed / THEN the remedy names the command and the size
    with pytest.raises(CoachError, match="not on this computer") as failure:
        resolve("llava-v1.6-mistral-7b").path()
    assert "coach models get llava-v1.6-mistral-7b" in failure.value.remedy
    assert "15.1 GB" in failure.value.remedy


def test_a_downloaded_model_is_found() -> None:
    # GIVEN its folder where the remedy says / WHEN it is looked up / THEN that is it
    (models_dir() / "llava-v1.6-mistral-7b").mkdir(parents=True)
    assert resolve("llava-v1.6-mistral-7b").path() == models_dir() / "llava-v1.6-mistral-7b"


def test_a_folder_is_a_model_for_any_game(tmp_path: Path) -> None:
    # GIVEN somebody's own folder / WHEN it is chosen / THEN it is taken for any game, under its own name
    (tmp_path / "mine").mkdir()
    entry = resolve(str(tmp_path / "mine"))
    assert (entry.name, entry.games, entry.path()) == ("mine", (), tmp_path / "mine")


def test_the_folder_of_a_known_model_is_that_model() -> None:
    # GIVEN a known model given by its folder / WHEN it is chosen / THEN what it is good for is still known
    entry = resolve("llava-v1.6-mistral-7b")
    entry.location().mkdir(parents=True)
    assert resolve(str(entry.location())) == entry


@pytest.mark.parametrize("name", ["", "gird-coach", "/no/such/folder"])
def test_an_unknown_model_is_said_with_the_known_ones(name: str) -> None:
    # GIVEN a name that nobody knows / WHEN it is chosen / THEN the known ones are named
    with pytest.raises(CoachError, match="no model") as failure:
        resolve(name)
    assert "grid-coach" in failure.value.remedy
    assert "grid-ja" not in failure.value.remedy


def test_each_practice_game_has_the_bundled_coach_that_is_made_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN two bundled coaches, of which one is chosen
    first = resolve("grid-coach")
    second = first.model_copy(update={"name": "other-coach", "games": ("other",)})
    large = resolve("llava-v1.6-mistral-7b")
    monkeypatch.setattr("coach_app.models.catalogue.catalogue", lambda: (first, large, second))
    # WHEN a game is played THEN the one that knows it is meant; the chosen one where neither does, or there is no game
    assert made_for(first, "other") == second
    assert made_for(second, "grid-levels") == first
    assert made_for(first, "grid") == made_for(first, "chess") == made_for(first, "") == first
    # AND another choice of the user stays
    assert made_for(large, "other") == large


@pytest.mark.parametrize(("base", "games"), [("grid-coach", ("frozen-lake",)), ("llava-v1.6-mistral-7b", ())])
def test_a_model_that_learned_a_game_is_otherwise_as_before(base: str, games: tuple[str, ...], tmp_path: Path) -> None:
    # GIVEN a folder in which it says what a model was WHEN it is named THEN it is asked as that, about its game
    before = resolve(base)
    learned_from(tmp_path, before, "frozen-lake")
    entry = resolve(str(tmp_path))
    assert (entry.levels, entry.input_side_px, entry.role) == (before.levels, before.input_side_px, "vision")
    assert entry.games == games
    assert entry.location() == tmp_path.resolve()
    assert not entry.bundled
    assert entry.title == f"{before.title}, frozen-lake"


def test_a_coach_trained_here_is_shown_pictures_as_it_was_trained(tmp_path: Path) -> None:
    # GIVEN the folder of a coach, beside whose weights its training noted at which size it looks
    shutil.copytree(resolve("crafter-coach").path(), tmp_path / "mine")
    # WHEN it is used by its folder, or added THEN it gets pictures of that size, and without a note the usual ones
    assert resolve(str(tmp_path / "mine")).input_side_px == 144
    assert entry_of_folder(tmp_path / "mine").input_side_px == 144
    note = tmp_path / "mine" / "training.json"
    note.unlink()
    assert resolve(str(tmp_path / "mine")).input_side_px == 336
    # AND with one that says something else, or nothing that can be read
    for text in ('{"input_side_px": 5000}', '{"input_side_px": true}', "[]", "{"):
        note.write_text(text, "utf-8")
        assert resolve(str(tmp_path / "mine")).input_side_px == 336
