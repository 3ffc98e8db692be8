"""Runs before anything else in the bundle (Linux): programs that the coach starts get the system's own libraries.

The bundle's starter puts the bundle's folder into LD_LIBRARY_PATH; a program like Xvfb would then load those of Python.
"""

import os

if (path := os.environ.pop("LD_LIBRARY_PATH_ORIG", None)) is not None:
    os.environ["LD_LIBRARY_PATH"] = path
else:
    os.environ.pop("LD_LIBRARY_PATH", None)
