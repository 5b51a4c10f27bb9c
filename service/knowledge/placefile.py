"""The compiled places: one file, memory-mapped, so that processes share it; names found by binary search of hashes.

Layout: 8 bytes of magic, the length of the header as 4 bytes little-endian, the header (JSON: country codes, division
names, kinds, and each array's type, count and offset), then the arrays.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

MAGIC = b"EWPLACE1"
ALTERNATE = 1 << 31
_ALIGNMENT = 8

Fields = tuple[str, str | None, str | None, float, float, int, int | None, str]
"""Name, country, division, latitude, longitude, population, GeoNames id, kind."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A place to be written: its fields and the keys of its main and of its other names."""

    fields: Fields
    keys: tuple[str, ...]
    other_keys: tuple[str, ...] = ()


def hashed(key: str) -> int:
    """64 bits of a key: among some 200,000 names two share a hash once in a billion builds."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


class PlaceFile:
    def __init__(self, strings: dict[str, list[str]], arrays: dict[str, npt.NDArray[Any]]) -> None:
        self._countries, self._divisions, self._kinds = (strings[name] for name in ("countries", "divisions", "kinds"))
        self._arrays = arrays
        self._hashes = arrays["hashes"]

    @classmethod
    def open(cls, path: Path) -> Self:
        """Maps the file; reads only its header.

        Raises:
            ValueError: the file is none of these.
        """
        whole = np.asarray(np.memmap(path, mode="r"))  # slices of a plain array are cheaper, and mapped as well
        if bytes(whole[: len(MAGIC)]) != MAGIC:
            raise ValueError(f"{path} is no compiled table of places")
        begin = len(MAGIC) + 4
        header = json.loads(bytes(whole[begin : begin + int.from_bytes(bytes(whole[len(MAGIC) : begin]), "little")]))
        arrays = {
            name: whole[offset : offset + count * np.dtype(kind).itemsize].view(kind)
            for name, (kind, count, offset) in header["arrays"].items()
        }
        return cls(header["strings"], arrays)

    def __len__(self) -> int:
        return len(self._arrays["latitude"])

    def find(self, key: str) -> Iterator[tuple[Fields, bool]]:
        """The places of a normalised name, each with whether it is another than its main name."""
        wanted = np.uint64(hashed(key))
        first = int(np.searchsorted(self._hashes, wanted))
        while first < len(self._hashes) and self._hashes[first] == wanted:
            target = int(self._arrays["targets"][first])
            yield self._fields(target & ~ALTERNATE), bool(target & ALTERNATE)
            first += 1

    def _fields(self, row: int) -> Fields:
        arrays = self._arrays
        begin, end = int(arrays["name_offsets"][row]), int(arrays["name_offsets"][row + 1])
        geonames_id = int(arrays["geonames"][row])
        return (
            bytes(arrays["names"][begin:end]).decode(),
            self._countries[int(arrays["country"][row])] or None,
            self._divisions[int(arrays["division"][row])] or None,
            round(float(arrays["latitude"][row]), 5),
            round(float(arrays["longitude"][row]), 5),
            int(arrays["population"][row]),
            geonames_id or None,
            self._kinds[int(arrays["kind"][row])],
        )


def write(path: Path, places: Sequence[Compiled]) -> None:
    """Writes the compiled file. The same places give the same bytes."""
    countries, divisions, kinds = (_distinct(place.fields[column] for place in places) for column in (1, 2, 7))
    names = [str(place.fields[0]).encode() for place in places]
    targets = sorted(
        {(hashed(key), row) for row, place in enumerate(places) for key in place.keys}
        | {
            (hashed(key), row | ALTERNATE)
            for row, place in enumerate(places)
            for key in set(place.other_keys) - set(place.keys)
        }
    )
    arrays: dict[str, npt.NDArray[Any]] = {
        "hashes": np.array([key for key, _ in targets], "<u8"),
        "targets": np.array([target for _, target in targets], "<u4"),
        "latitude": np.array([place.fields[3] for place in places], "<f4"),
        "longitude": np.array([place.fields[4] for place in places], "<f4"),
        "population": np.array([place.fields[5] for place in places], "<u4"),
        "geonames": np.array([place.fields[6] or 0 for place in places], "<u4"),
        "name_offsets": np.cumsum([0, *map(len, names)]).astype("<u4"),
        "country": np.array([countries[place.fields[1] or ""] for place in places], "<u2"),
        "division": np.array([divisions[place.fields[2] or ""] for place in places], "<u2"),
        "kind": np.array([kinds[place.fields[7]] for place in places], "<u1"),
        "names": np.frombuffer(b"".join(names), "<u1"),
    }
    _write(path, {"countries": list(countries), "divisions": list(divisions), "kinds": list(kinds)}, arrays)


def _distinct(values: Iterable[object]) -> dict[str, int]:
    return {str(value): number for number, value in enumerate(sorted({str(value or "") for value in values}))}


def _write(path: Path, strings: dict[str, list[str]], arrays: dict[str, npt.NDArray[Any]]) -> None:
    offsets = dict.fromkeys(arrays, 10**9)  # as wide as they can get, so that the header's length is known
    for _ in range(2):
        listing = {name: [array.dtype.str, len(array), offsets[name]] for name, array in arrays.items()}
        header = json.dumps({"strings": strings, "arrays": listing}, ensure_ascii=False, sort_keys=True).encode()
        header = header.ljust(-(-(len(header)) // 1024) * 1024)
        position = -(-(len(MAGIC) + 4 + len(header)) // _ALIGNMENT) * _ALIGNMENT
        for name, array in arrays.items():
            offsets[name] = position
            position += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
    with path.open("wb") as file:
        file.write(MAGIC + len(header).to_bytes(4, "little") + header)
        for name, array in arrays.items():
            file.seek(offsets[name])
            file.write(array.tobytes())
