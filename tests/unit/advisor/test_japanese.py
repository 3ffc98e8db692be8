"""Which translator speaks for a coach."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coach_app.advisor.japanese import local_translator, readable
from coach_app.advisor.text import TextAdvisor
from coach_app.domain.errors import CoachError
from coach_app.host.messages import Answered
from coach_app.knowledge.library import user_dir
from coach_app.models import catalogue
from coach_app.models.catalogue import ModelEntry, add_model, models_dir
from tests.fakes.models import build_marian

GRID = ("grid", "grid-levels")


@pytest.fixture(scope="module")
def marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_marian(tmp_path_factory.mktemp("marian") / "some-ja")


def test_the_bundled_one_speaks_for_any_coach_where_it_is_alone() -> None:
    # GIVEN nothing downloaded WHEN a coach needs Japanese THEN the bundled translator tries
    assert local_translator(GRID).name == local_translator().name == "grid-ja"


def test_a_downloaded_one_speaks_for_the_coaches_of_any_game(marian: Path) -> None:
    # GIVEN a downloaded translator for any game
    fugumt = next(entry for entry in catalogue.catalogue() if entry.name == "fugumt-en-ja")
    models_dir().mkdir(parents=True)
    (models_dir() / fugumt.name).symlink_to(marian)
    # WHEN a coach of any game needs Japanese THEN it is that one, and the bundled coach keeps its own
    assert local_translator().name == "fugumt-en-ja"
    assert local_translator(("grid",)).name == "grid-ja"
    # WHEN the user adds another one THEN it goes before
    add_model(ModelEntry(name="mine", title="Mine", role="translator", folder=marian))
    assert local_translator().name == "mine"
    # WHEN the user chooses one, by its name or its folder THEN it is that one for every game
    assert local_translator(GRID, "fugumt-en-ja").name == "fugumt-en-ja"
    assert local_translator(GRID, str(marian)).location().resolve() == marian.resolve()


@pytest.mark.parametrize(("chosen", "sentence"), [("grid-coach", "does not translate"), ("nobody", "no model")])
def test_what_is_no_translator_is_refused(chosen: str, sentence: str) -> None:
    # GIVEN a setting that names something else WHEN Japanese is wanted THEN one sentence says so
    with pytest.raises(CoachError, match=sentence):
        local_translator(GRID, chosen)


async def test_questions_to_guides_need_no_translator() -> None:
    assert await readable("フォックスで勝つには？", None, None, "melee") == "as Fox win"
    assert await readable("How do I win?", None, None, "melee") == "How do I win?"
    with pytest.raises(CoachError, match="could not be translated"):
        await readable("今日の天気は？", None, None, "melee")


async def test_a_guide_in_japanese_answers_with_its_own_words(coach_home: Path) -> None:
    # GIVEN a guide in Japanese, and a model that nobody should ask
    folder = user_dir("cave")
    folder.mkdir(parents=True)
    (folder / "cave.md").write_text("# 洞窟\n\nランタンは宝箱の中です。", "utf-8")

    async def model(prompt: str, on_words: Callable[[str], None]) -> Answered:
        raise AssertionError(prompt)

    # WHEN it is asked THEN its passage is the answer, as it is
    answer = await TextAdvisor("cave", model, ("m", "")).answer("ランタンはどこ？")
    assert (answer.text, answer.quoted) == ("ランタンは宝箱の中です。", True)
