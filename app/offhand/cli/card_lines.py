"""A card as plain lines: what is asked, and what is told once it was answered."""

from offhand.domain.card import CardKind
from offhand.study.present import option_letter, options_shown
from offhand.study.review import Shown

_ASKS = {CardKind.REVERSE: "Which term is this?", CardKind.CLOZE: "What belongs in the gap?"}


def prompt_lines(shown: Shown) -> list[str]:
    """The prompt, with the options of a choice by their letters."""
    card = shown.kept.card
    lines = [card.prompt]
    if ask := _ASKS.get(card.kind):
        lines = [ask, *lines]
    if options := options_shown(card, shown.today):
        lines.append(f"Multiple choice, A to {option_letter(len(options) - 1)}:")
        lines += [f"{option_letter(i)}. {option.text}" for i, option in enumerate(options)]
    return lines


def answer_lines(shown: Shown) -> list[str]:
    """The answer, with what makes each option right or wrong, and the key points."""
    card = shown.kept.card
    if options := options_shown(card, shown.today):
        lines = []
        for i, option in enumerate(options):
            verdict = "right" if option.right else "wrong"
            lines.append(f"{option_letter(i)} is {verdict}: {option.text}")
            if option.why:
                lines.append(f"   {option.why}")
    else:
        lines = ["Answer:", card.answer]
    if card.points:
        lines += ["Key points:", *(f"- {point}" for point in card.points)]
    if card.extra:
        lines += ["", card.extra]
    return lines
