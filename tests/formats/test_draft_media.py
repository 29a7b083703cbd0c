"""Media get names that are safe in any folder, and the texts point to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports import draft, term
from offhand.formats.draft_media import leads_out, names_in, safe_name, with_media_in


@given(st.text(min_size=1))
def test_a_safe_name_is_one_name_in_any_folder(name: str) -> None:
    if leads_out(name):
        return
    safe = safe_name(name)
    assert safe not in ("", ".", "..")
    assert not leads_out(safe)
    assert not set(safe) & set('/\\:*?"<>|()[] \n\t')
    assert len(safe.encode()) <= 200
    assert not safe.startswith((".", "-"))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("photo.png", "photo.png"),
        ("My photo (1).PNG", "My-photo-1-.PNG"),
        ("img/a.png", "img-a.png"),
        ("d.media/a.png", "a.png"),
        (".hidden.png", "hidden.png"),
        ("con.png", "_con.png"),
        ("缓存.png", "缓存.png"),
        ("???", "file"),
    ],
)
def test_a_name_stays_readable(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    "name", ["", "..", "../a", "a/../../b", "/a", "\\a", "..\\a", "C:a", "c:\\a", "a\0b", "a\nb"]
)
def test_a_name_that_leads_out_is_seen(name: str) -> None:
    assert leads_out(name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("![a](x.png) and [b](y.mp3)", ["x.png", "y.mp3"]),
        ("![a](<my x.png>)", ["my x.png"]),
        ('![a](x.png "a title")', ["x.png"]),
        ("![a](x(1).png)", ["x(1).png"]),
        ("list[int](x) a](b)", ["x"]),
        ("no link", []),
    ],
)
def test_links_and_images_are_found(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_names_known_from_before_stay_what_they_are() -> None:
    media = {"b.png": lambda: b"", "B.png": lambda: b""}
    found, media_found = with_media_in(
        draft(term("x", "![](b.png) ![](B.png)"), media=media), "w.media", {"B.png": "b.png"}
    )
    assert found.entries[0].definition == "![](w.media/b-2.png) ![](w.media/b.png)"
    assert media_found.names == {"b.png": "b-2.png", "B.png": "b.png"}


def test_an_image_that_comes_back_from_the_folder_is_the_one_there() -> None:
    media = {"w.media/a.png": lambda: b"", "v.media/a.png": lambda: b""}
    found, taken = with_media_in(
        draft(term("x", "![](w.media/a.png) ![](v.media/a.png)"), media=media),
        "w.media",
        {"a (1).png": "a.png"},
    )
    assert found.entries[0].definition == "![](w.media/a.png) ![](w.media/a-2.png)"
    assert taken.names == {"w.media/a.png": "a.png", "v.media/a.png": "a-2.png"}


def test_an_escaped_name_is_found_as_it_is_called() -> None:
    found, media = with_media_in(
        draft(term("x", "![](a%20b.png)"), media={"a b.png": lambda: b""}), "w.media"
    )
    assert found.entries[0].definition == "![](w.media/a-b.png)"
    assert list(media.files) == ["a-b.png"]
