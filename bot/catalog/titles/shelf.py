"""A set of films as arrays that answer quickly: by exact name, by letters, by the start of a word, by initials.

The arrays are read into memory whole: mapped files would save little, and hold the event loop up where an answer meets
pages for the first time. Nothing here decides what is meant.
"""

import json
import math
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.catalog.store import Names
from bot.catalog.titles.normal import initialisms, light_form, normal_form
from bot.catalog.titles.typed import cleaned

CHOICE_LIMIT = 100  # characters of an autocomplete choice (Discord)
FORMAT = 1  # raised when the arrays change; an index of another format is built anew
KEY = 16  # bytes of a word's beginning that are sorted
FAMOUS = 7.0  # popularity from which a film has initialisms
LARGE = 20_000  # names from which trigrams are spread over more buckets
BITS = (13, 18)  # of a trigram's bucket, for a small and a large shelf
MANY = 4_096  # words with the same beginning from which the best of them are found when the shelf is built
SHORT = 4  # bytes of such a beginning at most
BEST = 90  # words kept for it

Array = NDArray[Any]
Progress = Callable[[float], None]

# How well known the film at a place in the order of fame is, on the scale of ln(votes + 1) that the thresholds use:
# straight lines between these places, over the logarithm of the place.
_PLACES = tuple(math.log10(place) for place in (1, 1_000, 10_000, 40_000))
_SCALE = (14.0, 12.0, 9.0, 0.0)


class StaleIndexError(Exception):
    """The files of an index are missing, damaged, or of another catalog or format."""


def popularity_of(place: int) -> float:
    """Return the popularity, as ln(votes + 1), of the film at `place` in the order of fame, 1 the first."""
    return float(np.interp(math.log10(max(1, place)), _PLACES, _SCALE))


@dataclass(frozen=True, slots=True)
class Entry:
    """A film to be put on a shelf: its names, the title first, and its popularity."""

    film_id: int
    title: str
    year: int | None
    directors: tuple[str, ...]
    others: tuple[str, ...]
    popularity: float

    @classmethod
    def of(cls, names: Names, popularity: float) -> "Entry":
        """Return the entry of a film that has a title."""
        return cls(names.film_id, names.title or "", names.year, names.directors, names.others, popularity)


def label_of(title: str, year: int | None, more: str = "") -> str:
    """Return a film's choice text: `Title (Year)`, with `more` in the brackets, cut to 100 characters."""
    details = ", ".join(part for part in (str(year) if year else "", more[:40]) if part)
    tail = f" ({details})" if details else ""
    shown = cleaned(title) or "?"
    if len(shown) + len(tail) > CHOICE_LIMIT:
        shown = shown[: CHOICE_LIMIT - len(tail) - 1].rstrip() + "…"
    return f"{shown}{tail}"


class Texts:
    """Many texts in one run of bytes."""

    def __init__(self, content: Any, starts: Array) -> None:  # noqa: ANN401 (an array, whose buffer has no type)
        self._content = memoryview(content)
        self._starts = starts

    def __getitem__(self, place: int) -> str:
        start, end = int(self._starts[place]), int(self._starts[place + 1])
        return bytes(self._content[start:end]).decode("utf-8", "surrogatepass")


