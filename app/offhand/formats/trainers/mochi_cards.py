"""The cards of Mochi as entries: their sides, holes, templates, links and attachments."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import unquote

from offhand.domain.card import Place
from offhand.domain.text import digest, is_id, one_line
from offhand.formats.archive import Archive
from offhand.formats.draft import Past
from offhand.formats.draft_builder import DraftBuilder
from offhand.formats.found_cards import Gap, Rest, gapped, two_sided
from offhand.formats.notes.images import image_target
from offhand.formats.notes.lines import HEADING, in_code, masked_text, replaced
from offhand.formats.notes.obsidian import tags_in

_FIELD = re.compile(r"<<\s*([^#^/<>][^<>]*?)\s*>>")
_BLOCK = re.compile(r"<<\s*([#^])\s*([^<>]+?)\s*>>(.*?)<<\s*/\s*\2\s*>>", re.DOTALL)
_COMPUTED = re.compile(
    r"<(speech|translate)\b[^>]*>.*?</\1\s*>|</?(?:furigana|pinyin)\b[^>]*>", re.DOTALL
)
_HOLE = re.compile(r"\{\{(?:(\d{1,3})::)?(.+?)\}\}", re.DOTALL)
_IMAGE = re.compile(
    r"!\[([^\]\n]*)\]\(\s*<?([^()<>\n]+?)>?(?:\s+\"[^\"\n]*\")?\s*\)|!\[\[([^\]\n|]+)(?:\|[^\]\n]*)?\]\]"
)
_LINK = re.compile(r"(?<!!)\[\[([^\]\n|]+)(?:\|([^\]\n]+))?\]\]")
_SIDE = re.compile(r"---[ \t]*")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its Markdown, and the names of its fields by their ids."""

    content: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WrittenCard:
    """A card as Mochi has it; `values` are by the ids of fields, `holes` by their numbers."""

    id: str
    name: str
    content: str
    template: str
    values: Mapping[str, str]
    tags: tuple[str, ...]
    both_ways: bool
    past: Past | None
    holes: Mapping[str, Past]


class CardReader:
    """Adds cards to a draft in the making, and the attachments of their archive."""

    def __init__(
        self,
        archive: Archive,
        found: DraftBuilder,
        templates: Mapping[str, Template],
        names: Mapping[str, str],
    ) -> None:
        self._archive = archive
        self._found = found
        self._templates = templates
        self._names = names
        self._files = {name.rpartition("/")[2]: name for name in archive.names}

    def add(self, section: str, card: WrittenCard) -> None:
        """Add a card to a section."""
        place = Place(self._found.path)
        sides = [self._shown(side, place) for side in _sides(self._content(card))]
        sides = [side for side in sides if side]
        if sides and (heading := HEADING.fullmatch(sides[0])) and heading[2]:
            sides[0] = heading[2]
        rest = Rest(tags=card.tags)
        if card.id:
            rest["id"] = card.id if is_id(card.id) else digest(card.id)
        parts = _holes(sides[0]) if sides else []
        if not sides:
            self._found.leave_out(place, f"A card is empty{_called(card)}.")
        elif any(isinstance(part, Gap) for part in parts):
            rest["extra"] = "\n\n".join(map(_without_holes, sides[1:]))
            numbers = list(dict.fromkeys(p.number for p in parts if isinstance(p, Gap)))
            pasts = [card.holes.get(number or "1") or card.past for number in numbers]
            self._found.add(section, gapped(place, parts, pasts=pasts, **rest))
        elif len(sides) == 1:
            what = f"A card has one side only{_called(card)}."
            self._found.leave_out(place, what, "Put `---` between its front and its back.")
        else:
            back = "\n\n".join(map(_without_holes, sides[1:]))
            entry = two_sided(
                place, sides[0], back, both_ways=card.both_ways, pasts=[card.past], **rest
            )
            self._found.add(section, entry)

    def _content(self, card: WrittenCard) -> str:
        template = self._templates.get(card.template)
        if template is None:
            if card.content.strip() or not card.values:
                return card.content
            front = card.values.get("name") or card.name
            others = [v for ident, v in card.values.items() if ident != "name" and v.strip()]
            return "\n---\n".join([front, "\n\n".join(others)])
        values = {name: card.values.get(ident, "") for ident, name in template.names.items()}
        if "name" in template.names and not values[template.names["name"]]:
            values[template.names["name"]] = card.name
        filled = filled_template(template.content, values)
        return f"{filled}\n\n{card.content}" if card.content.strip() else filled

    def _shown(self, side: str, place: Place) -> str:
        """A side with its images called as the media are, without tags and links of Mochi's own."""
        lines = side.split("\n")
        kept = [
            line
            for line, code in zip(lines, in_code(lines), strict=True)
            if code or not tags_in(line)
        ]
        text = _COMPUTED.sub("", "\n".join(kept))
        text = replaced(_LINK, text, self._link)
        return replaced(_IMAGE, text, partial(self._image, place)).strip()

    def _link(self, match: re.Match[str]) -> str:
        first, second = match[1].strip(), (match[2] or "").strip()
        if second:
            return first
        return self._names.get(first) or first

    def _image(self, place: Place, match: re.Match[str]) -> str:
        alt, target = match[1] or "", unquote((match[2] or match[3]).strip())
        if _ELSEWHERE.match(target):
            return match[0]
        name = self._files.get(target.removeprefix("@media/").rpartition("/")[2])
        if name is None:
            if match[3] is not None:
                return self._names.get(target.partition("/")[0]) or target
            self._found.leave_out(place, f"The attachment `{target[:80]}` is not in the file.")
            return alt or f"[{target}]"
        self._found.media[name] = partial(self._archive.read, name)
        return f"![{alt}]({image_target(name)})"


def filled_template(template: str, values: Mapping[str, str]) -> str:
    """A template with the values of its fields, by their names, in it."""

    def block(match: re.Match[str]) -> str:
        is_there = bool(values.get(match[2].strip(), "").strip())
        return match[3] if is_there == (match[1] == "#") else ""

    for _ in range(3):
        template, count = _BLOCK.subn(block, template)
        if not count:
            break
    return _FIELD.sub(lambda match: values.get(match[1], ""), template)


def _sides(content: str) -> list[str]:
    lines = content.replace("\r\n", "\n").split("\n")
    sides: list[list[str]] = [[]]
    for line, code in zip(lines, in_code(lines), strict=True):
        if not code and _SIDE.fullmatch(line):
            sides.append([])
        else:
            sides[-1].append(line)
    return ["\n".join(side).strip() for side in sides]


def _holes(text: str) -> list[str | Gap]:
    """A side as its stretches. Holes without a number are asked together, as one group."""
    parts: list[str | Gap] = []
    end = 0
    for match in _HOLE.finditer(masked_text(text)):
        inside = text[match.start(2) : match.end(2)].strip()
        parts += [text[end : match.start()], Gap(inside, match[1] or "")]
        end = match.end()
    parts.append(text[end:])
    numbers = Counter(part.number for part in parts if isinstance(part, Gap))
    if numbers[""] > 1:
        free = str(max((int(number) for number in numbers if number), default=0) + 1)
        parts = [
            replace(part, number=free) if isinstance(part, Gap) and not part.number else part
            for part in parts
        ]
    return parts


def _without_holes(text: str) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in _holes(text))


def _called(card: WrittenCard) -> str:
    name = one_line(card.name or card.content)[:60]
    return f": `{name}`" if name else ""
