"""One entry of a YAML deck, as it is written."""

from dataclasses import dataclass, field
from typing import TypeVar

from offhand.domain.card import Level, Place
from offhand.formats import cloze
from offhand.formats.draft import DraftChoice, DraftContrast, DraftEntry, DraftQuestion
from offhand.formats.entry_cards import Places
from offhand.formats.yaml.fields import FieldReader, meant_as_yes
from offhand.formats.yaml.tree import Fields, Items, Node, Text

_COMMON = ("id", "tags", "level", "sources", "see", "aliases", "extra")
_TERM = (
    *("term", "definition", "reverse"),
    *("questions", "choices", "cloze", "contrast"),
    *_COMMON,
)
_QUESTION = ("question", "answer", "points", *_COMMON)
_CHOICE = ("question", "right", "wrong", "why", *_COMMON)
_QUESTION_OF_TERM = ("question", "answer", "points", "level", "id")
_CHOICE_OF_TERM = ("question", "right", "wrong", "why", "level", "id")
_GROUP = ("questions", *_COMMON)
_CLOZE = ("cloze", *_COMMON)
_CONTRAST = ("with", "difference", "id")

_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """An entry, and where its parts stand."""

    entry: DraftEntry
    places: Places


class EntryReader:
    """Reads the entries of one deck."""

    def __init__(self, fields: FieldReader) -> None:
        self.fields = fields

    def entries(self, node: Node) -> tuple[WrittenEntry, ...]:
        """The entries below `entries:` or a section's title, in the long form or the short one."""
        read: list[WrittenEntry | None] = []
        if isinstance(node, Fields):
            read = [self._short(term, value) for term, value in node.pairs]
        elif isinstance(node, Items):
            read = [self._listed(item) for item in node.items]
        if not read:
            self.fields.fault(
                node.place, "There are no entries here.", "Write `Term: definition` on a line."
            )
        return tuple(entry for entry in read if entry is not None)

    def _listed(self, item: Node) -> WrittenEntry | None:
        if not isinstance(item, Fields):
            self.fields.fault(
                item.place,
                "This entry is neither a term, a question nor a cloze.",
                "Write `- Term: definition`, or `- question:` with an `answer:`.",
            )
            return None
        names = {key.value for key, _ in item.pairs}
        if "term" in names:
            found = self.fields.mapping(item, _TERM, "a term")
            return self._term(
                item.place, self.fields.text(found, "term", item.place, "a term", True), found
            )
        if "question" in names:
            return self._alone(item, names)
        if "cloze" in names:
            return self._sentence(item)
        if "questions" in names:
            return self._group(item)
        if len(item.pairs) == 1:
            return self._short(*item.pairs[0])
        self.fields.fault(
            item.place,
            "This entry has no `term`, `question` or `cloze`.",
            "Begin it with one of them.",
        )
        return None

    def _short(self, term: Text, value: Node) -> WrittenEntry | None:
        if isinstance(value, Items):
            self.fields.fault(
                value.place,
                f"`{self.fields.shown(term)[:60]}` has a list where its definition belongs.",
                "Write one text, or `definition:` with further fields.",
            )
            return None
        if not self.fields.shown(term):
            self.fields.fault(term.place, "The term is empty.", "Write `Term: definition`.")
            return None
        found: dict[str, Node] = {"definition": value}
        if isinstance(value, Fields):
            found = self.fields.mapping(value, _TERM[1:], "a term")
        return self._term(term.place, self.fields.shown(term), found)

    def _term(self, place: Place, term: str, found: dict[str, Node]) -> WrittenEntry | None:
        definition = self.fields.text(found, "definition", place, f"`{term}`", required=True)
        # Read to its end also when it cannot become an entry, so that every fault in it is told.
        made = self._begin(place, found)
        reverse = self._reverse(found.get("reverse"))
        for item in self.fields.mappings(found, "questions"):
            self._question(made, item)
        for item in self.fields.mappings(found, "choices"):
            self._choice(made, item)
        for sentence in self.fields.texts(found, "cloze"):
            self._holes(made, sentence)
        for item in self.fields.mappings(found, "contrast"):
            self._contrast(made, item)
        if not term or not definition:
            return None
        return made.written(term, definition, reverse)

    def _reverse(self, node: Node | None) -> bool | str | None:
        if node is None:
            return None
        meant = meant_as_yes(node)
        if meant is None and isinstance(node, Text):
            return self.fields.shown(node)
        if meant is None:
            self.fields.fault(
                node.place, "`reverse` is true, false or a text.", "Write `true`, or the prompt."
            )
        return meant

    def _alone(self, item: Fields, names: set[str]) -> WrittenEntry | None:
        """A question that is an entry of its own, with an answer or with options."""
        is_choice = "right" in names or "wrong" in names
        found = self.fields.mapping(item, _CHOICE if is_choice else _QUESTION, "a question")
        made = self._begin(item.place, found)
        if is_choice:
            self._choice(made, item, found)
        else:
            self._question(made, item, found)
        return made.written() if made.choices or made.questions else None

    def _group(self, item: Fields) -> WrittenEntry | None:
        """Questions that are siblings and ask about no one term."""
        found = self.fields.mapping(item, _GROUP, "a group of questions")
        questions = self.fields.mappings(found, "questions")
        if not questions:
            mend = "Write `- question:` with an `answer:`."
            self.fields.fault(item.place, "The group has no questions.", mend)
            return None
        made = self._begin(item.place, found)
        for question in questions:
            self._question(made, question)
        return made.written() if made.questions else None

    def _sentence(self, item: Fields) -> WrittenEntry | None:
        found = self.fields.mapping(item, _CLOZE, "a cloze")
        sentences = self.fields.texts(found, "cloze")
        if not sentences:
            if isinstance(node := found["cloze"], Items) and not node.items:
                self.fields.fault(node.place, "The cloze has no sentence.", "Write `- sentence`.")
            return None
        made = self._begin(item.place, found)
        for sentence in sentences:
            self._holes(made, sentence)
        return made.written()

    def _question(self, made: "_Parts", item: Fields, alone: dict[str, Node] | None = None) -> None:
        """Add a question; `alone` are the fields of one that is an entry of its own."""
        found = alone or self.fields.mapping(item, _QUESTION_OF_TERM, "a question of a term")
        question = self.fields.text(found, "question", item.place, "a question", required=True)
        answer = self.fields.text(found, "answer", item.place, "a question", required=True)
        level = None if alone else self._level(found)
        points = self.fields.shown_texts(found, "points")
        if question and answer:
            ident = "" if alone else self._id(found, item.place, "question")
            made.questions.append(
                (DraftQuestion(question, answer, points, level, ident), item.place)
            )

    def _choice(self, made: "_Parts", item: Fields, alone: dict[str, Node] | None = None) -> None:
        """Add a choice; `alone` are the fields of one that is an entry of its own."""
        found = alone or self.fields.mapping(item, _CHOICE_OF_TERM, "a choice of a term")
        question = self.fields.text(found, "question", item.place, "a choice", required=True)
        right = self.fields.text(found, "right", item.place, "a choice", required=True)
        why = self.fields.text(found, "why", item.place, "a choice")
        wrong = self._wrong(found, item.place)
        if any(text == right for text, _ in wrong):
            self.fields.fault(
                item.place,
                "The right option is also among the wrong ones.",
                "Take one of them out.",
            )
        level = None if alone else self._level(found)
        if question and right and wrong:
            ident = "" if alone else self._id(found, item.place, "choice")
            made.choices.append(
                (DraftChoice(question, right, wrong, why, level, ident), item.place)
            )

    def _wrong(self, found: dict[str, Node], at: Place) -> tuple[tuple[str, str], ...]:
        node = found.get("wrong")
        if isinstance(node, Fields):
            options = tuple(
                (self.fields.shown(text), self.fields.text({"why": why}, "why", at, ""))
                for text, why in node.pairs
            )
        else:
            options = tuple((text, "") for text in self.fields.shown_texts(found, "wrong"))
        if not all(text for text, _ in options):
            self.fields.fault(at, "A wrong option is empty.", "Write it, or take it out.")
        if not options:
            self.fields.fault(
                at, "The choice has no wrong options.", "Add `wrong:` with `option: reason` lines."
            )
        return options

    def _holes(self, made: "_Parts", sentence: Text) -> None:
        shown = self.fields.shown(sentence)
        found = cloze.holes(shown)
        if not found:
            self.fields.fault(
                sentence.place, "The cloze has no hole.", "Put what is asked in {{two braces}}."
            )
        if not all(answer for hole in found for answer in hole.answers):
            self.fields.fault(
                sentence.place, "A hole is empty.", "Put what is asked between the braces."
            )
        made.cloze.append((shown, sentence.place))

    def _contrast(self, made: "_Parts", item: Fields) -> None:
        found = self.fields.mapping(item, _CONTRAST, "a contrast")
        other = self.fields.text(found, "with", item.place, "a contrast", required=True)
        difference = self.fields.text(found, "difference", item.place, "a contrast", required=True)
        if other and difference:
            ident = self._id(found, item.place, "contrast")
            made.contrast.append((DraftContrast(other, difference, ident), item.place))

    def _begin(self, place: Place, found: dict[str, Node]) -> "_Parts":
        ident = self._id(found, place, "an entry")
        aliases = self.fields.shown_texts(found, "aliases")
        sources = self.fields.shown_texts(found, "sources")
        tags = self.fields.shown_texts(found, "tags")
        level = self._level(found)
        extra = self.fields.text(found, "extra", place, "an entry")
        see = [(self.fields.shown(text), text.place) for text in self.fields.texts(found, "see")]
        return _Parts(place, ident, aliases, level, tags, sources, extra, see)

    def _id(self, found: dict[str, Node], place: Place, of: str) -> str:
        return self.fields.id(found.get("id"), self.fields.text(found, "id", place, of))

    def _level(self, found: dict[str, Node]) -> Level | None:
        node = found.get("level")
        if node is None:
            return None
        if isinstance(node, Text) and node.value in list(Level):
            return Level(node.value)
        self.fields.fault(node.place, "There is no such level.", "Write junior, mid or senior.")
        return None


