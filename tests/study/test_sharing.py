"""Scorecards as files: whatever a card or an answer holds, the page shows it and obeys none of it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hostile import TEXTS, quoted
from interviews import QUESTIONS, hold
from offhand.errors import OffhandError
from offhand.study.interviews.interview import InterviewUnderWay
from offhand.study.interviews.listing import scorecard_of
from offhand.study.interviews.plan import Wish
from offhand.study.interviews.sharing import share
from support import Home

_VOID = {"meta", "br"}


class _Page(HTMLParser):
    """Which tags a page has, whether they close, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data


def page_of(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text("utf-8"))
    page.close()
    assert page.open == []
    return page


def test_a_page_tells_everything_and_needs_nothing_besides_itself(
    home: Home, tmp_path: Path
) -> None:
    desk = home.open({"caching.yaml": QUESTIONS})
    hold(desk, 0)
    home.clock.move(days=1)
    card = scorecard_of(desk, hold(desk, 0, 1).interview)
    share(card, tmp_path / "card.html")
    text = (tmp_path / "card.html").read_text("utf-8")
    assert not re.search(r"https?:|src=|url\(|@import|<script|<link", text)
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    page = page_of(tmp_path / "card.html")
    told = " ".join(page.text.split())
    for part in (
        "Mock interview, 3 March 2026",
        "8 of 10 points (80 %)",
        "The last interview: 40 %",
        "Never said so far",
        "serve stale meanwhile Basics · asked 2 times",
        "How do you stop a stampede?",
        "One reader rebuilds, the others wait.",
    ):
        assert part in told
    assert page.text.count("✓") == 8
    assert page.text.count("○") == 2


def test_markdown_has_boxes_to_tick_and_quotes_what_others_wrote(
    home: Home, tmp_path: Path
) -> None:
    desk = home.open({"caching.yaml": QUESTIONS})
    under_way = InterviewUnderWay.begin(desk, Wish(seed=1))
    title = under_way.question.title
    under_way.reveal("# no heading\n```\n````\n| a | b |\n</details>")
    under_way.end()
    share(scorecard_of(desk, under_way.interview), tmp_path / "card.md")
    lines = (tmp_path / "card.md").read_text("utf-8").splitlines()
    assert lines[0] == "# Mock interview, 2 March 2026"
    at = lines.index("`````text")
    assert lines[at + 1 : at + 7] == [
        "# no heading",
        "```",
        "````",
        "| a | b |",
        "</details>",
        "`````",
    ]
    assert sum(line.startswith("- [ ] ") for line in lines) >= 2
    assert [line for line in lines if line.startswith("#")] == [
        "# Mock interview, 2 March 2026",
        "## Sections",
        "## Never said so far",
        f"## 1. {title}",
        "# no heading",
    ]


def test_no_text_becomes_markup_in_a_page(home: Home, tmp_path: Path) -> None:
    texts = [text.source for name, text in TEXTS.items() if not name.startswith("deep")]
    entries = [
        f"  - question: {quoted(f'{n} {text} <script>x</script>')}\n"
        f"    answer: {quoted(text)}\n    points: [{quoted(text)}, {quoted('<b>p')}]\n"
        for n, text in enumerate(texts)
    ]
    deck = f"deck: {quoted('<i>H</i>')}\nentries:\n{''.join(entries)}"
    desk = home.open({"hostile.yaml": deck})
    under_way = InterviewUnderWay.begin(desk, Wish(240, seed=1))
    for text in texts:
        under_way.reveal(text)
        under_way.tick(0)
        under_way.done()
    assert under_way.interview.ending is not None
    card = scorecard_of(desk, under_way.interview)
    assert len(card.questions) == len(texts)
    for name in ("card.html", "card.md"):
        share(card, tmp_path / name)
        text = (tmp_path / name).read_text("utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    page = page_of(tmp_path / "card.html")
    assert page.tags <= {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "table"),
        *("thead", "tbody", "tr", "th", "td", "span", "i", "ul", "li", "b", "section", "div"),
        *("blockquote", "pre", "code", "strong"),
    }
    assert page.attributes <= {"lang", "charset", "name", "content", "class", "style"}
    assert "<script>x</script>" in page.text


@pytest.mark.parametrize("name", ["card", "card.txt", "card.HTM.gz"])
def test_a_name_without_a_format_is_refused(home: Home, tmp_path: Path, name: str) -> None:
    card = scorecard_of(desk := home.open({"c.yaml": QUESTIONS}), hold(desk).interview)
    with pytest.raises(OffhandError, match="in which format"):
        share(card, tmp_path / name)
    assert list(tmp_path.iterdir()) == [home.path]


def test_a_file_that_is_there_stays_as_it_is(home: Home, tmp_path: Path) -> None:
    card = scorecard_of(desk := home.open({"c.yaml": QUESTIONS}), hold(desk).interview)
    (tmp_path / "card.MD").write_text("mine")
    with pytest.raises(OffhandError, match="exists already"):
        share(card, tmp_path / "card.MD")
    assert (tmp_path / "card.MD").read_text() == "mine"
    with pytest.raises(OffhandError, match="cannot be written"):
        share(card, tmp_path / "no" / "card.md")
