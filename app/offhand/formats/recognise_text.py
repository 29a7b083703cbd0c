"""Which format a text has, told by its lines."""

import re

from offhand.formats.notes.lines import DECK_MARK

_ANKI_HEADER = re.compile(
    r"#(separator|html|tags|columns|notetype|deck|guid|notetype column|deck column|tags column"
    r"|guid column):",
    re.IGNORECASE,
)
_YAML_DECK = re.compile(r"^(deck|section):(\s|$)", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} +\S", re.MULTILINE)
_QUESTION = re.compile(r"^[ \t]*Q:", re.MULTILINE | re.IGNORECASE)
_ANSWER = re.compile(r"^[ \t]*A:", re.MULTILINE | re.IGNORECASE)
_HASHCARDS_CLOZE = re.compile(r"^C:\s.*\[.+\]", re.MULTILINE)
_INLINE = re.compile(r"^(?!\.\. )\S.*?\S\s*:::?\s*\S", re.MULTILINE)
_BLOCK = re.compile(r"\S[^\S\n]*\n\?\??\n\S")
_MARKED = re.compile(r"==[^=\n]+==|\{\{[^{}\n]+\}\}")
_SCHEDULED = re.compile(r"<!--SR:")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_RULE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_DELIMITERS = "\t;,|"
_MARKDOWN = (".md", ".markdown", ".mdown")
_TABLES = (".csv", ".tsv", ".tab")


def text_format(text: str, ending: str) -> str:
    """The name of the format of a text, by its first lines; `ending` is that of its file."""
    bare = _FENCE.sub("", text)
    if _ANKI_HEADER.match(text):
        return "csv"
    if is_yaml(bare):
        return "yaml"
    if DECK_MARK in text:
        return "outline"
    if ending in _TABLES and _has_columns(text, ending):
        return "csv"
    if _is_hascard(bare):
        return "hascard"
    if _is_qa(bare, ending in _MARKDOWN):
        return "qa"
    if _has_cards(bare):
        return "markdown"
    if ending in _MARKDOWN:
        return "outline"
    if ending in _TABLES or _is_table(text):
        return "csv"
    return "outline"


def is_yaml(text: str) -> bool:
    """Whether a text is a deck of Offhand's own, or a section of one."""
    first = next(
        (line for line in text.splitlines() if line.strip() and not line.startswith("#")), ""
    )
    return _YAML_DECK.match("" if first.startswith("---") else first) is not None or (
        first.startswith(("---", "%YAML", "id:", "about:", "reverse:", "origin:"))
        and _YAML_DECK.search(text) is not None
    )


def _is_qa(text: str, in_markdown: bool) -> bool:
    """Questions and answers, every line with its prefix: a Markdown file may hold hashcards' alike."""
    from offhand.formats.trainers.qa_text import looks_like

    lines = [line for line in text.splitlines() if line.strip()]
    only = all(_QUESTION.match(line) or _ANSWER.match(line) for line in lines)
    return looks_like(text) or (only and not in_markdown)


def _has_cards(text: str) -> bool:
    """Whether a text holds cards as note-taking programs write them."""
    from offhand.formats.notes.questions import with_plain_signs

    text = with_plain_signs(text)
    if _QUESTION.search(text) and _ANSWER.search(text):
        return True
    marks = (_HASHCARDS_CLOZE, _BLOCK, _SCHEDULED)
    if any(mark.search(text) for mark in marks):
        return True
    lines = [line for line in text.splitlines() if line.strip()]
    inline = sum(_INLINE.match(line) is not None for line in lines)
    return inline * 5 >= len(lines) > 0 or len(_MARKED.findall(text)) * 8 >= len(lines) > 0


def _is_hascard(text: str) -> bool:
    """Cards that begin with `# ` and are parted by `---`."""
    blocks = [block.strip() for block in _RULE.split(_FRONT.sub("", text)) if block.strip()]
    return len(blocks) > 1 and all(
        block.startswith("# ") and len(_HEADING.findall(block)) == 1 for block in blocks
    )


def _has_columns(text: str, ending: str) -> bool:
    """Whether a text in a table's file is one: its cells may hold anything."""
    from offhand.formats.tables.form import AnkiHeader, form_of

    return form_of(text, AnkiHeader(), ending) is not None


def _is_table(text: str) -> bool:
    """Whether most lines have a sign that parts columns, as often as the first ones."""
    from offhand.formats.tables.form import sign_between_rows

    if sign_between_rows(text):
        return True
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    if not lines:
        return False
    for sign in _DELIMITERS:
        counts = [line.count(sign) for line in lines]
        usual = max(set(counts), key=counts.count)
        share = counts.count(usual) / len(counts)
        if usual and share >= (0.6 if sign == "\t" else 0.8):
            return True
    return False
