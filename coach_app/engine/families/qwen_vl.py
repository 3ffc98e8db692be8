"""Qwen-VL: takes pictures at their native size, with three-dimensional positions (M-RoPE)."""

from coach_app.engine.families.other import Other


class QwenVL(Other):
    """Qwen2-VL, Qwen2.5-VL and Qwen3-VL, dense or with experts."""

    wide = ("model.visual", "lm_head")
