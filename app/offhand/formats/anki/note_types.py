"""The note types of Offhand's packages: their fields, their templates, and how cards look."""

from dataclasses import dataclass
from typing import Any

from offhand.formats.anki.identity import stable_id
from offhand.formats.anki.imprint import FIELD

# To be raised with every change below: Anki takes the newer of two versions.
_CHANGED_S = 1_700_000_001

_CSS = """\
.card {
  font: 20px/1.5 system-ui, sans-serif;
  max-width: 34em;
  margin: 0 auto;
  padding: 0 0.75em;
  text-align: left;
  overflow-wrap: break-word;
}
.ask { margin: 1em 0; }
.term, .found { font-weight: 600; font-size: 1.2em; }
hr#answer { border: 0; border-top: 1px solid #8888; margin: 1em 0; }
.quiet { color: #666; font-size: 0.8em; margin-top: 1em; }
.nightMode .quiet { color: #aaa; }
.points { margin-bottom: 1em; }
.points ul { list-style: "✓  "; padding-left: 1.5em; margin: 0; }
.options ol, .reasons ol { list-style: upper-alpha; padding-left: 1.6em; }
.reasons .right::before { content: "✓ "; }
.reasons .right, .cloze { font-weight: 600; color: #00639a; }
.nightMode .reasons .right, .nightMode .cloze { color: #7cc4ff; }
pre { overflow-x: auto; padding: 0.6em 0.8em; border-radius: 4px; background: #8882; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.9em; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; color: inherit; }
.extra { margin-top: 1em; }
th, td { border: 1px solid #8886; padding: 0.2em 0.6em; text-align: left; }
"""


@dataclass(frozen=True, slots=True)
class Template:
    """One card of a note: what it asks and what it answers. `needs` is the field that makes it."""

    name: str
    front: str
    back: str
    needs: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type; the last of its fields is the imprint, which is not named here."""

    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    is_cloze: bool = False

    @property
    def id(self) -> int:
        """Its id, the same in every package."""
        return stable_id(f"note type {self.name}")

    def as_json(self, deck: int) -> dict[str, Any]:
        """The note type as a collection of schema 11 holds it; `deck` is where new notes go."""
        names = (*self.fields, FIELD)
        return {
            "id": self.id,
            "name": f"Offhand {self.name}",
            "type": int(self.is_cloze),
            "mod": _CHANGED_S,
            "usn": -1,
            "sortf": 0,
            "did": deck,
            "css": _CSS,
            "latexPre": _LATEX_BEFORE,
            "latexPost": "\\end{document}",
            "latexsvg": False,
            "tags": [],
            "vers": [],
            "flds": [_field(name, at) for at, name in enumerate(names)],
            "tmpls": [_template(each, at) for at, each in enumerate(self.templates)],
            "req": [
                [at, "any", [names.index(each.needs)]] for at, each in enumerate(self.templates)
            ],
        }


_LATEX_BEFORE = (
    "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n"
    "\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n"
    "\\begin{document}\n"
)


def _field(name: str, at: int) -> dict[str, Any]:
    is_hidden = name == FIELD
    return {
        "name": name,
        "ord": at,
        "sticky": False,
        "rtl": False,
        "font": "Arial",
        "size": 20,
        "media": [],
        "description": "Offhand reads this back; leave it as it is." if is_hidden else "",
        "plainText": is_hidden,
        "collapsed": is_hidden,
        "excludeFromSearch": is_hidden,
    }


def _template(template: Template, at: int) -> dict[str, Any]:
    return {
        "name": template.name,
        "ord": at,
        "qfmt": template.front,
        "afmt": template.back,
        "bqfmt": "",
        "bafmt": "",
        "did": None,
        "bfont": "",
        "bsize": 0,
    }


def _back(*parts: str) -> str:
    return "".join(["{{FrontSide}}", '<hr id="answer">', *parts])


def _if_any(field: str, kind: str, before: str = "") -> str:
    """A block that is there when the field holds anything."""
    return f'{{{{#{field}}}}}<div class="{kind}">{before}{{{{{field}}}}}</div>{{{{/{field}}}}}'


_EXTRA = _if_any("Extra", "extra")
_ALSO = _if_any("Also", "quiet", "Also: ")
_SOURCES = _if_any("Sources", "quiet", "After ")

_TERM = NoteType(
    "Term",
    ("Term", "Definition", "Reverse", "Also", "Sources", "Extra"),
    (
        Template(
            "Term",
            '<div class="ask term">{{Term}}</div>',
            _back("{{Definition}}", _EXTRA, _SOURCES),
            "Term",
        ),
        Template(
            "Reverse",
            _if_any("Reverse", "ask"),
            _back('<div class="found">{{Term}}</div>', _EXTRA, _ALSO),
            "Reverse",
        ),
    ),
)
_QUESTION = NoteType(
    "Question",
    ("Question", "Points", "Answer", "Extra"),
    (
        Template(
            "Question",
            '<div class="ask">{{Question}}</div>',
            _back(_if_any("Points", "points"), "{{Answer}}", _EXTRA),
            "Question",
        ),
    ),
)
_CHOICE = NoteType(
    "Choice",
    ("Question", "Options", "Right", "Reasons", "Extra"),
    (
        Template(
            "Choice",
            '<div class="ask">{{Question}}</div><div class="options">{{Options}}</div>',
            _back('<div class="found">{{Right}}</div>', _if_any("Reasons", "reasons"), _EXTRA),
            "Question",
        ),
    ),
)
_CONTRAST = NoteType(
    "Contrast",
    ("Prompt", "Difference", "Extra"),
    (
        Template(
            "Contrast",
            '<div class="ask">{{Prompt}}</div>',
            _back("{{Difference}}", _EXTRA),
            "Prompt",
        ),
    ),
)
_CLOZE = NoteType(
    "Cloze",
    ("Text", "Extra"),
    (
        Template(
            "Cloze",
            '<div class="ask">{{cloze:Text}}</div>',
            f'<div class="ask">{{{{cloze:Text}}}}</div>{_EXTRA}',
            "Text",
        ),
    ),
    is_cloze=True,
)
NOTE_TYPES = {each.name: each for each in (_TERM, _QUESTION, _CHOICE, _CONTRAST, _CLOZE)}
"""By name, as a MadeNote calls them."""
