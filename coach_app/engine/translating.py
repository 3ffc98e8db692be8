"""English to Japanese by a local Marian model."""

from collections.abc import Callable
from typing import Any

import torch
from transformers import StoppingCriteria, StoppingCriteriaList

from coach_app.domain.errors import CoachError
from coach_app.domain.words import plain
from coach_app.engine.faults import Stopped
from coach_app.engine.loader import TranslationModel

_MAX_TOKENS = 256


def translate(translation: TranslationModel, text: str, stopped: Callable[[], bool]) -> str:
    """Translate an English text into Japanese.

    Raises:
        CoachError: the model's translation is not trusted; see ``confidence``.
        Stopped: as soon as ``stopped`` says so.
    """
    confidence = translation.confidence
    if confidence is not None and not confidence.knows(text):
        raise CoachError("The translator does not know these words.")
    japanese, log_probs = translate_with_log_probs(translation, text, stopped)
    if confidence is not None and not confidence.believes(log_probs):
        raise CoachError("The translator is not sure of this sentence.")
    return japanese


def translate_with_log_probs(
    translation: TranslationModel, text: str, stopped: Callable[[], bool]
) -> tuple[str, list[float]]:
    """Translate an English text by the model's own generation config (beam search), with the confidence of each token.

    Returns:
        The text, and the natural logarithm of the probability of each of its tokens, the end token included.

    Raises:
        Stopped: as soon as ``stopped`` says so.
    """
    model, tokenizer = translation.model, translation.tokenizer
    inputs = tokenizer(text, return_tensors="pt", truncation=True, max_length=_MAX_TOKENS)
    with torch.inference_mode():
        generated = model.generate(
            **inputs.to(model.device),
            max_new_tokens=_MAX_TOKENS,
            do_sample=False,
            stopping_criteria=StoppingCriteriaList([_Stop(stopped)]),
            return_dict_in_generate=True,
            output_scores=True,
        )
        log_probs = model.compute_transition_scores(
            generated.sequences, generated.scores, getattr(generated, "beam_indices", None), normalize_logits=True
        )[0]
    if stopped():
        raise Stopped
    tokens = generated.sequences[0]
    is_text = tokens[-len(log_probs) :] != tokenizer.pad_token_id
    return plain(str(tokenizer.decode(tokens, skip_special_tokens=True))), log_probs[is_text].tolist()


class _Stop(StoppingCriteria):
    def __init__(self, stopped: Callable[[], bool]) -> None:
        self._stopped = stopped

    def __call__(self, input_ids: torch.Tensor, scores: Any, **kwargs: Any) -> torch.Tensor:
        """Stopping criterion: (sequences,) bool."""
        return torch.full((input_ids.shape[0],), self._stopped(), dtype=torch.bool, device=input_ids.device)
