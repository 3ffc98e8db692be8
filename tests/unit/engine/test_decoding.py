"""Answers made by a loop of our own are, token by token, those that ``generate`` makes."""

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image
from transformers import DynamicCache, GenerationConfig, StaticCache

from coach_app.domain.moves import AvoidedMoves
from coach_app.domain.resources import resources_dir
from coach_app.engine import decoding
from coach_app.engine.answering import answer, model_inputs
from coach_app.engine.decoding import Decoder, Guesses, filled, is_greedy
from coach_app.engine.faults import Stopped
from coach_app.engine.loader import VisionModel, load_vision
from coach_app.engine.second_thought import decoded as decoded_text
from coach_app.engine.second_thought import move_likelihood
from coach_app.games.grid.env import GridEnv
from coach_app.games.profiles import profile_of

PROMPT = profile_of("grid-levels").prompt
QUESTIONS = [PROMPT, "Where is the hole?", "Is up safe?"]
END = 2


@pytest.fixture(scope="module")
def coach() -> VisionModel:
    return load_vision(resources_dir() / "models" / "grid-coach")


@pytest.fixture(autouse=True)
def _inference() -> Iterator[None]:
    with torch.inference_mode():
        yield


def frame(seed: int) -> Image.Image:
    return Image.fromarray(GridEnv(random_levels=True).reset(seed=seed)[0])


def by_generate(vision: VisionModel, inputs: Any, limit: int = 60) -> list[int]:
    made = vision.model.generate(**inputs, max_new_tokens=limit, do_sample=False, pad_token_id=3)
    return list(made[0, inputs["input_ids"].shape[1] :].tolist())


def decoded(decoder: Decoder, vision: VisionModel, inputs: Any, cache: Any, limit: int = 60) -> list[int]:
    tokens: list[int] = []
    decoder.decode(vision.model, inputs, cache, limit, [END], tokens.append)
    return tokens


def test_each_token_comes_with_its_probability(coach: VisionModel) -> None:
    # GIVEN an answer, of which all tokens are known, and one whose tokens are made one by one
    inputs = model_inputs(coach, PROMPT, [frame(500_000)])
    decoder, tokens = Decoder(), list[int]()
    alone = decoder.decode(coach.model, inputs, growing(coach), 60, [END], tokens.append)
    guessed = decoder.decode(coach.model, inputs, growing(coach), 60, [END], lambda token: None)
    # THEN both have the same probabilities: those of the model for the whole text at once
    whole = torch.cat([inputs["input_ids"], torch.tensor([tokens])], 1)
    given = {name: value for name, value in inputs.items() if name not in ("input_ids", "attention_mask")}
    likely = coach.model(input_ids=whole, **given).logits[0].float().softmax(-1)
    start = inputs["input_ids"].shape[1] - 1
    expected = [float(likely[start + at, token]) for at, token in enumerate(tokens)]
    assert alone == pytest.approx(expected, abs=1e-3)
    assert guessed == pytest.approx(expected, abs=1e-3)


def test_it_is_told_how_likely_the_move_was_and_all_up_to_it(coach: VisionModel) -> None:
    # GIVEN a picture WHEN the coach answers, knowing which moves there are
    moves = profile_of("grid-levels").moves
    found = answer(
        coach, PROMPT, frame(500_000), 60, lambda words: None, lambda: False, avoided=AvoidedMoves(moves, ())
    )
    # THEN it tells how likely the move was to it; without moves it does not, as there is nothing to be sure of
    assert found.likelihood is not None
    assert 0.5 < found.likelihood.move <= 1
    assert 0.3 < found.likelihood.whole <= found.likelihood.move
    plain = answer(coach, PROMPT, frame(500_000), 60, lambda words: None, lambda: False)
    assert (plain.text, plain.likelihood) == (found.text, None)
    # and it is made of the probabilities of the tokens that spell the move, and of those before them
    tokenizer = coach.processor.tokenizer
    ids = tokenizer("Go down.", add_special_tokens=False)["input_ids"]
    sample = replace(plain, ids=tuple(ids))
    words = [decoded_text(tokenizer, [token]).strip() for token in ids]
    likely = [0.5 if word == "down" else 0.9 for word in words]
    before = math.prod(likely[: words.index("down")])
    told = move_likelihood(tokenizer, sample, likely, moves)
    assert told
    assert (told.move, told.whole) == pytest.approx((0.5, 0.5 * before))
    assert move_likelihood(tokenizer, replace(sample, ids=tuple(ids[:1])), likely, moves) is None


def growing(vision: VisionModel) -> DynamicCache:
    return DynamicCache(config=vision.model.config.get_text_config())


def test_answers_are_those_of_generate_whatever_was_guessed(coach: VisionModel) -> None:
    # GIVEN one decoder for answers about different pictures, to different questions, so that many guesses are wrong
    decoder = Decoder()
    for seed in range(500_000, 500_012):
        inputs = model_inputs(coach, QUESTIONS[seed % 3], [frame(seed)])
        # WHEN each is decoded THEN it has exactly the tokens of generate
        assert decoded(decoder, coach, inputs, growing(coach)) == by_generate(coach, inputs)


