"""The facts of Mnemosyne as entries: what each of its card types asks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from offhand.domain.card import Place
from offhand.domain.text import digest, is_id
from offhand.formats.anki.html import HtmlReader
from offhand.formats.archive import Archive
from offhand.formats.draft import DraftEntry, DraftQuestion, Past
from offhand.formats.draft_builder import DraftBuilder
from offhand.formats.found_cards import Gap, Rest, gapped, question, two_sided, with_pasts
from offhand.formats.notes.images import image_target

_HOLE = re.compile(r"(?<![!\\])\[([^\[\]]+?)\](?!\()", re.DOTALL)
_FORMULA = re.compile(r"<(/?)(\$\$?|latex)>", re.IGNORECASE)
_SOUND = re.compile(r"<(audio|video)\b[^>]*>(?:\s*</\1\s*>)?", re.IGNORECASE)
"""Mnemosyne leaves these elements open."""
_NAMES = {"f": ("f", "q"), "b": ("b", "a")}
"""The keys of texts; the second ones are those of Mnemosyne 1."""


@dataclass(frozen=True, slots=True)
class FactCard:
    """A card of a fact: the number of its view, and of its hole where the fact is a text with holes."""

    view: str
    index: int
    past: Past | None


class FactReader:
    """Adds facts to a draft in the making, and the images of their archive."""

    def __init__(self, archive: Archive, found: DraftBuilder) -> None:
        self._archive = archive
        self._found = found
        self._html = HtmlReader(self._image)
        self._missing: set[str] = set()
        self._lost = 0

    def add(
        self,
        section: str,
        kind: str,
        ident: str,
        line: int,
        texts: Mapping[str, str],
        cards: Sequence[FactCard],
        tags: tuple[str, ...],
    ) -> None:
        """Add a fact of a card type, with the cards that there are of it."""
        place = Place(self._found.path, line)
        rest = Rest(id=ident if is_id(ident) else digest(ident), tags=tags)
        shown = {key: self._markdown(text) for key, text in texts.items()}
        for key, names in _NAMES.items():
            shown[key] = next((shown[name] for name in names if shown.get(name)), "")
        made: DraftEntry | None = None
        match kind:
            case "3":
                made = self._vocabulary(place, shown, cards, rest)
            case "4":
                made = _map(place, shown, cards, rest)
            case "5":
                made = _holes(place, shown.get("text", ""), cards, rest)
            case "6":
                made = self._sentence(place, shown, cards, rest)
            case _ if shown["f"] and shown["b"]:
                made = _sides(place, shown["f"], shown["b"], cards, rest)
        if made is not None:
            self._found.add(section, made)
            return
        if kind in ("1", "2", "3", "4", "5", "6"):
            said = next((text for text in shown.values() if text), "")
            what = f"`{said[:60]}` lacks what its card type asks for."
            self._found.leave_out(place, what)
        else:
            what = f"A fact of the card type `{kind[:40]}`, which Offhand does not know."
            self._found.leave_out(place, what)

    def tell(self) -> None:
        """Tell what could not be taken along."""
        place = Place(self._found.path)
        for name in sorted(self._missing):
            self._found.leave_out(place, f"The image `{name[:80]}` is not in the file.")
        dropped = self._html.dropped
        dropped["image"] -= self._lost
        self._found.leave_out_of_texts(dropped)

    def _markdown(self, text: str) -> str:
        marked = _SOUND.sub("[sound:]", _FORMULA.sub(r"[\1\2]", text.strip()))
        return self._html.markdown(marked.replace("\n", "<br>")).strip()

    def _image(self, source: str) -> str:
        if source in self._archive:
            self._found.media[source] = partial(self._archive.read, source)
            return image_target(source)
        if not source.startswith(("https://", "http://")):
            self._missing.add(source)
            self._lost += 1
            return ""
        return source

    def _vocabulary(
        self, place: Place, texts: Mapping[str, str], cards: Sequence[FactCard], rest: Rest
    ) -> DraftEntry | None:
        if not texts["f"] or not texts.get("m_1"):
            return None
        spoken = (texts.get("p_1", ""), texts.get("n", ""))
        rest["extra"] = "\n\n".join(text for text in spoken if text)
        return _sides(place, texts["f"], texts["m_1"], cards, rest)

    def _sentence(
        self, place: Place, texts: Mapping[str, str], cards: Sequence[FactCard], rest: Rest
    ) -> DraftEntry | None:
        """A sentence: its meaning is asked, and each hole in it."""
        extra = (texts.get("p_1", ""), texts.get("n", ""))
        rest["extra"] = "\n\n".join(text for text in extra if text)
        holes = [card for card in cards if card.view == "2"]
        gaps = _holes(place, texts["f"], holes, rest)
        if not texts["f"] or not texts.get("m_1"):
            return gaps
        plain = _HOLE.sub(lambda match: _gap(match[1]).text, texts["f"])
        first = next((card.past for card in cards if card.view == "1"), None)
        if gaps is None or not holes:
            return two_sided(place, plain, texts["m_1"], pasts=[first], **rest)
        pasts = [first, *(card.past for card in sorted(holes, key=lambda card: card.index))]
        return with_pasts(replace(gaps, term=plain, definition=texts["m_1"], pasts={}), pasts)


def _sides(
    place: Place, front: str, back: str, cards: Sequence[FactCard], rest: Rest
) -> DraftEntry:
    by_view = {card.view: card.past for card in cards}
    if "1" not in by_view and "2" in by_view:
        return question(place, back, front, pasts=[by_view["2"]], **rest)
    pasts = [by_view.get("1"), by_view.get("2")]
    return two_sided(place, front, back, both_ways="2" in by_view, pasts=pasts, **rest)


def _holes(place: Place, text: str, cards: Sequence[FactCard], rest: Rest) -> DraftEntry | None:
    """A text with `[holes]`, each of which may have a hint: `[casa:house]`."""
    parts: list[str | Gap] = []
    end = 0
    for match in _HOLE.finditer(text):
        parts += [text[end : match.start()], _gap(match[1])]
        end = match.end()
    if not parts:
        return None
    ordered = sorted(cards, key=lambda card: card.index)
    return gapped(place, [*parts, text[end:]], pasts=[card.past for card in ordered], **rest)


def _gap(inside: str) -> Gap:
    text, _, hint = inside.partition(":")
    return Gap(text.strip(), "", hint.strip())


def _map(
    place: Place, texts: Mapping[str, str], cards: Sequence[FactCard], rest: Rest
) -> DraftEntry | None:
    """A map: what is marked on it, and where something lies."""
    where, blank, marked = (texts.get(key, "") for key in ("loc", "blank", "marked"))
    if not where or not marked:
        return None
    asked = {
        "1": DraftQuestion(marked, where, id="marked"),
        "2": DraftQuestion(f"{where}\n\n{blank}".strip(), marked, id="place"),
    }
    known = [card for card in sorted(cards, key=lambda card: card.view) if card.view in asked]
    entry = DraftEntry(place, questions=tuple(asked[card.view] for card in known), **rest)
    return with_pasts(entry, [card.past for card in known]) if known else None
