"""Anki's tree of decks as decks with sections: what is right at the top is a deck."""

from collections.abc import Mapping
from dataclasses import replace

from offhand.domain.text import digest, one_line, slug, visible
from offhand.formats.anki.collection import CardRow
from offhand.formats.draft import Draft, DraftEntry, DraftSection

_LONGEST = 200
_NEW = 0
_NO_DECK = "Anki"


class DeckTree:
    """Entries by the decks that they are in; `decks` are Anki's, by their ids."""

    def __init__(self, decks: Mapping[int, tuple[str, ...]]) -> None:
        self._decks = decks
        self._top_ids = {path[0]: id_ for id_, path in sorted(decks.items(), reverse=True)}
        self._top_ids |= {path[0]: id_ for id_, path in decks.items() if len(path) == 1}
        self._found: dict[tuple[str, ...], list[tuple[int | None, DraftEntry]]] = {}

    def path_of(self, card: CardRow) -> tuple[str, ...]:
        """Where a card is, its deck's name last; of a filtered deck's card, where it belongs."""
        return self._decks.get(card.home_deck or card.deck) or (_NO_DECK,)

    def add(self, path: tuple[str, ...], card: CardRow, entry: DraftEntry) -> None:
        """Add an entry, whose first card this is, to a deck."""
        position = card.due if card.type == _NEW else None
        self._found.setdefault(path, []).append((position, entry))

    def drafts(self) -> list[Draft]:
        """The decks, those below one as its sections."""
        paths = sorted(self._found, key=lambda path: [name.casefold() for name in path])
        tops: dict[str, list[tuple[str, ...]]] = {}
        for path in paths:
            tops.setdefault(path[0], []).append(path)
        return [self._draft(name, own) for name, own in tops.items()]

    def _draft(self, name: str, paths: list[tuple[str, ...]]) -> Draft:
        title = _title(name)
        sections: dict[str, list[DraftEntry]] = {}
        for path in paths:
            section = _title(" / ".join(path[1:])) if len(path) > 1 else title
            sections.setdefault(section, []).extend(_in_order(self._found[path]))
        id_ = self._top_ids.get(name)
        return Draft(
            title,
            with_ids({section: tuple(entries) for section, entries in sections.items()}),
            origin=f"anki:{id_}" if id_ is not None else "",
        )


def with_ids(sections: Mapping[str, tuple[DraftEntry, ...]]) -> tuple[DraftSection, ...]:
    """Sections by their titles, each with an id where its title would make another's."""
    made, taken = [], set[str]()
    for title, entries in sections.items():
        id_ = f"{slug(title)}-{digest(title)[:6]}" if slug(title) in taken else ""
        taken.add(id_ or slug(title))
        made.append(DraftSection(title, entries, id_))
    return tuple(made)


def joined(decks: list[Draft], more: list[Draft]) -> list[Draft]:
    """Decks, with those of the same titles put into them: what was added in Anki to a deck of ours."""
    by_title = {draft.title: draft for draft in decks}
    for draft in more:
        deck = by_title.get(draft.title)
        by_title[draft.title if deck is None else deck.title] = (
            _join(deck, draft) if deck else draft
        )
    return list(by_title.values())


def _join(deck: Draft, more: Draft) -> Draft:
    new = {section.title: section.entries for section in more.sections}
    sections = [
        replace(section, entries=(*section.entries, *new.pop(section.title, ())))
        for section in deck.sections
    ]
    ids = {section.id or slug(section.title) for section in sections}
    for section in with_ids(new):
        own = section.id or slug(section.title)
        id_ = f"{own}-{digest(section.title)[:6]}" if own in ids else section.id
        sections.append(replace(section, id=id_))
    return replace(deck, sections=tuple(sections), media={**deck.media, **more.media})


def _in_order(found: list[tuple[int | None, DraftEntry]]) -> list[DraftEntry]:
    """As they were made; a deck of which nothing was learned yet, as Anki would show it."""
    if all(position is not None for position, _ in found):
        found = sorted(found, key=lambda each: each[0] or 0)
    return [entry for _, entry in found]


def _title(name: str) -> str:
    return one_line(visible(name))[:_LONGEST].strip() or _NO_DECK
