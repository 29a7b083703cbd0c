"""What an import of a collection leaves out, told with how much there was of it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from offhand.domain.card import Place
from offhand.domain.text import one_line, visible
from offhand.formats.anki.html import words_of
from offhand.formats.anki.shapes import Loss
from offhand.formats.fault import Fault

_NAMED = 5
_LONGEST_NAME = 40
_MENDS = {
    Loss.NO_FRONT: "Anki shows nothing there either: Tools, Empty Cards removes such cards.",
    Loss.UNSEEN_FRONT: "Write in Anki what is asked, and import again.",
    Loss.NO_BACK: "Write in Anki what is answered, and import again.",
    Loss.NO_HOLE: "Anki shows none there either: Tools, Empty Cards removes such cards.",
    Loss.OCCLUSION: "Learn those in Anki.",
    Loss.TEMPLATE: "Mend the card type in Anki, and import again.",
    Loss.NO_CARD: "In Anki, use Tools, Check Database.",
}
_DROPPED = {
    "sound": ("sound", "A terminal plays none."),
    "drawing": ("drawing", "A text cannot show it."),
    "image": ("image", "It lies outside of the package."),
}


class Losses:
    """Counts what is left out; `told` says it. `path` is the package's."""

    def __init__(self, path: Path) -> None:
        self._place = Place(path)
        self._counts: Counter[Loss] = Counter()
        self._names: dict[Loss, list[str]] = {}
        self._edits: list[str] = []

    def add(self, loss: Loss, html: str) -> None:
        """A card is lost, of a note that begins with this HTML."""
        self._counts[loss] += 1
        names = self._names.setdefault(loss, [])
        if len(names) < _NAMED and (name := named(html)) not in names:
            names.append(name)

    def add_edits(self, fields: list[str], html: str) -> None:
        """Edits of these fields of one of our own notes cannot be taken."""
        self._edits += [f"{field} of “{named(html)}”" for field in fields]

    def told(self, dropped: Counter[str], missing: set[str]) -> Iterator[Fault]:
        """All that is left out; `dropped` is what was in the texts, `missing` images that are nowhere."""
        for loss, count in self._counts.most_common():
            names = ", ".join(f"“{name}”" for name in self._names[loss])
            more = " and others" if count > len(self._names[loss]) else ""
            what = f"{_count(count, 'card')} {_with_verb(loss.value, count)}: {names}{more}."
            yield Fault(self._place, what, _MENDS[loss])
        for kind, count in sorted(dropped.items()):
            if count:
                name, mend = _DROPPED[kind]
                yield Fault(self._place, f"{_count(count, name)} in the texts.", mend)
        if missing:
            names = ", ".join(
                f"`{visible(name)[:_LONGEST_NAME]}`" for name in sorted(missing)[:_NAMED]
            )
            what = f"{_count(len(missing), 'image')} not in the package: {names}"
            more = "…" if len(missing) > _NAMED else ""
            mend = "Export it again with “Include media” ticked."
            yield Fault(self._place, f"{what}{more}.", mend)
        if self._edits:
            shown = ", ".join(self._edits[:_NAMED]) + ("…" if len(self._edits) > _NAMED else "")
            what = f"{_count(len(self._edits), 'edit')} made in Anki cannot be taken: {shown}."
            yield Fault(self._place, what, "Make them in the deck file.")


def named(html: str) -> str:
    """What a note may be called by, from its first field."""
    name = visible(one_line(words_of(html).replace("&nbsp;", " ")))
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rstrip()}…"


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


def _with_verb(verb: str, count: int) -> str:
    first, _, rest = verb.partition(" ")
    if count == 1:
        first = {"have": "has", "would": "would"}.get(first, f"{first}s")
    return f"{first} {rest}"
