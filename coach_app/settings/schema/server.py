"""A server that gives the advice."""

from pydantic import Field, field_validator

from coach_app.desktop.address import normalised
from coach_app.settings.schema.section import Section, hints


class ServerSettings(Section):
    """A server that answers in place of this computer; see docs/remote.md."""

    on: bool = Field(
        default=False,
        title="Ask a server",
        description="Advice comes from a server that speaks the OpenAI protocol: vLLM, LM Studio, Ollama and others.",
        json_schema_extra=hints(
            confirm="Pictures of what the coach watches, and your questions, are sent to the address below. They "
            "stay on this computer only if that is localhost."
        ),
    )
    url: str = Field(
        default="http://localhost:8000/v1",
        max_length=1000,
        title="Address",
        description="The server's address. vLLM uses port 8000, LM Studio 1234, Ollama 11434.",
    )
    model: str = Field(
        default="",
        max_length=1000,
        title="Server model",
        description="The server's name for it. Leave it empty if there is only one.",
        json_schema_extra=hints(widget="server_model"),
    )
    key: bool = Field(
        default=False,
        title="Key",
        description="Kept in your system's keyring and sent to this address only. Most servers at home need none.",
        json_schema_extra=hints(widget="key"),
    )
    side_px: int = Field(
        default=672,
        ge=28,
        le=2048,
        title="Picture size",
        description="The longest side of the pictures sent. Larger ones show more and take longer.",
        json_schema_extra=hints(unit="px", advanced=True),
    )
    timeout_s: float = Field(
        default=30.0,
        ge=1.0,
        le=600.0,
        title="Give up after",
        description="How long to wait for a server that does not answer.",
        json_schema_extra=hints(unit="s", advanced=True),
    )

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        return normalised(url)