@dataclass(slots=True)
class _Parts:
    """What was read of an entry so far."""

    place: Place
    id: str
    aliases: tuple[str, ...]
    level: Level | None
    tags: tuple[str, ...]
    sources: tuple[str, ...]
    extra: str
    see: list[tuple[str, Place]]
    questions: list[tuple[DraftQuestion, Place]] = field(default_factory=list)
    choices: list[tuple[DraftChoice, Place]] = field(default_factory=list)
    cloze: list[tuple[str, Place]] = field(default_factory=list)
    contrast: list[tuple[DraftContrast, Place]] = field(default_factory=list)

    def written(
        self, term: str = "", definition: str = "", reverse: bool | str | None = None
    ) -> WrittenEntry:
        """The finished entry."""
        questions, at_questions = _apart(self.questions)
        choices, at_choices = _apart(self.choices)
        sentences, at_sentences = _apart(self.cloze)
        contrast, at_contrasts = _apart(self.contrast)
        see, at_see = _apart(self.see)
        entry = DraftEntry(
            self.place,
            self.id,
            term,
            definition,
            reverse,
            questions,
            choices,
            sentences,
            contrast,
            self.aliases,
            self.level,
            self.tags,
            self.sources,
            see,
            self.extra,
        )
        places = Places(self.place, at_questions, at_choices, at_sentences, at_contrasts, at_see)
        return WrittenEntry(entry, places)


def _apart(pairs: list[tuple[_Part, Place]]) -> tuple[tuple[_Part, ...], tuple[Place, ...]]:
    return tuple(part for part, _ in pairs), tuple(place for _, place in pairs)
