from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deck_files import write_deck
from offhand.domain.card import Card, CardKind, Entry, Option, Place, Section
from offhand.formats.style.check import check_style
from offhand.formats.yaml.deck import read_deck
from offhand.resources import shipped


def style_of(folder: Path, text: str) -> list[str]:
    """What the linter says of a deck, each as `line:column: what mend`."""
    path = write_deck(folder, text)
    faults = check_style(read_deck(path).sections)
    return [str(fault).removeprefix(f"{path}:") for fault in faults]


def style_of_entry(folder: Path, *lines: str) -> list[str]:
    """The same of one entry, which stands on line 3 from column 5 on."""
    return style_of(folder, "\n".join(["deck: D", "entries:", *(f"  {line}" for line in lines)]))


def test_the_shipped_deck_is_clean():
    assert [str(fault) for fault in check_style(read_deck(shipped("decks/backend")).sections)] == []


REPEATS = "Say what it is in other words."


def test_a_definition_that_repeats_its_term_is_named(tmp_path: Path):
    assert style_of_entry(
        tmp_path,
        "Circuit breaker: Some circuit breakers stop calls to a sick service.",
        "Deadlock: Two wait for each other. Only a third can end a deadlock.",
        "radio: radio",
    ) == [
        f"3:3: The definition repeats its term, `Circuit breaker`. {REPEATS}",
        f"4:3: The definition repeats its term, `Deadlock`. {REPEATS}",
        f"5:3: The definition repeats its term, `radio`. {REPEATS}",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Circuit breaker: Stops calls to a sick service, as a fuse breaks an electric circuit."],
        ["Blocking / Non-blocking: A blocking call waits; a non-blocking one returns at once."],
        ["TCP: The Transmission Control Protocol, a stream without gaps."],
        ["Haus: |", "  house", "", "  Das Haus ist alt."],
        ["fsync: |", "  Forces a file to the disk, as in `fsync(fd)`."],
        ["if: Runs a block if a condition holds."],
        ["缓存: 把常用的数据放在离使用者近的地方。"],
    ],
    ids=["one word of two", "pair", "abbreviation", "example", "code", "small word", "Chinese"],
)
def test_a_definition_in_other_words_is_left_alone(tmp_path: Path, lines: list[str]):
    assert style_of_entry(tmp_path, *lines) == []


def test_a_repeated_term_is_seen_in_a_script_without_spaces(tmp_path: Path):
    assert style_of_entry(tmp_path, "缓存: 缓存是一种快速的存储。") == [
        f"3:3: The definition repeats its term, `缓存`. {REPEATS}"
    ]


DESCRIBE = "Write `reverse:` with a prompt that describes it in other words."


@pytest.mark.parametrize(
    ("term", "reverse", "named"),
    [
        ("Load balancing", "How is a load kept in balance over many servers?", "Load balancing"),
        ("Gray release", "A canary sees the new build first. What is that?", "canary"),
        ("Flow / Congestion control", "Which flow of data spares the receiver?", "Flow"),
        ("Spike (毛刺)", "What are short spikes called?", "Spike"),
    ],
    ids=["words in another order", "alias", "half of a pair", "aside"],
)
def test_a_reverse_prompt_that_names_its_answer_is_named(
    tmp_path: Path, term: str, reverse: str, named: str
):
    assert style_of_entry(
        tmp_path,
        f"- term: {term}",
        "  definition: Something else.",
        "  aliases: [canary]",
        f"  reverse: {reverse}",
    ) == [f"3:5: The prompt of the reverse card gives its answer away: `{named}`. {DESCRIBE}"]


def test_a_definition_that_serves_as_prompt_may_not_name_half_of_a_pair(tmp_path: Path):
    assert style_of_entry(
        tmp_path,
        "- term: Push / Pull",
        "  definition: Push sends at once; pull asks now and then.",
        "  reverse: true",
    ) == [f"3:5: The prompt of the reverse card gives its answer away: `Push`. {DESCRIBE}"]


