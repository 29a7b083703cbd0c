"""Every kind of entry, and the cards made from it."""

from dataclasses import replace
from pathlib import Path

from deck_files import NAME, cards_of, read
from offhand.domain.card import Card, CardKind, Entry, Level, Option, Place

FULL = """\
deck: Resilience
id: res
entries:
  - term: Circuit breaker
    id: breaker
    definition: |
      A proxy that fails calls at once, past a threshold.

      It probes after a pause.
    reverse: A guard that stops calling for a while.
    aliases: [breaker, fuse]
    level: mid
    tags: [resilience]
    sources: ["Nygard, Release It!"]
    see: [Timeout]
    questions:
      - question: When would you not?
        answer: When failure is cheap.
        points:
          - no fallback
          - low traffic
        level: senior
      - question: What is half-open?
        id: half
        answer: The probing state.
    choices:
      - question: The next call?
        right: It is a probe.
        wrong:
          It fails: That is open.
          It waits: That is a bulkhead.
        why: To test recovery.
        level: junior
      - question: Who counts?
        right: The proxy.
        wrong: [The callee., The caller.]
    cloze:
      - "It goes from half-open to {{open}} or {{closed::the good one}}."
      - "Three states: {{c1::open}}, {{c1::closed}} and {{c2::half-open}}."
    contrast:
      - with: Rate limiting
        difference: It protects the callee.
      - with: A bulkhead
        id: bulkhead
        difference: It separates pools.
  - term: Timeout
    definition: A longest wait.
"""


def test_an_entry_with_everything_makes_a_card_of_each_part(tmp_path: Path) -> None:
    deck = read(tmp_path, FULL)
    path = tmp_path / NAME
    definition = "A proxy that fails calls at once, past a threshold.\n\nIt probes after a pause."

    def card(way: str, kind: CardKind, prompt: str, answer: str, line: int, column: int) -> Card:
        return Card(
            key=f"res/breaker/{way}",
            kind=kind,
            entry="res/breaker",
            prompt=prompt,
            answer=answer,
            place=Place(path, line, column),
            aliases=("breaker", "fuse"),
            sources=("Nygard, Release It!",),
            tags=("resilience",),
            level=Level.MID,
        )

    expected = [
        card("term", CardKind.TERM, "Circuit breaker", definition, 4, 5),
        card(
            "reverse",
            CardKind.REVERSE,
            "A guard that stops calling for a while.",
            "Circuit breaker",
            4,
            5,
        ),
        replace(
            card(
                "question-when-would-you-not",
                CardKind.QUESTION,
                "When would you not?",
                "When failure is cheap.",
                17,
                9,
            ),
            points=("no fallback", "low traffic"),
            level=Level.SENIOR,
        ),
        card("question-half", CardKind.QUESTION, "What is half-open?", "The probing state.", 23, 9),
        replace(
            card(
                "choice-the-next-call", CardKind.CHOICE, "The next call?", "It is a probe.", 27, 9
            ),
            options=(
                Option("It is a probe.", True, "To test recovery."),
                Option("It fails", False, "That is open."),
                Option("It waits", False, "That is a bulkhead."),
            ),
            level=Level.JUNIOR,
        ),
        replace(
            card("choice-who-counts", CardKind.CHOICE, "Who counts?", "The proxy.", 34, 9),
            options=(
                Option("The proxy.", True),
                Option("The callee.", False),
                Option("The caller.", False),
            ),
        ),
        card(
            "cloze-open",
            CardKind.CLOZE,
            "It goes from half-open to […] or closed.",
            "open",
            38,
            9,
        ),
        card(
            "cloze-closed",
            CardKind.CLOZE,
            "It goes from half-open to open or [the good one].",
            "closed",
            38,
            9,
        ),
        card(
            "cloze-open-2",
            CardKind.CLOZE,
            "Three states: […], […] and half-open.",
            "open, closed",
            39,
            9,
        ),
        card(
            "cloze-half-open",
            CardKind.CLOZE,
            "Three states: open, closed and […].",
            "half-open",
            39,
            9,
        ),
        card(
            "contrast-rate-limiting",
            CardKind.CONTRAST,
            "What tells **Circuit breaker** from **Rate limiting**?",
            "It protects the callee.",
            41,
            9,
        ),
        card(
            "contrast-bulkhead",
            CardKind.CONTRAST,
            "What tells **Circuit breaker** from **A bulkhead**?",
            "It separates pools.",
            43,
            9,
        ),
    ]
    breaker, timeout = deck.sections[0].entries
    assert [replace(made, rest="") for made in breaker.cards] == expected
    assert replace(breaker, cards=()) == Entry(
        "breaker",
        Place(path, 4, 5),
        names=("Circuit breaker", "breaker", "fuse"),
        see=(("Timeout", Place(path, 15, 11)),),
    )
    assert (timeout.id, timeout.names, timeout.see) == ("timeout", ("Timeout",), ())


