"""What a person may choose, each with a default that needs no choosing."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from offhand.domain.plan import BacklogOrder, NewOrder
from offhand.errors import OffhandError

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")


def _setting(
    default: Any, meaning: str, *, among: tuple[Any, ...] = (), span: tuple[int, int] | None = None
) -> Any:
    return field(default=default, metadata={"meaning": meaning, "among": among, "span": span})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; a field's metadata tells its meaning and what it may be."""

    new_per_day: int = _setting(10, "new cards begun each day", span=(0, 9999))
    reviews_per_day: int = _setting(
        200, "due cards asked each day; new ones pause while more wait", span=(1, 99999)
    )
    new_order: str = _setting(
        "mixed", "where new cards stand among due ones", among=tuple(NewOrder)
    )
    new_sections: str = _setting(
        "in order", "the sections that new cards come from", among=("in order", "mixed")
    )
    backlog_order: str = _setting("oldest", "which due cards come first", among=tuple(BacklogOrder))
    siblings_apart: bool = _setting(True, "cards of one entry never on the same day")
    buttons: int = _setting(
        4, "grades on the keyboard: 4 (Again to Easy) or 6 (SM-2's 0 to 5)", among=(4, 6)
    )
    leech_lapses: int = _setting(
        8, "lapses from which a card is a leech, to be mended; 0 for never", span=(0, 999)
    )
    interval_cap: int = _setting(0, "longest interval in days; 0 for none", span=(0, 36500))
    fuzz: bool = _setting(False, "move intervals of a week or more by up to 5 %")
    rollover: int = _setting(4, "hour at which the day turns over", span=(0, 23))
    theme: str = _setting("dark", "colours", among=("dark", "light"))
    import_megabytes: int = _setting(
        1000, "the largest file that is imported, in megabytes", span=(1, 100_000)
    )
    import_megabytes_unpacked: int = _setting(
        2000, "what an archive that is imported may hold unpacked", span=(1, 1_000_000)
    )
    import_ratio: int = _setting(
        200, "how many times larger an archive may become unpacked", span=(2, 100_000)
    )
    import_files: int = _setting(
        200_000, "how many files an archive that is imported may hold", span=(1, 10_000_000)
    )
    deck_folders: tuple[str, ...] = _setting((), "further folders with decks")


def load_settings(path: Path) -> Settings:
    """The settings in a TOML file; the defaults when it does not exist.

    Raises OffhandError naming the setting that cannot be read and what it may be.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise OffhandError(f"{path} cannot be read: {error.strerror}.") from None
    import tomllib

    try:
        found = tomllib.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise OffhandError(
            f"{path} is not TOML: {error}.",
            mend="Mend the line, or delete the file for the defaults.",
        ) from None
    return Settings(**{name: checked(name, value, path) for name, value in found.items()})


def checked(name: str, value: object, where: object = "settings") -> Any:
    """A setting's value, if it is one. Raises OffhandError when it is not."""
    known = {each.name: each for each in fields(Settings)}
    if name not in known:
        near = get_close_matches(name, known, n=1)
        mend = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
        raise OffhandError(f"{where}: there is no setting {name!r}.", mend=mend)
    default, among, span = (
        known[name].default,
        known[name].metadata["among"],
        known[name].metadata["span"],
    )
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(value)
    elif type(value) is type(default) or (isinstance(default, str) and isinstance(value, str)):
        fits_among = not among or value in among
        if fits_among and (
            span is None or (isinstance(value, int) and span[0] <= value <= span[1])
        ):
            return value
    raise OffhandError(
        f"{where}: {name} cannot be {value!r}.", mend=f"It is {_allowed(default, among, span)}."
    )


def _allowed(default: object, among: tuple[Any, ...], span: tuple[int, int] | None) -> str:
    if among:
        return " or ".join(str(each) for each in among)
    if span:
        return f"a whole number from {span[0]} to {span[1]}"
    if isinstance(default, bool):
        return "true or false"
    return 'a list of folders in quotes, as ["~/notes/decks"]'


def parse_value(name: str, text: str) -> Any:
    """A setting's value as typed on the command line. Raises OffhandError when it is none."""
    known = {each.name: each for each in fields(Settings)}
    default = known[name].default if name in known else ""
    readers: Mapping[type, Callable[[str], object]] = {
        bool: lambda typed: {"true": True, "false": False}.get(typed.lower(), typed),
        int: lambda typed: int(typed) if _WHOLE_NUMBER.fullmatch(typed) else typed,
        tuple: lambda typed: [part for part in typed.split(",") if part],
    }
    return checked(name, readers.get(type(default), str)(text))


def save_setting(path: Path, name: str, value: Any) -> None:
    """Write one setting, leaving the rest of the file with its comments as it is.

    Raises OffhandError when the file cannot be written.
    """
    import tomlkit

    from offhand.whole_file import write_whole

    checked(name, list(value) if isinstance(value, tuple) else value)
    load_settings(path)
    try:
        document = (
            tomlkit.parse(path.read_text("utf-8-sig")) if path.exists() else tomlkit.document()
        )
        document[name] = list(value) if isinstance(value, tuple) else value
        write_whole(path, tomlkit.dumps(document).encode())
    except OSError as error:
        raise OffhandError(f"{path} cannot be written: {error.strerror}.") from None


def write_settings_page(path: Path) -> None:
    """Write a settings file that names every setting with its default, where there is none yet.

    Raises OffhandError when it cannot be written.
    """
    if path.exists():
        return
    lines = ["# Offhand's settings. Take the `#` before a line away to change it.", ""]
    for each in fields(Settings):
        told = each.metadata
        allowed = _allowed(each.default, told["among"], told["span"])
        lines += [
            f"# {each.name}: {told['meaning']} ({allowed})",
            f"# {each.name} = {_toml(each.default)}",
            "",
        ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), "utf-8")
    except OSError as error:
        raise OffhandError(f"{path} cannot be written: {error.strerror}.") from None


def _toml(value: object) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value)
