"""A card beside a list of cards: its prompt, its answer, and what else is known of it."""

import re
from datetime import date
from functools import lru_cache

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from offhand.domain.card import Card
from offhand.domain.fold import CardState
from offhand.domain.leech import is_leech
from offhand.domain.pieces import as_written
from offhand.domain.query import Query, Words
from offhand.domain.text import fold, one_line, visible
from offhand.study.sentences import counted
from offhand.tui.card_text import answer_content, caption, prompt_content

_MARGINS = 5
"""Two cells at each side, and one for the scroll bar."""
_FIRST_SIGN = "\u0e00"


class Preview(VerticalScroll, can_focus=False):
    """One card with its answer, in which what is `sought` stands out."""

    def __init__(self) -> None:
        super().__init__()
        self.sought: re.Pattern[str] | None = None

    def compose(self) -> ComposeResult:
        """All of it in one text."""
        yield Static(id="previewed")

    def show(self, card: Card, state: CardState, section: str, today: date, leech_at: int) -> None:
        """Draw a card; it is a leech from `leech_at` lapses on."""
        width = max(self.size.width - _MARGINS, 20)
        heading = Content.styled(one_line(section), "$quiet")
        if asks := caption(card):
            heading += Content.styled(f" · {asks}", "$quiet")
        parts = [
            heading.truncate(width, ellipsis=True),
            prompt_content(card, today, width),
            Content.styled("─" * width, "$quiet"),
            answer_content(card, today, width),
            *_facts(card, state, width, leech_at),
        ]
        text = Content("\n").join(parts)
        if self.sought is not None:
            for start, end in standing_out(self.sought, text.plain):
                text = text.stylize("underline $accent", start, end)
        self.query_one("#previewed", Static).update(text)
        self.scroll_home(animate=False)

    def clear(self) -> None:
        """Show no card."""
        self.query_one("#previewed", Static).update(Content())


def pattern_of(query: Query) -> re.Pattern[str] | None:
    """What of a folded text stands out for a query: its words."""
    words = [c for c in query.clauses if isinstance(c, Words) and not c.negated]
    if not words:
        return None
    return re.compile("|".join(map(_pattern, words)), re.IGNORECASE)


def standing_out(sought: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Where what is sought begins and ends in a text, whatever its accents, width and hyphens."""
    if text.isascii():
        return [match.span() for match in sought.finditer(text)]
    letters = [_folded(letter) for letter in text]
    places = [place for place, folded in enumerate(letters) for _ in folded]
    places.append(len(text))
    found = (match.span() for match in sought.finditer("".join(letters)))
    # Up to the next letter, so that marks on the last one are not torn off.
    return [(places[start], max(places[end], places[end - 1] + 1)) for start, end in found]


@lru_cache(maxsize=2_000)
def _folded(letter: str) -> str:
    return fold(letter) or (" " if letter.isspace() else "")


def _pattern(word: Words) -> str:
    # Signs of scripts without spaces begin anywhere; of a word, its beginning or what it is found by.
    anywhere = word.pieces[0] >= _FIRST_SIGN or word.stands_inside
    begins = "" if anywhere else r"(?<![^\W_])"
    return begins + r"[\W_]*".join(re.escape(as_written(piece)) for piece in word.pieces)


def _facts(card: Card, state: CardState, width: int, leech_at: int) -> list[Content]:
    """What marks the card: its tags, its level, its flag, and whether it is a leech."""
    lapses = state.schedule.lapses if state.schedule else 0
    lines = []
    if is_leech(lapses, leech_at):
        told = (
            f"A leech: {counted(lapses, 'lapse')}. Another text helps it more than another review."
        )
        lines += Content.styled(told, "$warning").wrap(width)
    facts = [f"{card.level}"] if card.level else []
    facts += [", ".join(card.tags)] if card.tags else []
    facts += ["⚑ flagged"] if state.flagged else []
    facts += [f"{card.place.path.name}:{card.place.line}"]
    lines += Content.styled(visible(one_line(" · ".join(facts))), "$quiet").wrap(width)
    return [Content(), *lines]
