"""Memory, then this machine, then online; each sentence once."""

import asyncio
from pathlib import Path

import pytest

from coach_app.domain.errors import CoachError
from coach_app.settings.schema import TranslationSettings
from coach_app.translation.chain import ChainTranslator, choose
from coach_app.translation.google import GoogleTranslator
from coach_app.translation.memory import TranslationMemory


class Dictionary:
    """A translator that knows some sentences and counts what it is asked."""

    def __init__(self, known: dict[str, str], sends_text_away: bool = False) -> None:
        self.known = known
        self.sends_text_away = sends_text_away
        self.asked: list[str] = []
        self.closed = 0
        self.asked_once = asyncio.Event()
        self.gate: asyncio.Event | None = None

    async def to_english(self, question: str) -> str | None:
        self.asked.append(question)
        return next((english for english, japanese in self.known.items() if japanese == question), None)

    async def translate(self, text: str) -> str | None:
        self.asked.append(text)
        self.asked_once.set()
        if self.gate is not None:
            await self.gate.wait()
        return self.known.get(text)

    async def close(self) -> None:
        self.closed += 1


async def test_each_sentence_goes_down_the_chain_until_one_knows_it() -> None:
    """GIVEN a local and an online translator WHEN advice is translated THEN online gets what the local one lacks."""
    local = Dictionary({"Climb up.": "上へ。"})
    online = Dictionary({"Mind that cat there.": "猫に注意。"}, sends_text_away=True)
    chain = ChainTranslator(TranslationMemory(None), {"local": local, "google": online})

    assert await chain.translate("Climb up. Mind that cat there. Climb up.") == "上へ。猫に注意。上へ。"
    assert sorted(local.asked) == ["Climb up.", "Mind that cat there."]
    assert online.asked == ["Mind that cat there."]
    assert chain.sends_text_away

    assert await chain.translate("Mind that cat there. Climb up.") == "猫に注意。上へ。"
    assert len(local.asked) == 2
    assert len(online.asked) == 1
    await chain.close()
    await chain.close()
    assert local.closed == online.closed == 2


async def test_half_translated_advice_stays_english() -> None:
    """GIVEN a sentence that nobody knows WHEN its advice is translated THEN there is none, but the rest is kept."""
    memory = TranslationMemory(None)
    chain = ChainTranslator(memory, {"local": Dictionary({"Climb up.": "上へ。"})})
    assert await chain.translate("Climb up. Do a barrel roll.") is None
    assert await chain.translate("") is None
    assert memory.recall("Climb up.", {"local"}) == "上へ。"
    assert not chain.sends_text_away
    await chain.close()


@pytest.mark.parametrize("nonsense", ["Climb up.", "", "上" * 500, "<html>エラー"])
async def test_nonsense_goes_neither_out_nor_into_the_memory(nonsense: str) -> None:
    """GIVEN a translator that talks nonsense WHEN asked THEN the next one is asked and only its answer is kept."""
    memory = TranslationMemory(None)
    online = Dictionary({"Climb up.": "上へ。"}, sends_text_away=True)
    chain = ChainTranslator(memory, {"local": Dictionary({"Climb up.": nonsense}), "google": online})
    assert await chain.translate("Climb up.") == "上へ。"
    assert memory.recall("Climb up.", {"local"}) is None
    assert memory.recall("Climb up.", {"google"}) == "上へ。"
    await chain.close()


async def test_another_local_model_is_asked_anew_but_online_translations_stay(tmp_path: Path) -> None:
    """GIVEN sentences of Google and of a model WHEN another model is in use THEN only the model's are asked anew."""
    file = tmp_path / "m.sqlite"
    chain = ChainTranslator(
        TranslationMemory(file),
        {
            "local old": Dictionary({"Climb up.": "古い上。"}),
            "google": Dictionary({"Mind that cat there.": "猫に注意。"}, sends_text_away=True),
        },
    )
    await chain.translate("Climb up. Mind that cat there.")
    await chain.close()

    new = Dictionary({"Climb up.": "新しい上。", "Mind that cat there.": "ちがう猫。"})
    chain = ChainTranslator(TranslationMemory(file), {"local new": new})
    assert await chain.translate("Climb up. Mind that cat there.") == "新しい上。猫に注意。"
    assert new.asked == ["Climb up."]
    await chain.close()


async def test_a_sentence_is_sent_once_though_its_advice_is_dropped() -> None:
    """GIVEN a sentence on its way to Google WHEN its advice is dropped and it comes again THEN it is not sent again."""
    online = Dictionary({"Climb up.": "上へ。"}, sends_text_away=True)
    online.gate = asyncio.Event()
    chain = ChainTranslator(TranslationMemory(None), {"google": online})
    dropped = asyncio.create_task(chain.translate("Climb up."))
    await online.asked_once.wait()
    dropped.cancel()
    with pytest.raises(asyncio.CancelledError):
        await dropped

    again = asyncio.create_task(chain.translate("Climb up."))
    online.gate.set()
    assert await again == "上へ。"
    assert online.asked == ["Climb up."]
    await chain.close()


