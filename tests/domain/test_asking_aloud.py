"""A term asked aloud: the sentences of its definition are its key points."""

from pathlib import Path

import pytest

from offhand.domain.asking_aloud import points_to_say, prompt_aloud
from offhand.domain.card import Card, CardKind, Place


def card(answer: str, kind: CardKind = CardKind.TERM, points: tuple[str, ...] = ()) -> Card:
    return Card("d/e/term", kind, "d/e", "Quorum", answer, Place(Path("d.yaml")), points=points)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("One. Two!  Is it\nthree?", ("One.", "Two!", "Is it three?")),
        ("Ends at 3.5 s, e.g. Here. And so on", ("Ends at 3.5 s, e.g. Here.", "And so on")),
        ("A list:\n\n- first item\n- second item", ("A list:", "first item", "second item")),
        ("1. open it\n2. close it", ("open it", "close it")),
        ("缓存没有。数据库也没有。", ("缓存没有。", "数据库也没有。")),
        ("Run:\n\n```sh\nkill -9. Now.\n```\n\nThen wait.", ("Run:", "Then wait.")),
        ("```\nonly code\n```", ("``` only code ```",)),
        ("S. S. S. ... x", ("S. S. S. ... x",)),
        ("1. One. 2", ("One.", "2")),
        ("A b. " * 9, ("A b.",) * 6),
        ("", ()),
    ],
)
def test_the_sentences_of_a_definition_are_its_points(answer: str, points: tuple[str, ...]) -> None:
    assert points_to_say(card(answer)) == points


def test_points_of_its_own_go_before() -> None:
    assert points_to_say(card("One. Two.", CardKind.QUESTION, ("p",))) == ("p",)


def test_a_term_is_to_be_explained_and_a_question_put_as_it_is() -> None:
    assert prompt_aloud(card("x")) == "Explain: Quorum"
    assert prompt_aloud(card("x", CardKind.QUESTION)) == "Quorum"
