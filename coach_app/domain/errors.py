"""The one base exception of the app."""


class CoachError(Exception):
    """Something the user can be told about.

    Args:
        message: what happened, one sentence.
        remedy: what the user can do about it, one sentence; may be empty.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message} {remedy}".strip())
