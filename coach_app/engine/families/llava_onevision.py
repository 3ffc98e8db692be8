"""LLaVA-OneVision: tiles as in LLaVA-NeXT, a SigLIP tower and a Qwen2."""

from coach_app.engine.families.anyres import Anyres


class LlavaOneVision(Anyres):
    """LLaVA-OneVision (https://llava-vl.github.io/blog/2024-08-05-llava-onevision/), for pictures."""
