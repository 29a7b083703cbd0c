"""Anki's packages, `.apkg` and `.colpkg` of every version, and its collections, as drafts of decks."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from offhand.errors import OffhandError
from offhand.formats.anki.collection import Collection
from offhand.formats.anki.collection_reader import CollectionReader
from offhand.formats.anki.database import LOG
from offhand.formats.anki.media import Media, media_beside, media_in
from offhand.formats.anki.package import Package
from offhand.formats.draft import Draft, ReadOptions
from offhand.formats.garbage import collector_paused

_COLLECTION = "collection.anki2"


def read(path: Path, options: ReadOptions) -> list[Draft]:
    """The decks in a package, or in a collection of Anki's own. Raises OffhandError."""
    with TemporaryDirectory(prefix="offhand-") as folder:
        file = Path(folder, _COLLECTION)
        if _is_database(path):
            _copy(path, file, options)
            return _read(file, path, options, Media(media_beside(path)))
        package = Package(path, options.limits)
        try:
            media = Media(media_in(package))
            with _disk_told(), file.open("wb") as unpacked:
                package.unpack(package.collection, unpacked)
            drafts = _read(file, path, options, media)
        except BaseException:
            package.close()
            raise
        if not media.used and not any(draft.media for draft in drafts):
            package.close()
        return drafts


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def _copy(path: Path, file: Path, options: ReadOptions) -> None:
    """Copy a collection that Anki may be using, with the log that it keeps beside it."""
    log = path.with_name(path.name + LOG)
    with _disk_told():
        for source, copy in ((path, file), (log, file.with_name(file.name + LOG))):
            if source.exists():
                if source.stat().st_size > options.limits.unpacked_size:
                    most = f"{options.limits.unpacked_size:,} bytes"
                    raise OffhandError(
                        f"{source} is larger than {most}.", mend="Raise the setting for it."
                    )
                shutil.copyfile(source, copy)


@contextmanager
def _disk_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OffhandError(
            f"The collection could not be unpacked: {error.strerror or error}.",
            "Nothing was imported.",
            "Make room where temporary files go.",
        ) from None


def _read(file: Path, path: Path, options: ReadOptions, media: Media) -> list[Draft]:
    collection = Collection(file, path)
    try:
        if collection.is_stub:
            raise OffhandError(
                f"{path} holds only a note that asks for a newer Anki.",
                "The real collection is not in it.",
                "Export it from Anki again.",
            )
        with collector_paused():
            return CollectionReader(collection, path, options, media).drafts()
    finally:
        collection.close()
