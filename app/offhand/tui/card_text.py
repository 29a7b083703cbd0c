"""A card on screen: its caption, its prompt and its answer as lines of a given width."""

import re
from datetime import date

from textual.content import Content

from offhand.domain.card import Card, CardKind
from offhand.domain.text import one_line
from offhand.study.present import option_letter, options_shown
from offhand.tui.markdown import shown
from offhand.tui.picture import HIGHEST, can_draw, picture_file

_IMAGE = re.compile(r"!\[[^\]\n]*\]\(<?([^)\s>]+)")
_CAPTIONS = {
    CardKind.TERM: "What is it?",
    CardKind.REVERSE: "Which term is it?",
    CardKind.QUESTION: "",
    CardKind.CHOICE: "Choose one",
    CardKind.CLOZE: "Fill the gap",
    CardKind.CONTRAST: "Tell them apart",
}


def caption(card: Card) -> str:
    """What the card asks for, in a few words."""
    if card.kind is CardKind.QUESTION and card.points:
        return "Interview question" + (f" · {card.level}" if card.level else "")
    return _CAPTIONS[card.kind]


def prompt_content(card: Card, day: date, width: int) -> Content:
    """The prompt; a choice with its options, a term in bold."""
    prompt = shown(card.prompt, width, card.place.path.parent)
    if card.kind is CardKind.TERM:
        return prompt.stylize("bold")
    if card.kind is CardKind.CLOZE:
        return prompt.highlight_regex(r"\[[^\]\n]*\]", style="bold $accent")
    if not card.options:
        return prompt
    lines = [prompt, Content()]
    for index, option in enumerate(options_shown(card, day)):
        lines.append(
            _hanging(f"{option_letter(index)}  ", "bold $accent", option.text, width, card)
        )
    return Content("\n").join(lines)


def answer_content(card: Card, day: date, width: int, chosen: int | None = None) -> Content:
    """The answer with all that comes with it: key points, reasons, other names, the source.

    `chosen` is the place of the option that the learner took.
    """
    if card.options:
        parts = [_reasons(card, day, width, chosen)]
    else:
        answer = shown(card.answer, width, card.place.path.parent)
        if card.kind in (CardKind.REVERSE, CardKind.CLOZE):
            answer = answer.stylize("bold")
        parts = [answer]
    if card.points:
        # First, as it is by these that one grades oneself.
        points = [_hanging("✓ ", "$accent", point, width, card) for point in card.points]
        parts.insert(0, Content("\n").join(points))
    if card.extra:
        parts.append(shown(card.extra, width, card.place.path.parent))
    if card.kind is CardKind.REVERSE and card.aliases:
        parts.append(_quiet("Also: " + ", ".join(card.aliases), width))
    if card.sources and card.kind is CardKind.TERM:
        # It speaks of the entry, not of each of its cards; the rest stand with the card's history.
        source = Content(f"After {one_line(card.sources[0])}").truncate(width, ellipsis=True)
        parts.append(source.stylize("$quiet"))
    return Content("\n\n").join(parts)


def answer_height(card: Card, width: int) -> int:
    """About how many lines the answer takes: its text is wrapped as it is written, not parsed."""
    texts = [option.why or option.text for option in card.options] or [card.answer]
    texts += [option.text for option in card.options if option.right and option.why]
    texts += [card.extra] if card.extra else []
    ends = bool(card.sources or card.aliases)
    blank = bool(card.points) + bool(card.extra) + ends + bool(card.options)
    pictures = sum(len(_IMAGE.findall(text)) for text in texts) * HIGHEST if can_draw() else 0
    lines = sum(len(Content(text).wrap(width)) for text in (*texts, *card.points))
    return lines + pictures + blank + ends


def pictures_of(card: Card) -> list[str]:
    """Where the pictures of a card are, as addresses that can be opened; those of no file are left out."""
    texts = (card.prompt, card.answer, card.extra, *(option.text for option in card.options))
    found: dict[str, None] = {}
    for target in (target for text in texts for target in _IMAGE.findall(text)):
        if target.startswith(("https://", "http://")):
            found[target] = None
        elif (path := picture_file(target, card.place.path.parent)) is not None:
            found[path.as_uri()] = None
    return list(found)


def _reasons(card: Card, day: date, width: int, chosen: int | None) -> Content:
    right, wrong = [], []
    for index, option in enumerate(options_shown(card, day)):
        letter = f"{option_letter(index)}  "
        if option.right:
            text = option.text + (f"\n\n{option.why}" if option.why else "")
            right.append(_hanging(f"✓ {letter}", "bold $accent", text, width, card))
        else:
            why = option.why or "Not so."
            is_chosen = index == chosen
            sign, style = ("✗ ", "bold $warning") if is_chosen else ("  ", "$quiet")
            wrong.append(_hanging(f"{sign}{letter}", style, why, width, card))
    return Content("\n").join([*right, Content(), *wrong])


def _hanging(sign: str, style: str, text: str, width: int, card: Card) -> Content:
    """A text whose lines all stand right of its sign."""
    inner = shown(text, width - len(sign), card.place.path.parent).split("\n", allow_blank=True)
    lines = [Content.styled(sign, style) + inner[0]]
    lines += [Content(" " * len(sign)) + line for line in inner[1:]]
    return Content("\n").join(lines)


def _quiet(text: str, width: int) -> Content:
    return Content("\n").join(Content.styled(text, "$quiet").wrap(width))