def test_a_repeated_term_is_named_once_where_the_definition_is_the_prompt_too(tmp_path: Path):
    assert style_of_entry(
        tmp_path, "- term: Cache", "  definition: A cache keeps copies.", "  reverse: true"
    ) == [f"3:5: The definition repeats its term, `Cache`. {REPEATS}"]


def test_a_reverse_prompt_may_share_a_word_with_its_answer(tmp_path: Path):
    assert (
        style_of_entry(
            tmp_path,
            "- term: Load balancing",
            "  definition: Spreading work.",
            "  reverse: Which practice spreads load over many servers?",
        )
        == []
    )


@pytest.mark.parametrize(
    ("question", "answer", "named"),
    [
        ("Which lock does a mutex take?", "A mutex.", "A mutex."),
        ("Why is a stateless service easy to scale?", "stateless", "stateless"),
    ],
)
def test_a_question_that_gives_its_answer_away_is_named(
    tmp_path: Path, question: str, answer: str, named: str
):
    assert style_of_entry(tmp_path, f"- question: {question}", f"  answer: {answer}") == [
        f"3:5: The question gives its answer away: `{named}`. Ask without naming it."
    ]


def test_a_choice_that_gives_its_answer_away_is_named(tmp_path: Path):
    assert style_of_entry(
        tmp_path,
        "- question: Which status does a bad gateway send?",
        "  right: Bad Gateway",
        "  wrong: {Service Unavailable: That is overload., Not Found: That is the client's.}",
    ) == ["3:5: The question gives its answer away: `Bad Gateway`. Ask without naming it."]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which is without a connection, TCP or UDP?", "UDP"),
        ("Of TCP, UDP and SCTP, which has no connection?", "TCP"),
        ("Which is older: the tree/the list?", "the tree"),
        ("Of 3 nodes 1 fails. How many are the others together, less 1?", "1"),
        ("What does `print(None)` print?", "None"),
        ("Does a mutex help?", "No, a mutex would only hide it, and it costs a system call."),
        ("同步还是异步？", "异步"),
    ],
    ids=["or", "of three", "slash", "number", "code", "long", "Chinese"],
)
def test_a_question_that_names_its_answer_for_a_reason_is_left_alone(
    tmp_path: Path, question: str, answer: str
):
    assert style_of_entry(tmp_path, f'- question: "{question}"', f'  answer: "{answer}"') == []


AGAIN = "Ask for what only this card answers, or delete one of the two."


def test_two_cards_with_the_same_prompt_are_named(tmp_path: Path):
    assert style_of(
        tmp_path,
        """\
        deck: D
        sections:
          One:
            - question: Which port does it use?
              id: first
              answer: "443"
            - term: Bank
              definition: An institution.
              reverse: Where does one go?
          Two:
            - question: which  port does it use?
              answer: "80"
            - term: Shore
              definition: A strip of land.
              reverse: Where does one go?
        """,
    ) == [
        f"11:7: This card's prompt is that of line 4 again. {AGAIN}",
        f"13:7: This card's prompt is that of line 7 again. {AGAIN}",
    ]


def test_a_contrast_is_the_same_from_either_side(tmp_path: Path):
    assert style_of_entry(
        tmp_path,
        "- term: TCP",
        "  definition: A stream.",
        "  contrast: {with: UDP, difference: Order.}",
        "- term: UDP",
        "  definition: Single messages.",
        "  contrast: {with: TCP, difference: Order.}",
    ) == [f"8:15: This card's prompt is that of line 5 again. {AGAIN}"]


def test_the_same_prompt_in_another_file_is_named_with_its_place(tmp_path: Path):
    write_deck(tmp_path, "deck: D\n", "deck.yaml")
    first = write_deck(tmp_path, "section: A\nentries:\n  - {question: q, answer: a}\n", "01.yaml")
    text = "section: B\nentries:\n  - {question: q, answer: b, id: other}\n"
    second = write_deck(tmp_path, text, "02.yaml")
    assert [str(fault) for fault in check_style(read_deck(tmp_path).sections)] == [
        f"{second}:3:5: This card's prompt is that of {first}:3:5 again. {AGAIN}"
    ]


