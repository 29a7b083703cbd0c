"""Runs in the real Anki's own interpreter: a JSON request a line comes in, its answer goes out.

`{"do": "make" | "open" | "text" | "time", …}`; see anki_oracle.Anki for what each takes and gives.
"""

import base64
import json
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

from anki._backend import RustBackend
from anki.collection import (
    AddNoteRequest,
    Collection,
    CsvMetadata,
    DeckIdLimit,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportCsvRequest,
)

_CARD = ["due", "ivl", "factor", "reps", "lapses", "type", "queue", "flags", "data", "odue", "odid"]
_REVLOG = ["id", "cid", "ease", "ivl", "lastIvl", "factor", "time", "type"]


def make(request: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(f"{folder}/collection.anki2")
        if created := request.get("created"):
            col.db.execute("update col set crt = ?", created)
            col.close()
            col = Collection(f"{folder}/collection.anki2")
        if (rollover := request.get("rollover")) is not None:
            col.set_config("rollover", rollover)
        if request.get("fsrs"):
            col.set_config("fsrs", True)
        for name, data in request.get("media", {}).items():
            col.media.write_data(name, base64.b64decode(data))
        for spec in request.get("notetypes", ()):
            _add_notetype(col, spec)
        _add_notes(col, request["notes"])
        told = {"today": col.sched.today, "notes": len(request["notes"])}
        for export in request["exports"]:
            _export(col, export)
        col.close()
        return told


def _export(col: Collection, export: dict[str, Any]) -> None:
    if export["kind"] == "apkg":
        deck = export.get("deck")
        col.export_anki_package(
            out_path=export["path"],
            options=ExportAnkiPackageOptions(
                with_scheduling=export.get("scheduling", True),
                with_deck_configs=export.get("deck_configs", False),
                with_media=export.get("media", True),
                legacy=export.get("legacy", False),
            ),
            limit=DeckIdLimit(col.decks.id_for_name(deck)) if deck else None,
        )
    elif export["kind"] == "colpkg":
        col.export_collection_package(
            export["path"], export.get("media", True), export.get("legacy", False)
        )
        col.reopen()
    elif export["kind"] in ("notes", "cards"):
        _export_text(col, export)
    else:
        raise ValueError(export["kind"])


def _export_text(col: Collection, export: dict[str, Any]) -> None:
    html = export.get("html", True)
    if export["kind"] == "cards":
        col.export_card_csv(out_path=export["path"], limit=None, with_html=html)
        return
    col.export_note_csv(
        out_path=export["path"],
        limit=None,
        with_html=html,
        with_tags=export.get("tags", True),
        with_deck=export.get("deck", True),
        with_notetype=export.get("notetype", True),
        with_guid=export.get("guid", True),
    )


def _add_notetype(col: Collection, spec: dict[str, Any]) -> None:
    models = col.models
    made = models.new(spec["name"])
    made["type"] = 1 if spec.get("cloze") else 0
    made["css"] = spec.get("css", "")
    for name in spec["fields"]:
        models.add_field(made, models.new_field(name))
    for each in spec["templates"]:
        template = models.new_template(each["name"])
        template["qfmt"], template["afmt"] = each["front"], each["back"]
        models.add_template(made, template)
    models.add(made)


def _add_notes(col: Collection, specs: list[dict[str, Any]]) -> None:
    kinds = {each.name: col.models.get(each.id) for each in col.models.all_names_and_ids()}
    decks: dict[str, Any] = {}
    requests = []
    for spec in specs:
        note = col.new_note(kinds[spec.get("notetype", "Basic")])
        note.fields = spec["fields"]
        note.tags = spec.get("tags", [])
        if "guid" in spec:
            note.guid = spec["guid"]
        name = spec.get("deck", "Default")
        if name not in decks:
            decks[name] = col.decks.id(name)
        requests.append(AddNoteRequest(note, decks[name]))
    col.add_notes(requests)
    for spec, request in zip(specs, requests, strict=True):
        if {"guid", "cards"} & spec.keys():
            _finish(col, spec, request.note)


def _finish(col: Collection, spec: dict[str, Any], note: Any) -> None:
    if "guid" in spec:
        col.db.execute("update notes set guid = ? where id = ?", spec["guid"], note.id)
    for asked in spec.get("cards", ()):
        card = next(each for each in note.cards() if each.ord == asked.get("ord", 0))
        for key in asked.get("answers", ()):
            card = col.get_card(card.id)
            card.start_timer()
            col.sched.answerCard(card, key)
        if "due_in" in asked:
            asked["due"] = col.sched.today + asked["due_in"]
        for column in _CARD:
            if column in asked:
                col.db.execute(
                    f"update cards set {column} = ? where id = ?", asked[column], card.id
                )
        for line in asked.get("log", ()):
            row = {"ivl": 0, "lastIvl": 0, "factor": 2500, "time": 5000, "type": 1} | line
            col.db.execute(
                "insert into revlog values (?, ?, -1, ?, ?, ?, ?, ?, ?)",
                *(row["id"], card.id, row["ease"], row["ivl"], row["lastIvl"], row["factor"]),
                *(row["time"], row["type"]),
            )
        if "filtered" in asked:
            deck = col.decks.new_filtered(asked["filtered"])
            filtered = col.decks.get(deck)
            filtered["terms"][0] = [f"nid:{note.id}", 100, 0]
            col.decks.save(filtered)
            col.sched.rebuild_filtered_deck(deck)


def _import(col: Collection, folder: str, path: str) -> None:
    col.import_anki_package(
        ImportAnkiPackageRequest(
            package_path=path,
            options=ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True),
        )
    )


