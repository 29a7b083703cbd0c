"""Decks as Markdown to read: `#` the deck, `##` a section, `###` an entry, `####` its further cards.

A heading is what is asked, its answer stands below. What a reader need not see (tags, level, other
names, sources) stands in a comment. outlines/own_pages.py makes the deck of such a page again.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from offhand.domain.card import CardKind
from offhand.domain.text import one_line, slug
from offhand.formats import cloze
from offhand.formats.draft import DraftChoice, DraftContrast, DraftEntry, DraftQuestion
from offhand.formats.notes.lines import DECK_MARK, in_code
from offhand.formats.outlines.own_pages import BREAK, EXTRA, GAP, LINE, MADE, SPLIT
from offhand.formats.page_facts import Facts, comment_of
from offhand.formats.plain_cards import PlainCard, plain_cards
from offhand.formats.plain_parts import guessed_kind
from offhand.formats.takeout import Progress, TakenDeck, Takeout

_ASKED = {True: "both ways", False: "one way"}
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
    draft = deck.draft
    facts = {
        "id": (deck.id,) if deck.id != slug(draft.title) else (),
        "origin": (draft.origin,) if draft.origin else (),
        "terms": ("both ways",) if draft.reverse else (),
    }
    told = (comment_of(facts), _body(draft.about) if draft.about else "")
    return [_heading(1, draft.title), DECK_MARK, *filter(None, told)]


def _blocks(entry: DraftEntry, reverse: bool) -> Iterator[str]:
    """The headings of an entry, each with what stands below it."""
    facts = _Facts(entry, reverse)
    for at, card in enumerate(plain_cards(entry, reverse)):
        title, rest = _title(card)
        yield _heading(4 if at else 3, title)
        if told := comment_of(facts.of(card, one_line(title), rest, is_first=at == 0)):
            yield told
        if rest:
            yield _body(rest)
            yield SPLIT
        yield _body(card.answer)
        if entry.extra and at == 0:
            yield EXTRA
            yield _body(entry.extra)


class _Facts:
    """What the comment below a heading tells of its card; asked for one card after the other."""

    def __init__(self, entry: DraftEntry, reverse: bool) -> None:
        self._entry = entry
        self._reverse = reverse
        self._parts: dict[CardKind, Iterator[DraftQuestion | DraftChoice | DraftContrast]] = {
            CardKind.QUESTION: iter(entry.questions),
            CardKind.CHOICE: iter(entry.choices),
            CardKind.CONTRAST: iter(entry.contrast),
        }
        self._sentences = iter(entry.cloze)

    def of(self, card: PlainCard, title: str, rest: str, is_first: bool) -> Facts:
        """The facts of a card with its heading and what more it asks."""
        part = next(self._parts.get(card.kind, iter(())), None)
        sentence = next(self._sentences) if card.kind is CardKind.CLOZE else ""
        term = "" if is_first else self._entry.term
        heading = _heading_of(card, title, rest)
        asked = f"{title}{BREAK if heading == (LINE,) else GAP}{rest}".strip()
        guess = guessed_kind(asked, card.answer, term)
        level = card.level if is_first or card.level is not self._entry.level else None
        return {
            **(self._of_entry() if is_first else {}),
            "heading": heading,
            "level": (level.value,) if level else (),
            "kind": (card.kind.value,) if guess is not card.kind else (),
            "name": (part.id,) if part and part.id else (),
            "points": (str(len(part.points)),)
            if isinstance(part, DraftQuestion) and part.points
            else (),
            "holes": _numbers(sentence),
        }

    def _of_entry(self) -> Facts:
        entry = self._entry
        asked = () if entry.reverse in (None, self._reverse) else (_ASKED[entry.reverse is True],)
        return {
            "id": (entry.id,) if entry.id else (),
            "also": entry.aliases,
            "tags": entry.tags,
            "see": entry.see,
            "sources": entry.sources,
            "asked": asked if not isinstance(entry.reverse, str) else (),
        }


def _numbers(sentence: str) -> tuple[str, ...]:
    """The numbers of a sentence's holes, none where it has no numbers."""
    numbers = [part.number for part in cloze.parts(sentence) if isinstance(part, cloze.Gap)]
    return tuple(number or "-" for number in numbers) if any(numbers) else ()


def _title(card: PlainCard) -> tuple[str, str]:
    """What a card asks as a heading: its first paragraph, or line; and what more it asks."""
    first, _, rest = card.prompt.strip().partition("\n\n")
    if first.startswith(("```", "~~~", "|", "    ", "- ", "> ")):
        return "What is this?" if not rest else one_line(rest.splitlines()[-1]), card.prompt
    first, broken, more = first.partition(BREAK)
    return first, f"{more}\n\n{rest}".strip("\n") if broken else rest.strip("\n")


def _heading_of(card: PlainCard, title: str, rest: str) -> tuple[str, ...]:
    """What a heading is of what its card asks, where it is not the first paragraph of it."""
    if rest == card.prompt:
        return (MADE,)
    return (LINE,) if rest and card.prompt.strip().startswith(f"{title}{BREAK}") else ()


def _heading(level: int, text: str) -> str:
    return f"{'#' * level} {_HEADING_ENDS.sub(_escaped, one_line(text))}"


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[1]}"


def _body(text: str) -> str:
    """A text that cannot be taken for headings of the page around it."""
    lines = text.strip("\n").split("\n")
    code = in_code([*lines, ""])
    shown = [
        line if inside else _unlike_ours(line, lines[at - 1] if at else "")
        for at, (line, inside) in enumerate(zip(lines, code[:-1], strict=True))
    ]
    if code[-1]:
        shown.append(_fence_of(lines))
    return "\n".join(shown)


def _unlike_ours(line: str, above: str) -> str:
    """A line that is neither a heading nor one of the rules that part a card's texts."""
    if line in (SPLIT, EXTRA) and not above.strip():
        return " ".join(line)
    if _HEADING.match(line) or (above.strip() and _UNDERLINE.fullmatch(line)):
        bare = line.lstrip()
        return f"{line[: len(line) - len(bare)]}\\{bare}"
    return line


def _fence_of(lines: Sequence[str]) -> str:
    """The line that closes the block of code that is left open."""
    opening = next(line.strip() for at, line in enumerate(lines) if all(in_code(lines[at:])))
    match = re.search(r"`{3,}|~{3,}", opening)
    return match[0] if match else "```"