def test_every_card_of_an_entry_is_known_by_a_rest_of_its_own(tmp_path: Path) -> None:
    rests = [card.rest for card in cards_of(read(tmp_path, FULL)).values()]
    assert len(set(rests)) == len(rests) == 13


def test_the_short_form_takes_all_fields_below_its_term(tmp_path: Path) -> None:
    short = """\
    deck: A
    entries:
      TTL:
        definition: A time.
        reverse: true
        level: junior
      NAT: |
        Two lines
        of text.
    """
    long = """\
    deck: A
    entries:
      - term: TTL
        definition: A time.
        reverse: true
        level: junior
      - term: NAT
        definition: "Two lines\\nof text."
    """
    there = Place(tmp_path)
    one, other = (
        [replace(card, place=there) for card in cards_of(read(tmp_path, text)).values()]
        for text in (short, long)
    )
    assert one == other


def test_one_question_choice_cloze_or_contrast_needs_no_list(tmp_path: Path) -> None:
    deck = read(
        tmp_path,
        """\
        deck: A
        entries:
          - term: TTL
            definition: A time.
            aliases: time to live
            questions: {question: Why?, answer: So.}
            choices: {question: Which?, right: This., wrong: That.}
            cloze: "{{64}} hops"
            contrast: {with: Lease, difference: A right.}
        """,
    )
    assert [key.removeprefix("things/ttl/") for key in cards_of(deck)] == [
        "term",
        "question-why",
        "choice-which",
        "cloze-64",
        "contrast-lease",
    ]
    assert cards_of(deck)["things/ttl/term"].aliases == ("time to live",)


def test_a_question_may_be_an_entry_of_its_own(tmp_path: Path) -> None:
    deck = read(
        tmp_path,
        """\
        deck: A
        entries:
          - question: Why does `fsync` lie?
            answer: The drive's cache.
            points: [cache]
            level: senior
            tags: [disk]
            aliases: [fsync]
            sources: [fsync(2)]
            see: [second]
          - question: Second?
            id: second
            answer: Yes.
        """,
    )
    path = tmp_path / NAME
    first, second = deck.sections[0].entries
    assert first == Entry(
        "why-does-fsync-lie",
        Place(path, 3, 5),
        ("Why does `fsync` lie?",),
        (("second", Place(path, 10, 11)),),
        (
            Card(
                key="things/why-does-fsync-lie/question",
                kind=CardKind.QUESTION,
                entry="things/why-does-fsync-lie",
                prompt="Why does `fsync` lie?",
                answer="The drive's cache.",
                place=Place(path, 3, 5),
                rest=first.cards[0].rest,
                points=("cache",),
                aliases=("fsync",),
                sources=("fsync(2)",),
                tags=("disk",),
                level=Level.SENIOR,
            ),
        ),
    )
    assert [card.key for card in second.cards] == ["things/second/question"]


def test_a_choice_may_be_an_entry_of_its_own(tmp_path: Path) -> None:
    deck = read(
        tmp_path,
        """\
        deck: A
        entries:
          - question: Which port is HTTPS?
            right: '443'
            wrong: ['80', '8080']
            why: RFC 9110.
            level: junior
        """,
    )
    (card,) = cards_of(deck).values()
    assert card == Card(
        key="things/which-port-is-https/choice",
        kind=CardKind.CHOICE,
        entry="things/which-port-is-https",
        prompt="Which port is HTTPS?",
        answer="443",
        place=Place(tmp_path / NAME, 3, 5),
        rest=card.rest,
        options=(
            Option("443", True, "RFC 9110."),
            Option("80", False),
            Option("8080", False),
        ),
        level=Level.JUNIOR,
    )