def test_short_prompts_that_differ_only_in_case_are_two(tmp_path: Path):
    assert (
        style_of_entry(
            tmp_path,
            "- {term: p, id: after, definition: Puts it after.}",
            "- {term: P, id: before, definition: Puts it before.}",
        )
        == []
    )


def words_of(count: int) -> str:
    return " ".join(f"word{n}" for n in range(count))


@pytest.mark.parametrize(
    ("lines", "most", "mend"),
    [
        (["- A: {}"], 60, "Shorten it, or split the card in two."),
        (
            ["- question: q", "  answer: {}"],
            60,
            "Shorten it, split the card in two, or give it the `points:` that a good answer has.",
        ),
        (
            ["- question: q", "  answer: {}", "  points: [word0, word1, word2]"],
            150,
            "Keep to what the key points need.",
        ),
        (
            ["- question: q", "  right: {}", "  wrong: {{w: because}}"],
            30,
            "Shorten it; put what explains it under `why:`.",
        ),
    ],
    ids=["definition", "answer", "model answer", "option"],
)
def test_an_answer_over_its_length_is_named(tmp_path: Path, lines: list[str], most: int, mend: str):
    fitting = [line.format(words_of(most)) for line in lines]
    assert style_of_entry(tmp_path, *fitting) == []
    too_long = [line.format(words_of(most + 1)) for line in lines]
    assert style_of_entry(tmp_path, *too_long) == [
        f"3:5: The answer has {most + 1} words; {most} are the most. {mend}"
    ]


def test_a_long_hole_is_named(tmp_path: Path):
    assert style_of_entry(tmp_path, f'- cloze: "Two things before {{{{{words_of(16)}}}}}."') == [
        "3:12: The answer has 16 words; 15 are the most. Ask for less in one hole."
    ]


@pytest.mark.parametrize(("characters", "faults"), [(120, 0), (121, 1)])
def test_a_text_without_spaces_is_measured_by_its_characters(
    tmp_path: Path, characters: int, faults: int
):
    assert len(style_of_entry(tmp_path, f"术语: {'字' * characters}")) == faults


SPLIT = "Split it into cards, or group the list; a cloze with a hole for each works well."


@pytest.mark.parametrize(
    "answer",
    [
        "|\n      - one\n      - two\n      - three\n      - four\n      - five\n      - six",
        "The layers are physical, data link, network, transport, session and application.",
        "红、橙、黄、绿、青、蓝",
    ],
    ids=["list", "sentence", "Chinese"],
)
def test_a_list_of_more_than_five_is_named(tmp_path: Path, answer: str):
    assert style_of_entry(tmp_path, "- question: Which?", f"  answer: {answer}") == [
        f"3:5: The answer lists 6 things; nobody checks more than 5 at once. {SPLIT}"
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "|\n      - one\n      - two\n      - three\n      - four\n      - five",
        "When it fails, retry, log, alert, drop or give up.",
        "One, two and three first; then come four, five and six.",
    ],
    ids=["five", "introduction", "two lists"],
)
def test_a_list_of_five_is_left_alone(tmp_path: Path, answer: str):
    assert style_of_entry(tmp_path, "- question: Which?", f"  answer: {answer}") == []


SAY = "Say it in the answer, or name the point with the answer's own words."


def test_a_key_point_that_the_model_answer_does_not_say_is_named(tmp_path: Path):
    assert style_of_entry(
        tmp_path,
        "- question: When not?",
        "  answer: When there is no fallback, and when little traffic never fills the window.",
        "  points:",
        "    - nothing gained at all",
        "    - low traffic never fills windows",
        "    - a shard is hidden",
    ) == [
        f"3:5: The model answer does not say the key point `nothing gained at all`. {SAY}",
        f"3:5: The model answer does not say the key point `a shard is hidden`. {SAY}",
    ]


