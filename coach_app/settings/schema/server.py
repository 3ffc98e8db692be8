"""A server that gives the advice."""

from pydantic import Field, field_validator

from coach_app.desktop.address import normalised
from coach_app.settings.schema.section import Section, hints


class ServerSettings(Section):
    """A stronger machine that answers instead of this one; see docs/remote.md."""

    on: bool = Field(
        default=False,
        title="Ask a server",
        description="A program that speaks the OpenAI protocol gives the advice: vLLM, LM Studio, Ollama and others.",
        json_schema_extra=hints(
            confirm="Pictures of what the coach watches, and your questions, are sent to the address below. "
            "They stay on this computer only where that is localhost."
        ),
    )
    url: str = Field(
        default="http://localhost:8000/v1",
        max_length=1000,
        title="Address",
        description="Where it listens; vLLM uses port 8000, LM Studio 1234, Ollama 11434.",
    )
    model: str = Field(
        default="",
        max_length=1000,
        title="Model of the server",
        description="As the server calls it; may be left empty where it has only one.",
        json_schema_extra=hints(widget="server_model"),
    )
    key: bool = Field(
        default=False,
        title="Key",
        description="Kept in the keyring of the system, and sent to this address only; most servers at home want none.",
        json_schema_extra=hints(widget="key"),
    )
    side_px: int = Field(
        default=672,
        ge=28,
        le=2048,
        title="Size of the pictures",
        description="The longest side of what is sent; larger ones show more and take longer.",
        json_schema_extra=hints(unit="px"),
    )
    timeout_s: float = Field(
        default=30.0,
        ge=1.0,
        le=600.0,
        title="Give up after",
        description="A server that says nothing for so long is not waited for.",
        json_schema_extra=hints(unit="s"),
    )

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        return normalised(url)
