"""Renders a model's chat template, once, in a separate process.

A chat template is a program that comes with the model (Jinja). The sandbox denies it files and the network, but does
not stop it from running forever or filling the memory; unlike a thread, a process can be killed on every system. The
output has a placeholder for the question, filled later without the template. Never imports torch.
"""

import functools
import json
import logging
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NoReturn

from coach_app.domain.errors import CoachError

logger = logging.getLogger(__name__)

HOLE: Final = "QUESTION-GOES-HERE"
"""Where the question stands in a rendered chat; letters and dashes come through a template as they are."""
_MAX_S, _MAX_CPU_S = 30.0, 8
"""A template takes milliseconds; the start of a process, seconds where the machine is busy."""
_MAX_CHARACTERS = 200_000
_MAX_MEMORY_BYTES = 1024**3
_NO_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_OUT_OF_CPU = -getattr(signal, "SIGXCPU", 0) or None
_ENDLESS = "The chat template of the model does not come to an end."
_REMEDY = "Choose another model in the settings, or get this one again."


@functools.lru_cache(maxsize=16)
def rendered_chat(template: str, tokens: str, pictures: bool = True) -> str:
    """Render a chat with a picture and the question `HOLE`, up to the beginning of the answer.

    Args:
        template: the model's template, untrusted.
        tokens: special tokens that it may use, as a JSON object.
        pictures: whether there is a picture; templates of text models know the question alone.

    Raises:
        CoachError: it does not end, fails, or omits the question.
    """
    command = [sys.executable, "--chat"] if getattr(sys, "frozen", False) else [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(
            command,
            input=json.dumps([template, json.loads(tokens), pictures, _MAX_CPU_S]).encode(),
            capture_output=True,
            timeout=_MAX_S,
            check=False,
            creationflags=_NO_CONSOLE,
        )
    except subprocess.TimeoutExpired as error:
        raise CoachError(_ENDLESS, _REMEDY) from error
    if done.returncode == _OUT_OF_CPU:
        raise CoachError(_ENDLESS, _REMEDY)
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode or len(text) > _MAX_CHARACTERS:
        logger.info("The chat template failed: %s", done.stderr.decode("utf-8", "replace")[-2000:])
        raise CoachError("The chat template of the model cannot be used.", _REMEDY)
    if HOLE not in text:
        raise CoachError("The chat template of the model leaves the question out.", _REMEDY)
    return text


def main() -> None:
    """Render the template from standard input to standard output, within limits for templates that do not end."""
    template, tokens, pictures, max_cpu_s = json.load(sys.stdin.buffer)
    if sys.platform != "win32":  # there the time limit has to suffice
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY_BYTES, _MAX_MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (max_cpu_s, max_cpu_s + 1))  # works even if the parent was killed
    question = {"type": "text", "text": HOLE}
    contents = [[{"type": "image"}, question]] if pictures else [HOLE, [question]]  # some know parts only, as LLaVA's
    text = ""
    for content in contents:
        if HOLE not in text:
            text = _render(template, tokens, [{"role": "user", "content": content}])
    sys.stdout.buffer.write(text[: _MAX_CHARACTERS + 1].encode("utf-8", "replace"))


def _render(template: str, tokens: Mapping[str, Any], messages: list[Any]) -> str:
    """Render like transformers, whose import would take ten times as long."""
    import jinja2.ext
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Generation(jinja2.ext.Extension):
        """``{% generation %}`` marks the model's part for training; here it passes its contents through."""

        tags = {"generation"}  # noqa: RUF012 - as in the class above it

        def parse(self, parser: Any) -> Any:
            next(parser.stream)
            return parser.parse_statements(("name:endgeneration",), drop_needle=True)

    def tojson(value: Any, ensure_ascii: bool = False, **options: Any) -> str:
        return json.dumps(value, ensure_ascii=ensure_ascii, **options)  # Jinja's own filter escapes HTML

    def raise_exception(message: str) -> NoReturn:
        raise jinja2.exceptions.TemplateError(message)

    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols]
    )
    environment.filters["tojson"] = tojson
    environment.globals["raise_exception"] = raise_exception
    environment.globals["strftime_now"] = lambda wanted: datetime.now().astimezone().strftime(wanted)
    given: dict[str, Any] = {"tools": None, "documents": None, "add_generation_prompt": True, **tokens}
    return environment.from_string(template).render(messages=messages, **given)


if __name__ == "__main__":
    main()