def test_a_key_point_may_bend_the_answers_words(tmp_path: Path):
    assert (
        style_of_entry(
            tmp_path,
            "- question: What then?",
            "  answer: Isolate what is degrading, retry twice, and watch 4,000 connections.",
            "  points: [isolation of the degraded, retries, 4000 connected]",
        )
        == []
    )


def test_key_points_are_compared_in_a_script_without_spaces(tmp_path: Path):
    said = style_of_entry(
        tmp_path,
        "- question: 怎么办？",
        "  answer: 先限流，再扩容，最后回滚到上一个版本。",
        "  points: [限流, 扩容, 通知用户]",
    )
    assert said == [f"3:5: The model answer does not say the key point `通知用户`. {SAY}"]


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, ["1 key point; 3 to 6 can be ticked off. Say what else a good answer must say."]),
        (2, ["2 key points; 3 to 6 can be ticked off. Say what else a good answer must say."]),
        (3, []),
        (6, []),
        (7, ["7 key points; 3 to 6 can be ticked off. Join some, or split the card."]),
    ],
)
def test_key_points_are_three_to_six(tmp_path: Path, count: int, said: list[str]):
    lines = ["- question: q", f"  answer: {words_of(9)}", f"  points: [{words_of(count)}]"]
    lines[2] = lines[2].replace(" word", ", word").replace(":,", ":")
    assert style_of_entry(tmp_path, *lines) == [f"3:5: The answer has {each}" for each in said]


def choices(*lengths: tuple[int, ...]) -> list[str]:
    """A choice for each group of lengths, the right option's first."""
    lines = []
    for number, (right, *wrong) in enumerate(lengths):
        lines += [f"- question: Which is it of group {number}?", f"  right: {'x' * right}"]
        lines += ["  wrong:"]
        lines += [
            f"    {letter * length}: because" for letter, length in zip("ab", wrong, strict=False)
        ]
    return lines


def test_a_right_option_that_is_mostly_the_longest_is_named(tmp_path: Path):
    given_away = choices((9, 5, 5), (12, 5, 6), (7, 6, 6), (8, 4, 5), (8, 4, 9))
    others = "line 3; line 18; line 13 come next"
    mend = f"Shorten it, or make a wrong one as long, here and elsewhere ({others})."
    assert style_of_entry(tmp_path, *given_away) == [
        f"8:5: In 4 of the deck's 5 choices the right option is the longest. {mend}"
    ]


@pytest.mark.parametrize(
    "lengths",
    [
        [(9, 5, 5), (9, 5, 5), (9, 5, 5)],
        [(9, 5, 5), (9, 5, 5), (5, 9, 5), (5, 9, 5)],
        [(9, 9, 5), (9, 9, 5), (9, 9, 5), (9, 9, 5)],
        [(9, 5), (9, 5), (9, 5), (5, 9), (5, 9)],
    ],
    ids=["too few to tell", "half", "as long as another", "no more than chance"],
)
def test_right_options_of_usual_length_are_left_alone(
    tmp_path: Path, lengths: list[tuple[int, ...]]
):
    assert style_of_entry(tmp_path, *choices(*lengths)) == []


REASON = "Write the reason behind the option: `option: reason`."


def test_a_wrong_option_without_a_reason_is_named(tmp_path: Path):
    assert style_of_entry(
        tmp_path,
        "- question: Which is it?",
        "  right: this",
        "  wrong: {that: It is not., other: ''}",
    ) == [f"3:5: No reason tells why `other` is wrong. {REASON}"]


MORE = "Write more of the sentence, or a hint: `{{hole::hint}}`."


