import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from deck_files import write_deck
from drafts import NOWHERE, entries, without_places
from odd_decks import OddDeck, odd_decks
from offhand.domain.text import fold, slug
from offhand.errors import NotFound, OffhandError
from offhand.formats.draft import Draft, DraftEntry, DraftQuestion
from offhand.formats.draft_changes import Add, Change, Move, Remove, Replace, with_changes
from offhand.formats.entry_cards import entry_id
from offhand.formats.fault import Faulty
from offhand.formats.yaml.draft import read_draft
from offhand.formats.yaml.editor import edit_deck
from offhand.formats.yaml.file_edit import undo_edit

on_odd_decks = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100
)

BOM = b"\xef\xbb\xbf"


def compared(draft: Draft) -> Draft:
    """A draft without places, its sections with the ids that they have or that come from their titles."""
    return replace(
        without_places(draft),
        sections=tuple(
            replace(section, id=section.id or slug(section.title))
            for section in without_places(draft).sections
        ),
    )


def fits(draft: Draft, entry: DraftEntry, instead_of: str = "") -> bool:
    """Whether an entry's name is not yet taken."""
    names = {fold(entry_id(each)) for each in draft.entries} - {fold(instead_of)}
    return fold(entry_id(entry)) not in names


def write(folder: Path, deck: OddDeck) -> Path:
    path = folder / "things.yaml"
    path.write_bytes(deck.raw)
    return path


def lines_of(raw: bytes) -> list[bytes]:
    lines = raw.removeprefix(BOM).replace(b"\r\n", b"\n").split(b"\n")
    return [line for line in lines if line.strip()]


def comment_lines(raw: bytes) -> Counter[bytes]:
    """The lines of a deck that are comments, wherever they are indented to."""
    lines = Counter(line.strip() for line in lines_of(raw) if line.strip().startswith(b"#"))
    return lines - Counter({b"# no comment": lines[b"# no comment"]})


@st.composite
def with_other_lists(draw: st.DrawFn, entry: DraftEntry) -> DraftEntry:
    """An entry of which lists gain, lose and change items, or turn round."""

    def other(items: tuple[Any, ...], make: Callable[[int], Any]) -> tuple[Any, ...]:
        found = [
            make(at) if draw(st.integers(0, 4)) == 0 else item
            for at, item in enumerate(items)
            if draw(st.integers(0, 3))
        ]
        if draw(st.integers(0, 4)) == 0:
            found.reverse()
        for more in range(draw(st.integers(0, 2))):
            found.insert(draw(st.integers(0, len(found))), make(10 + more))
        return tuple(found)

    texts = ("zero", "# one", "two: 2", "three, 3", "four\n\nlines", "- five")

    def text(number: int) -> str:
        return texts[number % len(texts)] + str(number)

    changed = {name: other(getattr(entry, name), text) for name in ("tags", "aliases", "sources")}
    questions = tuple(replace(asked, points=other(asked.points, text)) for asked in entry.questions)
    if entry.term:
        questions = other(questions, lambda n: DraftQuestion(text(n), "So.", (text(n),)))
    choices = tuple(
        replace(asked, wrong=wrong or asked.wrong)
        for asked in entry.choices
        for wrong in [other(asked.wrong, lambda n: (text(n), draw(st.sampled_from(["", "why"]))))]
    )
    return replace(entry, **changed, questions=questions, choices=choices)


@on_odd_decks
@given(deck=odd_decks(), data=st.data())
def test_no_edit_of_an_entry_takes_a_comment_line_away(
    tmp_path: Path, deck: OddDeck, data: st.DataObject
) -> None:
    path = write(tmp_path, deck)
    before = read_draft(path)
    old = data.draw(st.sampled_from(before.entries))
    others = [entries.filter(lambda new: bool(new.term) is bool(old.term))]
    new = data.draw(st.one_of(with_other_lists(old), with_other_lists(old), *others))
    assume(fits(before, new, entry_id(old)))
    changes: list[Change] = [Replace(entry_id(old), new)]
    edit_deck(path, changes)
    after = read_draft(path)
    assert compared(after) == compared(with_changes(before, changes))
    kept = comment_lines(deck.raw)
    if {asked.question for asked in old.questions} - {asked.question for asked in new.questions}:
        # Those within a question go with it.
        kept = Counter(line for line in kept if not re.match(rb"# (in |o|p)\d", line))
    assert kept - comment_lines(path.read_bytes()) == Counter()
    sections = [each.title for each in before.sections if old not in each.entries]
    if sections and len(before.entries) > 1:
        edit_deck(path, [Move(entry_id(new), data.draw(st.sampled_from([*sections, "Other"])))])
        assert kept - comment_lines(path.read_bytes()) == Counter()


