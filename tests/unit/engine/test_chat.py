"""Chat templates: as transformers renders them, but never for ever."""

import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from transformers.utils.chat_template_utils import render_jinja_template

from coach_app.domain.errors import CoachError
from coach_app.engine import chat
from coach_app.engine.answering import answer, model_inputs
from coach_app.engine.chat import HOLE, rendered_chat
from coach_app.engine.loader import load_asking, load_vision
from tests.unit.engine.test_growth import ignore, never, picture

USUAL = """{%- if messages[0]['role'] == 'system' %}{{ raise_exception('no system') }}{% endif %}
{{- bos_token }}
{% for message in messages %}
    {%- if loop.index > 5 %}{% break %}{% endif %}
USER: {% for part in message.content %}{% if part.type == 'image' %}<image>
{% else %}{% generation %}{{ part.text | trim }}{% endgeneration %}{% endif %}{% endfor %} {{ tools | tojson }}
{% endfor %}
{% set here = namespace(n=1) %}{{ here.n }}{% if add_generation_prompt %} ASSISTANT:{% endif %}"""
ENDLESS = {
    "nested": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "texts": "{% for a in range(99999) %}{% set x = (messages | string * 9999) | upper | lower %}{% endfor %}",
    "recursion": "{% macro m(n) %}{% for i in range(9) %}{{ m(n + 1) if n < 90 }}{% endfor %}{% endmacro %}{{ m(0) }}",
}
LARGE = {
    "memory": "{% set x = 'a' * 10 ** 11 %}{{ x | length }}",
    "output": "{% for a in range(99999) %}{{ messages }}{% endfor %}",
    "failing": "{{ raise_exception('only for tools') }}",
    "broken": "{% for %}",
}


def test_a_template_is_rendered_as_by_transformers() -> None:
    # GIVEN a template with what such templates use
    tokens = {"bos_token": "<s>", "eos_token": "</s>"}
    content = [{"type": "image"}, {"type": "text", "text": HOLE}]
    messages = [{"role": "user", "content": content}]
    # WHEN it is rendered THEN there is what transformers makes of it
    render: Any = render_jinja_template
    (theirs,), _ = render([messages], chat_template=USUAL, add_generation_prompt=True, **tokens)
    assert rendered_chat(USUAL, json.dumps(tokens)) == theirs
    assert HOLE in theirs


@pytest.mark.parametrize("template", ENDLESS.values(), ids=ENDLESS)
def test_one_that_does_not_end_is_refused_in_time(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN little patience WHEN a template takes for ever THEN it is broken off with a sentence
    monkeypatch.setattr(chat, "_MAX_S", 1.0)
    began = time.monotonic()
    with pytest.raises(CoachError, match="does not come to an end"):
        rendered_chat(template, "{}")
    assert time.monotonic() - began < 30


@pytest.mark.skipif(not hasattr(signal, "SIGXCPU"), reason="this system limits no processor time")
def test_its_process_ends_by_itself_where_nobody_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN more patience than a process may work WHEN a template takes for ever THEN that is said
    monkeypatch.setattr(chat, "_MAX_CPU_S", 1)
    with pytest.raises(CoachError, match="does not come to an end"):
        rendered_chat(ENDLESS["nested"] + "again", "{}")


@pytest.mark.parametrize("template", LARGE.values(), ids=LARGE)
def test_one_that_fails_or_fills_the_memory_is_refused(template: str) -> None:
    # GIVEN such a template WHEN it is rendered THEN that is a sentence
    with pytest.raises(CoachError, match="cannot be used"):
        rendered_chat(template, "{}")


def test_one_that_leaves_the_question_out_is_refused() -> None:
    # GIVEN such a template WHEN it is rendered THEN that is a sentence, not a model that answers nothing in particular
    with pytest.raises(CoachError, match="leaves the question out"):
        rendered_chat("<image> What is this?", "{}")


def test_a_folder_with_such_a_template_is_refused_before_its_weights_are_read(
    llava: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a model with a template that does not end
    monkeypatch.setattr(chat, "_MAX_S", 1.0)
    for file in llava.iterdir():
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / "chat_template.jinja").unlink()
    (tmp_path / "chat_template.jinja").write_text(ENDLESS["nested"], "utf-8")
    # WHEN it is to be asked THEN it is refused
    with pytest.raises(CoachError, match="does not come to an end"):
        load_asking(tmp_path)


def test_questions_are_filled_in_as_the_template_would(llava: Path) -> None:
    # GIVEN a model
    vision = load_vision(llava)
    for question in ("Where to?", f"  What is {HOLE}? ", "{{ 7 * 7 }} {% raw %}"):
        # WHEN it is asked THEN it is given what its processor would make of chat template and picture
        content = [{"type": "image", "image": picture(3)}, {"type": "text", "text": question.strip()}]
        theirs = vision.processor.apply_chat_template(
            [[{"role": "user", "content": content}]],
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            return_tensors="pt",
        )
        ours = model_inputs(vision, question, [picture(3)])
        assert ours["input_ids"].tolist() == theirs["input_ids"].tolist()
        assert answer(vision, question, picture(3), 3, ignore, never).tokens > 0


@pytest.mark.parametrize(
    ("template", "chat"),
    [
        ("USER: {{ messages[0].content | trim }}", f"USER: {HOLE}"),
        ("USER: {% for part in messages[0].content %}{{ part.text }}{% endfor %}", f"USER: {HOLE}"),
        ("{% if messages[0].content is string %}{{ messages[0].content }}{% else %}parts{% endif %}", HOLE),
    ],
    ids=["a text", "parts, as of a LLaVA whose language model reads", "either"],
)
def test_a_chat_without_a_picture_is_whatever_the_template_knows(template: str, chat: str) -> None:
    # GIVEN a template WHEN it renders a question alone THEN the question is in it
    assert rendered_chat(template, "{}", pictures=False) == chat
