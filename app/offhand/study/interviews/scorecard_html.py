"""A scorecard as a page of HTML: it needs nothing besides itself, reads by day and night, and prints."""

import re
from html import escape

from offhand.domain.scorecard import QuestionScore, Scorecard, SectionScore
from offhand.domain.text import one_line, visible
from offhand.study.interviews.words import (
    beside_sentence,
    change_text,
    ending_sentence,
    progress_word,
    score_sentence,
    score_text,
    tonight_sentence,
    unsaid_note,
)
from offhand.study.present import duration_text
from offhand.study.sentences import percent

_FENCED = re.compile(r"^ *(`{3,}|~{3,})[^\n]*\n(.*?)(?:^ *\1[`~]* *$|\Z)", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")

_STYLE = """
:root { color-scheme: light dark; --ink: #22272b; --paper: #fbfaf6; --quiet: #656d72;
  --accent: #0c6b5c; --warn: #9c4f00; --line: #dcd8cc; --soft: #f3f1ea; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #d6dade; --paper: #15181c; --quiet: #8b949e; --accent: #6cb6a8; --warn: #e2a356;
    --line: #2c323a; --soft: #1b1f24; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .5rem; }
p, ul, pre, blockquote { margin: .5rem 0; }
.quiet { color: var(--quiet); }
.score { font-size: 1.15rem; font-weight: 600; }
.warn { color: var(--warn); }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .3rem .5rem .3rem 0; text-align: right; border-bottom: 1px solid var(--line);
  font-variant-numeric: tabular-nums; }
th { font-weight: 400; color: var(--quiet); }
th:first-child, td:first-child { text-align: left; }
.bar { display: block; width: 6rem; height: .5rem; background: var(--line); }
.bar i { display: block; height: 100%; background: var(--accent); }
.bar.weak i { background: var(--warn); }
.prompt { font-weight: 600; }
.points { list-style: none; padding: 0; }
.points li { padding-left: 1.6rem; text-indent: -1.6rem; }
.points b { display: inline-block; width: 1.6rem; text-indent: 0; font-weight: 400; }
.said b { color: var(--accent); } .unsaid b { color: var(--warn); }
blockquote { margin-left: 0; padding: .1rem 0 .1rem 1rem; border-left: 3px solid var(--line); }
pre { padding: .6rem .8rem; background: var(--soft); white-space: pre-wrap; }
code { background: var(--soft); padding: 0 .2em; } pre code { padding: 0; }
section { break-inside: avoid; }
@media print { :root { --ink: #000; --paper: #fff; --soft: #fff; --line: #bbb; --quiet: #444; }
  main { max-width: none; padding: 0; } .bar { print-color-adjust: exact; } }
"""


def html_text(card: Scorecard) -> str:
    """The scorecard, its model answers and what was typed included."""
    day = card.interview.day
    title = f"Mock interview, {day.day} {day:%B %Y}"
    ending = ending_sentence(card.interview)
    body = [
        f"<h1>{title}</h1>",
        f'<p class="score">{_text(score_sentence(card))}</p>',
        f'<p class="quiet">{_text(f"{ending} {beside_sentence(card)}".strip())}</p>',
        f"<p>{_text(tonight_sentence(card))}</p>",
        *_sections(card),
        *_unsaid(card),
        *(_question(number, each) for number, each in enumerate(card.questions, 1)),
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


def _sections(card: Scorecard) -> list[str]:
    if not card.sections:
        return []
    rows = "\n".join(_section(each) for each in card.sections)
    heads = "<tr><th>Section</th><th></th><th>Points</th><th>Share</th><th>Change</th><th>Time</th></tr>"
    return [
        "<h2>Sections</h2>",
        f"<table>\n<thead>{heads}</thead>\n<tbody>\n{rows}\n</tbody></table>",
    ]


def _section(each: SectionScore) -> str:
    share = each.score.share or 0.0
    weak = " weak" if each.score.is_weak else ""
    cells = [
        f'<span class="bar{weak}"><i style="width:{round(share * 100)}%"></i></span>',
        f"{each.score.said} of {each.score.points}",
        "" if each.score.share is None else percent(share),
        change_text(each.score, each.before),
        duration_text(each.took_ms),
    ]
    columns = "".join(f"<td>{cell}</td>" for cell in cells)
    return f"<tr><td>{_text(each.title)}</td>{columns}</tr>"


def _unsaid(card: Scorecard) -> list[str]:
    if not card.unsaid:
        return []
    items = "\n".join(
        f"<li>{_inline(each.point)} <span class=quiet>"
        f"{_text(' · '.join(filter(None, (each.question.title, unsaid_note(each.times)))))}</span></li>"
        for each in card.unsaid
    )
    return ["<h2>Never said so far</h2>", f"<ul>\n{items}\n</ul>"]


def _question(number: int, question: QuestionScore) -> str:
    asked = question.question
    facts = [progress_word(question) or score_text(question.score)]
    facts += [asked.level] if asked.level else []
    facts.append(duration_text(question.took_ms))
    points = "\n".join(
        f'<li class="{"said" if said else "unsaid"}"><b>{"✓" if said else "○"}</b>{_inline(point)}</li>'
        for said, point in zip(question.said, asked.points, strict=True)
    )
    typed = question.typed.strip()
    return "\n".join(
        [
            f"<section>\n<h2>{number}. {_text(asked.title)}</h2>",
            f'<div class="prompt">{_prose(asked.prompt)}</div>',
            f'<p class="quiet">{_text(" · ".join(facts))}</p>',
            f'<ul class="points">\n{points}\n</ul>',
            f"<blockquote>{_prose(asked.answer)}</blockquote>",
            *([f'<p class="quiet">Typed</p>\n<pre>{_text(typed)}</pre>'] if typed else []),
            "</section>",
        ]
    )


def _prose(text: str) -> str:
    """Markdown as far as cards use it: paragraphs, lists, code. Anything else stays text."""
    parts, at = [], 0
    for fenced in _FENCED.finditer(text):
        parts += [_paragraphs(text[at : fenced.start()]), f"<pre>{_text(fenced[2].rstrip())}</pre>"]
        at = fenced.end()
    return "".join([*parts, _paragraphs(text[at:])])


def _paragraphs(text: str) -> str:
    found = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.splitlines()
        if lines and all(_ITEM.match(line) for line in lines):
            items = "".join(f"<li>{_inline(_ITEM.sub('', line))}</li>" for line in lines)
            found.append(f"<ul>{items}</ul>")
        elif lines:
            found.append(f"<p>{_inline(block)}</p>")
    return "".join(found)


def _inline(text: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", _CODE.sub(r"<code>\1</code>", _text(one_line(text))))


def _text(text: str) -> str:
    return escape(visible(text))
