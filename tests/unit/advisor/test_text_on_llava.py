"""Adapters for a Llama on a Llama-based LLaVA: one base in memory for pictures and for game questions."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image
from transformers import LlamaConfig

from coach_app.advisor.text import open_text_advisor
from coach_app.engine.answering import answer_text
from coach_app.engine.loader import TextModel, load_text, load_vision
from coach_app.host.client import EngineClient
from coach_app.knowledge.prompt import build_prompt
from coach_app.models.catalogue import ModelEntry, add_model
from tests.fakes.engine import command
from tests.fakes.models import build_adapter, build_llava, build_text

PICTURE = Image.new("RGB", (40, 40), (200, 30, 30))
PROMPT = build_prompt("How do I win as Fox?")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own."""
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a Llama, two adapters for it, a LLaVA on such a Llama, and one on another."""
    folder = tmp_path_factory.mktemp("models")
    base = build_text(folder / "base")
    build_llava(folder / "llava", 1, LlamaConfig)
    build_llava(folder / "mistral")
    for name, seed in (("tips", 1), ("other", 2)):
        build_adapter(folder / name, base, seed)
    return folder


@pytest.fixture
async def client() -> AsyncIterator[EngineClient]:
    """An engine, without models."""
    async with EngineClient() as client:
        yield client


@pytest.fixture
async def quick(tmp_path: Path) -> AsyncIterator[EngineClient]:
    """An engine that loads everything, and nothing really."""
    (tmp_path / "engine").mkdir()
    async with EngineClient(command=command(tmp_path / "engine")) as client:
        yield client


def named(folder: Path, adapter: Path, base: str) -> str:
    """A copy of an adapter that names this base."""
    folder.mkdir()
    config = json.loads((adapter / "adapter_config.json").read_text())
    (folder / "adapter_config.json").write_text(json.dumps({**config, "base_model_name_or_path": base}))
    (folder / "adapter_model.safetensors").write_bytes((adapter / "adapter_model.safetensors").read_bytes())
    return str(folder)


def in_catalogue(name: str, role: str, folder: Path | None = None) -> None:
    """Let the coach know a model that is in a folder, or at a hub only."""
    hub_id = "" if folder else f"meta-llama/{name}"
    add_model(
        ModelEntry.model_validate({"name": name, "title": name, "role": role, "hub_id": hub_id, "folder": folder})
    )


def alone(model: Path, adapter: str | Path) -> str:
    """What an adapter says on a model that nothing else is done with."""
    if "llava" in model.name:
        vision = load_vision(model)
        text = TextModel(vision.name, vision.model, vision.processor.tokenizer)
    else:
        text = load_text(model)
    return answer_text(text, PROMPT, str(adapter), 20, lambda words: None, lambda: False).text


async def says(client: EngineClient, adapter: str | Path) -> str:
    return (await client.ask_text(PROMPT, Path(adapter), max_new_tokens=20)).text


async def sees(client: EngineClient) -> str:
    return (await client.ask(PICTURE, "Where?", max_new_tokens=20)).text


def memory(client: EngineClient) -> set[Path]:
    """Folders of the models that answer."""
    return {wanted[0] for role in ("vision", "text") if (wanted := client.wanted(role))}


async def test_the_model_for_pictures_takes_adapters_for_a_llama(
    client: EngineClient, models: Path, tmp_path: Path
) -> None:
    # GIVEN a Llama-based LLaVA at work, and an adapter whose base is known, but not on this computer
    in_catalogue("Llama-9", "text")
    adapter = named(tmp_path / "tips", models / "tips", "meta-llama/Llama-9")
    await client.load(models / "llava", four_bit=False)
    seen = await sees(client)

    # WHEN it is asked for in general
    opened = await open_text_advisor(client, "melee", adapter)

    # THEN the LLaVA's own language model answers with it, and sees as before
    assert client.wanted("text") == client.wanted("vision") == (models / "llava", False)
    assert await says(client, adapter) == alone(models / "llava", adapter) != alone(models / "base", adapter)
    assert await sees(client) == seen
    assert (await opened.answer("How do I deal with Peach's turnips as Falco?")).model == "llava"

    # WHEN the engine slept THEN all is as before
    client.sleep()
    assert await says(client, adapter) == alone(models / "llava", adapter)
    assert memory(client) == {models / "llava"}

    # WHEN the model is loaded with other bits THEN nobody takes the texts' model, which has gone with it, for loaded
    await client.load(models / "llava")
    assert client.wanted("text") is None
    await open_text_advisor(client, "melee", str(models / "other"))
    assert await says(client, models / "other") == alone(models / "llava", models / "other")
    assert client.wanted("text") == client.wanted("vision") == (models / "llava", None)


async def test_the_base_on_this_computer_is_not_loaded_where_the_model_for_pictures_fits(
    quick: EngineClient, models: Path
) -> None:
    # GIVEN an adapter whose base is here WHEN a fitting LLaVA is at work THEN it answers
    await quick.load(models / "llava", four_bit=False)
    await open_text_advisor(quick, "melee", str(models / "tips"))
    assert memory(quick) == {models / "llava"}
    # WHEN one is at work that does not fit THEN the base is loaded beside it
    await quick.load(models / "mistral")
    await open_text_advisor(quick, "melee", str(models / "tips"))
    assert memory(quick) == {models / "mistral", models / "base"}
    # WHEN the LLaVA comes back THEN the base, which is loaded, stays
    await quick.load(models / "llava", four_bit=False)
    await open_text_advisor(quick, "melee", str(models / "tips"))
    assert quick.wanted("text") == (models / "base", None)


async def test_a_llava_for_texts_is_the_model_for_pictures_when_that_is_wanted(
    client: EngineClient, models: Path, tmp_path: Path
) -> None:
    # GIVEN an adapter that names a LLaVA by its folder, which is loaded for it
    in_catalogue("own-llava", "vision", models / "llava")
    adapter = named(tmp_path / "tips", models / "tips", str(models / "llava"))
    opened = await open_text_advisor(client, "melee", adapter, four_bit=False)
    expected = await says(client, adapter)
    assert expected == alone(models / "llava", adapter)

    # WHEN it is loaded for pictures, too THEN it is no second time in memory, and both go on
    await client.load(models / "llava", four_bit=False)
    assert await sees(client)
    assert await says(client, adapter) == expected
    assert (await opened.answer("How do I deal with Peach's turnips as Falco?")).model == "own-llava"
    assert memory(client) == {models / "llava"}

    # WHEN it goes for another text model THEN the pictures are seen as before, and nothing of the adapter is left
    seen = await sees(client)
    await client.load(models / "base", role="text")
    assert await sees(client) == seen
    await client.load(models / "llava", role="text", four_bit=False)
    assert await says(client, models / "other") == alone(models / "llava", models / "other")


async def test_a_llava_on_this_computer_takes_the_place_of_a_base_that_is_not(
    quick: EngineClient, models: Path, tmp_path: Path
) -> None:
    # GIVEN an adapter whose base is known, but not here WHEN nothing else fits THEN it is said how to get that
    in_catalogue("Llama-9", "text")
    in_catalogue("other-llava", "vision", models / "mistral")
    adapter = named(tmp_path / "tips", models / "tips", "meta-llama/Llama-9")
    opened = await open_text_advisor(quick, "melee", adapter)
    assert "Llama-9 is not on this computer yet" in opened.note
    assert "coach models get" in opened.note
    # AND the guides answer meanwhile
    assert (await opened.answer("How do I deal with Peach's turnips as Falco?")).quoted

    # WHEN a LLaVA on such a Llama is here, too THEN that answers
    in_catalogue("own-llava", "vision", models / "llava")
    await open_text_advisor(quick, "melee", adapter)
    assert memory(quick) == {models / "llava"}


@pytest.mark.parametrize("by", ["hub", "folder"])
async def test_an_adapter_that_names_a_llava_is_put_onto_it(
    quick: EngineClient, models: Path, tmp_path: Path, by: str
) -> None:
    # GIVEN an adapter made for a LLaVA, which it names by its address at a hub, or by its folder
    if by == "hub":
        entry = {"name": "own", "title": "own", "hub_id": "llava-hf/own-hf", "folder": models / "llava"}
        add_model(ModelEntry.model_validate(entry))
    base = "llava-hf/own-hf" if by == "hub" else str(models / "llava")
    adapter = named(tmp_path / "tips", models / "tips", base)

    # WHEN it is asked for beside a model for pictures that does not fit THEN that LLaVA answers
    await quick.load(models / "mistral")
    await open_text_advisor(quick, "melee", adapter)
    assert memory(quick) == {models / "mistral", models / "llava"}
