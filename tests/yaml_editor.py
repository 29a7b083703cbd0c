"""What an editor that speaks JSON Schema makes of a deck file."""

import json
import re
from collections.abc import Callable
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from offhand.resources import shipped

SCHEMA: dict[str, Any] = json.loads((shipped("decks") / "deck.schema.json").read_text("utf-8"))
_VALIDATOR = Draft202012Validator(SCHEMA)


def marked(text: str) -> list[str]:
    """What the editor marks in a deck file, each with where it stands."""
    read = yaml.load(text, _CoreLoader)
    return [f"{error.json_path}: {error.message}" for error in _VALIDATOR.iter_errors(read)]


class _CoreLoader(yaml.SafeLoader):
    """Reads values by the core schema of YAML 1.2, as editors do, and leaves keys as they are typed."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 (so is the one that it replaces)

    def construct_mapping(self, node: Any, deep: bool = True) -> dict[Any, Any]:
        return {key.value: self.construct_object(value, deep) for key, value in node.value}


def _whole(text: str) -> int:
    return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))


def _broken(text: str) -> float:
    return float(re.sub(r"\.(?=inf|nan)", "", text.lower()))


_FRACTION = (
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_CORE: dict[str, tuple[str, Callable[[str], Any]]] = {
    "null": ("|~|null|Null|NULL", lambda _: None),
    "bool": ("true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    "int": ("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", _whole),
    "float": (_FRACTION, _broken),
}


def _learn(name: str, pattern: str, made: Callable[[str], Any]) -> None:
    tag = f"tag:yaml.org,2002:{name}"
    _CoreLoader.add_implicit_resolver(tag, re.compile(f"^(?:{pattern})$"), None)
    _CoreLoader.add_constructor(tag, lambda _, node: made(node.value))


for _name, (_pattern, _made) in _CORE.items():
    _learn(_name, _pattern, _made)
