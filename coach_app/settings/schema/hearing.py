"""Questions that are asked aloud."""

from pydantic import Field

from coach_app.domain.phrases import Language
from coach_app.settings.schema.section import Section, hints


class HearingSettings(Section):
    """Whether the coach listens while a key is held, and how it understands."""

    on: bool = Field(
        default=False,
        title="Hear questions",
        description="Hold a key, speak and let go; what was understood is shown before it is asked. The microphone is "
        "on only while you hold the key. What you say stays on this computer, and is not stored.",
    )
    language: Language = Field(
        default="en",
        title="Language you speak",
        description="Japanese needs a model that knows it.",
        json_schema_extra=hints(labels={"en": "English", "ja": "Japanese"}),
    )
    model: str = Field(
        default="",
        max_length=1000,
        title="Speech model",
        description="The folder of a Whisper model in faster-whisper's format. The coach's own understands English.",
        json_schema_extra=hints(widget="speech_model", labels={"": "The coach's own"}),
    )