def test_sentences_with_holes_may_be_an_entry_of_their_own(tmp_path: Path) -> None:
    deck = read(
        tmp_path,
        """\
        deck: A
        entries:
          - cloze: "{{502}} is Bad Gateway, {{503}} is Service Unavailable."
          - cloze: ["{{SIGKILL}} is 9.", "{{SIGTERM}} is 15."]
            id: signals
            tags: [linux]
        """,
    )
    cards = cards_of(deck)
    entry = "502-is-bad-gateway-503-is-service-unavailable"
    assert [(key, card.prompt, card.answer, card.tags) for key, card in cards.items()] == [
        (
            f"things/{entry}/cloze-502",
            "[…] is Bad Gateway, 503 is Service Unavailable.",
            "502",
            (),
        ),
        (
            f"things/{entry}/cloze-503",
            "502 is Bad Gateway, […] is Service Unavailable.",
            "503",
            (),
        ),
        ("things/signals/cloze-sigkill", "[…] is 9.", "SIGKILL", ("linux",)),
        ("things/signals/cloze-sigterm", "[…] is 15.", "SIGTERM", ("linux",)),
    ]
    assert deck.sections[0].entries[0].names == ("502 is Bad Gateway, 503 is Service Unavailable.",)


def test_cards_of_one_way_are_numbered(tmp_path: Path) -> None:
    deck = read(
        tmp_path, 'deck: A\nentries:\n  - cloze: "{{one}} and {{one}} and {{ONE}}"\n    id: x\n'
    )
    assert list(cards_of(deck)) == [
        "things/x/cloze-one",
        "things/x/cloze-one-2",
        "things/x/cloze-one-3",
    ]


def test_a_term_with_markup_and_signs_stays_as_it_was_written(tmp_path: Path) -> None:
    deck = read(
        tmp_path,
        """\
        deck: "[bold]A[/]"
        entries:
          "list[int]": "[/] $x [b]"
          "`git add -p`": "*picks* hunks: a # b"
          毛刺: שלום
        """,
    )
    assert deck.title == "[bold]A[/]"
    assert [(c.key, c.prompt, c.answer) for c in cards_of(deck).values()] == [
        ("things/list-int/term", "list[int]", "[/] $x [b]"),
        ("things/git-add-p/term", "`git add -p`", "*picks* hunks: a # b"),
        ("things/毛刺/term", "毛刺", "שלום"),
    ]


def test_words_that_differ_by_an_accent_a_voicing_or_a_vowel_sign_are_entries_of_their_own(
    tmp_path: Path,
) -> None:
    deck = read(
        tmp_path,
        "deck: A\nentries: {schon: a, schön: b, かき: c, かぎ: d, दिन: e, दान: f, ma: g, mã: h}\n",
    )
    assert [entry.id for entry in deck.sections[0].entries] == [
        *("schon", "schön", "かき", "かぎ", "दिन", "दान", "ma", "mã")
    ]


def test_see_finds_an_entry_by_term_alias_or_id_however_it_is_spelt(tmp_path: Path) -> None:
    deck = read(
        tmp_path,
        """\
        deck: A
        entries:
          - term: Write-ahead Log
            id: WAL
            aliases: [redo log]
            definition: Appended before.
          - term: Recovery
            definition: Replays the log.
            see: [WAL, wal, write\u2011ahead log, REDO LOG]
        """,
    )
    assert [entry.id for entry in deck.sections[0].entries] == ["WAL", "recovery"]


def test_a_term_goes_before_the_alias_of_another_entry_when_see_names_it(tmp_path: Path) -> None:
    # Were it the alias, the entry would build on itself.
    deck = read(
        tmp_path,
        """\
        deck: A
        entries:
          - {term: Breaker, definition: a}
          - {term: Circuit breaker, aliases: [breaker], definition: b, see: [Breaker]}
        """,
    )
    assert len(deck.sections[0].entries) == 2
