"""One entry of a YAML deck, and the cards made from it."""

from offhand.domain.card import CardKind, Entry, Level, Option, Place
from offhand.domain.text import one_line, slug
from offhand.formats import cloze
from offhand.formats.entry_builder import EntryBuilder
from offhand.formats.yaml_fields import FieldReader, meant_as_yes
from offhand.formats.yaml_tree import Fields, Items, Node, Text

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


class EntryReader:
    """Reads the entries of one deck. `reverse` says whether terms are asked both ways by default."""

    def __init__(self, fields: FieldReader, deck: str, reverse: bool) -> None:
        self.fields = fields
        self.deck = deck
        self.reverse = reverse

    def entries(self, node: Node) -> tuple[Entry, ...]:
        """The entries below `entries:` or a section's title, in the long form or the short one."""
        read: list[Entry | None] = []
        if isinstance(node, Fields):
            read = [self._short(term, value) for term, value in node.pairs]
        elif isinstance(node, Items):
            read = [self._listed(item) for item in node.items]
        if not read:
            self.fields.fault(
                node.place, "There are no entries here.", "Write `Term: definition` on a line."
            )
        return tuple(entry for entry in read if entry is not None)

    def _listed(self, item: Node) -> Entry | None:
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

    def _short(self, term: Text, value: Node) -> Entry | None:
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

    def _term(self, place: Place, term: str, found: dict[str, Node]) -> Entry | None:
        definition = self.fields.text(found, "definition", place, f"`{term}`", required=True)
        # Read to its end also when it cannot become an entry, so that every fault in it is told.
        made = self._begin(place, found, slug(term))
        made.add(CardKind.TERM, "term", term, definition, definition)
        if prompt := self._reverse_prompt(found.get("reverse"), definition):
            made.add(CardKind.REVERSE, "reverse", prompt, term, definition)
        for item in self.fields.mappings(found, "questions"):
            self._question(made, item)
        for item in self.fields.mappings(found, "choices"):
            self._choice(made, item)
        for sentence in self.fields.texts(found, "cloze"):
            self._holes(made, sentence)
        for item in self.fields.mappings(found, "contrast"):
            self._contrast(made, term, item)
        return made.entry((term, *made.aliases)) if term and definition else None

    def _reverse_prompt(self, node: Node | None, definition: str) -> str:
        if node is None:
            return definition if self.reverse else ""
        meant = meant_as_yes(node)
        if meant is None:
            if isinstance(node, Text):
                return self.fields.shown(node)
            self.fields.fault(
                node.place, "`reverse` is true, false or a text.", "Write `true`, or the prompt."
            )
        return definition if meant else ""

    def _alone(self, item: Fields, names: set[str]) -> Entry | None:
        """A question that is an entry of its own, with an answer or with options."""
        known = _CHOICE if "right" in names or "wrong" in names else _QUESTION
        found = self.fields.mapping(item, known, "a question")
        asked = found["question"]
        question = self.fields.shown(asked) if isinstance(asked, Text) else ""
        made = self._begin(item.place, found, slug(question))
        if known is _CHOICE:
            self._choice(made, item, found)
        else:
            self._question(made, item, found)
        return made.entry((question,)) if question else None

    def _group(self, item: Fields) -> Entry | None:
        """Questions that are siblings and ask about no one term."""
        found = self.fields.mapping(item, _GROUP, "a group of questions")
        questions = self.fields.mappings(found, "questions")
        if not questions:
            mend = "Write `- question:` with an `answer:`."
            self.fields.fault(item.place, "The group has no questions.", mend)
            return None
        first = next((v for key, v in questions[0].pairs if key.value == "question"), None)
        name = self.fields.shown(first) if isinstance(first, Text) else ""
        made = self._begin(item.place, found, slug(name))
        for question in questions:
            self._question(made, question)
        return made.entry((name,)) if name else None

    def _sentence(self, item: Fields) -> Entry | None:
        found = self.fields.mapping(item, _CLOZE, "a cloze")
        sentences = self.fields.texts(found, "cloze")
        if not sentences:
            if isinstance(node := found["cloze"], Items) and not node.items:
                self.fields.fault(node.place, "The cloze has no sentence.", "Write `- sentence`.")
            return None
        plain = cloze.filled(self.fields.shown(sentences[0]))
        made = self._begin(item.place, found, slug(plain))
        for sentence in sentences:
            self._holes(made, sentence, by_number="id" in found)
        return made.entry((plain,))

    def _question(
        self, made: EntryBuilder, item: Fields, alone: dict[str, Node] | None = None
    ) -> None:
        """Add a question; `alone` are the fields of one that is an entry of its own."""
        found = alone or self.fields.mapping(item, _QUESTION_OF_TERM, "a question of a term")
        question = self.fields.text(found, "question", item.place, "a question", required=True)
        answer = self.fields.text(found, "answer", item.place, "a question", required=True)
        level = made.level if alone else self._level(found)
        points = self.fields.shown_texts(found, "points")
        if question and answer:
            made.add(
                CardKind.QUESTION,
                "question" if alone else self._way("question", found, question),
                question,
                answer,
                answer,
                item,
                level=level,
                points=points,
            )

    def _choice(
        self, made: EntryBuilder, item: Fields, alone: dict[str, Node] | None = None
    ) -> None:
        """Add a choice; `alone` are the fields of one that is an entry of its own."""
        found = alone or self.fields.mapping(item, _CHOICE_OF_TERM, "a choice of a term")
        question = self.fields.text(found, "question", item.place, "a choice", required=True)
        right = self.fields.text(found, "right", item.place, "a choice", required=True)
        why = self.fields.text(found, "why", item.place, "a choice")
        wrong = self._wrong(found, item.place)
        if any(option.text == right for option in wrong):
            self.fields.fault(
                item.place,
                "The right option is also among the wrong ones.",
                "Take one of them out.",
            )
        level = made.level if alone else self._level(found)
        if question and right and wrong:
            made.add(
                CardKind.CHOICE,
                "choice" if alone else self._way("choice", found, question),
                question,
                right,
                "\n".join([right, *(option.text for option in wrong)]),
                item,
                level=level,
                options=(Option(right, True, why), *wrong),
            )

    def _wrong(self, found: dict[str, Node], at: Place) -> list[Option]:
        node = found.get("wrong")
        if isinstance(node, Fields):
            options = [
                Option(
                    self.fields.shown(text), False, self.fields.text({"why": why}, "why", at, "")
                )
                for text, why in node.pairs
            ]
        else:
            options = [Option(text, False) for text in self.fields.shown_texts(found, "wrong")]
        if not all(option.text for option in options):
            self.fields.fault(at, "A wrong option is empty.", "Write it, or take it out.")
        if not options:
            self.fields.fault(
                at, "The choice has no wrong options.", "Add `wrong:` with `option: reason` lines."
            )
        return options

    def _holes(self, made: EntryBuilder, sentence: Text, by_number: bool = False) -> None:
        """Add a card for each hole, called by its answer, or by its number where it has one."""
        found = cloze.holes(self.fields.shown(sentence))
        if not found:
            self.fields.fault(
                sentence.place, "The cloze has no hole.", "Put what is asked in {{two braces}}."
            )
        if not all(answer for hole in found for answer in hole.answers):
            self.fields.fault(
                sentence.place, "A hole is empty.", "Put what is asked between the braces."
            )
        for hole in found:
            answer = ", ".join(hole.answers)
            made.add(
                CardKind.CLOZE,
                f"cloze-{(by_number and hole.number) or slug(hole.answers[0])}",
                hole.prompt,
                answer,
                answer,
                sentence,
            )

    def _contrast(self, made: EntryBuilder, term: str, item: Fields) -> None:
        found = self.fields.mapping(item, _CONTRAST, "a contrast")
        other = self.fields.text(found, "with", item.place, "a contrast", required=True)
        difference = self.fields.text(found, "difference", item.place, "a contrast", required=True)
        if other and difference:
            prompt = f"What tells **{one_line(term)}** from **{one_line(other)}**?"
            way = self._way("contrast", found, other)
            made.add(CardKind.CONTRAST, way, prompt, difference, difference, item)

    def _begin(self, place: Place, found: dict[str, Node], derived: str) -> EntryBuilder:
        given = self.fields.text(found, "id", place, "an entry")
        ident = self.fields.id(found.get("id"), given) or derived
        return EntryBuilder(
            self.deck,
            ident,
            place,
            aliases=self.fields.shown_texts(found, "aliases"),
            sources=self.fields.shown_texts(found, "sources"),
            tags=self.fields.shown_texts(found, "tags"),
            level=self._level(found),
            extra=self.fields.text(found, "extra", place, "an entry"),
            see=tuple(
                (self.fields.shown(text), text.place) for text in self.fields.texts(found, "see")
            ),
        )

    def _way(self, kind: str, found: dict[str, Node], text: str) -> str:
        given = self.fields.text(found, "id", Place(next(iter(found.values())).place.path), kind)
        return f"{kind}-{self.fields.id(found.get('id'), given) or slug(text)}"

    def _level(self, found: dict[str, Node]) -> Level | None:
        node = found.get("level")
        if node is None:
            return None
        if isinstance(node, Text) and node.value in list(Level):
            return Level(node.value)
        self.fields.fault(node.place, "There is no such level.", "Write junior, mid or senior.")
        return None