@on_odd_decks
@given(deck=odd_decks(), new=entries, data=st.data())
def test_an_entry_put_anew_leaves_every_other_byte(
    tmp_path: Path, deck: OddDeck, new: DraftEntry, data: st.DataObject
) -> None:
    path = write(tmp_path, deck)
    before = read_draft(path)
    index = data.draw(st.integers(0, len(deck.entries) - 1))
    old = before.entries[index]
    kept = data.draw(
        st.sampled_from([(), ("term", "definition"), ("tags", "level", "extra", "id")])
    )
    if old.term and new.term:
        new = replace(new, **{name: getattr(old, name) for name in kept})
    else:
        assume(not old.term and not new.term)
    assume(fits(before, new, entry_id(old)))
    change = Replace(entry_id(old), new)
    edit_deck(path, [change])
    assert compared(read_draft(path)) == compared(with_changes(before, [change]))
    after = path.read_bytes().removeprefix(BOM)
    head, tail = map(deck.as_written, deck.around(index))
    assert after.startswith(head)
    assert after.rstrip().endswith(tail.rstrip())
    assert path.read_bytes().startswith(BOM) == deck.bom


@on_odd_decks
@given(deck=odd_decks(), new=entries, data=st.data())
def test_an_entry_that_is_added_leaves_every_line_that_was_there(
    tmp_path: Path, deck: OddDeck, new: DraftEntry, data: st.DataObject
) -> None:
    path = write(tmp_path, deck)
    before = read_draft(path)
    assume(new.term and fits(before, new))
    section = data.draw(st.sampled_from(before.sections))
    changes = [Add(new, section.title)]
    edit_deck(path, changes)
    assert compared(read_draft(path)) == compared(with_changes(before, changes))
    after = path.read_bytes()
    same = zip(deck.raw, after, strict=False)
    kept = next((at for at, (old, new) in enumerate(same) if old != new), len(deck.raw))
    assert after.endswith(deck.raw[kept:])


@on_odd_decks
@given(deck=odd_decks(), data=st.data())
def test_entries_that_are_removed_leave_every_other_line(
    tmp_path: Path, deck: OddDeck, data: st.DataObject
) -> None:
    path = write(tmp_path, deck)
    before = read_draft(path)
    assume(len(before.entries) > 1)
    gone = data.draw(
        st.sets(st.integers(0, len(deck.entries) - 1), min_size=1, max_size=len(deck.entries) - 1)
    )
    changes = [Remove(entry_id(before.entries[index])) for index in sorted(gone)]
    edit_deck(path, changes)
    assert compared(read_draft(path)) == compared(with_changes(before, changes))
    gone_pieces = {deck.entries[index] for index in gone}
    kept = "".join(piece for at, piece in enumerate(deck.pieces) if at not in gone_pieces)
    expected, found = lines_of(deck.as_written(kept)), lines_of(path.read_bytes())
    assert comment_lines(deck.as_written(kept)) - comment_lines(path.read_bytes()) == Counter()
    if len(before.sections) == len(with_changes(before, changes).sections):
        assert found == expected
    else:
        # With its last entry goes all that stands in a section.
        below = iter(expected)
        assert all(line in below for line in found)


@on_odd_decks
@given(deck=odd_decks(), data=st.data())
def test_an_entry_moves_to_another_section_as_it_is(
    tmp_path: Path, deck: OddDeck, data: st.DataObject
) -> None:
    path = write(tmp_path, deck)
    before = read_draft(path)
    entry = data.draw(st.sampled_from(before.entries))
    others = [each.title for each in before.sections if entry not in each.entries]
    assume(others and entry.term)
    changes = [Move(entry_id(entry), data.draw(st.sampled_from(others)))]
    edit_deck(path, changes)
    assert compared(read_draft(path)) == compared(with_changes(before, changes))


@on_odd_decks
@given(deck=odd_decks(), new=entries)
def test_an_entry_makes_a_section_that_is_not_there(
    tmp_path: Path, deck: OddDeck, new: DraftEntry
) -> None:
    path = write(tmp_path, deck)
    before = read_draft(path)
    assume(fits(before, new))
    changes = [Add(new, "One more: no")]
    edit_deck(path, changes)
    assert compared(read_draft(path)) == compared(with_changes(before, changes))


