"""The real engine on a card with room for the least detail only: ``python -m tests.fakes.greedy_engine``."""

from typing import Any

import torch

from coach_app.engine import answering
from coach_app.engine.__main__ import main
from coach_app.engine.streaming import Answer

_answer = answering.answer


def _greedy(vision: Any, prompt: str, image: Any, max_new_tokens: int, *rest: Any) -> Answer:
    if prompt == "Where?" and "base" not in rest:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 1.2 GiB.")
    return _answer(vision, prompt, image, max_new_tokens, *rest)


if __name__ == "__main__":
    vars(answering)["answer"] = _greedy
    main()
