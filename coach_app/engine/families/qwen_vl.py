"""Qwen-VL: takes a picture in the size in which it comes, and counts positions in three directions (M-RoPE)."""

from coach_app.engine.families.other import Other


class QwenVL(Other):
    """Qwen2-VL, Qwen2.5-VL and Qwen3-VL, dense or with experts."""

    wide = ("model.visual", "lm_head")
