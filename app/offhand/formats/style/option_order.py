"""The order in which a choice lists its options where it is written down once and for all."""

from offhand.domain.text import digest
from offhand.formats.draft import DraftChoice


def option_order(choice: DraftChoice) -> list[int]:
    """The options by their places, 0 the right one, in an order that is as good as drawn by lot."""
    options = [choice.right, *(option for option, _ in choice.wrong)]
    return sorted(range(len(options)), key=lambda at: digest(f"{choice.question} {options[at]}"))
