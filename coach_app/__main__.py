"""The command ``coach``: starts the command line, or what the bundle starts itself for: the engine, a chat template.

Whatever goes wrong, the user reads one sentence; tracebacks go to the log file only. Hardly anything is imported before
Ctrl-C can be answered.
"""

import sys

INTERRUPTED = 130
"""Exit code of a program that was ended by Ctrl-C."""


def main() -> None:
    """Run the command line of this process.

    Raises:
        SystemExit: 0 done, 1 could not (said in one sentence), 2 wrong usage, 130 interrupted.
    """
    try:
        _run()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None


def _run() -> None:
    import multiprocessing

    multiprocessing.freeze_support()
    if sys.argv[1:2] == ["--engine"]:
        from coach_app.engine.__main__ import main as run_engine

        del sys.argv[1]
        run_engine()
        return
    if sys.argv[1:2] == ["--chat"]:
        from coach_app.engine.chat import main as render_chat

        render_chat()
        return

    _end_in_order_when_terminated()
    import logging

    from coach_app.desktop.folders import log_dir
    from coach_app.desktop.output import accept_any_text, start_log
    from coach_app.domain.errors import CoachError

    logger = logging.getLogger(__name__)
    accept_any_text(sys.stdout, sys.stderr)
    log = start_log()
    try:
        from coach_app.cli import app
        from coach_app.cli.language import run

        run(app)
    except CoachError as error:
        logger.info("Ended with an error that the user was told: %s", type(error.__cause__ or error).__name__)
        _fail(str(error), 1)
    except Exception as error:
        logger.critical("Ended by an unexpected error", exc_info=error)
        details = f"the details are in {log}" if log else f"the log folder {log_dir()} cannot be written"
        _fail(f"The coach stopped because of an unexpected error ({type(error).__name__}); {details}.", 1)


def _end_in_order_when_terminated() -> None:
    """Clean up on SIGTERM, and when the terminal is closed, as on Ctrl-C; before pygame would have SIGTERM do nothing.

    What is ignored stays so, as under ``nohup``.
    """
    import signal

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, interrupt)


def _fail(sentence: str, code: int) -> None:
    from coach_app.cli.language import translated
    from coach_app.cli.terminal import write

    write(translated(sentence), aside=True)
    raise SystemExit(code)


if __name__ == "__main__":
    main()
