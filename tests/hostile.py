"""Texts that would break a screen which took them for markup or wrote them as they are."""

from dataclasses import dataclass

MARK = "QUJDREVG"
"""What every escape sequence below would carry to the terminal, or do there in its name."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """A text as it stands in a deck, and what is to be read of it on every screen."""

    source: str
    seen: str


MARKUP = {
    "closing tag": Hostile("a [/] b", "a [/] b"),
    "bold tag": Hostile("[bold]loud[/bold] [b", "[bold]loud[/bold] [b"),
    "generic": Hostile("list[int], dict[str, list[int]]", "list[int], dict[str, list[int]]"),
    "variable": Hostile("$x ${accent} $$ $accent", "$x ${accent} $$ $accent"),
    "backslashes": Hostile(r"C:\temp\new \\ \n", r"C:\temp\new"),
    "action": Hostile("[@click=app.quit]press[/]", "[@click=app.quit]press[/]"),
    "link tag": Hostile("[link=file:///etc/passwd]here[/link]", "[link=file:///etc/passwd]here"),
    "unbalanced": Hostile("[[[ ]]] [/b] [not closed", "[[[ ]]] [/b] [not closed"),
    "percent": Hostile("100 % of {x!r:>10} %s %(a)s {}", "100 % of {x!r:>10} %s %(a)s {}"),
    "html": Hostile("<b onclick=x>bold</b> <!-- no -->", "<b onclick=x>bold</b> <!-- no -->"),
    "script": Hostile("<script>alert(1)</script>", "<script>alert(1)</script>"),
}
CONTROL = {
    "clipboard": Hostile(f"\x1b]52;c;{MARK}\x07 copied", f"␛]52;c;{MARK}␇ copied"),
    "title": Hostile(f"\x1b]0;{MARK}\x1b\\ titled", f"␛]0;{MARK}␛"),
    "clear": Hostile("\x1b[2J\x1b[Hcleared", "␛[2J␛[Hcleared"),
    "reset": Hostile("\x1bc reset", "␛c reset"),
    "answer back": Hostile("\x1b[6n\x05 asked", "␛[6n␅ asked"),
    "device control": Hostile(f"\x1bP$q{MARK}\x1b\\ told", f"␛P$q{MARK}␛"),
    "alternate screen": Hostile("\x1b[?1049l left", "␛[?1049l left"),
    "c1": Hostile("\x9b2J \x9d52;c;x\x9c one byte", "<U+009B>2J <U+009D>52;c;x<U+009C> one byte"),
    "nul": Hostile("nul\x00nul \x08\x08 \x0e \x7f", "nul␀nul ␈␈ ␎ ␡"),
    "bidi": Hostile(
        "\u202eesrever\u202c \u2066apart\u2069 \u200f", "<U+202E>esrever<U+202C> <U+2066>apart"
    ),
    "entities": Hostile("&#x202e;drow &#27;[2J &#155;", "<U+202E>drow"),
    "returns": Hostile("first\rover", "first over"),
}
SCRIPTS = {
    "family": Hostile("👨‍👩‍👧‍👦 a family", "a family"),
    "cjk": Hostile("缓存雪崩是什么？ キャッシュ 캐시", "缓存雪崩是什么？ キャッシュ 캐시"),
    "right to left": Hostile("שלום עולם مرحبا بالعالم", "שלום עולם مرحبا بالعالم"),
    "combining": Hostile("Z̸̢̛͎a̴͓͒l̷̰̿g̸̙̈́o stands", "stands"),
    "wide": Hostile("Ｆｕｌｌ ｗｉｄｔｈ", "Ｆｕｌｌ ｗｉｄｔｈ"),
    "hyphen": Hostile("non‑breaking\u00a0space", "non‑breaking"),
}
MARKDOWN = {
    "table": Hostile("| a | b |\n|---|---|\n| [/] | $x |\n", "[/]"),
    "ragged table": Hostile("| a |\n|---|---|\n| 1 | 2 | 3 |\n", "a"),
    "code": Hostile(
        "```python\nx: list[int] = f('[/]', \"$y\")\n```", "x: list[int] = f('[/]', \"$y\")"
    ),
    "code of nothing": Hostile("```[bold]no-such-language $x\nx [/] y\n```", "x [/] y"),
    "open code": Hostile("```\nnever [/] closed", "never [/] closed"),
    "nested lists": Hostile("- a\n  - b\n    1. c\n       - [/] d\n         - e", "[/] d"),
    "link": Hostile("[words](https://example.org/[/]?a=$b)", "words (https://example.org/"),
    "script link": Hostile("[do](javascript:alert(1))", "[do](javascript:alert(1))"),
    "image": Hostile("![alt [/] text](https://example.org/x.png)", "[image: alt [/] text]"),
    "image of a file": Hostile("![alt](file:///etc/passwd)", "![alt](file:///etc/passwd)"),
    "heading": Hostile("# [/] heading\n\n---\n\n> quoted [b]", "[/] heading"),
    "emphasis": Hostile("**bold [/] `$code` _x_**", "bold [/] $code x"),
    "task": Hostile("- [ ] open [/]\n- [x] done", "open [/]"),
    "deep quote": Hostile("> " * 60 + "deep", "deep"),
    "deep list": Hostile("\n".join("  " * n + "- x" for n in range(60)), "x"),
    "footnote": Hostile("a[^1]\n\n[^1]: b", "a^1 (b)"),
    "reference": Hostile("[a]: https://example.org/x\n\n[a] and [b]", "and [b]"),
    "autolink": Hostile("<https://example.org/x> and <a@example.org>", "https://example.org/x"),
    "hard break": Hostile("a  \nb\\\nc", "a"),
}
TEXTS = MARKUP | CONTROL | SCRIPTS | MARKDOWN
"""Every text by a name."""

HUGE = {
    "megabyte": "word " * 200_000,
    "long word": "x" * 200_000,
    "wide word": "缓" * 50_000,
    "brackets": "[" * 10_000,
    "code": "```python\n" + "x = [1]\n" * 20_000 + "```",
    "lines": "line\n\n" * 20_000,
}
"""Texts too long for any screen."""


def quoted(text: str) -> str:
    """A text as YAML that reads back as exactly this text, every sign that is not printed escaped."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    if sign.isprintable():
        return sign
    return f"\\U{ord(sign):08x}"


