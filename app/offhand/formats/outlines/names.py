"""What a line of an outline may be: a title, or a term with what is said of it."""

import re

_TITLE = 100
_TITLE_WORDS = 14
_NAME = 60
_NAME_WORDS = 7
_SENTENCE = (".", "!", ";", ",", ":", "。", "！", "；", "，", "：", "…", "、")
_BOLD = re.compile(
    r"(\*\*|__)(?P<name>(?:(?!\1).)+?)(?P<in>\s*[:：])?\1\s*(?P<by>[:：–—=]|-(?=\s))?\s*(?P<says>\S.*)",
    re.DOTALL,
)
_CODE = re.compile(
    r"(?P<name>(`+)[^`]+\2(?:(?:,| or| /|\|)\s*`[^`]+`)*(?:\s*\([^()]*\))?)\s*(?:[:：–—]|-(?=\s))\s*(?P<says>\S.*)",
    re.DOTALL,
)
_LINK = re.compile(
    r"\[(?P<name>[^\]]+)\]\((?P<source>[^()\s]+)\)\s*(?:[:：–—]|-(?=\s))\s*(?P<says>\S.*)",
    re.DOTALL,
)
_PLAIN = re.compile(
    r"(?P<name>[^\s:：](?:[^:：.!?。！？\n]|\.(?=\w)|:(?=\w))*?)\s*(?:：|:(?=\s)|\s[–—-](?=\s)|—)\s*(?P<says>\S.*)",
    re.DOTALL,
)
_ASIDE = re.compile(
    r"(?:notes?|nb|n\.b|for example|e\.g|i\.e|see|todo|fixme)(?:[\s.].*)?"
    r"|(?:warning|tip|hint|important|caution|example|default|usage|optional|output|result)s?",
    re.IGNORECASE,
)


def is_title(text: str) -> bool:
    """Whether a line may be a title: short, no sentence, beginning like one."""
    bare = text.strip().strip("*_`\"'“”‘’#").strip()
    if not bare or len(bare) > _TITLE or len(bare.split()) > _TITLE_WORDS:
        return False
    if (
        bare.endswith(_SENTENCE)
        or "\n" in bare
        or bare.startswith(("<", "|", "http://", "https://"))
    ):
        return False
    return bare[0].isalnum() or bare[0] in "(（[「『.@/$%&"


def is_heading(text: str) -> bool:
    """Whether a line may be the title of a section: a title that does not begin in lower case."""
    bare = text.strip().lstrip("*_`\"'“”‘’(（[")
    return is_title(text) and not bare[:1].islower()


def bare_name(text: str) -> str:
    """A term without what stands around it: the bold of all of it, a colon at its end."""
    name = text.strip()
    for sign in ("**", "__", "*", "_"):
        inner = name[len(sign) : -len(sign)]
        if len(name) > 2 * len(sign) and name.startswith(sign) and name.endswith(sign):
            if sign not in inner:
                name = inner.strip()
            break
    return name.rstrip(":：").strip() or text.strip()


def split_term(text: str) -> tuple[str, str, str] | None:
    """A term and what is said of it, written in one, and the page it points to; or None."""
    text = text.strip()
    if match := _BOLD.match(text):
        return (match["name"].strip(), match["says"], "") if match["in"] or match["by"] else None
    if match := _CODE.match(text):
        return match["name"], match["says"], ""
    if match := _LINK.match(text):
        return match["name"], match["says"], match["source"]
    match = _PLAIN.match(text)
    if match is None:
        return None
    name = match["name"].strip()
    if not is_name(name):
        return None
    return bare_name(name), match["says"], ""


def is_name(text: str) -> bool:
    """Whether a text may be the name of a term: short, and none that begins an aside."""
    return (
        len(text) <= _NAME and len(text.split()) <= _NAME_WORDS and _ASIDE.fullmatch(text) is None
    )