def open_(request: dict[str, Any]) -> dict[str, Any]:
    path = request["path"]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "collection.media").mkdir()
        if path.endswith(".colpkg"):
            RustBackend().import_collection_package(
                col_path=f"{folder}/collection.anki2",
                backup_path=path,
                media_folder=f"{folder}/collection.media",
                media_db=f"{folder}/collection.media.db2",
            )
        col = Collection(f"{folder}/collection.anki2")
        if not path.endswith(".colpkg"):
            if (rollover := request.get("rollover")) is not None:
                col.set_config("rollover", rollover)
            for _ in range(request.get("times", 1)):
                _import(col, folder, path)
        for edit in request.get("edits", ()):
            _edit(col, edit)
        for later in request.get("then", ()):
            _import(col, folder, later)
        for export in request.get("exports", ()):
            _export(col, export)
        told = _contents(col, request.get("render", True))
        media = Path(folder, "collection.media")
        told["media"] = {
            each.name: base64.b64encode(each.read_bytes()).decode() for each in media.iterdir()
        }
        told["integrity"] = col.fix_integrity()[0].splitlines()[:-1]  # the last one says it is done
        col.close()
        return told


def _edit(col: Collection, edit: dict[str, Any]) -> None:
    note = col.get_note(col.db.scalar("select id from notes where guid = ?", edit["guid"]))
    if edit.get("delete"):
        col.remove_notes([note.id])
        return
    for name, html in edit.get("fields", {}).items():
        note[name] = html
    note.tags = edit.get("tags", note.tags)
    col.update_note(note)
    for card in note.cards():
        for key in edit.get("answers", ()):
            card.start_timer()
            col.sched.answerCard(card, key)
            card.load()


def _contents(col: Collection, render: bool) -> dict[str, Any]:
    log: dict[int, list[dict[str, Any]]] = {}
    for row in col.db.all(f"select {', '.join(_REVLOG)} from revlog order by id"):
        line = dict(zip(_REVLOG, row, strict=True))
        log.setdefault(line.pop("cid"), []).append(line)
    notes = []
    for nid in col.db.list("select id from notes order by id"):
        note = col.get_note(nid)
        kind = note.note_type()
        cards = []
        for card in note.cards():
            values = {
                "ord": card.ord,
                "deck": col.decks.name(card.did),
                "log": log.get(card.id, []),
            }
            row = col.db.first(f"select {', '.join(_CARD)} from cards where id = ?", card.id)
            values |= dict(zip(_CARD, row, strict=True))
            if values["type"] in (2, 3) and values["queue"] != 1:
                due = values["odue"] if values["odid"] else values["due"]
                values["due_in"] = due - col.sched.today
            if render:
                shown = card.render_output()
                values["front"], values["back"] = shown.question_text, shown.answer_text
            cards.append(values)
        notes.append(
            {
                "guid": note.guid,
                "notetype": kind["name"],
                "fields": dict(note.items()),
                "tags": note.tags,
                "cards": cards,
            }
        )
    return {
        "today": col.sched.today,
        "created": col.crt,
        "decks": sorted(each.name for each in col.decks.all_names_and_ids(include_filtered=True)),
        "notetypes": sorted(each.name for each in col.models.all_names_and_ids()),
        "notes": notes,
    }


def text(request: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(f"{folder}/collection.anki2")
        _import_text(col, request["path"], request.get("comma", False))
        told = _contents(col, request.get("render", False))
        col.close()
        return told


def _import_text(col: Collection, path: str, comma: bool = False) -> None:
    found = col.get_csv_metadata(path, CsvMetadata.COMMA if comma else None)
    col.import_csv(ImportCsvRequest(path=path, metadata=found))


def time_(request: dict[str, Any]) -> dict[str, Any]:
    path = request["path"]
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        col = Collection(f"{folder}/collection.anki2")
        imported = time.perf_counter()
        if path.endswith((".csv", ".tsv", ".txt")):
            _import_text(col, path)
        else:
            _import(col, folder, path)
        ended = time.perf_counter()
        told = {
            "open_s": imported - began,
            "import_s": ended - imported,
            "notes": col.note_count(),
            "cpu_s": time.process_time(),
            "peak_kib": _peak_kib(),
        }
        col.close()
        return told


def _peak_kib() -> int:
    # The own peak; getrusage would count what the parent held at the fork.
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


_DOES = {"make": make, "open": open_, "text": text, "time": time_}


def main() -> None:
    out = sys.stdout
    sys.stdout = sys.stderr  # Anki prints now and then
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"told": _DOES[request["do"]](request)}
        except Exception:
            answer = {"failed": traceback.format_exc()}
        print(json.dumps(answer), file=out, flush=True)


if __name__ == "__main__":
    main()