async def test_closing_ends_what_is_under_way() -> None:
    """GIVEN a sentence that never comes back WHEN the chain is closed THEN its task is gone."""
    online = Dictionary({}, sends_text_away=True)
    online.gate = asyncio.Event()
    chain = ChainTranslator(TranslationMemory(None), {"google": online})
    waiting = asyncio.create_task(chain.translate("Climb up."))
    await online.asked_once.wait()
    await chain.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_nothing_is_sent_unless_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN the chooser WHEN online is not allowed THEN Google is not asked; WHEN allowed THEN last."""
    asked: list[str] = []

    async def google(self: GoogleTranslator, text: str) -> str | None:
        asked.append(text)
        return "猫に注意。"

    async def local(text: str) -> str:
        if text != "Climb up.":
            raise CoachError("The translator does not know this sentence.")
        return "上へ。"

    monkeypatch.setattr(GoogleTranslator, "translate", google)
    chain = choose(TranslationSettings(provider="google"), TranslationMemory(None), local, "grid-ja")
    assert not chain.sends_text_away
    assert await chain.translate("Climb up.") == "上へ。"
    assert await chain.translate("Mind that cat there.") is None
    assert asked == []
    await chain.close()

    chain = choose(TranslationSettings(online=True), TranslationMemory(None), local, "grid-ja")
    assert chain.sends_text_away
    assert await chain.translate("Climb up. Mind that cat there.") == "上へ。猫に注意。"
    assert asked == ["Mind that cat there."]
    await chain.close()

    chain = choose(TranslationSettings(), TranslationMemory(None))
    assert await chain.translate("Climb up.") is None
    await chain.close()


async def test_google_put_first_replaces_what_the_local_model_gave(tmp_path: Path) -> None:
    """GIVEN a sentence that a local model translated WHEN Google is put first THEN its answer is shown."""
    file = tmp_path / "m.sqlite"
    local = Dictionary({"Climb up.": "うえ。"})
    chain = ChainTranslator(TranslationMemory(file), {"local a": local})
    await chain.translate("Climb up.")
    await chain.close()

    online = Dictionary({"Climb up.": "上へ。"}, sends_text_away=True)
    chain = ChainTranslator(TranslationMemory(file), {"google": online, "local a": local})
    assert await chain.translate("Climb up.") == "上へ。"
    await chain.close()

    chain = ChainTranslator(TranslationMemory(file), {"local a": local})
    assert await chain.translate("Climb up.") == "上へ。"
    assert (len(local.asked), len(online.asked)) == (1, 1)
    await chain.close()


async def test_a_question_is_had_before_or_of_the_phrase_book_or_asked_for(tmp_path: Path) -> None:
    """GIVEN every kind of help WHEN a question is translated THEN online help is asked only for what nobody knows."""
    memory = TranslationMemory(tmp_path / "m.sqlite")
    online = Dictionary({"How do I beat the boss?": "ボスにどうやって勝つ？"}, sends_text_away=True)
    chain = ChainTranslator(memory, {"local": Dictionary({}), "google": online})

    assert await chain.to_english("木箱はどこですか？") == "Where is the crate?"
    assert online.asked == []
    assert await chain.to_english(" ボスにどうやって勝つ？ ") == "How do I beat the boss?"
    assert await chain.to_english("ボスにどうやって勝つ？") == "How do I beat the boss?"
    assert online.asked == ["ボスにどうやって勝つ？"]
    assert await chain.to_english("何これ？") is None
    await chain.close()


async def test_a_question_that_comes_back_japanese_is_not_english() -> None:
    """GIVEN a service that gives the Japanese back WHEN a question is translated THEN there is no translation."""
    echo = Dictionary({"ボスは？": "ボスは？"}, sends_text_away=True)
    chain = ChainTranslator(TranslationMemory(None), {"google": echo})
    assert await chain.to_english("ボスは？") is None
    await chain.close()


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        (
            "Dig stone. The stone is 2 left and 1 up. Move up.",
            "石を掘りましょう。石は左へ2、上へ1マスです。上へ動きましょう。",
        ),
        ("You have this: 3 wood, 2 saplings.", "持ち物：木材3個、苗木2個。"),
    ],
)
async def test_what_a_game_says_itself_needs_no_translator(english: str, japanese: str) -> None:
    # GIVEN no translator WHEN the words of a game come THEN they are Japanese at once
    chain = ChainTranslator(TranslationMemory(None), {})
    assert await chain.translate(english) == japanese
    # AND what only looks like them is not half translated
    assert await chain.translate("The portal is 2 left and 1 up.") is None
    await chain.close()
