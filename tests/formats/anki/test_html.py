"""HTML becomes Markdown that shows the same words in the same form."""

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from offhand.formats.anki.html import HtmlReader, markdown_of, words_of

SAMPLES = [
    ("", ""),
    ("plain words", "plain words"),
    ("  a \n b&nbsp;&nbsp;c ", "a b c"),
    # Marks of words.
    ("a<b>x</b>c", "a**x**c"),
    ("<strong>a</strong> <em>b</em> <i>c</i> <u>d</u> <s>e</s>", "**a** *b* *c* *d* ~~e~~"),
    ("<b> a </b>b", "**a** b"),
    ("<b>a<i>b</i></b>", "**a*b***"),
    ("<b>a</b><b>b</b>", "**ab**"),
    ("<b><b>a</b></b>", "**a**"),
    ("<b></b>a", "a"),
    ("<b>Hello:</b>world", "**Hello**:world"),
    ("これは<b>「重要」</b>です", "これは「**重要**」です"),
    ("<b>a<br>b</b>", "**a**\\\n**b**"),
    ("<b><div>a</div><div>b</div></b>", "**a**\\\n**b**"),
    ("<span style='font-weight: 700; font-style: italic'>a</span>", "***a***"),
    ("x<code>a&lt;b *c*</code>y", "x`a<b *c*`y"),
    ("<code>a `b` c</code>", "``a `b` c``"),
    ("<tt>`</tt>", "`` ` ``"),
    ("<b>a *</b> <b>* b</b>", "**a \\*** **\\* b**"),
    # Lines.
    ("a<br>b<br/>c", "a\\\nb\\\nc"),
    ("a<br><br>b", "a\n\nb"),
    ("a<br><br><br><br>b", "a\n\nb"),
    ("<br>a<br>", "a"),
    ("a<div>b</div>c", "a\\\nb\\\nc"),
    ("a<div><br></div><div>b</div>", "a\n\nb"),
    ("<p>a</p><p>b</p>c", "a\n\nb\n\nc"),
    ("<h2>a</h2>b", "**a**\n\nb"),
    ("a<hr>b", "a\n\n---\n\nb"),
    ("<blockquote>a<br>b<p>c</p></blockquote>", "> a\\\n> b\n>\n> c"),
    # Lists, written and typed.
    ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
    ("<ol start=3><li>a<p>b</p></li><li>c</li></ol>", "3. a\n\n   b\n4. c"),
    ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
    ("x<ul><li>a</li></ul>y", "x\n\n- a\n\ny"),
    ("<ul><li></li></ul>a", "a"),
    ("1. a<br>2. b<br>3. c", "1. a\n2. b\n3. c"),
    ("why:<br>- a<br>- b<br>end", "why:\n\n- a\n- b\n\nend"),
    ("- 5 °C", "\\- 5 °C"),
    ("1984. A novel", "1984\\. A novel"),
    ("1. a<br>1. b", "1\\. a\\\n1\\. b"),
    ("Which?<ol type=A><li>a</li><li>b</li></ol>", "Which?\n\nA. a\\\nB. b"),
    ("<ol style='list-style-type: lower-alpha' start=3><li>a<p>b</p></li></ol>", "c. a\n\nb"),
    ("<ol type=a><li>x<ul><li>y</li></ul></li><li>z</li></ol>", "a. x\n\n- y\n\nb. z"),
    ("<ol type=A><li><pre>x</pre></li><li>y</li></ol>", "A.\n\n```\nx\n```\n\nB. y"),
    ("<ol type=1><li>a</li><ul><li>b</li></ul>c</ol>", "1. a\n   - b\n\n   c"),
    # Code.
    ("<pre>\na\n  b&lt;c\n</pre>", "```\na\n  b<c\n```"),
    ("<pre><code class='hljs language-python'>x = 1</code></pre>", "```python\nx = 1\n```"),
    ("<pre>a<br>b<div>c</div>```</pre>", "````\na\nb\nc\n```\n````"),
    ("<code>a<br>&nbsp; b</code>", "```\na\n  b\n```"),
    ("<pre>\\(x\\)</pre>", "```\n\\(x\\)\n```"),
    # Tables.
    (
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1|2<td>x<br>y</tr><tr><td>z</table>",
        "| a | b |\n| --- | --- |\n| 1\\|2 | x y |\n| z |  |",
    ),
    ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\n\nb"),
    ("<table><tr><td>a</td><td><ul><li>b<li>c</ul></td></tr></table>", "a\n\n- b\n- c"),
    # Links and images.
    ("<a href='https://x.y/z'>t</a>", "[t](https://x.y/z)"),
    ("<a href='https://x.y/z_(a)'>[t]</a>", "[\\[t\\]](https://x.y/z_%28a%29)"),
    ("<a href='https://x.y/'>https://x.y/</a>", "https://x.y/"),
    (
        "<a href='https://x.y/'><code>list[int]</code> [t]</a>",
        "[`list[int]` \\[t\\]](https://x.y/)",
    ),
    ("<a href='#top'>t</a>", "t"),
    ("Look!<a href='https://x.y/'>t</a>", "Look\\![t](https://x.y/)"),
    ("https://x.y/a[b](c)`d`", "https://x.y/a[b\\](c)\\`d\\`"),
    ("<img src='a.png' alt='a [b] *c*'>", "![a b c](a.png)"),
    ("<a href='https://x.y/'><img src=a.png></a>", "[![](a.png)](https://x.y/)"),
    # Small letters, ruby, quotes.
    ("H<sub>2</sub>O x<sup>2</sup>", "H₂O x²"),
    ("a<sub>max</sub> b<sup>ψ</sup> c<sup>ψ+1</sup>", "aₘₐₓ b^ψ c^(ψ+1)"),
    ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>", "漢字(かんじ)"),
    ("<q>a</q>", "“a”"),
    # Formulas.
    (r"the \(x^2\) and \[\frac{a}{b}\]", r"the $x^2$ and $$\frac{a}{b}$$"),
    (r"\(a &lt; b<br>c\)", "$a < b c$"),
    ("[latex]$a<b>x</b>^2$[/latex] [$]e^x[/$] [$$]y^2[/$$]", "$a x ^2$ $e^x$ $$y^2$$"),
    ('<anki-mathjax block="true">x^2</anki-mathjax>', "$$x^2$$"),
    (r"関数\(f\)は", "関数 $f$ は"),
    (r"\(10\)", "10"),
    (r"\( open", r"\\( open"),
    # What is not shown.
    ("a[sound:x.mp3]b[anki:play:q:0]", "ab"),
    ("[anki:tts lang=en_US]spoken[/anki:tts]a", "a"),
    ("a<!-- b -->c", "ac"),
    ("<span style='display: none'>a</span>b", "b"),
    ("a<svg><text>x</text></svg><video>y</video>", "a"),
    ("\u200fمرحبا\u202c\x07", "مرحبا"),
    # Signs of Markdown.
    ("2 * 3 * 4 and a*b*c", "2 * 3 * 4 and a\\*b\\*c"),
    ("one * or*", "one * or\\*"),
    ("snake_case_name and __init__", "snake_case_name and \\_\\_init\\_\\_"),
    ("a `b` c", "a \\`b\\` c"),
    ("List&lt;int&gt; &amp;lt;", "List<int> \\&lt;"),
    ("AT&amp;amp; R&amp;D", "AT\\&amp; R&D"),
    ("[a](b) d[0] ![c](d)", "[a\\](b) d[0] ![c\\](d)"),
    ("[a]: b", "\\[a]: b"),
    ("# a<br>&gt; b<br>---<br>===<br>#tag", "\\# a\\\n\\> b\\\n\\---\\\n\\===\\\n#tag"),
    ("C:\\dir\\*", "C:\\dir\\\\*"),
    ("$5 and $6", "\\$5 and $6"),
    ("see https://a.b/_x_*y* now", "see https://a.b/_x_*y* now"),
    ("~~a~~ ~b~", "\\~\\~a\\~\\~ ~b~"),
]


