"""Makes an ordinary checkpoint of a model in a GGUF file.

The format: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>. transformers reads it, but such a model refuses
to change its precision and to be trained; a plain Llama with the same weights does not.
"""

import contextlib
import io
import logging
from pathlib import Path
from typing import Any

import torch
from transformers import AutoTokenizer, LlamaForCausalLM

from coach_app.domain.errors import CoachError
from coach_app.engine.faults import is_out_of_memory

logger = logging.getLogger(__name__)

_MAKE = "llama"
_REMEDY = "Download the model again."


def convert(gguf: Path, folder: Path) -> None:
    """Save the model in a GGUF file as a Llama in 16 bits, with its tokenizer and chat template.

    Args:
        gguf: the file; its weights may be quantised.
        folder: of the checkpoint; it is created.

    Raises:
        CoachError: the file is damaged, or holds a model of another make.
        OSError: the checkpoint cannot be written.
        MemoryError: it does not fit: all weights are held in 32 bits, twice.
    """
    make = _make_of(gguf)
    if make != _MAKE:
        raise CoachError(f"The file {gguf.name} holds a model of another make ({make}), and no Llama.", _REMEDY)
    place: dict[str, Any] = {"gguf_file": gguf.name, "local_files_only": True}
    try:
        with torch.no_grad(), contextlib.redirect_stderr(io.StringIO()):  # progress bars of its own
            loaded: Any = LlamaForCausalLM.from_pretrained(gguf.parent, output_loading_info=True, **place)
            read, info = loaded
            if info["missing_keys"]:
                raise ValueError(f"it lacks {sorted(info['missing_keys'])[:3]}")
            tokenizer = AutoTokenizer.from_pretrained(gguf.parent, **place)
            del read.config.quantization_config
            model = LlamaForCausalLM(read.config)
            model.load_state_dict(read.state_dict())
    except Exception as error:
        if is_out_of_memory(error):
            raise
        logger.info("The model in %s could not be read", gguf, exc_info=error)
        raise CoachError(f"The model in {gguf.name} cannot be read: the file is damaged.", _REMEDY) from error
    model.config.name_or_path = tokenizer.name_or_path = ""
    model.half().save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _make_of(gguf: Path) -> str:
    """The architecture that a GGUF file names.

    Raises:
        CoachError: it is damaged.
    """
    from gguf import GGUFReader

    try:
        field = GGUFReader(gguf).get_field("general.architecture")
        return str(field.contents()) if field else ""
    except Exception as error:
        raise CoachError(f"The file {gguf.name} is damaged, or is no GGUF.", _REMEDY) from error