@on_odd_decks
@given(deck=odd_decks(), new=entries, data=st.data())
def test_several_changes_are_one_edit_that_is_undone_to_the_byte(
    tmp_path: Path, deck: OddDeck, new: DraftEntry, data: st.DataObject
) -> None:
    path = write(tmp_path, deck)
    before = read_draft(path)
    assume(new.term and fits(before, new))
    changes: list[Change] = [Add(new, before.sections[0].title)]
    for entry in before.entries[1:]:
        ident, tagged = entry_id(entry), replace(entry, tags=(*entry.tags, "c, d"))
        every = [Remove(ident), Replace(ident, tagged), None]
        if entry.term:
            every.append(Move(ident, before.sections[-1].title))
        if change := data.draw(st.sampled_from(every)):
            changes.append(change)
    edit = edit_deck(path, changes)
    assert compared(read_draft(path)) == compared(with_changes(before, changes))
    undo_edit(edit)
    assert path.read_bytes() == deck.raw


SIGNALS = """\
# my signals
deck: Signals
sections:
    Everyday:   # four spaces
        SIGTERM: "Asks a process
          to end."
        'SIGKILL':   Ends it   # at once

    Job control:
    - term: SIGSTOP     # not caught
      definition: >
        Pauses
        a process.
      tags: [job, stop]
      # the end
"""


def edited(folder: Path, text: str, *changes: Change) -> list[str]:
    """What an edit takes out of the lines of a deck, with `-`, and puts in, with `+`."""
    path = write_deck(folder, text)
    edit_deck(path, changes)
    return changed_lines(text, path.read_text())


def changed_lines(before: str, after: str) -> list[str]:
    lines = ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def entry_of(folder: Path, text: str, ident: str) -> DraftEntry:
    draft = read_draft(write_deck(folder, text))
    return next(each for each in draft.entries if entry_id(each) == ident)


def changed(folder: Path, ident: str, **fields: Any) -> list[str]:
    entry = entry_of(folder, SIGNALS, ident)
    return edited(folder, SIGNALS, Replace(ident, replace(entry, **fields)))


def term(name: str, definition: str = "What it is.", **fields: Any) -> DraftEntry:
    return DraftEntry(NOWHERE, term=name, definition=definition, **fields)


def test_a_changed_text_keeps_its_quotes_and_its_comment(tmp_path: Path) -> None:
    assert changed(tmp_path, "sigkill", definition="Ends it: now") == [
        "-         'SIGKILL':   Ends it   # at once",
        "+         'SIGKILL':   \"Ends it: now\"   # at once",
    ]
    assert changed(tmp_path, "sigterm", definition="Asks.") == [
        '-         SIGTERM: "Asks a process',
        '+         SIGTERM: "Asks."',
        '-           to end."',
    ]
    assert changed(tmp_path, "sigkill", term="SIGKILL (9)") == [
        "-         'SIGKILL':   Ends it   # at once",
        "+         'SIGKILL (9)':   Ends it   # at once",
    ]


def test_a_field_that_is_added_stands_where_it_is_usual(tmp_path: Path) -> None:
    assert changed(tmp_path, "sigstop", aliases=("stop",), id="stop") == [
        "+       id: stop",
        "+       aliases: [stop]",
    ]


def test_a_short_entry_that_gets_a_field_becomes_a_long_one(tmp_path: Path) -> None:
    assert changed(tmp_path, "sigkill", tags=("kill",)) == [
        "-         'SIGKILL':   Ends it   # at once",
        "+         'SIGKILL':   # at once",
        "+           definition: Ends it",
        "+           tags: [kill]",
    ]


def test_a_field_that_is_taken_away_leaves_the_comments_around(tmp_path: Path) -> None:
    assert changed(tmp_path, "sigstop", tags=()) == ["-       tags: [job, stop]"]


LISTS = """\
deck: Lists
entries:
  - term: SIGHUP
    definition: The line is cut.
    tags:   # by topic
      # first of all
      - linux   # on linux
      # then
      -   'posix'   # on posix
      # at last
    aliases: [HUP,  # short
      # in between
      "hang up"
      ]
    choices:
      - question: What cuts it?
        right: A modem
        wrong:
          # below this
          A cat: It cannot.   # poor cat
          # and this
          A dog: Nor it.
"""


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({"tags": ("linux", "bsd", "posix")}, ["+       -   bsd"]),
        ({"tags": ("linux", "posix", "a: b")}, ['+       -   "a: b"']),
        ({"tags": ("posix",)}, ["-       - linux   # on linux"]),
        (
            {"tags": ("linux", "sus")},
            ["-       -   'posix'   # on posix", "+       -   'sus'   # on posix"],
        ),
        (
            {"tags": ()},
            [
                "-     tags:   # by topic",
                "-       - linux   # on linux",
                "-       -   'posix'   # on posix",
            ],
        ),
        ({"aliases": ("HUP", "hang up", "x")}, ['-       "hang up"', '+       "hang up", x']),
        ({"aliases": ("HUP",)}, ['-       "hang up"', "+       "]),
        (
            {"aliases": ("hang up",)},
            ["-     aliases: [HUP,  # short", "+     aliases: [  # short"],
        ),
    ],
    ids=["more", "more at the end", "less", "another", "none", "brackets more", "last", "first"],
)
def test_comments_on_and_between_the_items_of_a_list_that_stay_are_kept(
    tmp_path: Path, fields: dict[str, Any], lines: list[str]
) -> None:
    entry = replace(entry_of(tmp_path, LISTS, "sighup"), **fields)
    assert edited(tmp_path, LISTS, Replace("sighup", entry)) == lines


