"""Unit tests that touch Qt do so without a screen."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
