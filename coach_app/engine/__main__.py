"""``python -m coach_app.engine``: the engine process. Started by the engine client only."""

import logging
import os
import signal
import sys

_ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "TOKENIZERS_PARALLELISM": "false",
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "64",  # it keeps something for each length of a prompt: 1024, unless told
}


def main() -> None:
    """Serve the parent on standard input and output until it closes them; never returns."""
    os.environ.update(_ENVIRONMENT)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is handled by the parent, which shuts this process down
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    # Library output must not get between the messages.
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")

    from coach_app.engine.server import Engine

    Engine(requests, replies).serve()
    os._exit(0)  # a model may still be working in its thread, and there is nothing to save


if __name__ == "__main__":
    main()
