"""What a person typed, read as a title: the ways to read it, with the year it may name. Pure text, no films."""

import re
import unicodedata
from dataclasses import dataclass

from bot.catalog.titles.normal import normal_form

TYPED_LIMIT = 200  # characters looked at; no title is longer

_YEAR_LAST = re.compile(r"^(?P<title>.*\S)\s*[(\[{,.\-–—_ ]\s*(?P<year>(?:18|19|20)\d\d|['’]?\d\d)\s*[)\]}]?\s*$")
_YEAR_FIRST = re.compile(r"^[(\[]?(?P<year>(?:18|19|20)\d\d)[)\]]?[\s:,-]+(?P<title>\S.*)$")
_YEAR_WITHIN = re.compile(r"[\s._\-(\[](?P<year>(?:19|20)\d\d)(?=[\s._\-)\]]|$)")
_FILE_ENDING = re.compile(r"\.(?:mkv|avi|mp4|m4v|mov|wmv|iso)$", re.IGNORECASE)
_RELEASE_WORD = re.compile(
    r"[\s._\-\[(]+(?:(?:480|720|1080|2160)[pi]|4k|uhd|blu-?ray|bdrip|brrip|dvd-?rip|dvdscr|dvd|web-?dl|web-?rip|web|hdtv"
    r"|hdrip|x\.?26[45]|h\.?26[45]|xvid|divx|ac3|dts|aac|remux|proper|unrated|extended|limited|internal|multi|french|ita"
    r"|eng|german|dubbed|subbed|subs?|imax|3d|hsbs|repack|cam|ts|mkv|avi|mp4|m4v|directors?\.cut)(?=$|[\s._\-\])\[])",
    re.IGNORECASE,
)
_GENERAL_WORD = re.compile(
    r"\s+(?:(?:full |the )?(?:movie|film)|movies|films|series|franchise|episode|trilogy|online|trailer|imdb|dvd)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the text: a title's normal form, and a year as typed (two or four digits).

    `is_vague` when a word such as "movie" or "series" was taken off: it may mean any of several.
    """

    form: str
    year: str | None = None
    is_vague: bool = False

    def years_off(self, year: int | None) -> int | None:
        """Return how far the film's year is from the typed one; None when none was typed, 99 when the film has none."""
        if self.year is None:
            return None
        if not year:
            return 99
        if len(self.year) == 2:
            return min(abs(year - (century + int(self.year))) for century in (1900, 2000))
        return abs(year - int(self.year))


def cleaned(text: str) -> str:
    """Return the text without control characters and lone surrogates, single-spaced, cut to 200 characters."""
    if len(text) <= TYPED_LIMIT and text.isprintable():
        return " ".join(text.split())
    kept = (" " if char.isspace() else char for char in text[: 4 * TYPED_LIMIT] if _is_readable(char))
    return " ".join("".join(kept).split())[:TYPED_LIMIT]


def _is_readable(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}


def readings(text: str) -> list[Reading]:
    """Return the ways to read a cleaned text, as it stands first; none when nothing is left of it."""
    title, year = _without_release_words(text)
    found = [Reading(normal_form(title), year)]
    if year is None:
        with_year = filter(None, (_YEAR_LAST.match(title), _YEAR_FIRST.match(title)))
        found += [Reading(normal_form(match["title"]), match["year"].lstrip("'’")) for match in with_year]
        if match := _GENERAL_WORD.search(title):
            found.append(Reading(normal_form(title[: match.start()]), is_vague=True))
    return [reading for reading in dict.fromkeys(found) if reading.form]


def _without_release_words(text: str) -> tuple[str, str | None]:
    """Take a file's name apart: the title ends where its year or the first word of the trade begins."""
    is_file = _FILE_ENDING.search(text) is not None or (text.count(".") >= 2 and " " not in text)
    if not is_file and len(_RELEASE_WORD.findall(text)) < 2:
        return text, None
    name = _FILE_ENDING.sub("", text)
    year, word = _YEAR_WITHIN.search(name), _RELEASE_WORD.search(name)
    end = min((match.start() for match in (year, word) if match), default=len(name))
    title = name[:end].replace(".", " ").replace("_", " ").strip(" -[(")
    return (title, year["year"] if year else None) if title else (text, None)
