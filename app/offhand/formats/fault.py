"""What is wrong in a file: where, what, and how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

from offhand.domain.card import Place
from offhand.errors import OffhandError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at one place, with what to do about it."""

    place: Place
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.mend}".strip()


class Faulty(OffhandError):
    """A file that cannot be read as it stands; nothing of it was taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        first = faults[0].place.path
        one_file = all(fault.place.path == first for fault in faults)
        where = first if one_file else first.parent
        super().__init__(f"{count} in {where}.", "\n".join(map(str, faults)))
        self.faults = tuple(faults)