def test_comments_between_wrong_options_stay(tmp_path: Path) -> None:
    entry = entry_of(tmp_path, LISTS, "sighup")
    wrong = (("A cat", "Never."), ("A fox", ""), ("A dog", "Nor it."))
    choices = (replace(entry.choices[0], wrong=wrong),)
    assert edited(tmp_path, LISTS, Replace("sighup", replace(entry, choices=choices))) == [
        "-           A cat: It cannot.   # poor cat",
        "+           A cat: Never.   # poor cat",
        "+           A fox:",
    ]


def test_a_comment_that_finds_no_place_any_more_stands_above_the_entry(tmp_path: Path) -> None:
    text = "deck: A\nentries:\n  - {term: One,   # mine\n     definition: first}\n"
    entry = replace(entry_of(tmp_path, text, "one"), definition="1st")
    assert edited(tmp_path, text, Replace("one", entry)) == [
        "-   - {term: One,   # mine",
        "-      definition: first}",
        "+   # mine",
        "+   - {term: One, definition: 1st}",
    ]


def test_a_text_of_several_lines_goes_below_a_bar(tmp_path: Path) -> None:
    assert changed(tmp_path, "sigkill", definition="Ends it.\n\nNow.") == [
        "-         'SIGKILL':   Ends it   # at once",
        "+         'SIGKILL': |   # at once",
        "+           Ends it.",
        "+ ",
        "+           Now.",
    ]


def test_a_term_is_added_as_its_neighbours_are_written(tmp_path: Path) -> None:
    assert edited(tmp_path, SIGNALS, Add(term("SIGINT"), "Everyday")) == [
        "+         SIGINT: What it is."
    ]
    assert edited(tmp_path, SIGNALS, Add(term("SIGCONT", tags=("job",)), "job-control")) == [
        "+ ",
        "+     - term: SIGCONT",
        "+       definition: What it is.",
        "+       tags: [job]",
    ]


def test_a_new_section_is_laid_out_as_the_others(tmp_path: Path) -> None:
    assert edited(tmp_path, SIGNALS, Add(term("SIGUSR1"), "Your own")) == [
        "+ ",
        "+     Your own:",
        "+       SIGUSR1: What it is.",
    ]


def test_a_question_among_short_terms_gives_them_a_dash(tmp_path: Path) -> None:
    text = "deck: A\nentries:\n  One: first\n  Two: |\n    second\n    line\n"
    question = DraftEntry(NOWHERE, questions=(DraftQuestion("Why?", "So."),))
    assert edited(tmp_path, text, Add(question, "A")) == [
        "-   One: first",
        "+ - One: first",
        "-   Two: |",
        "+ - Two: |",
        "+ - question: Why?",
        "+   answer: So.",
    ]


def test_an_entry_takes_its_own_layout_to_another_section(tmp_path: Path) -> None:
    text = """\
deck: A
sections:
  - section: B
    entries:
      - {term: one, definition: first}
  - section: C
    entries:
    - term:  'two'  # wide
      # here
      definition: >
        second
    - three: third
"""
    assert edited(tmp_path, text, Move("two", "B")) == [
        "+ ",
        "+       - term:  'two'  # wide",
        "+         # here",
        "+         definition: >",
        "+           second",
        "-     - term:  'two'  # wide",
        "-       # here",
        "-       definition: >",
        "-         second",
    ]


FOLDER = {
    "deck.yaml": "deck: Backend  # mine\n",
    "01-caching.yaml": "section: Caching\nentries:\n  TTL: How long.\n  LRU: Which first.\n",
    "02-queues.yaml": "section: Queues\n# here\nentries:\n- FIFO: First in.\n",
}


def folder_of(folder: Path) -> Path:
    for name, text in FOLDER.items():
        write_deck(folder / "backend", text, name)
    return folder / "backend"


