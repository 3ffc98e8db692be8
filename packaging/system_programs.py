"""Runs before anything else in the bundle (Linux): programs that the coach starts get the libraries that are theirs.

The bundle's starter puts the bundle's folder into LD_LIBRARY_PATH; a program like Xvfb would then load those of Python.
The coach itself, started again (its engine, a practice game), does need the folder: its starter has to begin anew
instead of trusting that the parent left it there.
"""

import os

if (path := os.environ.pop("LD_LIBRARY_PATH_ORIG", None)) is not None:
    os.environ["LD_LIBRARY_PATH"] = path
else:
    os.environ.pop("LD_LIBRARY_PATH", None)
os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
