"""An `.apkg` or `.colpkg` file: a zip with Anki's collection in it, of one of three versions."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO

from offhand.errors import OffhandError
from offhand.formats.anki.protobuf import fields_of, number
from offhand.formats.archive import Archive, Stream
from offhand.formats.draft import Limits

_LARGEST_WINDOW = 1 << 27
_COLLECTIONS = {3: "collection.anki21b", 2: "collection.anki21", 1: "collection.anki2"}
"""The collection of each version of a package; an older one beside it is a stub for older Ankis."""


class Package(Archive):
    """An open package. `close` closes the file; media are read from it until then."""

    def __init__(self, path: Path, limits: Limits) -> None:
        super().__init__(path, limits)
        self.version = 0
        try:
            self.version = self._version()
        except BaseException:
            self.close()
            raise

    @property
    def collection(self) -> str:
        """The name of the member that is the real collection."""
        return _COLLECTIONS[self.version]

    def _version(self) -> int:
        """Which of its collections is the real one."""
        version = 0
        if "meta" in self:
            try:
                version = number(fields_of(self.read("meta", 10_000)), 1)
            except ValueError:
                raise self._broken("what it says of itself cannot be read") from None
            if version not in _COLLECTIONS:
                raise OffhandError(
                    f"{self.path} was made by an Anki that is newer than this Offhand.",
                    mend="In Anki's export, tick “Support older Anki versions”.",
                )
            if _COLLECTIONS[version] not in self:
                raise self._broken(f"its `{_COLLECTIONS[version]}` is missing")
            return version
        found = next((v for v, name in _COLLECTIONS.items() if name in self), 0)
        if not found:
            raise OffhandError(
                f"{self.path} is no Anki package.",
                "There is no collection in it.",
                "Anki makes one with File, Export.",
            )
        return found

    def _plain(self, member: IO[bytes]) -> AbstractContextManager[Stream]:
        """What a member holds; newer packages pack each member once more."""
        if self.version < 3:
            return nullcontext(member)
        import zstandard

        reader = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
        return reader.stream_reader(member, read_across_frames=True, closefd=False)

    def _damages(self) -> tuple[type[Exception], ...]:
        import zstandard

        return (*super()._damages(), zstandard.ZstdError)