def deck_of_texts(texts: dict[str, Hostile], *, all_ways: bool = True) -> str:
    """A deck that holds each text as title, term, definition, option, reason, point, and so on.

    Each is asked in six ways, or else in two: as a term and as a choice.
    """
    lines = [f"deck: {quoted(' '.join(text.source for text in texts.values()))}", "id: hostile"]
    lines.append("sections:")
    for name, text in texts.items():
        t = quoted(text.source)
        lines += [
            f"  - section: {t}",
            f"    id: {name.replace(' ', '-')}",
            "    entries:",
            f"      - term: {t}",
            f"        definition: {t}",
            f"        sources: [{t}]",
            "        choices:",
            f"          - question: {t}",
            f"            right: {t}",
            "            wrong:",
            f"              ? {quoted('x ' + text.source)}",
            f"              : {t}",
            f"            why: {t}",
        ]
        if all_ways:
            lines += [
                f"        aliases: [{t}]",
                f"        reverse: {t}",
                "        questions:",
                f"          - question: {t}",
                f"            answer: {t}",
                f"            points: [{t}, {t}]",
                f"        cloze: {quoted(text.source + ' {{hole}}')}",
                "        contrast:",
                f"          - with: {t}",
                f"            difference: {t}",
            ]
    return "\n".join(lines) + "\n"


def deck_of_terms(texts: dict[str, Hostile]) -> str:
    """A deck of one section that holds each text as a term and its definition."""
    title = quoted(" ".join(text.source for text in texts.values()))
    lines = [f"deck: {title}", "id: hostile", "sections:", f"  - section: {title}"]
    lines += ["    id: all", "    entries:"]
    for text in texts.values():
        t = quoted(text.source)
        lines += [f"      - term: {t}", f"        definition: {t}"]
    return "\n".join(lines) + "\n"