@pytest.mark.parametrize("sentence", ["{{TCP}}", "It is {{TCP}}.", "A {{mutex}} locks."])
def test_a_cloze_with_nothing_to_go_by_is_named(tmp_path: Path, sentence: str):
    answer = sentence[sentence.index("{{") + 2 : sentence.index("}}")]
    assert style_of_entry(tmp_path, f'- cloze: "{sentence}"') == [
        f"3:12: Around the hole `{answer}` there is nothing left to go by. {MORE}"
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "{{502}} is Bad Gateway.",
        "E = {{mc²}}",
        "{{Paris::capital of France}}",
        "The capital of France is {{Paris}}.",
        "巴黎是{{法国}}的首都。",
    ],
    ids=["two words", "formula", "hint", "sentence", "Chinese"],
)
def test_a_cloze_with_enough_around_its_hole_is_left_alone(tmp_path: Path, sentence: str):
    assert style_of_entry(tmp_path, f'- cloze: "{sentence}"') == []


ONCE = "Say it once, or number both holes alike: `{{c1::…}}`."


@pytest.mark.parametrize(
    ("sentence", "hole"),
    [
        ("A {{mutex}} is a lock; no two threads hold one mutex.", "mutex"),
        ("A half-open breaker turns {{open}} again when a probe finds the open state.", "open"),
        ("Every {{c1::read}} of a {{c1::leader}} reads what was written last.", "read"),
        ("The answer comes after {{100::100 or more}} requests.", "100"),
    ],
    ids=["same word", "compound", "one of two holes", "hint"],
)
def test_a_hole_whose_word_stands_elsewhere_is_named(tmp_path: Path, sentence: str, hole: str):
    assert style_of_entry(tmp_path, f'- cloze: "{sentence}"') == [
        f"3:12: The sentence says `{hole}` outside its hole as well. {ONCE}"
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Of the two answers, present and absent, only {{absent}} is certain.",
        "{{c1::Open}} breakers refuse calls until they are half-{{c1::open}}.",
        "He lives {{in}} a house in London.",
        "A {{lock}} blocks whoever comes second.",
    ],
    ids=["offered", "asked together", "small word", "part of a word"],
)
def test_a_hole_whose_word_stands_elsewhere_for_a_reason_is_left_alone(
    tmp_path: Path, sentence: str
):
    assert style_of_entry(tmp_path, f'- cloze: "{sentence}"') == []


def test_what_is_found_comes_in_reading_order(tmp_path: Path):
    lines = style_of_entry(
        tmp_path,
        "- {question: Which lock is a mutex?, answer: a mutex}",
        "- cache: A cache.",
        "- {question: Which lock is a mutex?, answer: a mutex, id: again}",
    )
    assert [line.split(":")[0] for line in lines] == ["3", "4", "5", "5"]


PLACE = Place(Path("deck.yaml"))
TEXTS = st.text(alphabet=st.sampled_from("ab e.,;:/`*-[]{}()\n…1=字、か あé's"), max_size=40)


@st.composite
def cards(draw: st.DrawFn) -> Card:
    options = tuple(Option(draw(TEXTS), right, draw(TEXTS)) for right in (True, False, False))
    return Card(
        key=draw(st.sampled_from(["d/e/a", "d/e/b", "d/e/c"])),
        kind=draw(st.sampled_from(CardKind)),
        entry="d/e",
        prompt=draw(TEXTS),
        answer=draw(TEXTS),
        place=PLACE,
        points=tuple(draw(st.lists(TEXTS, max_size=3))),
        options=options,
        aliases=tuple(draw(st.lists(TEXTS, max_size=2))),
    )


@given(st.lists(cards(), max_size=5))
def test_any_text_is_judged_with_a_way_to_mend_it(cards: list[Card]):
    section = Section("s", "S", PLACE, (Entry("e", PLACE, (), (), tuple(cards)),))
    assert [fault for fault in check_style([section]) if not (fault.what and fault.mend)] == []


def test_a_huge_card_is_judged_at_once():
    for sign in ("a", "`", "! ", "/", ", a", "字", "- a\n"):
        text = sign * 50_000
        card = Card("d/e/a", CardKind.QUESTION, "d/e", f"a {text}", text, PLACE, points=("a",) * 3)
        hole = Card("d/e/b", CardKind.CLOZE, "d/e", f"a […] {text}", "a", PLACE)
        section = Section("s", "S", PLACE, (Entry("e", PLACE, (), (), (card, hole)),))
        assert check_style([section])
