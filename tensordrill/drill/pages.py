"""Records of an SQLite file, read page by page: https://www.sqlite.org/fileformat2.html.

No tree is walked from its root. Each leaf is read for itself, so that a damaged page hides only what is on it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

MAGIC = b"SQLite format 3\0"
_HEADER = 100
"""The bytes of the header, whose fields are at fixed offsets: https://www.sqlite.org/fileformat2.html#the_database_header."""
_TABLE_LEAF = 0x0D
_INDEX_LEAF = 0x0A
_INDEX_INTERIOR = 0x02
"""The kinds of pages with records: https://www.sqlite.org/fileformat2.html#b_tree_pages."""
_PAGE_SIZE = 4096
"""SQLite's default, of files whose header is lost."""
_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
"""The bytes of null, integers, a float, 0 and 1, by their serial type: https://www.sqlite.org/fileformat2.html#record_format."""

Value: TypeAlias = int | float | str | bytes | None


class Record(NamedTuple):
    """A row of a table with its rowid, or an entry of an index, which has none."""

    rowid: int | None
    values: tuple[Value, ...]


class FileHeader(NamedTuple):
    """The header of a file, from its first page."""

    page_size: int
    usable: int
    first_free: int
    user_version: int
    application_id: int


def header(data: bytes) -> FileHeader | None:
    """Return the header of an SQLite file; None where there is none."""
    if not data.startswith(MAGIC) or len(data) < _HEADER:
        return None
    size = int.from_bytes(data[16:18], "big")
    size = 65536 if size == 1 else size
    if not 512 <= size <= 65536 or size & (size - 1) or data[20] > 32:
        return None
    return FileHeader(
        size, size - data[20], *(int.from_bytes(data[at : at + 4], "big") for at in (32, 60, 68))
    )


def records(data: bytes) -> Iterator[Record]:
    """Yield all records that can be read, but for those of the schema and those on pages that are free."""
    first = header(data)
    size, usable = (first.page_size, first.usable) if first else (_PAGE_SIZE, _PAGE_SIZE)
    pages = [data[at : at + size] for at in range(0, len(data), size)]
    free = _free(pages, first.first_free) if first else frozenset()
    for number, page in enumerate(pages[1:], 2):
        if number not in free:
            yield from _records(page, pages, usable)


def _free(pages: list[bytes], trunk: int) -> frozenset[int]:
    """Return the numbers of the pages on the list of those that are free, as far as it can be read.

    A trunk page has the next one's number, a count, and the numbers of free leaves:
    https://www.sqlite.org/fileformat2.html#the_freelist
    """
    free: set[int] = set()
    while 2 <= trunk <= len(pages) and trunk not in free:
        free.add(trunk)
        page = pages[trunk - 1]
        end = min(8 + 4 * int.from_bytes(page[4:8], "big"), len(page))
        free.update(int.from_bytes(page[at : at + 4], "big") for at in range(8, end, 4))
        trunk = int.from_bytes(page[:4], "big")
    return frozenset(free)


def _records(page: bytes, pages: list[bytes], usable: int) -> Iterator[Record]:
    kind = page[0]
    if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR):
        return
    pointers = 12 if kind == _INDEX_INTERIOR else 8
    for at in range(pointers, pointers + 2 * int.from_bytes(page[3:5], "big"), 2):
        try:
            yield _record(page, int.from_bytes(page[at : at + 2], "big"), kind, pages, usable)
        except (ValueError, IndexError, struct.error):  # damaged
            continue


def _record(page: bytes, at: int, kind: int, pages: list[bytes], usable: int) -> Record:
    """Read the cell at an offset of a page; raise ValueError, IndexError or struct.error where it is none.

    `most` and `least` bytes of a record stand in its own page, the rest on a chain of overflow pages:
    https://www.sqlite.org/fileformat2.html#cell_payload_overflow_pages
    """
    if kind == _INDEX_INTERIOR:
        at += 4  # the page below
    length, at = _varint(page, at)
    rowid = None
    if kind == _TABLE_LEAF:
        rowid, at = _varint(page, at)
    most = usable - 35 if kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
    here = length
    if length > most:
        least = (usable - 12) * 32 // 255 - 23
        fitting = least + (length - least) % (usable - 4)
        here = fitting if fitting <= most else least
    payload = page[at : at + here]
    if len(payload) != here:
        raise ValueError
    if here < length:
        first = int.from_bytes(page[at + here : at + here + 4], "big")
        payload += _overflow(first, length - here, pages, usable)
    return Record(rowid, tuple(_values(payload)))


def _overflow(number: int, length: int, pages: list[bytes], usable: int) -> bytes:
    parts: list[bytes] = []
    while length > 0:
        if not 2 <= number <= len(pages):
            raise ValueError
        page = pages[number - 1]
        part = page[4 : min(usable, 4 + length)]
        if not part:
            raise ValueError
        parts.append(part)
        length -= len(part)
        number = int.from_bytes(page[:4], "big")
    return b"".join(parts)


def _values(payload: bytes) -> Iterator[Value]:
    end, at = _varint(payload, 0)
    place = end
    while at < end:
        kind, at = _varint(payload, at)
        if kind < 0 or kind in (10, 11):  # which no file has
            raise ValueError
        size = (kind - 12) // 2 if kind >= 12 else _SIZES[kind]
        part = payload[place : place + size]
        if len(part) != size:
            raise ValueError
        place += size
        if kind >= 12:
            yield part.decode() if kind % 2 else part
        elif kind == 7:
            yield float(struct.unpack(">d", part)[0])
        elif size:
            yield int.from_bytes(part, "big", signed=True)
        else:
            yield None if kind == 0 else kind - 8
    if at != end or place != len(payload):
        raise ValueError


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the integer of up to nine bytes at an offset, and the offset behind it.

    Eight bytes give seven bits each while their first bit is set, and a ninth gives eight:
    https://www.sqlite.org/fileformat2.html#varint
    """
    value = 0
    for number in range(8):
        byte = data[at + number]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + number + 1
    value = value << 8 | data[at + 8]
    return value - (1 << 64 if value >> 63 else 0), at + 9
