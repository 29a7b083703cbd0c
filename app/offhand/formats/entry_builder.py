"""An entry in the making: its cards get their keys, and what they share, in one place."""

from offhand.domain.card import Card, CardKind, Entry, Level, Option, Place
from offhand.domain.text import digest
from offhand.formats.yaml_tree import Node


class EntryBuilder:
    """An entry in the making."""

    def __init__(
        self,
        deck: str,
        ident: str,
        place: Place,
        *,
        aliases: tuple[str, ...],
        sources: tuple[str, ...],
        tags: tuple[str, ...],
        level: Level | None,
        extra: str = "",
        see: tuple[tuple[str, Place], ...],
    ) -> None:
        self.deck, self.id, self.place = deck, ident, place
        self.aliases, self.sources, self.tags = aliases, sources, tags
        self.level, self.extra, self.see = level, extra, see
        self.cards: dict[str, Card] = {}

    def add(
        self,
        kind: CardKind,
        way: str,
        prompt: str,
        answer: str,
        rest: str,
        at: Node | None = None,
        *,
        level: Level | None = None,
        points: tuple[str, ...] = (),
        options: tuple[Option, ...] = (),
    ) -> None:
        """Add a card. A second one of the same way gets a number, as two holes may be one word."""
        count, name = 1, way
        while name in self.cards:
            count += 1
            name = f"{way}-{count}"
        self.cards[name] = Card(
            key=f"{self.deck}/{self.id}/{name}",
            kind=kind,
            entry=f"{self.deck}/{self.id}",
            prompt=prompt,
            answer=answer,
            place=at.place if at else self.place,
            rest=digest(f"{kind} {rest}"),
            points=points,
            options=options,
            aliases=self.aliases,
            sources=self.sources,
            tags=self.tags,
            level=level or self.level,
            extra=self.extra,
        )

    def entry(self, names: tuple[str, ...]) -> Entry:
        """The finished entry, which others may call by its names."""
        return Entry(self.id, self.place, names, self.see, tuple(self.cards.values()))
