"""Deck files as people lay them out: comments anywhere, quotes, brackets, any indentation, any line end."""

from dataclasses import dataclass

from hypothesis import strategies as st

LISTED = (
    "- term: {t}\n  definition: {d}\n",
    '- definition: {d}  # why\n  # in between\n  term: "{t}"\n  tags:   [a,   b]   # tags\n',
    "-   term: '{t}'\n    id: id-{n}\n    definition: |   # c\n      one\n\n        two  \n    level: mid\n",
    "- {t}: {d}\n",
    "- {{term: {t}, definition: {d}, tags: [x]}}  # all in one\n",
    "- {t}:\n    definition: >-\n      folded\n      text\n",
    "- {t}:\n    definition: {d}\n    questions:\n    - question: Q?\n      answer: A  # c\n",
    "- term: {t}\n  definition: {d}\n  questions:\n    - {{question: R, answer: S}}\n",
    '- question: "Why {t}?\n    really"\n  answer: plain\n    wrapped text\n',
    "- cloze: A {{{{c1::{t}}}}} b.\n  extra: x\n",
    "-\n  # first\n  term: {t}\n  definition: {d}\n",
    "- question: Which {t}?\n  right: a\n  wrong:\n    b: no\n    c:\n  why: because  # c\n",
    "- questions:\n    - question: First {t}\n      answer: 1\n    # c\n    - question: Second\n      answer: 2\n",
    "- term: {t}\n  reverse:\n  tags: []\n  definition: |2\n      {d}\n\n\n",
    "- term: {t}\n  sources:   # from\n  # here\n  - a\n  - b   # b\n  definition: {d}\n  see: []\n",
    "- term: {t}\n  # {n}\n  tags: # t{n}\n    # a{n}\n    - a  # on a\n    # b{n}\n    - 'b'\n    # end {n}\n  definition:\n    # d{n}\n    {d} # d\n",
    '- term: {t}\n  definition: {d}\n  aliases: [a,  # a{n}\n    # b{n}\n    b\n    # c{n}\n  ]\n  questions:\n    # q{n}\n    - question: Q\n      # in {n}\n      answer: A # a\n    # r{n}\n    - question: R\n      answer: B\n      points:\n      # p{n}\n      - one # not two\n      # o{n}\n      - "# no comment"\n',
    "- question: Which {t}?\n  right: a\n  wrong:\n    # b{n}\n    b: no  # b\n    # c{n}\n    c: |  # c\n      # no comment\n    # d{n}\n    ? d\n    : yes\n",
    "- {{term: {t}, # t{n}\n     # d{n}\n     definition: {d}}}\n",
)
TITLED = (
    "{t}: {d}\n",
    "\"{t}\":   '{d}'   # c\n",
    "{t}:   # c\n  definition: {d}\n  tags: [a]\n",
    "{t}: |\n   a\n\n   b\n",
    "? {t}\n: {d}\n",
    "{t}: {{definition: {d}, level: mid}}\n",
    "{t}: plain text\n  on two lines\n",
    '{t}: "quoted\n\n  text"\n',
    "{t}:\n  # {n}\n  {d}  # d{n}\n",
    "{t}:\n  # {n}\n  definition: {d}\n  tags:\n  # t{n}\n  - a\n  # u{n}\n  - b\n",
)
BETWEEN = ("", "", "\n", "# note\n", "\n# note\n\n", "#at the margin\n")


@dataclass(frozen=True, slots=True)
class OddDeck:
    """A deck file in pieces; `entries` says which of them are entries, in their order."""

    pieces: tuple[str, ...]
    entries: tuple[int, ...]
    line_end: str
    bom: bool
    ends_with_break: bool

    @property
    def raw(self) -> bytes:
        """The file."""
        text = "".join(self.pieces)
        if not self.ends_with_break:
            text = text.rstrip("\n")
        return (b"\xef\xbb\xbf" if self.bom else b"") + self.as_written(text)

    def as_written(self, text: str) -> bytes:
        """A text as it stands in the file."""
        return text.replace("\n", self.line_end).encode()

    def around(self, entry: int) -> tuple[str, str]:
        """What stands before and after an entry."""
        piece = self.entries[entry]
        return "".join(self.pieces[:piece]), "".join(self.pieces[piece + 1 :])


def _indented(text: str, pad: str) -> str:
    return "".join(
        line if line in ("\n", "#at the margin\n") else pad + line
        for line in text.splitlines(keepends=True)
    )


@st.composite
def odd_decks(draw: st.DrawFn) -> OddDeck:
    """Decks of one to three sections."""
    pieces, entries = ["# a deck of mine\ndeck:   Things   # the title\n"], []
    how = draw(st.sampled_from(["titles", "list", "whole"]))
    step = " " * draw(st.integers(2, 4))
    pieces.append("entries:\n" if how == "whole" else "\nsections:   # all of them\n")
    number = 0
    for section in range(1 if how == "whole" else draw(st.integers(1, 3))):
        pad = step
        if how == "titles":
            pieces.append(f"{step}Section {section}:  # c\n")
            pad = step * 2
        elif how == "list":
            pieces.append(f"{step}- section: 'Section {section}'\n{step}  # c\n{step}  entries:\n")
            pad = step + "    "
        layouts = draw(st.sampled_from([LISTED, TITLED]))
        if layouts is LISTED and how != "titles":
            # A list may stand right below its key.
            pad = pad[draw(st.sampled_from([0, 2])) :]
        for _ in range(draw(st.integers(1, 4))):
            number += 1
            pieces.append(_indented(draw(st.sampled_from(BETWEEN)), pad))
            entries.append(len(pieces))
            layout = draw(st.sampled_from(layouts))
            text = layout.format(t=f"Thing {number}", d=f"What it is - {number}", n=number)
            pieces.append(_indented(text, pad))
        pieces.append(_indented(draw(st.sampled_from(BETWEEN)), draw(st.sampled_from(["", pad]))))
    return OddDeck(
        tuple(pieces),
        tuple(entries),
        draw(st.sampled_from(["\n", "\r\n"])),
        draw(st.booleans()),
        draw(st.booleans()),
    )
