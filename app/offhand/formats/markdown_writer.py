"""Decks as Markdown to read: `#` the deck, `##` a section, `###` what is asked, the answer below.

What a reader need not see (tags, level, other names, sources) stands in a comment below a term. The
outline reader takes such a file for a deck again, every heading with text below it a term.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from offhand.domain.card import CardKind
from offhand.domain.text import one_line
from offhand.formats.draft import DraftEntry
from offhand.formats.notes.lines import DECK_MARK, in_code
from offhand.formats.plain_cards import PlainCard, plain_cards
from offhand.formats.takeout import Progress, TakenDeck, Takeout

_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*")
_HEADING_ENDS = re.compile(r"(?<=\s)(#+)$")


def write_markdown(takeout: Takeout, path: Path, progress: Progress) -> None:
    """Write the decks as one Markdown file in UTF-8. Raises OSError where it cannot be written."""
    done, total = 0, takeout.entries
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for deck in takeout.decks:
            file.write("\n" if file.tell() else "")
            file.write("\n\n".join(_head(deck)) + "\n")
            for section in deck.draft.sections:
                if len(deck.draft.sections) > 1 or section.title != deck.draft.title:
                    file.write(f"\n{_heading(2, section.title)}\n")
                for entry in section.entries:
                    for block in _blocks(entry, deck.draft.reverse):
                        file.write(f"\n{block}\n")
                    done += 1
                    progress(done, total)


def _head(deck: TakenDeck) -> list[str]:
    about = [_body(deck.draft.about)] if deck.draft.about else []
    return [_heading(1, deck.draft.title), DECK_MARK, *about]


def _blocks(entry: DraftEntry, reverse: bool) -> Iterator[str]:
    """The headings of an entry, each with what stands below it."""
    for card in plain_cards(entry, reverse):
        title, rest = _title(card)
        yield _heading(3, title)
        if card.kind is CardKind.TERM and (told := _comment(entry)):
            yield told
        if rest:
            yield _body(rest)
            yield "---"
        yield _body(card.answer)
        if entry.extra:
            yield _body(entry.extra)


def _title(card: PlainCard) -> tuple[str, str]:
    """What a card asks as a heading: its first paragraph; and what more it asks."""
    first, _, rest = card.prompt.strip().partition("\n\n")
    if first.startswith(("```", "~~~", "|", "    ")):
        return "What is this?" if not rest else one_line(rest.splitlines()[-1]), card.prompt
    return first, rest.strip("\n")


def _heading(level: int, text: str) -> str:
    return f"{'#' * level} {_HEADING_ENDS.sub(_escaped, one_line(text))}"


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[1]}"


def _body(text: str) -> str:
    """A text that cannot be taken for headings of the page around it."""
    lines = text.strip("\n").split("\n")
    code = in_code([*lines, ""])
    shown = [
        line if inside else _without_heading(line, lines[at - 1] if at else "")
        for at, (line, inside) in enumerate(zip(lines, code[:-1], strict=True))
    ]
    if code[-1]:
        shown.append(_fence_of(lines))
    return "\n".join(shown)


def _without_heading(line: str, above: str) -> str:
    if _HEADING.match(line) or (above.strip() and _UNDERLINE.fullmatch(line)):
        bare = line.lstrip()
        return f"{line[: len(line) - len(bare)]}\\{bare}"
    return line


def _fence_of(lines: Sequence[str]) -> str:
    """The line that closes the block of code that is left open."""
    opening = next(line.strip() for at, line in enumerate(lines) if all(in_code(lines[at:])))
    match = re.search(r"`{3,}|~{3,}", opening)
    return match[0] if match else "```"


def _comment(entry: DraftEntry) -> str:
    level = [entry.level.value] if entry.level else []
    named = {
        "also": entry.aliases,
        "level": level,
        "tags": entry.tags,
        "see": entry.see,
        "sources": entry.sources,
    }
    told = [f"{name}: {one_line('; '.join(texts))}" for name, texts in named.items() if texts]
    if not told:
        return ""
    # Two hyphens in a row may end a comment.
    return f"<!-- {' | '.join(told).replace('--', '- -').replace('>', '&gt;')} -->"
