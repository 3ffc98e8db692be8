"""Saves a model in 4 bits: a third of the disk space, and no quantisation when loading."""

import shutil

from coach_app.domain.errors import CoachError
from coach_app.engine.loader import load_text, load_vision
from coach_app.models.catalogue import ModelEntry, add_model, catalogue, entry_of_folder, models_dir, usable_models_dir
from coach_app.models.fit import memory_for

_SPARE_BYTES = 200_000_000
_SHARD = "2GB"


def shrink(entry: ModelEntry, name: str = "") -> ModelEntry:
    """Save a model in 4 bits (nf4, double quantisation) in the models folder, and add it to the user's list.

    Args:
        entry: a local model for pictures or text.
        name: name of the new model.

    Returns:
        The entry of the new model.

    Raises:
        CoachError: it has another role or is already in 4 bits, the name is taken, or memory or disk space is
            insufficient.
    """
    folder, memory = entry.path(), memory_for(entry)
    if entry.role not in ("vision", "text") or memory is None or memory.bits4 >= memory.bits16:
        raise CoachError(f"{entry.title} cannot be made smaller.", "Choose a large model for pictures or text.")
    name = entry_of_folder(folder, name or f"{entry.name}-4bit").name  # has to be a checkpoint
    if any(name == known.name for known in catalogue()):
        raise CoachError(f"There is a model called {name!r} already.", "Choose another name with --name.")
    target = usable_models_dir() / name
    partial = target.with_name(f".{name}.shrinking")
    if target.exists():
        raise CoachError(f"There is a folder {target} already.", "Choose another name with --name.")
    most = memory.weights(4, wide=True)  # on a CPU the rest is saved in 32 bits
    if shutil.disk_usage(models_dir()).free < most + _SPARE_BYTES:
        raise CoachError(
            f"There is not enough room for {most / 1e9:.1f} GB in {models_dir()}.",
            "Make room, or choose another folder with: coach models folder PATH",
        )
    shutil.rmtree(partial, ignore_errors=True)
    try:
        if entry.role == "vision":
            vision = load_vision(folder, four_bit=True, quick=False)
            model, reader = vision.model, vision.processor
        else:
            text = load_text(folder, four_bit=True)
            model, reader = text.model, text.tokenizer
        model.save_pretrained(partial, max_shard_size=_SHARD)
        reader.save_pretrained(partial)
        partial.rename(target)
    except OSError as error:
        raise CoachError(f"{entry.title} could not be saved in {models_dir()}: {error.strerror}.") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    known = {"title": f"{entry.title}, 4 bits", "good_for": entry.good_for, "licence": entry.licence}
    smaller = entry_of_folder(target, name).model_copy(update=known)
    add_model(smaller)
    return smaller
