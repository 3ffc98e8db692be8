"""Which coach the settings and a command mean, and what is loaded for it."""

from pathlib import Path
from typing import cast

import pytest

from coach_app.advisor.local import LocalAdvisor
from coach_app.advisor.remote import RemoteAdvisor
from coach_app.assembly.engine_room import EngineRoom, chosen_coach, usable_coach
from coach_app.domain.errors import CoachError
from coach_app.games.profiles import find
from coach_app.host.client import EngineClient
from coach_app.learning.learned import use
from coach_app.models.catalogue import catalogue, learned_from
from coach_app.settings.schema import Settings
from tests.fakes.quiet import QuietEngine

SERVER = "http://localhost:1234/v1"


class Engine(QuietEngine):
    def __init__(self) -> None:
        super().__init__(lambda state: None)
        self.happened = []


def test_the_command_goes_before_the_settings(tmp_path: Path) -> None:
    # GIVEN settings that ask a server
    settings = Settings().with_value("server", "on", True).with_value("server", "url", SERVER)
    # WHEN the command says nothing THEN the server answers, for any game
    coach = chosen_coach(settings)
    assert coach.server
    assert coach.server.url == SERVER
    assert coach.games == ()
    assert coach.refusal(find("melee")) is None
    # WHEN it names a model on this computer THEN that does
    folder = tmp_path / "some-coach"
    folder.mkdir()
    coach = chosen_coach(settings, str(folder))
    assert coach.server is None
    assert coach.entry.path() == folder
    # WHEN it names another server THEN that one does, also where the settings' model does not exist
    coach = chosen_coach(settings.with_value("general", "model", "gone"), "llava@http://localhost:8000/v1")
    assert coach.server
    assert coach.server.model == "llava"


def test_what_cannot_be_had_is_refused_or_worked_around() -> None:
    # GIVEN settings with a model that does not exist, and a server that must not be asked
    settings = Settings().with_value("general", "model", "gone").with_value("server", "on", True)
    settings = settings.with_value("server", "url", "http://192.0.2.1/v1").with_value("general", "offline", True)
    # WHEN a command needs them THEN it is refused
    with pytest.raises(CoachError, match="stay offline"):
        chosen_coach(settings)
    # WHEN the app starts THEN it goes on with another coach, and both things are said
    coach, notices = usable_coach(settings, catalogue()[0])
    assert coach.server is None
    assert coach.entry == catalogue()[0]
    assert len(notices) == 2


def test_a_model_that_learned_a_game_is_used_for_it(tmp_path: Path) -> None:
    # GIVEN a game that the coach is not made for
    lake = find("frozen-lake")
    coach = chosen_coach(Settings().with_value("general", "model", "grid-coach"))
    assert coach.refusal(lake)
    # WHEN its profile names a model that learned it THEN that is used for it, and for nothing else
    learned_from(tmp_path, coach.entry, lake.id)
    use(lake.id, str(tmp_path))
    assert coach.refusal(find(lake.id)) is None
    assert coach.at(lake.id).entry.path() == tmp_path
    assert coach.at("grid-levels") == coach.at("") == coach
    # but not where a command names a model, or a server answers
    named = chosen_coach(Settings(), "grid-coach")
    assert named.at(lake.id) == named
    assert chosen_coach(Settings(), SERVER).at(lake.id).server
    # WHEN it is gone THEN that is said
    use(lake.id, str(tmp_path / "gone"))
    with pytest.raises(CoachError, match="no model or model folder"):
        coach.at(lake.id)


def test_the_choice_of_4_bits_stands_in_the_coach() -> None:
    # GIVEN both choices WHEN a coach is chosen THEN the engine decides by itself unless the user says no
    assert chosen_coach(Settings()).four_bit is None
    assert chosen_coach(Settings().with_value("general", "four_bit", False)).four_bit is False


async def test_a_model_is_loaded_once_and_again_in_other_bits(tmp_path: Path) -> None:
    # GIVEN a room
    engine = Engine()
    settings = Settings().with_value("general", "model", str(tmp_path))
    room = EngineRoom(cast(EngineClient, engine), chosen_coach(settings))
    # WHEN its coach is used twice THEN it is loaded once
    await room.use(room.coach)
    await room.use(room.coach)
    assert engine.happened == [("load", f"{tmp_path.name} vision None")]
    assert isinstance(room.advisor(), LocalAdvisor)
    # WHEN 4 bits are not wanted any more THEN it is loaded anew
    await room.use(chosen_coach(settings.with_value("general", "four_bit", False)))
    assert engine.happened[1:] == [("load", f"{tmp_path.name} vision False")]
    # WHEN a server answers THEN nothing is loaded; and it is left at once
    await room.use(chosen_coach(settings.with_value("server", "on", True)))
    assert len(engine.happened) == 2
    assert isinstance(room.advisor(), RemoteAdvisor)
    room.leave_server()
    assert isinstance(room.advisor(), LocalAdvisor)


async def test_a_coach_that_cannot_be_loaded_is_not_in_use(tmp_path: Path) -> None:
    # GIVEN a room with a coach, and an engine that loads no other
    engine = Engine()
    room = EngineRoom(cast(EngineClient, engine), chosen_coach(Settings()))
    before = room.coach

    async def refuse(*arguments: object, **named: object) -> None:
        raise CoachError("It does not fit.")

    engine.load = refuse  # type: ignore[method-assign]
    # WHEN another one is to be used THEN the first one stays
    with pytest.raises(CoachError, match="fit"):
        await room.use(chosen_coach(Settings(), str(tmp_path)))
    assert room.coach is before


def test_the_bundled_coach_that_a_game_needs_takes_the_place_of_the_chosen_one(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a second bundled coach, for a game that the chosen one does not know
    other = catalogue()[0].model_copy(update={"name": "other-coach", "games": ("melee",)})
    monkeypatch.setattr("coach_app.models.catalogue.catalogue", lambda: (catalogue()[0], other))
    coach = chosen_coach(Settings())
    # WHEN that game is played THEN nothing is refused, and the other one is meant
    assert coach.refusal(find("melee")) is None
    assert coach.at("melee").entry == other
    assert coach.at("melee").refusal(find("melee")) is None
    # AND for a game that none knows the chosen one stays, and says so
    assert coach.at("crafter").entry == coach.entry
    assert coach.refusal(find("crafter"))
