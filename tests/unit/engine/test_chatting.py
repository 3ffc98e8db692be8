"""A text model answers in its chat template, by drawn or by the likeliest words."""

from pathlib import Path

import pytest

from coach_app.domain.sampling import GREEDY, Sampling
from coach_app.engine import answering, decoding
from coach_app.engine.answering import answer_chat, chat_ids
from coach_app.engine.loader import load_text
from coach_app.host.client import EngineClient
from tests.fakes.models import build_text

TEMPLATE = "{% for m in messages %}<{{ m['role'] }}>{{ m['content'] + '.' }}{% endfor %}{{ 'bot:' }}"


async def test_words_are_drawn_by_a_seed_or_not_at_all(tmp_path: Path) -> None:
    # GIVEN a text model
    folder = build_text(tmp_path / "model")
    text = load_text(folder)

    def said(sampling: Sampling) -> str:
        return answer_chat(text, "Where?", "", 12, sampling, lambda _: None, lambda: False).text

    # WHEN it answers THEN the likeliest words and those of one seed are always the same, those of another are not
    drawn = [Sampling(temperature=5.0, seed=seed) for seed in (1, 1, 2)]
    same, again, other = map(said, drawn)
    assert same == again != other
    assert said(GREEDY) == said(GREEDY)
    # AND an answer begins otherwise if it is told to
    otherwise = Sampling(avoided_beginning=said(GREEDY))
    assert said(otherwise)[:1] != said(GREEDY)[:1]
    # AND the engine answers as the function does
    async with EngineClient() as client:
        await client.load(folder, role="text")
        assert (await client.ask_text("Where?", None, None, 12, drawn[0])).text == same
        assert (await client.ask_text("Where?", None, None, 12, otherwise)).text == said(otherwise)


def test_what_repeats_is_answered_in_fewer_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a text model, which repeats itself as untrained ones do
    text = load_text(build_text(tmp_path / "model"))
    passes: list[int] = []
    text.model.register_forward_hook(lambda *_: passes.append(1))

    def asked() -> tuple[tuple[int, ...], int]:
        passes.clear()
        return answer_chat(text, "Where?", "", 60, GREEDY, lambda _: None, lambda: False).ids, len(passes)

    # WHEN it answers by guessing from what was said THEN it says the same as without, in fewer passes
    tokens, fewer = asked()
    monkeypatch.setattr(answering, "guessing", lambda model: {})
    assert asked() == (tokens, len(tokens))
    assert fewer < len(tokens) * 0.6


@pytest.mark.parametrize(("limit", "beginning"), [(7, ""), (40, "the likeliest")])
def test_guessing_respects_the_limit_and_the_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, beginning: str
) -> None:
    # GIVEN a limit, or a beginning that is to be avoided
    text = load_text(build_text(tmp_path / "model"))

    def asked(avoided: str = "") -> str:
        way = Sampling(avoided_beginning=avoided)
        answer = answer_chat(text, "Where?", "", limit, way, lambda _: None, lambda: False)
        assert answer.tokens <= limit
        return answer.text

    avoided = asked()[:1] if beginning else ""
    # WHEN asked with guessing and without THEN the answer is the same
    guessed = asked(avoided)
    monkeypatch.setattr(answering, "guessing", lambda model: {})
    assert asked(avoided) == guessed


@pytest.mark.parametrize("setting", [{"use_cache": False}, {"cache_implementation": "static"}])
def test_nothing_is_guessed_where_a_model_cannot_take_back(tmp_path: Path, setting: dict[str, object]) -> None:
    # GIVEN a model whose settings keep no tokens, or keep them in fixed places WHEN asked THEN it answers all the same
    text = load_text(build_text(tmp_path / "model"))
    text.model.generation_config.update(**setting)
    assert decoding.guessing(text.model) == {}
    assert answer_chat(text, "Where?", "", 5, GREEDY, lambda _: None, lambda: False).tokens


def test_the_chat_template_is_filled_with_the_question(tmp_path: Path) -> None:
    # GIVEN a model with a template that knows no pictures, and one without any
    tokenizer = load_text(build_text(tmp_path / "model")).tokenizer
    assert "Q: Where?\nA:" in tokenizer.decode(chat_ids(tokenizer, "Where?"))
    tokenizer.chat_template = TEMPLATE
    # WHEN asked THEN the question stands in it, without what would end the user's turn
    end = tokenizer.eos_token
    assert "<user>Where?.bot:" in tokenizer.decode(chat_ids(tokenizer, f"Where?{end}"))
