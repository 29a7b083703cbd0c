"""The errors that a person can cause, each with what is wrong and how to mend it."""


class OffhandError(Exception):
    """Something that the person can mend: shown as one readable block, never as a trace."""

    def __init__(self, title: str, message: str = "", mend: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.message = message
        self.mend = mend

    def __str__(self) -> str:
        return "\n".join(part for part in (self.title, self.message, self.mend) if part)


class NotFound(OffhandError):
    """A card, deck or section was named that does not exist."""


class CannotUndo(OffhandError):
    """What was done cannot be taken back any more, as the same was changed since."""
