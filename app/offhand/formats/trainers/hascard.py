"""hascard's text: cards that begin with `# title` and end with `---`, of five kinds.

Definition, multiple choice (`* right`, `- wrong`), multiple answer (`[*]`, `[ ]`), open question
(`_gaps_`) and reordering (`2. item`), as its README and its parser (src/Parser.hs) have them.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from offhand.domain.card import Place
from offhand.formats.draft import Draft, DraftChoice, DraftEntry, ReadOptions
from offhand.formats.draft_builder import DraftBuilder
from offhand.formats.found_cards import Gap, asks, gapped, question, two_sided
from offhand.formats.notes.images import NoteImages
from offhand.formats.notes.lines import in_code, masked
from offhand.formats.source_text import read_source

_HEADER = re.compile(r"#[ \t]+(.*)")
_END = re.compile(r"---\s*")
_CHOICE = re.compile(r"([*-])(?:[ \t]+(.*))?")
_BOX = re.compile(r"\[([*x ])\][ \t](.*)")
_NUMBERED = re.compile(r"(\d{1,3})\.[ \t](.*)")
_GAP = re.compile(r"(?<!\\)_((?:[^_\\\n]|\\.)+?)(?<!\\)_")
_IMAGE = re.compile(r"!\[[^]]*\]\([^)\n]*\)\s*")
_MEND = "A card begins with `# title`, and a line `---` stands between two cards."


@dataclass(frozen=True, slots=True)
class _Written:
    """A card as written: `above` is the image or formula right below its title."""

    place: Place
    title: str
    above: str
    body: str

    @property
    def asked(self) -> str:
        return _joined(self.title, self.above)


def read(path: Path, options: ReadOptions) -> list[Draft]:
    """The cards of such a text as a deck of one section."""
    source = read_source(path, options)
    found = DraftBuilder(path, options)
    found.taken += source.taken
    images = NoteImages(path.parent, found)
    turned = 0
    for line, lines in _parts(source.text):
        place = Place(path, line)
        card = _card(place, lines, images)
        if card is None:
            found.leave_out(
                place, f"`{lines[0][:60]}` is no card.", "A card begins with `# title`."
            )
            continue
        kind, items = _kind(card.body)
        turned += kind in ("box", "number")
        _add(card, kind, items, found)
    if turned:
        found.taken.append(
            f"{turned} multiple-answer and reordering cards are questions, answered with the list."
        )
    return [found.draft(_MEND)]


def _parts(text: str) -> list[tuple[int, list[str]]]:
    """The texts between the lines of dashes, each with the number of its first line."""
    lines = text.split("\n")
    code = in_code(lines)
    parts: list[tuple[int, list[str]]] = []
    part: list[str] = []
    for number, (line, inside) in enumerate(zip([*lines, "---"], [*code, False], strict=True), 1):
        if inside or not _END.fullmatch(line):
            if part or line.strip():
                part.append(line)
        elif part:
            parts.append((number - len(part), part))
            part = []
    return parts


def _card(place: Place, lines: list[str], images: NoteImages) -> _Written | None:
    header = _HEADER.match(lines[0])
    if header is None or not header[1].strip():
        return None
    below = list(lines[1:])
    above: list[str] = []
    while below and not below[0].strip():
        below.pop(0)
    if below and (image := _IMAGE.match(below[0])):
        above.append(image[0].strip())
        below[0] = below[0][image.end() :]
    elif below and below[0].startswith("```") and "```" in [line.strip() for line in below[1:]]:
        end = [line.strip() for line in below[1:]].index("```") + 2
        above, below = below[:end], below[end:]
    title = images.placed(header[1].strip(), place)
    return _Written(
        place,
        title,
        images.placed("\n".join(above), place),
        images.placed("\n".join(below).strip("\n").rstrip(), place),
    )


def _kind(body: str) -> tuple[str, list[tuple[str, str]]]:
    """What kind of card a body makes, and its items: each with its sign, over one line or more."""
    for kind, pattern in (("choice", _CHOICE), ("box", _BOX), ("number", _NUMBERED)):
        items: list[tuple[str, list[str]]] = []
        for line in body.split("\n"):
            if match := pattern.fullmatch(line):
                items.append((match[1], [match[2] or ""]))
            elif items:
                items[-1][1].append(line)
            else:
                break
        signs = [sign for sign, _ in items]
        if not items or (kind == "choice" and "*" not in signs):
            continue
        if kind == "number" and sorted(map(int, signs)) != list(range(1, len(signs) + 1)):
            continue
        return kind, [(sign, "\n".join(lines).strip()) for sign, lines in items]
    return ("gap" if _GAP.search(masked(body)) else "definition"), []


def _add(card: _Written, kind: str, items: list[tuple[str, str]], found: DraftBuilder) -> None:
    if kind == "choice":
        _add_choice(card, items, found)
    elif kind == "box":
        options = "\n".join(f"- {text}" for _, text in items)
        right = "\n".join(f"- {text}" for sign, text in items if sign != " ")
        found.add("", question(card.place, _joined(card.asked, options), right or "None of them."))
    elif kind == "number":
        options = "\n".join(f"- {text}" for _, text in items)
        ordered = sorted(items, key=lambda item: int(item[0]))
        answer = "\n".join(f"{number}. {text}" for number, text in ordered)
        found.add("", question(card.place, _joined(card.asked, options), answer))
    elif kind == "gap":
        found.add("", _open_question(card))
    elif card.body:
        made = question if asks(card.title) else two_sided
        found.add("", made(card.place, card.asked, card.body))
    elif card.above:
        found.add("", two_sided(card.place, card.title, card.above))
    else:
        found.leave_out(card.place, f"`{card.title[:60]}` has nothing below it to be asked for.")


def _add_choice(card: _Written, items: list[tuple[str, str]], found: DraftBuilder) -> None:
    right = [text for sign, text in items if sign == "*"]
    wrong = tuple((text, "") for sign, text in items if sign == "-")
    if len(right) > 1:
        what = f"The choice `{card.title[:60]}` has {len(right)} right answers."
        found.fault(card.place, what, "Mark one with `*`, or tick several as `[*]`.")
    elif not wrong:
        made = question if asks(card.title) else two_sided
        found.add("", made(card.place, card.asked, right[0]))
    elif not all((*right, *(text for text, _ in wrong))):
        found.fault(card.place, "An option is empty.", "Write it, or delete the line.")
    elif right[0] in (text for text, _ in wrong):
        found.fault(card.place, "The right option is also wrong.", "Delete one of the two.")
    else:
        found.add("", DraftEntry(card.place, choices=(DraftChoice(card.asked, right[0], wrong),)))


def _open_question(card: _Written) -> DraftEntry:
    plain = masked(card.body)
    parts: list[str | Gap] = [f"{card.asked}\n\n"]
    aliases: list[str] = []
    end = 0
    for match in _GAP.finditer(plain):
        first, *others = (
            each.strip() for each in card.body[match.start(1) : match.end(1)].split("|")
        )
        aliases += others
        parts += [card.body[end : match.start()], Gap(first)]
        end = match.end()
    parts.append(card.body[end:])
    return gapped(card.place, parts, aliases=tuple(each for each in aliases if each))


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
