"""A draft in the making: entries come one by one and leave in sections, with what was left out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from offhand.domain.card import Place
from offhand.domain.text import digest, one_line, slug
from offhand.errors import OffhandError
from offhand.formats.draft import Draft, DraftEntry, DraftSection, ReadOptions
from offhand.formats.entry_cards import entry_name
from offhand.formats.fault import Fault

_REASONS = 5
"""How many things that were left out are named where nothing was taken."""

_TELLING = re.compile(r"[+#$%&=<>^|~@\\]|(?:^|\s)\.\w")
"""Signs that tell names apart and are no part of the ids made from them: C, C++, C#, .NET."""
_SHORT = 40
"""A longer name has a digest of all its signs in its id anyway, or is told apart by its words."""


class DraftBuilder:
    """A draft in the making, of the file or folder at `path`.

    Entries whose names only signs tell apart get ids, unless they are `ours`: those have theirs, or
    are called by their texts.
    """

    def __init__(
        self, path: Path, options: ReadOptions, title: str = "", *, ours: bool = False
    ) -> None:
        self.path = path
        self.options = options
        self.title = title
        self.about = ""
        self._ours = ours
        self.taken: list[str] = []
        self.left_out: list[Fault] = []
        self.faults: list[Fault] = []
        self.media: dict[str, Callable[[], bytes]] = {}
        self._sections: dict[str, list[DraftEntry]] = {}

    def add(self, section: str, entry: DraftEntry) -> None:
        """Add an entry to the section of this title, empty for the deck's own."""
        if _longest(entry) > (most := self.options.limits.text_size):
            what = f"A text of this card is longer than {most:,} characters."
            self.fault(entry.place, what, "Shorten it, or raise the setting for it.")
            return
        is_called = entry.id or entry.cloze or self._ours
        if not is_called and _needs_signs(name := entry_name(entry)):
            entry = replace(entry, id=f"{slug(name)}-{digest(one_line(name).casefold())[:6]}")
        entries = self._sections.get(section)
        if entries is None:
            entries = self._sections[section] = []
        entries.append(entry)

    def fault(self, place: Place, what: str, mend: str) -> None:
        """Note a card that cannot be read."""
        self.faults.append(Fault(place, what, mend))

    def leave_out(self, place: Place, what: str, why: str = "") -> None:
        """Note what was not taken."""
        self.left_out.append(Fault(place, what, why))

    def leave_out_of_texts(self, dropped: Mapping[str, int]) -> None:
        """Note what texts held that cannot be shown: how much of what, as `{"sound": 3}`."""
        for thing, count in sorted(dropped.items()):
            if count:
                self.leave_out(
                    Place(self.path), f"{count:,} {thing}{'s' * (count != 1)} in the texts."
                )

    @property
    def count(self) -> int:
        """How many entries there are so far."""
        return sum(map(len, self._sections.values()))

    def draft(
        self, mend: str, *, origin: str = "", reverse: bool = False, nested: str = ""
    ) -> Draft:
        """The finished draft. Raises OffhandError, with this `mend`, when it would be empty.

        Where the sections' titles are `nested`, with this sign between their parts, the part that
        all of them begin with is the deck's title.
        """
        if not self._sections and not self.faults:
            why = "\n".join(map(str, self.left_out[:_REASONS]))
            raise OffhandError(f"No cards were found in {self.path}.", why, mend)
        common, titles = self._titles(nested)
        title = self.options.title or self.title or common or self.path.stem or "Imported"
        return Draft(
            title,
            tuple(
                DraftSection(titles[name] or title, tuple(entries))
                for name, entries in self._sections.items()
            ),
            self.about,
            reverse=reverse,
            origin=origin,
            media=dict(self.media),
            taken=tuple(self.taken),
            left_out=tuple(self.left_out),
            faults=tuple(self.faults),
        )

    def _titles(self, nested: str) -> tuple[str, dict[str, str]]:
        """What all nested titles begin with, and the titles without it."""
        if not nested or not self._sections:
            return "", {name: name for name in self._sections}
        parts = {name: [part.strip() for part in name.split(nested)] for name in self._sections}
        common = next(iter(parts.values()))
        for path in parts.values():
            same = takewhile(lambda pair: pair[0] == pair[1], zip(common, path, strict=False))
            common = [one for one, _ in same]
        return " / ".join(common), {
            name: " / ".join(path[len(common) :]) for name, path in parts.items()
        }


def _needs_signs(name: str) -> bool:
    """Whether an id made from a short name would lose what tells it apart."""
    return len(name) <= _SHORT and _TELLING.search(name) is not None and slug(name)[:1].isalnum()


def _longest(entry: DraftEntry) -> int:
    longest = max(len(entry.definition), len(entry.term), len(entry.extra))
    for asked in entry.questions:
        longest = max(longest, len(asked.question), len(asked.answer))
    for choice in entry.choices:
        longest = max(longest, len(choice.question), len(choice.right))
        longest = max(longest, *(len(text) for text, _ in choice.wrong))
    return max(longest, *map(len, entry.cloze)) if entry.cloze else longest
