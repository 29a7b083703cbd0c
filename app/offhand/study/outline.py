"""What is kept of a deck file besides its cards, so that it need not be read again with the others."""

import json
from collections.abc import Sequence
from pathlib import Path

from offhand.domain.card import Entry, Place, Section


def outline_text(sections: Sequence[Section]) -> str:
    """The outline of the sections of one file."""
    return json.dumps(
        [
            [
                section.id,
                section.title,
                [
                    [
                        e.id,
                        list(e.names),
                        [[name, p.line, p.column] for name, p in e.see],
                        e.place.line,
                    ]
                    for e in section.entries
                ],
            ]
            for section in sections
        ],
        ensure_ascii=False,
    )


def outline_of(text: str, path: Path) -> list[Section]:
    """The sections that an outline tells of, without their cards."""
    return [
        Section(
            ident,
            title,
            Place(path),
            tuple(
                Entry(
                    entry,
                    Place(path, line),
                    tuple(names),
                    tuple((name, Place(path, at, column)) for name, at, column in see),
                )
                for entry, names, see, line in entries
            ),
        )
        for ident, title, entries in json.loads(text)
    ]
