"""Cards are found by words and figures, in the order that was asked for."""

from datetime import timedelta

import pytest

from learner import answer_all
from offhand.domain.card import Scope
from offhand.domain.event import Grade, Mark
from offhand.domain.listing import Sort
from offhand.study.answering import mark
from offhand.study.browsing import lines, move_all
from offhand.study.desk import Desk
from offhand.study.finding import Finder, find_cards, open_finder, query_of
from support import Home, deck_of

_CACHES = """\
deck: Caches
id: caches
sections:
  Reading:
    Cached reads: Come from a store that is near.
    A store: Where the cache is kept.
    Cache: A fast copy.
    Why is one cache slower than none at times?: It has to be asked first.
  Write-back "late":
    Dirty page: Not yet in the store behind the cache.
"""


def prompts(desk: Desk, text: str, **how: object) -> list[str]:
    """The prompts that a query finds, in order."""
    numbers = find_cards(desk, text, **how).numbers  # type: ignore[arg-type]
    listed = lines(desk, numbers)
    return [listed[number].prompt for number in numbers]


def test_the_prompt_with_the_word_comes_first_and_the_shortest_of_them(home: Home) -> None:
    desk = home.open({"caches.yaml": _CACHES})
    assert prompts(desk, "cache") == [
        "Cache",
        "Why is one cache slower than none at times?",
        "Cached reads",
        "A store",
        "Dirty page",
    ]
    assert prompts(desk, "cache", reverse=True) == prompts(desk, "cache")[::-1]
    assert prompts(desk, "cache", sort=Sort.DECK)[:2] == ["Cached reads", "A store"]


def test_nothing_typed_lists_all_in_the_order_of_the_decks(home: Home) -> None:
    desk = home.open({"a.yaml": deck_of(2, title="First"), "b.yaml": deck_of(2, title="Second")})
    found = find_cards(desk, " ")
    listed = lines(desk, found.numbers)
    assert [listed[number].id for number in found.numbers] == [
        "a/term-1/term",
        "a/term-2/term",
        "b/term-1/term",
        "b/term-2/term",
    ]
    assert (found.total, found.sort, found.complete) == (4, Sort.DECK, True)


def test_a_section_or_a_tag_that_there_is_not_is_named_when_nothing_is_found(home: Home) -> None:
    desk = home.open({"caches.yaml": _CACHES})

    def hints(text: str) -> tuple[str, ...]:
        return find_cards(desk, text).hints

    assert hints("section:readin cache") == ()
    assert hints("section:x cache") == ("There is no section with “x” in its title.",)
    assert hints("deck:Redis") == ("There is no deck with “redis” in its title.",)
    assert hints("tag:net::tcp cache") == ("There is no tag that begins with “net tcp”.",)
    assert hints("-section:x -tag:y") == hints("section:reading zebra") == ()


def test_conditions_and_words_must_all_be_met(home: Home) -> None:
    desk = home.open({"caches.yaml": _CACHES}, new_per_day=2)
    answer_all(desk, Grade.WRONG)
    mark(desk, "caches/a-store/term", Mark.FLAG)
    assert prompts(desk, "is:new cache", sort=Sort.DECK) == [
        "Cache",
        "Why is one cache slower than none at times?",
        "Dirty page",
    ]
    assert prompts(desk, "-is:new") == ["Cached reads", "A store"]
    assert prompts(desk, "is:flagged store") == ["A store"]
    assert prompts(desk, "due<=1") == ["Cached reads", "A store"]
    assert prompts(desk, "section:back cache") == ["Dirty page"]
    assert prompts(desk, "-section:reading -is:new") == []
    assert prompts(desk, 'deck:cach -"cache"') == ["Cached reads"]


def test_cards_stand_in_the_order_of_a_figure(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(4)}, new_per_day=3)
    answer_all(desk, Grade.PERFECT, Grade.HARD, Grade.GOOD)
    move_all(desk, ["numbers/term-2/term"], desk.today + timedelta(days=5))
    assert prompts(desk, "term", sort=Sort.EASE) == ["term 2", "term 3", "term 1", "term 4"]
    assert prompts(desk, "", sort=Sort.EASE) == ["term 2", "term 3", "term 1", "term 4"]
    assert prompts(desk, "term", sort=Sort.DUE, reverse=True)[0] == "term 2"


