"""formats/notes/reading.py: notes of hashcards and Obsidian, alone and in a vault."""

from datetime import date
from pathlib import Path

import pytest

from offhand.errors import OffhandError
from offhand.formats.draft import (
    Draft,
    DraftQuestion,
    Limits,
    Past,
    PastSchedule,
    ReadOptions,
)
from offhand.formats.notes import reading as markdown_cards
from sources import NO_OPTIONS, places, read_one, sections, shown, written

HISTORY = ReadOptions(history=True)


def draft_of(folder: Path, text: str, options: ReadOptions = NO_OPTIONS) -> Draft:
    return read_one(markdown_cards.read, written(folder / "note.md", text), options)


def entries_of(folder: Path, text: str, options: ReadOptions = NO_OPTIONS) -> list[object]:
    return [shown(entry) for entry in draft_of(folder, text, options).entries]


def asked(question: str, answer: str, ident: str = "") -> DraftQuestion:
    return DraftQuestion(question, answer, id=ident)


CARDS = {
    "hashcards' question": (
        "Q: Capital of France?\nA: Paris\n",
        [{"questions": (asked("Capital of France?", "Paris"),)}],
    ),
    "a question of several lines, its answer with blank ones": (
        "Q: List\nall.\n\nA:\n\n- one\n- two\n\nQ: And?\nA: No.",
        [
            {"questions": (asked("List\nall.", "- one\n- two"),)},
            {"questions": (asked("And?", "No."),)},
        ],
    ),
    "hashcards' cloze, images and links no holes": (
        "C: [Paris] is in [France] ![x](http://e.org/x.png), `a[0]`.\nC:\nTwo\n\n[lines]\n",
        [
            {"cloze": ("{{Paris}} is in {{France}} ![x](http://e.org/x.png), `a[0]`.",)},
            {"cloze": ("Two\n\n{{lines}}",)},
        ],
    ),
    "a block that a heading or a rule ends": (
        "Q: a\nA: b\n\n## Next\n\nprose\n\nQ: c\nA: d\n---\nprose\n",
        [{"questions": (asked("a", "b"),)}, {"questions": (asked("c", "d"),)}],
    ),
    "two sides on a line": (
        "- TTL :: how long\nWhat is it?::an age\n",
        [{"term": "TTL", "definition": "how long"}],
    ),
    "two sides without spaces, where no line has them": (
        "What is it?::an age\n",
        [{"questions": (asked("What is it?", "an age"),)}],
    ),
    "both ways": (
        "dog ::: Hund\n",
        [{"term": "dog", "definition": "Hund", "reverse": True}],
    ),
    "several lines on each side": (
        "Why\nso?\n?\nBecause\nof that.\n\nA\n??\nB\n",
        [
            {"questions": (asked("Why\nso?", "Because\nof that."),)},
            {"term": "A", "definition": "B", "reverse": True},
        ],
    ),
    "blank lines up to a +++": (
        "Front\n?\nOne\n\nTwo\n+++\n\nX\n?\nY\n",
        [
            {"term": "Front", "definition": "One\n\nTwo"},
            {"term": "X", "definition": "Y"},
        ],
    ),
    "highlights as holes, with hints and groups": (
        "The ==bow==^[front] and ==1;;stern;;back== and ==2;;keel==.\n",
        [{"cloze": ("The {{bow::front}} and {{c1::stern::back}} and {{c2::keel}}.",)}],
    ),
    "holes in groups by footnotes": (
        "==a==[^1], ==b==[^2], ==c==[^1]\n",
        [{"cloze": ("{{c1::a}}, {{c2::b}}, {{c1::c}}",)}],
    ),
    "holes in braces": (
        "{{Paris}} is in {{c2::France::a country}}.\n",
        [{"cloze": ("{{Paris}} is in {{c2::France::a country}}.",)}],
    ),
    "a hole that a cloze cannot hold": (
        "Java has ==std::vector== and ==maps==.\n",
        [
            {
                "questions": (
                    asked("Java has […] and maps.", "std::vector", "1"),
                    asked("Java has std::vector and […].", "maps", "2"),
                )
            }
        ],
    ),
    "signs in code and formulas that mean nothing": (
        "`a :: b` is code, $x==y==z$ too\n\n```\nQ: no\nA: no\nx :: y\n```\n\n    z\n\nreal :: `c :: d`\n",
        [{"term": "real", "definition": "`c :: d`"}],
    ),
    "a fence within an answer, blank lines and all": (
        "How?\n?\nSo:\n```py\nx = 1\n\ny :: 2\n```\n\nA :: B\n",
        [
            {"questions": (asked("How?", "So:\n```py\nx = 1\n\ny :: 2\n```"),)},
            {"term": "A", "definition": "B"},
        ],
    ),
    "a fence within a fence": (
        "Q: Nested?\nA:\n````md\n```\nQ: x\n```\n````\nQ: y\nA: z\n",
        [
            {"questions": (asked("Nested?", "````md\n```\nQ: x\n```\n````"),)},
            {"questions": (asked("y", "z"),)},
        ],
    ),
    "links between notes as their words": (
        "[[Net/TCP]] :: see [[IP#Header|the header]] of [[#Top]] `[[code]]` ^block-1\n",
        [{"term": "TCP", "definition": "see the header of Top `[[code]]`"}],
    ),
    "right to left and wide signs": (
        "שרת :: מחשב שמשרת\n犬 ::: dog\n",
        [
            {"term": "שרת", "definition": "מחשב שמשרת"},
            {"term": "犬", "definition": "dog", "reverse": True},
        ],
    ),
    "headings, where there is nothing else": (
        "# Nets\n\n## What is DNS?\n\nNames to addresses.\n\n## MTU\n\nThe largest packet.\n",
        [
            {"questions": (asked("What is DNS?", "Names to addresses."),)},
            {"term": "MTU", "definition": "The largest packet."},
        ],
    ),
    "questions and answers in other dress": (
        (
            "**Q1: Why?**\n\n**A:** So\nis it.\n\nQuestion 2. *How* now\nAnswer: thus\n\n- Q: Who?\n- A: `A: x`\n"
        ),
        [
            {"questions": (asked("Why?", "So\nis it."),)},
            {"questions": (asked("*How* now", "thus"),)},
            {"questions": (asked("Who?", "`A: x`"),)},
        ],
    ),
    "highlights within a card": (
        "TTL :: an ==age== if x==1 or y==2, `==`\n\nQ: ==Who==?\nA: ==me==\n",
        [
            {"term": "TTL", "definition": "an **age** if x==1 or y==2, `==`"},
            {"questions": (asked("**Who**?", "**me**"),)},
        ],
    ),
    "comments, which are no cards": (
        "<!-- a :: b\nc :: d -->\ne :: f\n",
        [{"term": "e", "definition": "f"}],
    ),
    "tables, which are no cards": (
        "| a :: b | c |\n| --- | --- |\n\ne :: f\n",
        [{"term": "e", "definition": "f"}],
    ),
}


