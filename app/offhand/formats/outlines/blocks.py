"""The blocks of an outline: its headings, list items, paragraphs and code, each with its lines."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from offhand.domain.text import one_line
from offhand.formats.notes.lines import HEADING, in_code
from offhand.formats.notes.plain_markdown import plain_markdown


class Kind(Enum):
    """What a block is."""

    HEADING = auto()
    NUMBERED = auto()
    BULLET = auto()
    TEXT = auto()
    CODE = auto()
    NOISE = auto()
    """Badges, tags, tables of contents, rules: nothing that is said about anything."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block and its lines as written, the first of them on `line`.

    `text` is its first line without the sign that makes it what it is. `rest` are the lines of a
    list item below its first one, moved left. `number` is what a numbered one is numbered with,
    `1.2` as (1, 2); `level` that of a heading, from 1. `apart` says that a blank line stands before,
    `unfolds` that a page shows what follows only when it is asked to: an answer.
    """

    kind: Kind
    line: int
    lines: tuple[str, ...]
    text: str
    rest: tuple[str, ...] = ()
    number: tuple[int, ...] = ()
    level: int = 0
    apart: bool = True
    unfolds: bool = False

    @property
    def last_line(self) -> int:
        """The number of its last line."""
        return self.line + len(self.lines) - 1


_FOLDED = 7
"""The level of the title of what is folded: a heading has 6 at most."""
_WRAPPED = 60
"""How long a line is at least that was broken because it was full."""
_NUMBERED = re.compile(
    r"( {0,3})(?:\(?(\d{1,3})[)）]|(\d{1,3}(?:\.\d{1,3})*)[.．、](?!\d)|(\d{1,3}(?:\.\d{1,3})+))"
    r"(?:[ \t\u3000]+(?=\S)|(?<=[.．、)）])(?=[^\x00-\x7f]|[A-Z]))(.*)"
)
_BULLET = re.compile(r"( {0,3})[-*+•‣◦·●○▪][ \t\u3000]+(\S.*)")
_UNDERLINE = re.compile(r"([=\-~^\"'*+#`:._])\1{2,}[ \t]*")
_RULE = re.compile(r" {0,3}([-*_=~])(?:[ \t]*\1){2,}[ \t]*")
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>]*>", re.DOTALL)
_IMAGE = re.compile(
    r"\[?!\[(?:[^\]!]|!(?!\[))*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])(?:\]\([^()]*\)|\]\[[^\]]*\])?"
)
_REFERENCE = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*\S+.*|\.\. [_|].*")
_SUMMARY = re.compile(
    r" {0,3}(?:<details\b[^>]*>\s*)?<summary\b[^>]*>(.*?)</summary>\s*", re.IGNORECASE
)
_DETAILS = re.compile(r" {0,3}</?details\b[^>]*>\s*", re.IGNORECASE)
_UNFOLD = re.compile(
    r"\W*(?:(?:click|tap|press|show|see|view|reveal|open|toggle|expand|the|to|here|for)\W+)*"
    r"(?:answers?|solutions?|hints?|details?|explanation|more|here|expand|show|reveal)\W*",
    re.IGNORECASE,
)
"""What is written where a text unfolds, and says nothing about it."""
_JUMP = re.compile(r"(?:[-*+•]|\d+[.)])?[ \t]*\[[^\]]*\]\(#[^)]*\)[ \t]*")


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text in their order; lines end in newlines."""
    lines = text.split("\n")
    return _without_noise(_Parser(lines).parsed())


def written(blocks: Iterable[Block]) -> str:
    """Blocks as one text again, without those that are noise."""
    parts: list[str] = []
    for block in blocks:
        if block.kind is Kind.NOISE:
            continue
        parts.append(("\n\n" if block.apart else "\n") if parts else "")
        parts.append("\n".join(block.lines))
    return "".join(parts).strip("\n")


def goes_on(line: str, below: str) -> bool:
    """Whether a sentence was broken between a line and the one below it."""
    below = below.strip()
    if not below:
        return False
    return len(line) >= _WRAPPED or below[0].islower() or line.endswith((",", "，", "-", "–"))


