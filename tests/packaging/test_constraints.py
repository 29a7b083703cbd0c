"""constraints.txt: the exact versions that everyone develops and tests with."""

import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dependencies import needed

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ASKED_FOR = [
    *PROJECT["build-system"]["requires"],
    *PROJECT["project"]["dependencies"],
    *PROJECT["dependency-groups"]["dev"],
]


def constraints() -> list[Requirement]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return [Requirement(line) for line in lines if not line.startswith("#")]


def test_every_package_that_offhand_and_its_tests_need_is_pinned() -> None:
    pinned = {canonicalize_name(each.name) for each in constraints()}

    assert needed(ASKED_FOR).keys() - pinned == set()


def test_every_pin_is_one_exact_version_within_the_ranges_of_the_project() -> None:
    pins = {}
    for each in constraints():
        (pin,) = each.specifier
        assert (pin.operator, each.url) == ("==", None)
        pins[canonicalize_name(each.name)] = pin.version

    outside = [
        text
        for text in ASKED_FOR
        if pins[canonicalize_name(Requirement(text).name)] not in Requirement(text).specifier
    ]
    assert outside == []
