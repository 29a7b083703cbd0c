"""The fields of a YAML deck: fetched by name, with a fault where they are not what they must be."""

from difflib import get_close_matches

from offhand.domain.card import Place
from offhand.domain.text import fold, is_id, visible
from offhand.formats.fault import Fault
from offhand.formats.yaml.tree import Fields, Items, Node, Text

_YES = {"true", "yes", "on"}
_NO = {"false", "no", "off", ""}


def as_read(text: str) -> str:
    """What is read of a text: it may be shown, and white space around it is dropped."""
    return visible(text).strip()


def meant_as_yes(node: Node) -> bool | None:
    """Whether a value means yes or no; None when it means neither."""
    if not isinstance(node, Text):
        return None
    word = fold(node.value)
    return True if word in _YES else False if word in _NO else None


class FieldReader:
    """Reads fields, and keeps every fault instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, place: Place, what: str, mend: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(place, what, mend))

    def shown(self, node: Text) -> str:
        """A text as it may be shown."""
        return as_read(node.value)

    def mapping(self, node: Fields, known: tuple[str, ...], of: str) -> dict[str, Node]:
        """The fields by name; one that `of` (say, "an entry") does not have is a fault."""
        found = {}
        for key, value in node.pairs:
            if key.value in known:
                found[key.value] = value
                continue
            name = visible(key.value[:60])
            near = get_close_matches(key.value, known, n=1)
            if near:
                mend = f"Did you mean `{near[0]}`?"
            else:
                mend = f"It has {', '.join(f'`{field}`' for field in known)}."
            self.fault(key.place, f"There is no field `{name}` in {of}.", mend)
        return found

    def text(
        self, found: dict[str, Node], name: str, at: Place, of: str, required: bool = False
    ) -> str:
        """The text of a field, empty when it is not there."""
        node = found.get(name)
        if node is None:
            if required:
                self.fault(at, f"`{name}` is missing in {of}.", f"Add `{name}:`.")
            return ""
        if not isinstance(node, Text):
            self.fault(node.place, f"`{name}` is not a text.", "Put it in quotes, or under `|`.")
            return ""
        shown = self.shown(node)
        if not shown and required:
            self.fault(node.place, f"`{name}` is empty.", "Write it, or delete the entry.")
        return shown

    def texts(self, found: dict[str, Node], name: str) -> list[Text]:
        """The texts of a field that is a list, or one text alone."""
        node = found.get(name)
        if node is None:
            return []
        listed = node.items if isinstance(node, Items) else [node]
        texts = []
        for item in listed:
            if isinstance(item, Text) and item.value.strip():
                texts.append(item)
            else:
                self.fault(
                    item.place,
                    f"`{name}` holds something that is not a text.",
                    "Write `- text`; put a text that holds `: ` in quotes.",
                )
        return texts

    def shown_texts(self, found: dict[str, Node], name: str) -> tuple[str, ...]:
        """The texts of a field as they may be shown."""
        return tuple(self.shown(text) for text in self.texts(found, name))

    def mappings(self, found: dict[str, Node], name: str) -> list[Fields]:
        """The mappings of a field that is a list, or one mapping alone."""
        node = found.get(name)
        if node is None:
            return []
        mappings = []
        for item in node.items if isinstance(node, Items) else [node]:
            if isinstance(item, Fields):
                mappings.append(item)
            else:
                self.fault(
                    item.place,
                    f"`{name}` is a list of entries with fields.",
                    "Begin each with `- ` and its first field.",
                )
        return mappings

    def id(self, node: Node | None, given: str) -> str:
        """An id, if it is one; a fault if it is not."""
        if given and node is not None and not is_id(given):
            self.fault(
                node.place,
                f"`{given[:60]}` cannot be an id.",
                "Use letters, digits, `-`, `_` and `.`, up to 100, beginning with a letter or digit.",
            )
        return given