@pytest.mark.parametrize("kind", CARDS)
def test_a_note_has_cards_of_the_kind(kind: str, tmp_path: Path) -> None:
    text, expected = CARDS[kind]

    assert entries_of(tmp_path, text) == expected
    assert entries_of(tmp_path, text.replace("\n", "\r\n")) == expected


def test_cards_lie_in_the_section_of_their_heading(tmp_path: Path) -> None:
    draft = draft_of(
        tmp_path, "# Deck\n\na :: 1\n\n## One\n\nb :: 2\n\n### Deep\n\nc :: 3\n\n## Two\n\nd :: 4\n"
    )

    assert draft.title == "Deck"
    assert sections(draft) == {
        "Deck": [("a", "1")],
        "One": [("b", "2"), ("c", "3")],
        "Two": [("d", "4")],
    }


def test_tags_make_sections_and_tags(tmp_path: Path) -> None:
    text = (
        "---\ntags: [flashcards/net, easy]\n---\na::1\n\n#flashcards/net/dns\nb::2\n\n"
        "#flashcards/other #hard c::3\n\nd::4\n"
    )
    draft = draft_of(tmp_path, text)

    assert sections(draft) == {
        "net": [("a", "1")],
        "net / dns": [("b", "2"), ("d", "4")],
        "other": [("c", "3")],
    }
    assert [entry.tags for entry in draft.entries] == [
        ("easy",),
        ("easy",),
        ("easy",),
        ("easy", "hard"),
    ]


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("---\ntitle: Nets\n---\n", "Nets"),
        ('+++\nname = "Nets"\n+++\n', "Nets"),
        ('---\nname = "Nets"\n---\n', "Nets"),
        ("---\n---\n", "note"),
    ],
)
def test_front_matter_gives_the_title(front: str, title: str, tmp_path: Path) -> None:
    draft = draft_of(tmp_path, f"{front}a :: b\n")

    assert (draft.title, sections(draft)[title]) == (title, [("a", "b")])


