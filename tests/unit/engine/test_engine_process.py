"""The real engine process with tiny real models."""

import json
import struct
from pathlib import Path

from coach_app.host.messages import (
    Answered,
    Cancel,
    Cancelled,
    Failed,
    Load,
    Ping,
    Pong,
    Shutdown,
    Translate,
    Translated,
    Words,
)
from tests.fakes.models import build_text
from tests.unit.engine.engine_process import DEADLINE_S, EngineProcess


def test_an_answer_is_streamed_in_whole_words(engine: EngineProcess) -> None:
    # GIVEN a loaded model / WHEN it is asked
    id_ = engine.ask(max_new_tokens=80)
    words = []
    while isinstance(reply := engine.next(), Words):
        assert reply.id == id_
        words.append(reply.text)

    # THEN pieces of whole words came first, and are the answer
    assert isinstance(reply, Answered)
    assert len(words) > 3
    assert "".join(words) == reply.text
    assert all(piece.startswith(" ") for piece in words[1:])
    assert reply.tokens == 80
    assert reply.model == "tiny-llava"
    assert 0 < reply.first_word_ms < reply.latency_ms


def test_the_same_question_has_the_same_answer_and_another_picture_another(engine: EngineProcess) -> None:
    # GIVEN a model that decodes greedily / WHEN it is asked about two pictures, about one of them twice
    pictures = (bytes(30 * 30 * 3), bytes(range(250)) * 10 + bytes(200), bytes(30 * 30 * 3))
    answers = [engine.last(engine.ask(payload=picture, max_new_tokens=60)) for picture in pictures]

    # THEN what it says depends on the picture, and on nothing else
    texts = [answer.text for answer in answers if isinstance(answer, Answered)]
    assert texts[0] == texts[2]
    assert texts[0] != texts[1]


def test_a_cancelled_answer_stops_within_a_few_tokens(engine: EngineProcess) -> None:
    # GIVEN a very long answer that has begun
    id_ = engine.ask(max_new_tokens=2048)
    assert isinstance(engine.next(), Words)

    # WHEN it is cancelled
    engine.send(Cancel(target=id_))
    heard = 0
    while isinstance(reply := engine.next(), Words):
        heard += 1

    # THEN it ends after a few more words, and the next question is answered
    assert reply == Cancelled(id=id_)
    assert heard < 40
    assert isinstance(engine.last(engine.ask(max_new_tokens=5)), Answered)


def test_a_heartbeat_is_answered_in_the_middle_of_an_answer(engine: EngineProcess) -> None:
    # GIVEN a very long answer that has begun
    id_ = engine.ask(max_new_tokens=2048)
    assert isinstance(engine.next(), Words)

    # WHEN the engine is pinged
    ping = engine.new_id()
    engine.send(Ping(id=ping))

    # THEN it answers long before the answer is complete
    pong = engine.last(ping)
    assert isinstance(pong, Pong)
    assert pong.memory_bytes > 1_000_000
    engine.send(Cancel(target=id_))
    assert isinstance(engine.last(id_), Cancelled)


def test_a_translation_does_not_wait_for_an_answer(engine: EngineProcess) -> None:
    # GIVEN a very long answer that has begun
    id_ = engine.ask(max_new_tokens=2048)
    assert isinstance(engine.next(), Words)

    # WHEN a text is to be translated
    translation = engine.new_id()
    engine.send(Translate(id=translation, text="Move the cat up."))

    # THEN the translation comes, and only then is the answer stopped
    reply = engine.last(translation)
    assert isinstance(reply, Translated)
    assert reply.text
    engine.send(Cancel(target=id_))
    assert isinstance(engine.last(id_), Cancelled)


def test_a_bad_folder_is_said_and_the_old_model_stays(engine: EngineProcess, tmp_path: Path) -> None:
    # GIVEN a loaded model / WHEN a folder without a model is to be loaded
    id_ = engine.new_id()
    engine.send(Load(id=id_, folder=str(tmp_path)))

    # THEN that is a sentence with a remedy, and the old model answers on
    reply = engine.last(id_)
    assert isinstance(reply, Failed)
    assert reply.kind == "bad_model"
    assert "config.json" in reply.message
    assert reply.remedy
    assert isinstance(engine.last(engine.ask(max_new_tokens=5)), Answered)


def test_what_does_not_fit_is_refused_before_it_is_loaded(engine: EngineProcess, tmp_path: Path) -> None:
    # GIVEN a model of 4 TB (its file is a hole)
    folder = build_text(tmp_path / "huge")
    shape, length = [1_000_000, 2_000_000], 4 * 10**12
    tensor = {"dtype": "F16", "shape": shape, "data_offsets": [0, length]}
    header = json.dumps({"model.layers.0.mlp.up_proj.weight": tensor}).encode()
    with (folder / "model.safetensors").open("wb") as file:
        file.write(struct.pack("<Q", len(header)) + header)
        file.truncate(8 + len(header) + length)

    # WHEN it is to be loaded THEN it is not tried, and what would fit is named
    engine.send(Load(id=(id_ := engine.new_id()), folder=str(folder), role="text"))
    reply = engine.last(id_)
    assert isinstance(reply, Failed)
    assert reply.kind == "bad_model"
    assert "huge in 4 bits" in reply.message
    assert "GB of the memory" in reply.message
    assert "Next best" in reply.remedy or "Close other programs" in reply.remedy
    # THEN what is loaded goes on
    assert isinstance(engine.last(engine.ask(max_new_tokens=5)), Answered)


def test_a_picture_of_the_wrong_size_is_bad_input(engine: EngineProcess) -> None:
    # GIVEN too few bytes for the picture / WHEN it is asked about / THEN that is said
    reply = engine.last(engine.ask(payload=b"123"))
    assert isinstance(reply, Failed)
    assert reply.kind == "bad_input"


def test_the_largest_and_the_smallest_pictures_are_answered(engine: EngineProcess) -> None:
    # GIVEN pictures of extreme sizes / WHEN asked about / THEN there is an answer
    for side_px in (1, 1344):
        assert isinstance(engine.last(engine.ask(side_px=side_px, max_new_tokens=3)), Answered)


def test_garbage_on_the_pipe_ends_the_engine() -> None:
    # GIVEN an engine / WHEN it is sent something that is no message
    engine = EngineProcess()
    engine.send_bytes(b"x" * 100)

    # THEN it ends rather than guess
    assert engine.process.wait(DEADLINE_S) == 0
    engine.close()


def test_it_ends_in_order_when_asked_to() -> None:
    # GIVEN an engine without a model, which says so when asked
    engine = EngineProcess()
    reply = engine.last(engine.ask())
    assert isinstance(reply, Failed)
    assert "No model" in reply.message

    # WHEN it is to shut down / THEN it does
    engine.send(Shutdown())
    assert engine.process.wait(DEADLINE_S) == 0
    engine.close()
