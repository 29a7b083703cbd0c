"""Anki's filters on a field, as far as a text can show what they make."""

import re

from offhand.formats.anki.cloze_marks import only_holes
from offhand.formats.anki.html import words_of

_RUBY = re.compile(r" ?([^ >[\]]{1,100})\[([^]]{1,200})\]")


def filtered(html: str, filters: tuple[str, ...], is_front: bool) -> str:
    """What a field's content becomes; what only a browser could make of it is left out.

    The marks of a cloze stay. A filter of an add-on changes nothing, as in an Anki without it.
    """
    for name in filters:
        match name.split(" ", 1)[0]:
            case "text":
                html = words_of(html)
            case "kanji":
                html = _RUBY.sub(lambda m: m[0] if _is_sound(m) else m[1], html)
            case "kana":
                html = _RUBY.sub(lambda m: m[0] if _is_sound(m) else m[2], html)
            case "furigana":
                html = _RUBY.sub(_ruby, html)
            case "tts" | "tts-voices":
                return ""
            case "cloze-only":
                html = only_holes(html)
            case "type" | "hint" if is_front and "cloze" not in filters:
                return ""
    return html


def _is_sound(match: re.Match[str]) -> bool:
    return match[2].startswith(("sound:", "anki:"))


def _ruby(match: re.Match[str]) -> str:
    if _is_sound(match):
        return match[0]
    return f"<ruby>{match[1]}<rt>{match[2]}</rt></ruby>"
