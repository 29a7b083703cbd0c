"""A zip file that came from elsewhere, opened within limits.

What counts is what comes out, never what the zip promises.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import pairwise
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from offhand.errors import OffhandError
from offhand.formats.draft import Limits

_CHUNK = 1 << 20
_RATIO_COUNTS_FROM = 20_000_000
"""Below so many bytes a good ratio is no attack: an empty collection packs a hundred times smaller."""
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_EXPORT_AGAIN = "Export it again, or copy it once more from where it came."


class Stream(Protocol):
    """What a member holds, to be read piece by piece."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most so many; none at its end."""


class Archive:
    """An open zip file. `close` closes it; until then its members are read from it."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self._limits = limits
        self._sizes: dict[str, int] = {}
        self._zip = _opened(path, limits)
        self._members = {each.filename: each for each in self._zip.infolist()}

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._members

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, in their order."""
        return tuple(self._members)

    def read(self, name: str, most: int | None = None) -> bytes:
        """The bytes of a member, at most so many. Raises OffhandError."""
        parts = list(self._chunks(name, most))
        return b"".join(parts)

    def unpack(self, name: str, into: BinaryIO) -> None:
        """Write a member into a file. Raises OffhandError."""
        into.writelines(self._chunks(name, None))

    def _chunks(self, name: str, most: int | None) -> Iterator[bytes]:
        """A member piece by piece."""
        info = self._members[name]
        if info.flag_bits & 1:
            raise self._broken(f"`{name}` is encrypted")
        size, packed = 0, max(info.compress_size, 1)
        most = min(most or self._limits.unpacked_size, self._limits.unpacked_size)
        others = sum(self._sizes.values()) - self._sizes.get(name, 0)
        with self._told(name), self._zip.open(info) as member, self._plain(member) as plain:
            while chunk := plain.read(_CHUNK):
                size += len(chunk)
                if size > most or size + others > self._limits.unpacked_size:
                    raise self._too_large(f"`{name}` unpacks to more than {most:,} bytes.")
                if size > _RATIO_COUNTS_FROM and size > packed * self._limits.ratio:
                    ratio = self._limits.ratio
                    raise self._too_large(f"`{name}` unpacks to more than {ratio} times its size.")
                yield chunk
        self._sizes[name] = size

    def _plain(self, member: IO[bytes]) -> AbstractContextManager[Stream]:
        """What a member holds; it may be packed once more."""
        return nullcontext(member)

    def _damages(self) -> tuple[type[Exception], ...]:
        """The errors by which a damaged member is noticed."""
        return (zipfile.BadZipFile, zlib.error, EOFError, struct.error)

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """What goes wrong with a member, told."""
        try:
            yield
        except NotImplementedError:
            raise self._broken(f"`{name}` in it is packed in a way of its own") from None
        except self._damages():
            raise self._broken(f"`{name}` in it is damaged") from None

    def _broken(self, what: str) -> OffhandError:
        return OffhandError(f"{self.path} cannot be read: {what}.", mend=_EXPORT_AGAIN)

    def _too_large(self, what: str) -> OffhandError:
        return OffhandError(
            f"{self.path} is larger than an import may be.",
            what,
            "Raise the setting for it if you trust the file.",
        )


def _opened(path: Path, limits: Limits) -> zipfile.ZipFile:
    try:
        size = path.stat().st_size
        if size > limits.file_size:
            raise OffhandError(
                f"{path} is larger than {limits.file_size:,} bytes.",
                mend="Raise the setting for it if you trust the file.",
            )
        if (count := _count(path, size)) > limits.files:
            raise OffhandError(
                f"{path} holds {count:,} files, more than {limits.files:,}.",
                mend="Raise the setting for it if you trust the file.",
            )
        opened = zipfile.ZipFile(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OffhandError(
            f"{path} cannot be read: {reason}.", mend="Check its path and rights."
        ) from None
    except (zipfile.BadZipFile, NotImplementedError, struct.error, UnicodeDecodeError):
        raise OffhandError(
            f"{path} is not whole: it is no zip file, or only a part of one.", mend=_EXPORT_AGAIN
        ) from None
    try:
        _refuse_overlaps(path, opened)
    except BaseException:
        opened.close()
        raise
    return opened


def _count(path: Path, size: int) -> int:
    """How many members the zip says that it has, before the list of them is read."""
    with path.open("rb") as file:
        file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT - 20 - 56))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or at + _END_SIZE > len(tail):
        raise zipfile.BadZipFile
    count, list_size = struct.unpack_from("<HI", tail, at + 10)
    if count == 0xFFFF and (long := tail.rfind(b"PK\x06\x06", 0, at)) >= 0:
        count, list_size = struct.unpack_from("<QQ", tail, long + 32)
    # A line of the list has 46 bytes and a name. One that is longer than its count allows is a lie.
    return int(max(count, list_size // (4 * 46)))


def _refuse_overlaps(path: Path, opened: zipfile.ZipFile) -> None:
    members = sorted(opened.infolist(), key=lambda each: each.header_offset)
    for one, after in pairwise(members):
        if one.header_offset + 30 + one.compress_size > after.header_offset:
            raise OffhandError(
                f"{path} is a trap: `{one.filename}` and `{after.filename}` overlap in it.",
                mend="Do not trust where it came from.",
            )
