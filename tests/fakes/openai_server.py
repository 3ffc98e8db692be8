"""A server on this computer that speaks the OpenAI protocol, or as much of it as a test wants."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]
"""Status, headers and body of an HTTP answer."""


def completion(text: str | None, finish: str = "stop", **message: Any) -> Answer:
    """A proper answer of a chat model."""
    body = {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "fake",
        "choices": [
            {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, **message}}
        ],
        "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
    }
    return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


def failure(status: int, **headers: str) -> Answer:
    """An error that the client need not wait long after."""
    body = json.dumps({"error": {"message": "no", "type": "fake"}}).encode()
    return status, {"Content-Type": "application/json", "retry-after-ms": "1", **headers}, body


class FakeServer:
    """What the server was asked, and what it says.

    Args:
        answer: makes the answer to a prompt; the number counts the requests from 0.
    """

    def __init__(self, answer: Callable[[int, str], Answer]) -> None:
        self.prompts: list[str] = []
        self.keys: list[str] = []
        self.answer = answer
        self.url = ""
        self._lock = threading.Lock()

    def take(self, request: dict[str, Any], key: str) -> Answer:
        """The answer to one request."""
        prompt = str(request["messages"][-1]["content"])
        with self._lock:
            number = len(self.prompts)
            self.prompts.append(prompt)
            self.keys.append(key)
        return self.answer(number, prompt)


@contextmanager
def serve(answer: Callable[[int, str], Answer]) -> Iterator[FakeServer]:
    """Run a server while the context lasts."""
    fake = FakeServer(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, headers, body = fake.take(request, self.headers.get("Authorization", ""))
            try:
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body)), "Connection": "close"}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:  # the client did not wait
                self.close_connection = True

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
