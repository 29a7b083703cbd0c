"""Markdown as the HTML of Anki's fields: formulas for MathJax, holes as Anki writes them."""

import re
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from offhand.domain.formula import formula_at
from offhand.formats import cloze

_SIGNS = re.compile(r"[\\`*_\[\]<&|~\t$!{]|^[\s#>+\-=]|^\d+[.)]|  |\s\Z", re.MULTILINE)
"""What a text holds that is more than words: without any, its HTML is the text itself."""
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Besides HTML's signs, what Anki would take for its own: holes, sounds, typed answers, LaTeX.
_NOT_PLAIN = re.compile(
    r"[&<>]|\{(?=\{c\d+::)|\[(?=(?:sound|anki):|latex\]|\[type:|\$\$?\])|\\(?=[()\[\]])"
)
_INSTEAD = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "{": "{<!-- -->",
    "[": "&#91;",
    "\\": "\\<span></span>",
}
_LANGUAGE = re.compile(r"[\w+#-]+")
_DEEPEST = 20
_OPEN, _CLOSE = 0x100000, 0x10FFFD
"""Private signs that stand for a hole's braces while Markdown is rendered."""
_HELD = re.compile("[\U00100000-\U0010ffff]")
_IN_TAG = re.compile("<[^<>]*[\U00100000-\U0010ffff][^<>]*>")

Images = Callable[[str], str | None]
"""The name in the package for the target of a Markdown image; None where there is no such file."""


class FieldRenderer:
    """Renders the texts of a deck. `images` names the files that images point to."""

    def __init__(self, images: Images) -> None:
        options = {"html": False, "maxNesting": _DEEPEST}
        self._markdown = MarkdownIt("commonmark", options, renderer_cls=_Renderer)
        self._markdown.enable(["table", "strikethrough"])
        self._markdown.inline.ruler.before("escape", "formula", _formula)
        # As it is written, since the file is looked for under that name.
        self._markdown.normalizeLink = _unchanged  # type: ignore[method-assign]
        self._environment = {"images": images}

    def html(self, text: str) -> str:
        """A Markdown text as HTML; one that is a single paragraph without `<p>` around it."""
        text = text.strip()
        if _SIGNS.search(text) is None:
            return text.translate(_ESCAPED).replace("\n", " ")
        return self._rendered(text)

    def items(self, texts: Sequence[str]) -> str:
        """The inside of an HTML list, an item for each text."""
        return "".join(f"<li>{self.html(text)}</li>" for text in texts)

    def cloze(self, sentence: str) -> str:
        """A sentence with its holes as `{{c1::answer::hint}}`, numbered as Anki does."""
        parts = cloze.parts(sentence)
        numbers = cloze.hole_numbers(sentence)
        gaps = [part for part in parts if isinstance(part, cloze.Gap)]
        opening = [f"{{{{c{numbers[gap.hole]}::" for gap in gaps]
        closing = [f"::{_plain(gap.hint)}}}}}" if gap.hint else "}}" for gap in gaps]
        held, at = list[str](), 0
        for part in parts:
            if isinstance(part, cloze.Gap):
                held.append(f"{chr(_OPEN + at)}{part.answer}{chr(_CLOSE)}")
                at += 1
            else:
                held.append(part)
        html = "" if _HELD.search(sentence) else self._rendered("".join(held).strip())
        if _holds(html, len(gaps)):
            braces = iter(chain.from_iterable(zip(opening, closing, strict=True)))
            return _HELD.sub(lambda _: next(braces), html)
        # A hole that crosses Markdown's own marks: the words are what matters.
        answers = [
            f"{o}{_plain(g.answer)}{c}" for o, g, c in zip(opening, gaps, closing, strict=True)
        ]
        filled = iter(answers)
        texts = (next(filled) if isinstance(part, cloze.Gap) else _plain(part) for part in parts)
        return "".join(texts).strip().replace("\n", "<br>")

    def _rendered(self, text: str) -> str:
        tokens = self._markdown.parse(text)
        if any(token.level >= _DEEPEST - 1 for token in tokens):
            return _plain(text).replace("\n", "<br>")
        is_paragraph = len(tokens) == 3 and tokens[0].type == "paragraph_open"
        if is_paragraph:
            tokens = [tokens[1]]
        renderer = self._markdown.renderer
        html: str = renderer.render(tokens, self._markdown.options, self._environment)
        return html.strip()


def _holds(html: str, holes: int) -> bool:
    """Whether every hole is there, open and closed in turn, and none within a tag."""
    wanted = "".join(f"{chr(_OPEN + number)}{chr(_CLOSE)}" for number in range(holes))
    return "".join(_HELD.findall(html)) == wanted and _IN_TAG.search(html) is None


def _plain(text: str) -> str:
    """A text as HTML, with nothing in it that Anki would take for its own."""
    return _NOT_PLAIN.sub(lambda match: _INSTEAD[match[0]], text)


def _unchanged(url: str) -> str:
    return url


def _formula(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$" or (found := formula_at(state.src, state.pos)) is None:
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content = found.source
        token.meta = {"on_its_own": found.on_its_own}
    state.pos = found.end
    return True


class _Renderer(RendererHTML):
    """HTML without entities that Anki's editor would take away; `env` has the images' names."""

    def text(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        return _plain(tokens[idx].content)

    def formula(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        token = tokens[idx]
        source = token.content.translate(_ESCAPED)
        return f"\\[{source}\\]" if token.meta["on_its_own"] else f"\\({source}\\)"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        shown = self.renderInlineAsText(token.children, options, env)
        name = env["images"](str(token.attrs["src"]))
        if name is None:
            return f"[{_plain(shown or 'image')}]"
        return f'<img src="{escapeHtml(name)}" alt="{escapeHtml(shown)}">'

    def softbreak(self, *_: Any) -> str:
        return " "

    def code_inline(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        return f"<code>{_plain(tokens[idx].content)}</code>"

    def fence(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        token = tokens[idx]
        language = _LANGUAGE.match(token.info.strip())
        kind = f' class="language-{language[0]}"' if language else ""
        return f"<pre><code{kind}>{_plain(token.content)}</code></pre>\n"

    def code_block(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        return f"<pre><code>{_plain(tokens[idx].content)}</code></pre>\n"