def test_front_matter_that_cannot_be_read_is_told_and_the_cards_are_taken(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "---\ntitle: {{title}}\nx: &a [*a, *a]\n---\na :: b\n")

    assert sections(draft) == {"note": [("a", "b")]}
    assert places(draft.left_out) == [(1, "The front matter is neither YAML nor TOML.")]


def past(due: str, interval: int, ease: int, repetitions: int, lapses: int = 0) -> Past:
    return Past(schedule=PastSchedule(date.fromisoformat(due), interval, ease, repetitions, lapses))


SCHEDULES = (
    "What is it?::an age\n<!--SR:!2024-08-16,51,230-->\n"
    "dog ::: Hund\n<!--SR:!2024-08-16,1,250!2000-01-01,1,250-->\n"
    "e :: f <!--SR:!2024-09-01,3,210-->\n\n"
    "g\n?\nh\n<!--SR:!fsrs,2026-01-02T00:00:00Z,12,20.1,5.5,2,7,1,0,2025-12-21T00:00:00Z-->\n\n"
    "The ==bow== and ==stern==.\n<!--SR:!2024-08-20,4,270!2024-08-21,5,280-->\n\n"
    "i :: j\n<!--SR:!someday,x,y-->\n"
)


def test_schedules_of_obsidian_are_read_where_asked(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, f"#flashcards\n{SCHEDULES}", HISTORY)

    assert [entry.pasts for entry in draft.entries] == [
        {"question": past("2024-08-16", 51, 230, 2)},
        {"term": past("2024-08-16", 1, 250, 1)},
        {"term": past("2024-09-01", 3, 210, 2)},
        {"term": past("2026-01-02", 12, 250, 7, 1)},
        {"cloze-bow": past("2024-08-20", 4, 270, 2), "cloze-stern": past("2024-08-21", 5, 280, 2)},
        {},
    ]


def test_schedules_that_are_not_asked_for_are_left_and_told(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, f"#flashcards\n{SCHEDULES}")

    assert [entry.pasts for entry in draft.entries] == [{}] * 6
    assert "6 schedules of Obsidian not read; --history brings them." in draft.taken
    assert "SR:" not in repr(draft.sections)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Q: lonely\n\nQ: a\nA: b\n", (1, "A question without an answer.")),
        ("A: lonely\n\nQ: a\nA: b\n", (1, "An answer without a question.")),
        ("Q: a\nA: b\nC: no hole\n", (3, "A cloze without a hole.")),
        ("Q:\nA: b\n\nc :: d\n", (1, "The question is empty.")),
    ],
)
def test_half_a_card_is_a_fault_on_its_line(
    text: str, fault: tuple[int, str], tmp_path: Path
) -> None:
    draft = draft_of(tmp_path, text)

    assert places(draft.faults) == [fault]


def test_a_note_without_cards_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OffhandError, match="No cards were found"):
        draft_of(tmp_path, "Only prose, with std and x = a and nothing else.\n")