def files_in(path: Path) -> dict[str, str]:
    return {each.name: each.read_text() for each in sorted(path.iterdir())}


def test_an_entry_of_a_folder_moves_to_another_file(tmp_path: Path) -> None:
    path = folder_of(tmp_path)
    edit_deck(path, [Move("ttl", "Queues")])
    assert files_in(path) == FOLDER | {
        "01-caching.yaml": "section: Caching\nentries:\n  LRU: Which first.\n",
        "02-queues.yaml": FOLDER["02-queues.yaml"] + "- TTL: How long.\n",
    }


def test_a_section_of_a_folder_comes_and_goes_with_its_file(tmp_path: Path) -> None:
    path = folder_of(tmp_path)
    edit = edit_deck(path, [Move("fifo", "Dead letters")])
    assert files_in(path) == {
        "deck.yaml": FOLDER["deck.yaml"],
        "01-caching.yaml": FOLDER["01-caching.yaml"],
        "03-dead-letters.yaml": "section: Dead letters\nentries:\n  - FIFO: First in.\n",
    }
    undo_edit(edit)
    assert files_in(path) == FOLDER


def test_a_deck_with_a_fault_is_left_alone(tmp_path: Path) -> None:
    text = "deck: A\nentries:\n  One: first\n  One: again\n"
    path = write_deck(tmp_path, text)
    with pytest.raises(Faulty):
        edit_deck(path, [Add(term("Two"), "A")])
    assert files_in(tmp_path) == {path.name: text}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Add(term("sigterm"), "Everyday"), "There is `SIGTERM` already on line 5 of"),
        (Replace("sigkill", term("SIGTERM")), "There is `SIGTERM` already on line 5 of"),
        (Add(term("New", see=("nothing",)), "Everyday"), "`see` names `nothing`"),
    ],
    ids=["a term that is there", "a name that is taken", "a name that is not there"],
)
def test_what_would_be_a_fault_is_told_and_not_written(
    tmp_path: Path, change: Change, told: str
) -> None:
    path = write_deck(tmp_path, SIGNALS)
    with pytest.raises(OffhandError) as refused:
        edit_deck(path, [change])
    assert told in str(refused.value)
    assert files_in(tmp_path) == {path.name: SIGNALS}


def test_an_entry_that_is_not_there_cannot_be_changed(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        edit_deck(write_deck(tmp_path, SIGNALS), [Remove("sighup")])


def test_the_last_entry_of_a_deck_stays(tmp_path: Path) -> None:
    path = write_deck(tmp_path, "deck: A\nentries:\n  One: first\n")
    with pytest.raises(OffhandError, match="without cards"):
        edit_deck(path, [Remove("one")])


def test_an_undo_keeps_what_was_written_since(tmp_path: Path) -> None:
    path = write_deck(tmp_path, SIGNALS)
    edit = edit_deck(path, [Remove("sigterm")])
    path.write_text("mine now")
    with pytest.raises(OffhandError, match="changed meanwhile"):
        undo_edit(edit)
    assert path.read_text() == "mine now"


def test_a_link_stays_a_link_and_the_rights_stay(tmp_path: Path) -> None:
    real = write_deck(tmp_path, SIGNALS, "real.yaml")
    real.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(real)
    edit_deck(link, [Remove("sigterm")])
    assert (link.is_symlink(), real.stat().st_mode & 0o777) == (True, 0o640)
    assert [entry.term for entry in read_draft(real).entries] == ["SIGKILL", "SIGSTOP"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = write_deck(tmp_path, SIGNALS)
    tmp_path.chmod(0o500)
    with pytest.raises(OffhandError, match="cannot be changed"):
        edit_deck(path, [Remove("sigterm")])
    tmp_path.chmod(0o700)


def test_a_deck_without_sections_gets_them_with_the_second(tmp_path: Path) -> None:
    text = """\
deck: Signals
entries:   # all
# of them
- term: SIGTERM
  definition: |
    Asks.

    Then waits.
- SIGKILL: "Ends
  it."
"""
    path = write_deck(tmp_path, text, "sig.yaml")
    edit = edit_deck(path, [Add(term("SIGSTOP"), "Job control")])
    assert (
        path.read_text()
        == """\
deck: Signals
sections:
  - section: Signals
    id: sig
    entries:   # all
    # of them
    - term: SIGTERM
      definition: |
        Asks.

        Then waits.
    - SIGKILL: "Ends
      it."

  - section: Job control
    entries:
      SIGSTOP: What it is.
"""
    )
    undo_edit(edit)
    assert path.read_text() == text
