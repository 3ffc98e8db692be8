"""The advisor whose model runs on a server that speaks the OpenAI protocol.

For instance vLLM, ``transformers serve``, LM Studio or Ollama; docs/remote.md says how to start each. The protocol:
<https://platform.openai.com/docs/api-reference/chat>.
"""

import asyncio
import base64
import io
from collections.abc import Callable

from PIL import Image

from coach_app.advisor.chat import Chat, StreamedAnswer
from coach_app.advisor.connection import Connection
from coach_app.advisor.local import model_view
from coach_app.advisor.prompts import told_prompt
from coach_app.advisor.servers import Server, chosen_server
from coach_app.desktop import address
from coach_app.domain.advice import Advice
from coach_app.domain.moves import named_move
from coach_app.domain.pointing import WithoutMarks, carried, read_marks
from coach_app.domain.sampling import Sampling
from coach_app.domain.sent import OnSent, Sent, unseen
from coach_app.domain.situation import Situation
from coach_app.host.messages import Answered
from coach_app.knowledge.prompt import NEXT_QUESTION
from coach_app.settings.schema import Settings

_MAX_PNG_BYTES = 256 * 1024
_JPEG_QUALITY = 90


async def offered_models(settings: Settings) -> list[str]:
    """The names of the models and adapters of the server in the settings, even while it is switched off.

    Raises:
        CoachError: it must not or cannot be asked, or does not list them.
    """
    server = chosen_server(settings.with_value("server", "on", True))
    assert server
    advisor = RemoteAdvisor(server)
    try:
        return await advisor.models()
    finally:
        await advisor.close()


class RemoteAdvisor:
    """Advises with a server's model. Use from one event loop; the connection is opened when first needed.

    Args:
        server: the server.
        on_sent: told what its models are given.
    """

    def __init__(self, server: Server, on_sent: OnSent = unseen) -> None:
        self._server, self._on_sent = server, on_sent
        self._side_px = server.side_px
        self._connection = Connection(server)
        self._chat = Chat(self._connection, server.timeout_s)

    @property
    def reads_japanese(self) -> bool:
        """See Advisor. Assumed for all models on servers, as it cannot be queried."""
        return True

    async def advise(self, situation: Situation, on_words: Callable[[str], None] | None = None) -> Advice:
        """See Advisor. Cancelling closes the connection at once.

        Raises:
            CoachError: the picture is unusable, or the server does not answer.
        """
        frame, profile = situation.frame, situation.profile
        view = await asyncio.to_thread(model_view, frame.pixels, profile, self._side_px)
        url, prompt = await asyncio.to_thread(data_url, view.image), told_prompt(situation)
        content = [{"type": "image_url", "image_url": {"url": url}}, {"type": "text", "text": prompt}]
        self._report_sent(prompt, await asyncio.to_thread(picture_of, url))
        on_words = WithoutMarks(on_words) if on_words and situation.pointing else on_words
        answer = await self._chat.ask("chat", {"messages": [{"role": "user", "content": content}]}, on_words)
        text, marks = read_marks(answer.text, view.image.size, self._connection.model)
        move = None if answer.cut else named_move(text, profile.moves)
        return Advice(
            text=text,
            move=move,
            model=self._connection.model,
            captured_at=frame.captured_at,
            latency_ms=answer.latency_ms,
            first_word_ms=answer.first_word_ms,
            tokens=answer.tokens,
            question=situation.question,
            level=situation.level,
            marks=carried(marks or view.told(text, move, profile), view.box),
        )

    async def go_on(self, prompt: str, on_words: Callable[[str], None]) -> Answered:
        """Continue a prompt with a text model, up to the next question; see ``EngineClient.ask_text``.

        Raises:
            CoachError: the server does not answer.
        """
        self._report_sent(prompt)
        return self._answered(await self._chat.ask("text", {"prompt": prompt, "stop": [NEXT_QUESTION]}, on_words))

    def _report_sent(self, text: str, picture: Image.Image | None = None) -> None:
        name = " @ ".join(filter(None, [self._connection.model, address.place(self._server.url)]))
        self._on_sent(Sent(name, text, picture, self._server.is_away))

    def _answered(self, answer: StreamedAnswer) -> Answered:
        return Answered(
            id=0,
            text=answer.text,
            model=self._connection.model,
            tokens=answer.tokens,
            first_word_ms=answer.first_word_ms,
            latency_ms=answer.latency_ms,
            cut=answer.cut,
        )

    async def chat(self, prompt: str, sampling: Sampling) -> Answered:
        """Answer what a user says; see ``EngineClient.ask_text``.

        Raises:
            CoachError: the server does not answer.
        """
        drawn = {"temperature": sampling.temperature, "top_p": sampling.top_p} if sampling.temperature else {}
        asked = {"messages": [{"role": "user", "content": prompt}], **drawn}
        self._report_sent(prompt)
        return self._answered(await self._chat.ask("chat", asked, None))

    async def models(self) -> list[str]:
        """The server's names of its models and adapters, in its order.

        Raises:
            CoachError: it cannot be asked, or does not list them.
        """
        async with self._connection.request():
            return await self._connection.models()

    async def close(self) -> None:
        """Wait for pending answers, and close the connections; may be called twice."""
        await self._connection.close()


def picture_of(data_url: str) -> Image.Image:
    """Decode what `data_url` encoded: exactly what a server sees."""
    with Image.open(io.BytesIO(base64.b64decode(data_url.partition(",")[2]))) as picture:
        return picture.convert("RGB")


def data_url(image: Image.Image) -> str:
    """Encode a picture for the protocol: lossless as PNG, or as JPEG if that would be large.

    Args:
        image: mode RGB.
    """
    png = io.BytesIO()
    image.save(png, "PNG", compress_level=1)
    if png.tell() <= _MAX_PNG_BYTES:
        return f"data:image/png;base64,{base64.b64encode(png.getvalue()).decode()}"
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg.getvalue()).decode()}"