def test_a_vault_is_one_deck_with_a_section_for_each_note(tmp_path: Path) -> None:
    vault = tmp_path / "Notes"
    written(vault / "b.md", "a :: 1\n")
    written(
        vault / "Net" / "TCP.md",
        "---\ntitle: The TCP\n---\n# X\n\nsee ![[pic.png|300]] :: 2 ![y](../b.png)\n",
    )
    written(vault / "Net" / "img" / "pic.png", b"P")
    written(vault / "b.png", b"B")
    written(vault / "prose.md", "Nothing to learn.\n")
    written(vault / ".trash" / "old.md", "x :: y\n")
    draft = read_one(markdown_cards.read, vault)

    assert draft.title == "Notes"
    assert sections(draft) == {
        "b": [("a", "1")],
        "Net / The TCP": [("see ![](Net/img/pic.png)", "2 ![y](b.png)")],
    }
    assert {name: media() for name, media in draft.media.items()} == {
        "Net/img/pic.png": b"P",
        "b.png": b"B",
    }
    assert draft.taken == ("Cards in the notes: 2 terms.", "1 note holds no cards.")


def test_a_folder_of_notes_without_any_card_gives_their_headings(tmp_path: Path) -> None:
    written(tmp_path / "nets" / "tcp.md", "# TCP\n\n## MSS\n\nThe [[MTU]] less headers.\n")
    written(tmp_path / "nets" / "udp.md", "Only text.\n")
    written(tmp_path / "cdn.md", "# CDN\n\nNets of caches.\n\n## Edge\n\nNear the user.\n")

    draft = read_one(markdown_cards.read, tmp_path)

    assert sections(draft) == {
        "cdn": [("Edge", "Near the user.")],
        "nets / tcp": [("MSS", "The MTU less headers.")],
    }
    assert draft.taken == (
        "Headings with the text below them are cards: 2.",
        "1 note holds no cards.",
    )
    assert places(draft.left_out) == [(3, "Line 3 (`Nets of caches.`): not taken.")]


def test_where_notes_are_flagged_only_those_are_taken(tmp_path: Path) -> None:
    written(tmp_path / "a.md", "#flashcards\n\nq::a\n")
    written(tmp_path / "b.md", "std::vector is used :: here\n")
    written(tmp_path / "c.md", "---\ntags: flashcards/c\n---\n## Head\n\nBody.\n")
    draft = read_one(markdown_cards.read, tmp_path)

    assert sections(draft) == {"a": [("q", "a")], "c": [("Head", "Body.")]}
    assert [fault.place.path.name for fault in draft.left_out] == ["b.md"]


def test_a_note_of_a_vault_that_is_no_text_is_a_fault_of_its_own(tmp_path: Path) -> None:
    written(tmp_path / "a.md", "q :: a\n")
    written(tmp_path / "b.md", b"x\0y :: z")
    draft = read_one(markdown_cards.read, tmp_path)

    assert sections(draft) == {"a": [("q", "a")]}
    assert [(f.place.path.name, f.what) for f in draft.faults] == [
        ("b.md", "Byte 2 is zero, which no text holds.")
    ]


def test_a_vault_of_more_notes_than_the_limit_is_refused(tmp_path: Path) -> None:
    for name in "abc":
        written(tmp_path / f"{name}.md", "q :: a\n")

    with pytest.raises(OffhandError, match="more than 2 notes"):
        markdown_cards.read(tmp_path, ReadOptions(limits=Limits(files=2)))


def test_an_image_outside_of_the_vault_stays_there(tmp_path: Path) -> None:
    secret = written(tmp_path / "secret.png", b"S")
    vault = tmp_path / "vault"
    written(
        vault / "a.md",
        f"q :: ![x](../secret.png) ![y]({secret}) ![z](link.png) ![w](http://e.org/w.png)\n",
    )
    (vault / "link.png").symlink_to(secret)
    draft = read_one(markdown_cards.read, vault)

    assert draft.media == {}
    assert draft.entries[0].definition == "x y z ![w](http://e.org/w.png)"
    assert [what for _, what in places(draft.left_out)] == [
        "The image `../secret.png` lies outside the folder that is imported.",
        f"The image `{str(secret)[:80]}` lies outside the folder that is imported.",
        "The image `link.png` lies outside the folder that is imported.",
    ]