class _Parser:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.code = in_code(lines)
        self.blocks: list[Block] = []
        self.styles: list[str] = []
        self.is_folded = False
        self.with_signs = any(
            not code and _heading(line) is not None
            for line, code in zip(lines, self.code, strict=True)
        )

    def parsed(self) -> list[Block]:
        at, apart = 0, True
        while at < len(self.lines):
            if not self.code[at] and not self.lines[at].strip():
                at, apart = at + 1, True
                continue
            block = self._block(at, apart)
            self.blocks.append(block)
            at, apart = at + len(block.lines), False
        return self.blocks

    def _block(self, at: int, apart: bool) -> Block:
        line = self.lines[at]
        if self.code[at]:
            return self._run(Kind.CODE, at, apart)
        if (match := _heading(line)) and self.is_folded:
            return Block(Kind.TEXT, at + 1, (f"**{match[2]}**",), match[2], apart=apart)
        if match:
            return Block(Kind.HEADING, at + 1, (line,), match[2] or "", level=len(match[1]))
        if block := self._unfolding(at, apart) or self._underlined(at, apart):
            return block
        if _RULE.fullmatch(line):
            return Block(Kind.NOISE, at + 1, (line,), "", apart=apart)
        if match := _NUMBERED.match(line):
            number = tuple(int(part) for part in (match[2] or match[3] or match[4]).split("."))
            item = self._item(Kind.NUMBERED, at, apart, len(match[1]), match[5])
            return replace(item, number=number)
        if match := _BULLET.match(line):
            return self._item(Kind.BULLET, at, apart, len(match[1]), match[2])
        return self._paragraph(at, apart)

    def _run(self, kind: Kind, at: int, apart: bool) -> Block:
        end = at
        while end < len(self.lines) and self.code[end]:
            end += 1
        return Block(kind, at + 1, tuple(self.lines[at:end]), "", apart=apart)

    def _unfolding(self, at: int, apart: bool) -> Block | None:
        """What a page shows folded: its title is a heading, deeper than those with signs."""
        line = self.lines[at]
        match = _SUMMARY.fullmatch(line)
        title = one_line(plain_markdown(match[1])) if match else ""
        if title and not _UNFOLD.fullmatch(title):
            return Block(Kind.HEADING, at + 1, (line,), title, level=_FOLDED)
        if not match and not _DETAILS.fullmatch(line):
            return None
        self.is_folded = match is not None
        return Block(Kind.NOISE, at + 1, (line,), "", apart=apart, unfolds=self.is_folded)

    def _underlined(self, at: int, apart: bool) -> Block | None:
        """A title with a line of signs below it, or above it too."""
        above = bool(_UNDERLINE.fullmatch(self.lines[at]))
        title_at = at + above
        if title_at + 1 >= len(self.lines) or not apart or self.code[title_at + 1]:
            return None
        title, under = self.lines[title_at], self.lines[title_at + 1]
        match = _UNDERLINE.fullmatch(under)
        if not match or not title.strip() or _UNDERLINE.fullmatch(title) or "|" in title:
            return None
        if above and self.lines[at].strip()[:1] != match[1]:
            return None
        if match[1] not in "=-" and len(under.strip()) < len(title.strip()):
            return None
        if _BULLET.match(title):
            return None
        if self.with_signs and not above:
            level = 1 if match[1] == "=" else 2
        else:
            style = match[1] * (2 if above else 1)
            if style not in self.styles:
                self.styles.append(style)
            level = self.styles.index(style) + 1
        lines = tuple(self.lines[at : title_at + 2])
        return Block(Kind.HEADING, at + 1, lines, title.strip(), level=level)

    def _item(self, kind: Kind, at: int, apart: bool, indent: int, text: str) -> Block:
        """A list item with the lines below it that go on with it, or are indented deeper than its sign."""
        end = after = self._wrapped(at, text)
        while after < len(self.lines):
            line = self.lines[after]
            if line.strip() or self.code[after]:
                if _indent(line) <= indent + 1:
                    break
                end = after + 1
            after += 1
        lines = tuple(self.lines[at:end])
        return Block(kind, at + 1, lines, text.strip(), _moved_left(lines[1:]), apart=apart)

    def _wrapped(self, at: int, text: str) -> int:
        """Where an item's first sentence ends that was broken over lines and not indented."""
        end, above = at + 1, text.strip()
        while end < len(self.lines) and not self.code[end] and goes_on(above, self.lines[end]):
            line = self.lines[end]
            if _heading(line) or _NUMBERED.match(line) or _BULLET.match(line):
                break
            end, above = end + 1, line.strip()
        return end

    def _paragraph(self, at: int, apart: bool) -> Block:
        end = at + 1
        while end < len(self.lines) and self.lines[end].strip() and not self.code[end]:
            line = self.lines[end]
            if _heading(line) or _NUMBERED.match(line) or _BULLET.match(line):
                break
            if _DETAILS.fullmatch(line) or _SUMMARY.fullmatch(line):
                break
            end += 1
        return Block(
            Kind.TEXT, at + 1, tuple(self.lines[at:end]), self.lines[at].strip(), apart=apart
        )


def _heading(line: str) -> re.Match[str] | None:
    match = HEADING.fullmatch(line)
    return match if match and match[2] else None


def _indent(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _moved_left(lines: tuple[str, ...]) -> tuple[str, ...]:
    shift = min((_indent(line) for line in lines if line.strip()), default=0)
    return tuple(line.expandtabs(4)[shift:] if line.strip() else "" for line in lines)


def _without_noise(blocks: list[Block]) -> list[Block]:
    """The blocks, those that say nothing marked as noise."""
    marked = [
        replace(block, kind=Kind.NOISE) if _says_nothing(block) else block for block in blocks
    ]
    at = 0
    while at < len(marked):
        end = at
        while end < len(marked) and marked[end].kind in (Kind.BULLET, Kind.NUMBERED):
            end += 1
        if end > at and all(
            _JUMP.fullmatch(line.strip())
            for block in marked[at:end]
            for line in block.lines
            if line.strip()
        ):
            marked[at:end] = [replace(block, kind=Kind.NOISE) for block in marked[at:end]]
        at = max(end, at + 1)
    return marked


def _says_nothing(block: Block) -> bool:
    """Badges, bare tags, the targets of links, a directive of reStructuredText."""
    if block.kind is not Kind.TEXT:
        return False
    if all(_REFERENCE.fullmatch(line) for line in block.lines):
        return True
    text = "\n".join(block.lines)
    if text.startswith(".. ") and "code" not in block.text:
        return True
    if "[!" not in text and "<" not in text:
        return False
    return not _TAG.sub("", _IMAGE.sub("", text)).strip(" \t\n|·•-&nbsp;")