def test_an_early_search_of_many_cards_says_that_it_may_have_left_some_out(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = home.open({"numbers.yaml": deck_of(30)})
    finder = Finder(desk.db, desk.today)
    assert finder.find("term", most=10) == finder.find("term")
    monkeypatch.setattr("offhand.study.finding._FEW", 20)
    early = finder.find("term", most=10)
    whole = finder.find("term")
    assert (len(early.numbers), early.complete) == (10, False)
    assert (len(whole.numbers), whole.complete) == (30, True)
    # Two letters are not looked for inside of words, and a phrase is not.
    assert finder.find("te 7", most=10).complete
    assert finder.find('"term 7"', most=10).complete
    assert not finder.find("term 7", most=10).complete
    # An order that needs all of them takes all of them.
    assert finder.find("te", Sort.DUE, most=10) == finder.find("te", Sort.DUE)
    assert finder.find("te", reverse=True, most=10).complete
    assert finder.find("is:new", most=10).complete


def test_an_early_search_that_looked_at_too_few_cards_for_a_condition_says_so(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = home.open({"numbers.yaml": deck_of(30)})
    mark(desk, "numbers/term-29/term", Mark.FLAG)
    monkeypatch.setattr("offhand.study.finding._FEW", 20)
    monkeypatch.setattr("offhand.study.finding._LOOKED_AT", 20)
    finder = Finder(desk.db, desk.today)
    early = finder.find("is:flagged te", most=5)
    assert (early.numbers, early.complete) == ([], False)
    assert len(finder.find("is:flagged te").numbers) == 1


@pytest.mark.parametrize("most", [1, 3, 1000])
@pytest.mark.parametrize("known", [False, True])
def test_an_early_search_finds_some_of_what_the_whole_one_finds_or_says_that_it_is_all(
    home: Home, monkeypatch: pytest.MonkeyPatch, most: int, known: bool
) -> None:
    entries = "".join(
        f"  Term {n}: {{definition: What stands for {n}., tags: [{'even' if n % 2 == 0 else 'odd'}]}}\n"
        for n in range(30)
    )
    desk = home.open({"d.yaml": f"deck: D\nentries:\n{entries}"}, new_per_day=7)
    answer_all(desk, Grade.PERFECT, Grade.HARD)
    words = ("", "te", "term 1", "-2", "st -te", '"term 3"', "ands")
    conditions = ("", "tag:even", "-tag:ev", "is:new", "tag:odd -is:new", "kind:term ease<2.5")
    finder = Finder(desk.db, desk.today)
    whole = {
        (text, sort, reverse): finder.find(text, sort, reverse)
        for text in (f"{word} {condition}" for word in words for condition in conditions)
        for sort in Sort
        for reverse in (False, True)
    }
    monkeypatch.setattr("offhand.study.finding._FEW", 1)
    if not known:
        finder.load(desk.today)
    for asked, found in whole.items():
        early = finder.find(*asked, most=most)
        assert early.sort is found.sort
        if early.complete:
            assert early == found
        else:
            assert set(early.numbers) <= set(found.numbers)


_LOCKS = """\
deck: Locks
entries:
  Blockchain: Grows by one block at a time.
  Row: Is held while it is written; a deadlock may come of it.
  Livelock: All go on, and nothing does.
  Locking: Takes what others then wait for.
  Queue: Works without a lock.
  Lock: One at a time.
  Uptime_wait: Nothing to do with locks, which is why it is here.
"""


def test_cards_that_have_the_word_inside_a_longer_one_come_last(home: Home) -> None:
    desk = home.open({"locks.yaml": _LOCKS})
    assert prompts(desk, "lock") == [
        *("Lock", "Locking", "Queue", "Uptime_wait"),
        *("Livelock", "Blockchain", "Row"),
    ]
    assert prompts(desk, "lock", sort=Sort.DECK) == [
        *("Blockchain", "Row", "Livelock", "Locking", "Queue", "Lock", "Uptime_wait")
    ]
    assert prompts(desk, "lock", reverse=True) == prompts(desk, "lock")[::-1]
    assert prompts(desk, "eadloc") == ["Row"]
    assert prompts(desk, "lock ime_w") == ["Uptime_wait"]
    assert prompts(desk, "loc ows") == ["Blockchain"]
    assert prompts(desk, "ck") == prompts(desk, '"deadloc"') == []
    assert prompts(desk, "lock kind:question") == []


def test_a_negated_word_leaves_out_no_longer_word_that_has_it_inside(home: Home) -> None:
    desk = home.open({"locks.yaml": _LOCKS})
    assert prompts(desk, "-lock") == ["Blockchain", "Row", "Livelock"]
    assert prompts(desk, "lock -live") == [
        *("Lock", "Locking", "Queue", "Uptime_wait", "Blockchain", "Row")
    ]


def test_a_word_inside_others_folds_as_one_at_their_beginning_does(home: Home) -> None:
    text = "deck: D\nentries:\n  Décaféiné: Ｆｕｌｌｗｉｄｔｈ.\n  Straßenbahn: 分布式缓存abcdef\n"
    desk = home.open({"d.yaml": text})
    assert prompts(desk, "CAFÉ") == prompts(desk, "cafe") == ["Décaféiné"]
    assert prompts(desk, "ｗｉｄ") == ["Décaféiné"]
    assert prompts(desk, "assen") == prompts(desk, "cde") == ["Straßenbahn"]


def test_words_that_came_since_are_found_inside_once_it_is_loaded_again(home: Home) -> None:
    desk = home.open({"locks.yaml": _LOCKS})
    finder = Finder(desk.db, desk.today)
    assert len(finder.find("eadlock").numbers) == 1
    home.write("locks.yaml", _LOCKS + "  Headlock: None of these.\n")
    desk = home.open()
    finder.load(desk.today)
    assert len(finder.find("eadlock").numbers) == 2


def test_a_search_ends_where_it_is_told_to_and_the_next_goes_on_from_there(home: Home) -> None:
    desk = home.open({"locks.yaml": _LOCKS})
    finder = Finder(desk.db, desk.today)

    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        finder.learn(stop)
    for text in ("lock", "loc"):
        with pytest.raises(InterruptedError):
            finder.find(text, go_on=stop)
    assert len(finder.find("lock").numbers) == 7
    with pytest.raises(InterruptedError):
        finder.find("lock", go_on=stop)


def test_many_cards_are_ordered_as_few_are(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = home.open({"numbers.yaml": deck_of(40)}, new_per_day=25)
    answer_all(desk, Grade.PERFECT, Grade.HARD, Grade.GOOD)
    asked = [
        (text, sort, reverse)
        for text in ("", "term", "-is:new", "is:new stands", "-term")
        for sort in Sort
        for reverse in (False, True)
    ]
    few = [find_cards(desk, *each) for each in asked]
    monkeypatch.setattr("offhand.study.known_cards._MANY", 1)
    assert [find_cards(desk, *each) for each in asked] == few


def test_a_finder_takes_the_cards_as_they_are_when_it_is_loaded_again(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    finder = open_finder(desk)
    mark(desk, "numbers/term-1/term", Mark.FLAG)
    assert len(finder.find("is:flagged").numbers) == 0
    finder.load(desk.today)
    assert len(finder.find("is:flagged").numbers) == 1
    finder.close()


def test_a_card_that_came_since_is_not_listed_before_its_figures_are_known(home: Home) -> None:
    desk = home.open({"numbers.yaml": deck_of(2)})
    finder = Finder(desk.db, desk.today)
    home.write("numbers.yaml", deck_of(3))
    desk = home.open()
    assert len(finder.find("term").numbers) == 2
    finder.load(desk.today)
    assert len(finder.find("term").numbers) == 3


def test_a_section_is_asked_for_by_its_title_whatever_that_holds(home: Home) -> None:
    desk = home.open({"caches.yaml": _CACHES})
    late = next(
        section
        for (_, section) in desk.db.rows("SELECT deck, id FROM sections")
        if "late" in section
    )
    query = query_of(desk, Scope("caches", late))
    assert query == r'section:"Write-back \"late\"" '
    assert prompts(desk, query) == ["Dirty page"]
    assert query_of(desk, Scope("caches")) == query_of(desk, None) == ""