@pytest.mark.parametrize(("html", "markdown"), SAMPLES)
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    assert markdown_of(html) == markdown


def parser() -> MarkdownIt:
    """Markdown as Offhand shows it."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def shown(markdown: str) -> str:
    """The words that a Markdown text shows, without its form."""
    parts: list[str] = []

    def gather(tokens: list[Token]) -> None:
        for token in tokens:
            if token.children:
                gather(token.children)
            elif token.type in ("softbreak", "hardbreak"):
                parts.append(" ")
            else:
                parts.append(token.content)
        parts.append(" ")

    gather(parser().parse(markdown))
    return "".join("".join(parts).split())


SIGNS = st.text(st.sampled_from("ab1 *_`[]()<>&#!+-=|~$\\.:;\n\"'/{}@xéß漢。…\xa0"), max_size=40)
UNSEEN = re.compile(r"\\[(\[]|\[\$")


@given(SIGNS.filter(lambda text: not UNSEEN.search(text)))
def test_plain_text_of_any_signs_is_shown_as_it_is(text: str) -> None:
    assert shown(markdown_of(escape(text))) == "".join(text.split())


@given(
    st.lists(
        st.tuples(
            SIGNS.filter(lambda text: not UNSEEN.search(text)),
            st.sampled_from(["", "b", "i", "s", "code", "div", "p", "li", "blockquote", "b i"]),
        ),
        max_size=6,
    )
)
def test_marked_text_of_any_signs_shows_the_same_words(pieces: list[tuple[str, str]]) -> None:
    html = ""
    for text, tags in pieces:
        begin = "".join(f"<{tag}>" for tag in tags.split())
        end = "".join(f"</{tag}>" for tag in reversed(tags.split()))
        html += begin + escape(text) + end
    whole = "".join(text for text, _ in pieces)
    if UNSEEN.search(whole):
        return

    # Lists that were typed lose their bullets to real ones.
    told = re.sub(r"[-+*]|\d+[.)]", "", shown(markdown_of(html)))

    assert told == re.sub(r"[-+*]|\d+[.)]", "", "".join(whole.split()))


@given(st.text(max_size=60))
def test_any_text_at_all_makes_markdown_without_an_error(html: str) -> None:
    markdown = markdown_of(html)

    assert not set(markdown) & set("\ufdd0\ufdd1\x00\x1b\u202e")


def test_what_is_not_shown_is_counted() -> None:
    reader = HtmlReader(lambda source: "" if source == "gone" else source)

    reader.markdown("[sound:a.mp3][sound:b.mp3]<audio src=x></audio><svg></svg><img src=gone>")

    assert reader.dropped == {"sound": 3, "drawing": 1, "image": 1}


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("a", "a"),
        ("a &lt; b", "a &lt; b"),
        ("a<br>b &amp; <i>c</i> &lt;", "ab &amp; c &lt;"),
        ("<style>x</style>a<script>y</script>", "a"),
    ],
)
def test_words_are_what_is_left_without_tags(html: str, words: str) -> None:
    assert words_of(html) == words
