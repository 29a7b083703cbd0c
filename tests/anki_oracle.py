"""The real Anki as an oracle: it makes packages, and says what it finds in those of others.

Anki is under the AGPL: it runs in an environment and a process of its own (anki_process.py), made
once below `.cache/` from tests/anki-requirements.txt, and never becomes a dependency of Offhand.
Where it cannot be installed, the tests that ask it are skipped, and a line at the end says so.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from hashlib import blake2s
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_REQUIREMENTS = _HERE / "anki-requirements.txt"
_CACHE = _HERE.parent / ".cache"
_TRY_AGAIN_S = 300
MISSING = "The real Anki cannot be asked"


class NoAnki(Exception):
    """Anki is not here and could not be installed; the text says why."""


class Anki:
    """A process with the real Anki in it. `close` ends it."""

    def __init__(self, python: Path) -> None:
        self.python = python
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [python, _HERE / "anki_process.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
        )

    def make(
        self,
        notes: Sequence[Mapping[str, Any]],
        *exports: Mapping[str, Any],
        notetypes: Sequence[Mapping[str, Any]] = (),
        media: Mapping[str, bytes] | None = None,
        **collection: Any,
    ) -> dict[str, Any]:
        """Let Anki make a collection of notes and export it; gives its `today` (days since created).

        A note is `{"fields": [...]}` and, where wanted, `notetype` ("Basic" without), `tags`,
        `deck` ("A::B"), `guid` and `cards`: `{"ord": 0, ...}` with columns of Anki's card table to
        set (`due ivl factor reps lapses type queue flags data odue odid`), `due_in` (days from
        today, in place of `due`), `answers` (buttons pressed now, through Anki's scheduler), `log`
        (rows of the review log: `id` in ms since 1970, `ease`, `ivl`, `lastIvl`, `factor`, `time`,
        `type`), `filtered` (the name of a filtered deck that takes it).
        A notetype is `{"name", "fields": [...], "templates": [{"name", "front", "back"}], "cloze"}`.
        An export is `{"path", "kind": "apkg" | "colpkg" | "notes" | "cards"}`; packages take
        `legacy` ("support older versions"), `scheduling`, `deck_configs`, `media`, `deck`; the
        texts take `html`, and "notes" `tags`, `deck`, `notetype`, `guid`.
        Of the collection: `created` (seconds since 1970), `rollover` (hour), `fsrs`.
        """
        return self.ask(
            "make",
            notes=list(notes),
            exports=[{**each, "path": str(each["path"])} for each in exports],
            notetypes=list(notetypes),
            media={name: base64.b64encode(data).decode() for name, data in (media or {}).items()},
            **collection,
        )

    def open(self, package: Path, **options: Any) -> dict[str, Any]:
        """What Anki finds in a package after importing it, with its past, into an empty profile.

        `notes`, each with `guid notetype fields tags cards`; a card has `ord deck log`, the columns
        of Anki's table, `due_in` where it is a review (also for one in a filtered deck, when it
        is due in its own), and `front`/`back` as Anki renders them.
        Besides `decks`, `notetypes`, `media` (name to bytes), `today`, `integrity` (what Anki's
        database check mended, empty is well). Options: `times` (import it so often), `render`,
        `rollover`; `edits`, each of a note by its `guid` with new `fields` by name, `tags`,
        `answers` (buttons pressed on its cards) or `delete`; `then`, packages imported after that;
        `exports` made at the end, as for `make`.
        """
        told = self.ask("open", path=str(package), **options)
        told["media"] = {name: base64.b64decode(data) for name, data in told["media"].items()}
        return told

    def text(self, table: Path, **options: Any) -> dict[str, Any]:
        """The same of a CSV or text file that Anki imports with what it guesses of it.

        `comma` says that its columns are parted by commas, as a person may in Anki's dialog.
        """
        return self.ask("text", path=str(table), **options)

    def time(self, path: Path) -> dict[str, Any]:
        """Anki's own import of a package or text: `import_s`, `open_s`, `notes`, `peak_kib`.

        For a fair peak of memory, and for `cpu_s`, ask a new process: both are of all its life.
        """
        return self.ask("time", path=str(path))

    def ask(self, do: str, **request: Any) -> dict[str, Any]:
        """One request to the process, and what it told."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, **request}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            self._errors.seek(0)
            raise RuntimeError(f"Anki died: {self._errors.read().decode(errors='replace')}")
        answer = json.loads(line)
        if "failed" in answer:
            raise RuntimeError(f"Anki failed: {answer['failed']}")
        told: dict[str, Any] = answer["told"]
        return told

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
        self._errors.close()


@contextmanager
def real_anki() -> Iterator[Anki]:
    """A process with the real Anki, installed first where it is not yet. Raises NoAnki."""
    anki = Anki(_python())
    try:
        yield anki
    finally:
        anki.close()


def _python() -> Path:
    """The interpreter that has Anki; made by whichever process comes first."""
    wanted = blake2s(_REQUIREMENTS.read_bytes() + sys.version.encode(), digest_size=6).hexdigest()
    place = _CACHE / f"anki-oracle-{wanted}"
    made, failed = place / "made", _CACHE / f"anki-oracle-{wanted}.failed"
    if not made.exists():
        _CACHE.mkdir(exist_ok=True)
        with (_CACHE / "anki-oracle.lock").open("w") as lock:
            flock(lock, LOCK_EX)
            if not made.exists():
                _install(place, failed)
    return place / "bin" / "python"


def _install(place: Path, failed: Path) -> None:
    if failed.exists() and time.time() - failed.stat().st_mtime < _TRY_AGAIN_S:
        raise NoAnki(failed.read_text("utf-8"))
    shutil.rmtree(place, ignore_errors=True)
    venv.create(place, symlinks=True)
    pip = [sys.executable, "-m", "pip", "--python", str(place / "bin" / "python")]
    install = ["install", "-qq", "--disable-pip-version-check", "--no-input", "--only-binary=:all:"]
    patience = ["--retries", "1", "--timeout", "20", "-r", str(_REQUIREMENTS)]
    try:
        done = subprocess.run(
            [*pip, *install, *patience], capture_output=True, text=True, timeout=600
        )
        reason = "" if done.returncode == 0 else (done.stderr.strip() or "pip failed")
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = str(error)
    if not reason:
        script = "import anki.collection"
        tried = subprocess.run([place / "bin/python", "-c", script], capture_output=True, text=True)
        reason = "" if tried.returncode == 0 else tried.stderr.strip()
    if reason:
        shutil.rmtree(place, ignore_errors=True)
        failed.write_text(reason.splitlines()[-1], "utf-8")
        raise NoAnki(failed.read_text("utf-8"))
    failed.unlink(missing_ok=True)
    (place / "made").touch()
