"""Features by one forward pass: the article's numbers, batched, remembered, without adapters."""

import gc
import tracemalloc
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from peft import LoraConfig
from PIL import Image

from coach_app.engine.answering import model_inputs
from coach_app.engine.loader import VisionModel
from coach_app.games.catalogue import to_play
from coach_app.qvalues.features import Features

PROMPT = "Where should the cat move?"
WIDE = Image.effect_noise((60, 40), 90).convert("RGB")
TALL = Image.effect_noise((30, 70), 90).convert("RGB")
RED = Image.new("RGB", (60, 40), (200, 30, 10))


class Counted:
    """Prepares pictures for a model, and counts them."""

    def __init__(self, vision: VisionModel) -> None:
        self._vision = vision
        self.count = 0

    def __call__(self, images: Sequence[Image.Image]) -> Mapping[str, Any]:
        self.count += len(images)
        inputs: Mapping[str, Any] = model_inputs(self._vision, PROMPT, images)
        return inputs


def generated(vision: VisionModel, picture: Image.Image) -> torch.Tensor:
    """The first logits of a generation: what the article takes."""
    with torch.inference_mode():
        made = vision.model.generate(
            **model_inputs(vision, PROMPT, [picture]),
            max_new_tokens=1,
            do_sample=False,
            output_logits=True,
            return_dict_in_generate=True,
        )
    logits: torch.Tensor = made.logits[0].float()
    return logits


def test_one_pass_gives_the_first_logits_of_a_generation(either: VisionModel) -> None:
    # GIVEN a model and pictures: noise, and a position of the game
    game = Image.fromarray(to_play("grid-levels").make().reset(seed=500_000)[0])
    features = Features(either.model, Counted(either))

    for picture in (WIDE, game):
        # WHEN features are made and a token is generated / THEN both are the same numbers
        article = generated(either, picture)
        assert features.forward([picture]).shape == (1, features.width) == article.shape
        assert torch.allclose(features.forward([picture]), article, atol=1e-4, rtol=0)


def test_a_batch_of_different_sizes_gives_the_same(either: VisionModel) -> None:
    # GIVEN pictures of several sizes, one of them twice / WHEN they are asked for together
    pictures = [WIDE, TALL, RED, WIDE]
    rows = Features(either.model, Counted(either), batch=2).of(pictures)

    # THEN each row is the one of its picture alone, as far as float16 can say
    alone = torch.cat([generated(either, picture) for picture in pictures])
    assert rows.dtype == np.float16
    together = Features(either.model, Counted(either)).forward([WIDE, RED])
    assert torch.allclose(together, alone[[0, 2]], atol=1e-4, rtol=0)
    assert np.allclose(rows, alone.numpy(), atol=2e-3, rtol=1e-3)


def test_the_hidden_state_is_pooled(tiny: VisionModel) -> None:
    # GIVEN the other kind of features / WHEN they are made
    features = Features(tiny.model, Counted(tiny), "hidden")
    made = features.forward([WIDE, RED])

    # THEN they are the last hidden states, averaged over all places
    with torch.inference_mode():
        states = tiny.model(**model_inputs(tiny, PROMPT, [WIDE, RED]), output_hidden_states=True).hidden_states[-1]
    assert made.shape == (2, features.width) == (2, 32)
    assert torch.allclose(made, states.mean(1), atol=1e-5)


def test_what_was_seen_is_remembered_within_its_bytes(tiny: VisionModel) -> None:
    # GIVEN room for two rows
    prepare = Counted(tiny)
    features = Features(tiny.model, prepare, cache_bytes=2 * (2 * Features(tiny.model, prepare).width + 400))
    first = features.of([WIDE, RED])

    # WHEN a remembered picture is seen again as a copy / THEN it is not made again, and is the same
    assert np.array_equal(features.of([WIDE.copy(), WIDE]), first[[0, 0]])
    assert (prepare.count, features.hits) == (2, 2)

    # WHEN a third one comes / THEN the one that was not asked for longest goes
    features.of([TALL])
    features.of([WIDE])
    assert prepare.count == 3
    features.of([RED])
    assert prepare.count == 4


@pytest.mark.parametrize("batch", [1, 16])
def test_what_is_remembered_takes_no_more_memory_than_was_allowed(batch: int) -> None:
    # GIVEN narrow features, of which 600 find room, and pictures that never come twice
    width, room = 100, 600 * 600
    pictures = [Image.new("L", (4, 4), n // 256 % 256) for n in range(3 * 1024)]
    for n, picture in enumerate(pictures):
        picture.putpixel((0, 0), n % 256)
    config = SimpleNamespace(get_text_config=lambda: SimpleNamespace(vocab_size=width))

    def model(rows: torch.Tensor, **_: object) -> Any:
        return SimpleNamespace(logits=torch.zeros(len(rows), 1, width))

    model.config = config  # type: ignore[attr-defined]
    features = Features(model, lambda some: {"rows": torch.zeros(len(some))}, cache_bytes=room, batch=batch)
    features.of(pictures[:batch])  # what torch itself keeps
    # WHEN thousands of them have been seen THEN what it costs is what was allowed, not only what the numbers take
    tracemalloc.start()
    try:
        for start in range(0, len(pictures), batch):
            features.of(pictures[start : start + batch])
        gc.collect()
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert used < room * 1.1


def test_nothing_is_remembered_without_room(tiny: VisionModel) -> None:
    # GIVEN no room / WHEN a picture is seen twice / THEN it is made twice; no pictures are no rows
    prepare = Counted(tiny)
    features = Features(tiny.model, prepare, cache_bytes=0)
    features.of([WIDE])
    features.of([WIDE])
    assert prepare.count == 2
    assert features.of([]).shape == (0, features.width)


def test_the_size_of_a_picture_counts_not_only_its_bytes(tiny: VisionModel) -> None:
    # GIVEN two pictures of the same bytes but of another shape / WHEN both are seen / THEN both are made
    prepare = Counted(tiny)
    features = Features(tiny.model, prepare)
    features.of([RED, Image.frombytes("RGB", (40, 60), RED.tobytes())])
    assert prepare.count == 2


def test_an_adapter_is_off_for_features_and_on_again_after(tmp_path_factory: pytest.TempPathFactory) -> None:
    # GIVEN a model whose answers an adapter changes
    from coach_app.engine.loader import load_vision
    from tests.fakes.models import build_llava

    vision = load_vision(build_llava(tmp_path_factory.mktemp("models") / "adapted"))
    bare = generated(vision, WIDE)
    before = Features(vision.model, Counted(vision)).of([WIDE])
    targets = r"model\.language_model\..*\.(q_proj|v_proj)"
    vision.model.add_adapter(LoraConfig(r=4, target_modules=targets, init_lora_weights=False))
    adapted = generated(vision, WIDE)
    assert not torch.allclose(bare, adapted, atol=1e-2)

    # WHEN features are made / THEN they are those of the bare model, and answers still come from the adapted one
    assert np.array_equal(Features(vision.model, Counted(vision)).of([WIDE]), before)
    assert torch.equal(generated(vision, WIDE), adapted)