def test_guesses_save_passes_of_the_model(coach: VisionModel) -> None:
    # GIVEN the passes of the model, counted
    passes: list[int] = []
    hook = coach.model.register_forward_pre_hook(lambda *_: passes.append(1))
    decoder, tokens = Decoder(), 0
    # WHEN the same question is asked about many pictures
    for seed in range(500_020, 500_032):
        tokens += len(decoded(decoder, coach, model_inputs(coach, PROMPT, [frame(seed)]), growing(coach)))
    hook.remove()
    # THEN far fewer passes than tokens were made
    assert len(passes) < 0.7 * tokens


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_answers_are_cut_off_at_the_limit(coach: VisionModel, limit: int) -> None:
    # GIVEN a decoder that has said just this before, so that it guesses the whole of it
    decoder, inputs = Decoder(), model_inputs(coach, PROMPT, [frame(500_040)])
    whole = decoded(decoder, coach, inputs, growing(coach))
    # WHEN the answer may be so long only THEN it is its beginning
    assert decoded(decoder, coach, inputs, growing(coach), limit) == whole[:limit]


def test_a_cache_of_fixed_length_gives_the_same_tokens(coach: VisionModel) -> None:
    # GIVEN a cache as it is with CUDA, where steps are recorded; here each step is made anew
    decoder = Decoder()
    cache = StaticCache(config=coach.model.config.get_text_config(), max_cache_len=256)
    for seed in (500_050, 500_051):
        inputs = model_inputs(coach, PROMPT, [frame(seed)])
        # WHEN answers are decoded one after the other in the same memory THEN they are those of generate
        said = decoded(decoder, coach, inputs, cache)
        assert said == by_generate(coach, inputs)
        # THEN the cache holds all but the last token, which nothing followed
        assert filled(cache) == inputs["input_ids"].shape[1] + len(said) - 1
        decoding.refill(cache, 0)


def test_whole_answers_with_caches_of_fixed_length(coach: VisionModel, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN answers about two pictures, and further questions
    fresh = load_vision(resources_dir() / "models" / "grid-coach")
    fresh = replace(fresh, forward=fresh.model)

    def ask(vision: VisionModel, question: str, seed: int, limit: int = 60) -> str:
        return answer(vision, question, frame(seed), limit, lambda words: None, lambda: False).text

    asked = [(PROMPT, 500_060), (QUESTIONS[1], 500_060), (PROMPT, 500_061), (QUESTIONS[2], 500_061)]
    expected = [ask(coach, *each) for each in asked]
    # WHEN they are asked where caches have a fixed length
    monkeypatch.setattr(decoding, "_is_recorded", lambda model: True)
    said = [ask(fresh, *each) for each in asked]
    # THEN the answers are the same, and memory was taken once
    assert said == expected
    cache = fresh.look.cache
    assert isinstance(cache, StaticCache)
    # WHEN an answer is stopped in the middle THEN the next one is not disturbed
    left = iter([False] * 8)
    with pytest.raises(Stopped):
        answer(fresh, PROMPT, frame(500_062), 60, lambda words: None, lambda: next(left, True))
    assert ask(fresh, QUESTIONS[1], 500_062) == ask(coach, QUESTIONS[1], 500_062)
    assert fresh.look.cache is cache
    # WHEN a question has no room behind the picture THEN the picture is looked at again, with more room
    monkeypatch.setattr(fresh.look, "has_room", lambda tokens: False)
    assert ask(fresh, QUESTIONS[2], 500_062) == ask(coach, QUESTIONS[2], 500_062)


def test_a_picture_looked_at_ahead_is_not_looked_at_again(coach: VisionModel) -> None:
    # GIVEN the answer to a question, and what is passed on of each look
    image, calls = frame(500_070), list[int]()
    expected = answer(coach, PROMPT, image, 60, lambda words: None, lambda: False).text
    other = load_vision(resources_dir() / "models" / "grid-coach")
    other.model.model.multi_modal_projector.register_forward_hook(lambda *_: calls.append(1))
    # WHEN the picture was looked at before the question came, once more in vain, and once although nobody wanted it
    for _ in range(2):
        assert answer(other, "", image, 0, lambda words: None, lambda: False).tokens == 0
    with pytest.raises(Stopped):
        answer(other, "", frame(500_071), 0, lambda words: None, lambda: True)
    # THEN the answer is the same, by one look
    assert answer(other, PROMPT, image, 60, lambda words: None, lambda: False).text == expected
    assert calls == [1]


def test_models_that_want_more_than_the_likeliest_token_are_left_to_generate(coach: VisionModel, llava: Path) -> None:
    # GIVEN a model that suppresses tokens, and one that does not WHEN looked at THEN only the second decodes alone
    tiny = load_vision(llava)
    assert (coach.decodes_alone, tiny.decodes_alone) == (True, False)
    assert is_greedy(coach.model)
    assert not is_greedy(tiny.model)
    # GIVEN what published models say beside (sampling, which advice never uses) THEN it does not matter
    tiny.model.generation_config = GenerationConfig(eos_token_id=1, do_sample=True, temperature=0.6, top_p=0.9)
    assert is_greedy(tiny.model)
    tiny.model.generation_config = GenerationConfig(eos_token_id=1, repetition_penalty=1.1)
    assert not is_greedy(tiny.model)


def test_guesses_follow_the_longest_part_alike() -> None:
    # GIVEN earlier answers
    guesses = Guesses()
    guesses.learn([1, 2, 3, 4, 5])
    guesses.learn([9, 2, 3, 7, 8])
    # WHEN something is said THEN the latest answer is guessed first, then what is longest alike
    assert guesses.after([]) == [9, 2, 3, 7, 8]
    assert guesses.after([2, 3]) == [7, 8]
    assert guesses.after([1, 2, 3]) == [4, 5]
    assert guesses.after([6]) == []
    assert guesses.after([8]) == []
