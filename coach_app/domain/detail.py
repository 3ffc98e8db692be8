"""The resolution at which a model sees a picture."""

from typing import Literal, get_args

Detail = Literal["base", "wide", "full"]
"""The whole picture shrunk to one square; that and its two halves enlarged; or that and its quarters."""

DETAILS: tuple[Detail, ...] = get_args(Detail)
"""The coarsest first."""