class Shelf:
    """Films as arrays. Made by `build`, or opened from files that `build` has saved."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        self.film_ids, self.years, self.popularity = arrays["film_ids"], arrays["years"], arrays["popularity"]
        self.is_namesake = arrays["is_namesake"]  # another film here has its title and year
        self.owners, self.aliases = arrays["owners"], arrays["aliases"]
        self.titles = Texts(arrays["title_text"], arrays["title_at"])
        self.directors = Texts(arrays["director_text"], arrays["director_at"])
        self.forms = Texts(arrays["form_text"], arrays["form_at"])
        self.arrays = arrays
        self.count = len(arrays["weights"])  # names with letters to share; the light forms come after them
        self._mask = np.uint64(len(arrays["gram_at"]) - 2)

    def place_of(self, film_id: int) -> int | None:
        """Return the film's place on the shelf, None when it is not there."""
        place = int(np.searchsorted(self.film_ids, film_id))
        return place if place < len(self.film_ids) and int(self.film_ids[place]) == film_id else None

    def exact(self, form: str) -> list[int]:
        """Return the names that are equal to `form`, with or without their spaces."""
        found = [*self._hashed("exact", form), *self._hashed("joined", form.replace(" ", ""))]
        return list(dict.fromkeys(found))

    def called(self, form: str, year: int | None) -> list[int]:
        """Return the places of the films of that name and year."""
        places = self.owners[self.exact(form)] if form else self.owners[:0]
        found: list[int] = np.unique(places[self.years[places] == (year or 0)]).tolist()
        return found

    def initialism(self, letters: str) -> list[int]:
        """Return the places of films that people shorten to `letters`."""
        return self._hashed("initial", letters)

    def rarity(self, words: Sequence[str]) -> Array:
        """Return for each word the logarithm of how rare it is among the names, greatest for words not there."""
        table, hashes = self.arrays["word_hash"], np.array([hash_of(word) for word in words], np.uint64)
        places = np.minimum(np.searchsorted(table, hashes), max(0, len(table) - 1))
        counts = np.where(table[places] == hashes, self.arrays["word_count"][places], 0) if len(table) else 0 * hashes
        return np.log((self.count + 1) / (np.asarray(counts, np.float32) + 1.0)).astype(np.float32)

    def knows(self, words: Sequence[str]) -> list[bool]:
        """Tell for each word whether any name holds it."""
        table = self.arrays["word_hash"]
        if not len(table):
            return [False] * len(words)
        hashes = np.array([hash_of(word) for word in words], np.uint64)
        known: list[bool] = (table[np.minimum(np.searchsorted(table, hashes), len(table) - 1)] == hashes).tolist()
        return known

    def sharing(self, form: str, limit: int) -> list[int]:
        """Return up to one and a half times `limit` names that share the most, and the rarest, letters with `form`."""
        grams = np.unique(_grams(_codes(f" {form} "), self._mask))
        starts, ends = self.arrays["gram_at"][grams], self.arrays["gram_at"][grams + 1]
        order = np.argsort(ends - starts, kind="stable")
        idf = np.log((self.count + 1) / np.maximum(ends - starts, 1)).astype(np.float32)
        scores, used, budget = np.zeros(self.count, np.float32), 0.0, max(120_000, self.count // 3)
        posts = self.arrays["gram_names"]
        for number, at in enumerate(order.tolist()):
            start, end = int(starts[at]), int(ends[at])
            if end == start:
                continue
            budget -= end - start
            if budget < 0 and number >= 6:
                break
            scores[posts[start:end]] += idf[at]
            used += float(idf[at])
        return self._most(scores, used, float(idf[ends > starts].sum()), limit)

    def _most(self, scores: Array, used: float, total: float, limit: int) -> list[int]:
        places: Array = np.flatnonzero(scores > 0.30 * used)
        if len(places) < 20:
            places = np.flatnonzero(scores > 0.18 * used)
        if not len(places) or not total:
            return []
        shared = scores[places]
        alike = 2 * shared / (total + self.arrays["weights"][places])
        fame = self.popularity[self.owners[places]] / 14
        by_likeness = _top(alike + 0.03 * fame, limit)
        by_part = _top(shared / total + 0.12 * fame + 0.15 * alike, limit // 2)
        chosen: list[int] = np.unique(np.concatenate((places[by_likeness], places[by_part]))).tolist()
        return chosen

    def starting(self, form: str, limit: int) -> list[tuple[int, float]]:
        """Return up to `limit` names, one a film, with a word that begins as `form`, best known first, with a score."""
        wanted = form.encode("utf-8", "surrogatepass")
        low, high = self._range(wanted[:KEY])
        names, offsets = self.arrays["start_name"], self.arrays["start_offset"]
        chosen = self._best_starting(wanted, low, high, 3 * limit)
        found: dict[int, tuple[int, float]] = {}
        for at in chosen:
            name, offset = int(names[at]), int(offsets[at])
            if len(wanted) > KEY and not self.forms[name].encode("utf-8", "surrogatepass")[offset:].startswith(wanted):
                continue
            score = float(self._starting_scores(at, at + 1)[0])
            found.setdefault(int(self.owners[name]), (name, score))
        return list(found.values())[:limit]

    def _starting_scores(self, low: int, high: int) -> Array:
        names = self.arrays["start_name"][low:high]
        at_start = self.arrays["start_offset"][low:high] == 0
        return _starting_score(self.popularity[self.owners[names]], at_start, self.aliases[names])

    def _best_starting(self, prefix: bytes, low: int, high: int, limit: int) -> list[int]:
        if len(prefix) <= SHORT and high - low > MANY:
            table = self.arrays["short_key"]
            at = int(np.searchsorted(table, np.array([prefix], table.dtype))[0])
            found: list[int] = self.arrays["short_best"][at * BEST : at * BEST + limit].tolist()
            return found
        return [low + at for at in _top(self._starting_scores(low, high), limit).tolist()]

    def _range(self, prefix: bytes) -> tuple[int, int]:
        keys = self.arrays["start_key"]
        low = np.searchsorted(keys, np.array([prefix], keys.dtype))[0]
        last = prefix + b"\xff" * (KEY - len(prefix))
        return int(low), int(np.searchsorted(keys, np.array([last], keys.dtype), side="right")[0])

    def best_known(self, limit: int) -> list[int]:
        """Return the places of the best-known films."""
        return _top(self.popularity, limit).tolist()

    def _hashed(self, kind: str, text: str) -> list[int]:
        table, value = self.arrays[f"{kind}_hash"], np.uint64(hash_of(text))
        low, high = int(np.searchsorted(table, value)), int(np.searchsorted(table, value, side="right"))
        return self.arrays[f"{kind}_place"][low:high].tolist()

    def save(self, folder: Path, stamp: str) -> None:
        """Write the arrays to an empty or new folder; the description comes last."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, array in self.arrays.items():
            np.save(folder / f"{name}.npy", array, allow_pickle=False)
        sums = {name: _checksum(folder / f"{name}.npy") for name in self.arrays}
        about = {"format": FORMAT, "stamp": stamp, "sums": sums}
        (folder / "about.json").write_text(json.dumps(about), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path, stamp: str) -> "Shelf":
        """Read the arrays saved in `folder`; StaleIndexError when they are not those of this format and `stamp`."""
        try:
            about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
            if about["format"] != FORMAT or about["stamp"] != stamp:
                raise StaleIndexError("of another catalog or version")
            arrays: dict[str, Array] = {}
            for name, checksum in about["sums"].items():
                if _checksum(folder / f"{name}.npy") != checksum:
                    raise StaleIndexError(f"{name} is damaged")
                arrays[name] = np.load(folder / f"{name}.npy", allow_pickle=False)
            return cls(arrays)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise StaleIndexError(str(error)) from error


def build(entries: Iterable[Entry], progress: Progress = lambda _share: None) -> Shelf:
    """Put films on a shelf. `progress` hears the share that is done, 0 to 1."""
    films = sorted(entries, key=lambda entry: entry.film_id)
    arrays: dict[str, Array] = {
        "film_ids": np.array([film.film_id for film in films], np.int64),
        "years": np.array([film.year or 0 for film in films], np.int16),
        "popularity": np.array([film.popularity for film in films], np.float32),
    }
    counted = Counter(label_of(film.title, film.year).casefold() for film in films)
    arrays["is_namesake"] = np.array([counted[label_of(film.title, film.year).casefold()] > 1 for film in films], bool)
    arrays["title_text"], arrays["title_at"] = _texts(film.title for film in films)
    arrays["director_text"], arrays["director_at"] = _texts("\x1f".join(film.directors) for film in films)
    names, light = _names(films)
    progress(0.4)
    forms = [form for form, _, _ in names]
    every = [*names, *light]
    arrays["form_text"], arrays["form_at"] = _texts(form for form, _, _ in every)
    arrays["owners"] = np.array([owner for _, owner, _ in every], np.int32)
    arrays["aliases"] = np.array([kind for _, _, kind in every], np.uint8)
    arrays |= _gram_arrays(forms)
    progress(0.6)
    arrays |= _hash_arrays("exact", ((form, at) for at, form in enumerate(forms)))
    arrays |= _hash_arrays("joined", ((form.replace(" ", ""), at) for at, form in enumerate(forms) if " " in form))
    famous = (
        (letters, at)
        for at, film in enumerate(films)
        if film.popularity >= FAMOUS
        for letters in initialisms(film.title)
    )
    arrays |= _hash_arrays("initial", famous)
    counts = Counter(word for form in forms for word in set(form.split()))
    words = sorted((hash_of(word), count) for word, count in counts.items())
    arrays["word_hash"] = np.array([value for value, _ in words], np.uint64)
    arrays["word_count"] = np.array([count for _, count in words], np.int32)
    progress(0.8)
    arrays |= _start_arrays([form for form, _, _ in every])
    arrays |= _short_arrays(arrays)
    progress(1.0)
    return Shelf(arrays)


def _names(films: Sequence[Entry]) -> tuple[list[tuple[str, int, int]], list[tuple[str, int, int]]]:
    """Return each film's names as (form, place, kind: 0 title, 1 further), and the light forms that differ (kind 2)."""
    names: list[tuple[str, int, int]] = []
    light: list[tuple[str, int, int]] = []
    for place, film in enumerate(films):
        seen: set[str] = set()
        for number, name in enumerate((film.title, *film.others)):
            form = normal_form(name)
            if form and form not in seen:
                seen.add(form)
                names.append((form, place, min(number, 1)))
                letters = light_form(name)
                if letters and letters != form:
                    light.append((letters, place, 2))
    return names, light


def _texts(texts: Iterable[str]) -> tuple[Array, Array]:
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    starts = np.concatenate(([0], np.cumsum([len(each) for each in encoded], dtype=np.int64))).astype(np.int64)
    return np.frombuffer(b"".join(encoded) or b"\x00", np.uint8), starts


def _codes(text: str) -> Array:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _grams(codes: Array, mask: np.uint64) -> Array:
    """Return the bucket of every three letters in a row."""
    wide = codes.astype(np.uint64)
    mixed = wide[:-2] * np.uint64(0x9E3779B1) + wide[1:-1] * np.uint64(0x85EBCA77) + wide[2:] * np.uint64(0xC2B2AE3D)
    mixed ^= mixed >> np.uint64(15)
    mixed *= np.uint64(0x2545F491)
    mixed ^= mixed >> np.uint64(21)
    buckets: Array = (mixed & mask).astype(np.int64)
    return buckets


def _gram_arrays(forms: Sequence[str]) -> dict[str, Array]:
    size = 1 << BITS[len(forms) >= LARGE]
    codes = _codes("".join(f" {form} \x00" for form in forms))
    ends: Array = np.flatnonzero(codes == 0)
    owner = np.repeat(np.arange(len(forms), dtype=np.int64), np.diff(np.concatenate(([-1], ends))))
    inside = (codes[:-2] != 0) & (codes[1:-1] != 0) & (codes[2:] != 0) if len(codes) else np.zeros(0, bool)
    grams = _grams(codes, np.uint64(size - 1)) if len(codes) else np.zeros(0, np.int64)
    pairs = np.unique((grams[inside] << np.int64(32)) | owner[:-2][inside])
    buckets: Array = pairs >> np.int64(32)
    names: Array = (pairs & np.int64(0xFFFFFFFF)).astype(np.int32)
    counts = np.bincount(buckets, minlength=size)
    idf = np.log((len(forms) + 1) / np.maximum(counts, 1))
    return {
        "gram_at": np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        "gram_names": names,
        "weights": np.bincount(names, weights=idf[buckets], minlength=len(forms)).astype(np.float32),
    }


def _hash_arrays(kind: str, pairs: Iterable[tuple[str, int]]) -> dict[str, Array]:
    hashed = [(hash_of(text), place) for text, place in pairs]
    values = np.array([value for value, _ in hashed], np.uint64)
    places = np.array([place for _, place in hashed], np.int32)
    order = np.argsort(values, kind="stable")
    return {f"{kind}_hash": values[order], f"{kind}_place": places[order]}


def _start_arrays(forms: Sequence[str]) -> dict[str, Array]:
    keys: list[bytes] = []
    names: list[int] = []
    offsets: list[int] = []
    for name, form in enumerate(forms):
        encoded = form.encode("utf-8", "surrogatepass")
        for offset in _word_starts(encoded):
            keys.append(encoded[offset : offset + KEY])
            names.append(name)
            offsets.append(min(offset, 65_535))
    found = np.array(keys, f"S{KEY}")
    order = np.argsort(found, kind="stable")
    return {
        "start_key": found[order],
        "start_name": np.array(names, np.int32)[order],
        "start_offset": np.array(offsets, np.uint16)[order],
    }


def _starting_score(popularity: Array, at_start: Array, kinds: Array) -> Array:
    """Return how soon words are offered that begin as typed: best known and first word first."""
    scores: Array = popularity + 1.0 * at_start - 0.6 * (kinds == 1)
    return scores


def _short_arrays(arrays: dict[str, Array]) -> dict[str, Array]:
    """Return for each short beginning of very many words the places of the best of them, BEST a beginning."""
    keys, names = arrays["start_key"], arrays["start_name"]
    popularity = arrays["popularity"][arrays["owners"][names]]
    scores = _starting_score(popularity, arrays["start_offset"] == 0, arrays["aliases"][names])
    found: list[tuple[bytes, Array]] = []
    for length in range(1, SHORT + 1) if len(keys) > MANY else ():
        beginnings, starts, counts = np.unique(keys.astype(f"S{length}"), return_index=True, return_counts=True)
        for beginning, start, count in zip(beginnings.tolist(), starts.tolist(), counts.tolist(), strict=True):
            if count > MANY and len(beginning) == length:
                found.append((beginning, start + _top(scores[start : start + count], BEST)))
    found.sort(key=lambda each: each[0])
    best = np.concatenate([places for _, places in found]) if found else np.zeros(0, np.int64)
    return {
        "short_key": np.array([beginning for beginning, _ in found], f"S{SHORT}"),
        "short_best": best.astype(np.int32),
    }


def _word_starts(encoded: bytes) -> Iterator[int]:
    yield 0
    at = encoded.find(b" ")
    while at >= 0:
        yield at + 1
        at = encoded.find(b" ", at + 1)


def _top(scores: Array, limit: int) -> Array:
    """Return the places of the greatest `limit` scores, the greatest first, ties in order of place."""
    is_long = len(scores) > limit
    places = np.sort(np.argpartition(-scores, limit - 1)[:limit]) if is_long else np.arange(len(scores))
    return places[np.argsort(-scores[places], kind="stable")]


def hash_of(text: str) -> int:
    """Return 64 bits that stand for the text, the same in every process."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _checksum(path: Path) -> int:
    value = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            value = zlib.crc32(block, value)
    return value
