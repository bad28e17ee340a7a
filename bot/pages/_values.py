"""Reading single values out of shielded text: years, dates, money, counts, lists. Never raises but Malformed."""

import re
from datetime import date
from decimal import Decimal

from bot.pages._desk import Malformed, readable
from bot.pages.model import ImdbRating, TomatoRating

_YEAR_AT_END = re.compile(r" ?\(([0-9]{4})\)$")
_NUMBER = r"([0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(\.[0-9]{1,9})?"
_MONEY = re.compile(rf"(?:US ?)?\$ ?{_NUMBER} ?([a-z]{{1,8}})?", re.IGNORECASE)
_COUNT = re.compile(rf"{_NUMBER} ?([a-z]{{1,8}})?", re.IGNORECASE)
_SCALES = {
    "": 1,
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
}
_HOURS = re.compile(r"([0-9]{1,3}) ?(?:h|hr|hrs|hours?)(?:,? ?([0-9]{1,2}) ?(?:m|min|mins|minutes?)?\.?)?")
_MINUTES = re.compile(r"([0-9]{1,4}) ?(?:m|min|mins|minutes?)\.?")
_AS_OF = re.compile(r" ?\(as of ([^()]{1,20})\)$", re.IGNORECASE)
_IMDB = re.compile(r"([0-9]{1,2}(?:\.[0-9])?)(?: ?/ ?10)?(?: ?\(([^()]{1,60})\))?")
_VOTES = re.compile(r"(?:(.{1,30}?) ?votes)?(?:, ?)?(?:as of ([0-9-]{4,7}))?", re.IGNORECASE)
_PERCENT = re.compile(r"([0-9]{1,3}) ?%")
_IMDB_ID = re.compile(r"(?:https?://(?:www\.)?imdb\.com/title/)?(tt[0-9]{7,9})/?")


def split_year(text: str) -> tuple[str, int | None]:
    """Take `(1995)` off the end; a year outside 1870 to 2100 belongs to the title."""
    found = _YEAR_AT_END.search(text)
    if found is None or not 1870 <= int(found[1]) <= 2100 or not readable(text[: found.start()]):
        return text, None
    return text[: found.start()], int(found[1])


def split_as_of(text: str) -> tuple[str, str | None]:
    """Take `(as of 2023)` off the end."""
    found = _AS_OF.search(text)
    return (text, None) if found is None else (text[: found.start()], found[1])


def a_list(text: str) -> tuple[str, ...]:
    """Return the values between commas."""
    return tuple(value for part in text.split(",") if (value := readable(part)))


def a_year(text: str) -> int:
    if re.fullmatch(r"[0-9]{4}", text):
        return int(text)
    raise Malformed("Write the year with four digits.")


def a_date(text: str) -> date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # the 31st of April; said below
    raise Malformed("Write the date as 1995-10-27.")


def minutes(text: str) -> int:
    if found := _HOURS.fullmatch(text.lower()):
        return int(found[1]) * 60 + int(found[2] or 0)
    if found := _MINUTES.fullmatch(text.lower()):
        return int(found[1])
    raise Malformed("Write the runtime as 1h 51min.")


def dollars(text: str) -> int:
    """Return whole US dollars: `$3.6M`, `$47 million` and `$203,388,186` are understood."""
    found = _MONEY.fullmatch(text)
    amount = None if found is None else _scaled(found)
    if amount is None:
        raise Malformed("Write the sum in US dollars, as $3,600,000.")
    return amount


def votes(text: str) -> int:
    found = _COUNT.fullmatch(text)
    amount = None if found is None else _scaled(found)
    if amount is None:
        raise Malformed("Write the votes as 139,000.")
    return amount


def _scaled(found: re.Match[str]) -> int | None:
    scale = _SCALES.get((found[3] or "").lower())
    if scale is None:
        return None
    amount = Decimal(found[1].replace(",", "") + (found[2] or "")) * scale
    return int(amount) if amount == int(amount) else None


def imdb_rating(text: str) -> ImdbRating:
    found = _IMDB.fullmatch(text)
    inner = _VOTES.fullmatch(found[2] or "") if found else None
    if found is None or inner is None:
        raise Malformed("Write the rating as 7.5/10 (139,000 votes, as of 2023).")
    return ImdbRating(rating=Decimal(found[1]), votes=votes(inner[1]) if inner[1] else None, as_of=inner[2] or None)


def tomato_rating(text: str) -> TomatoRating:
    value, as_of = split_as_of(text)
    if found := _PERCENT.fullmatch(value):
        return TomatoRating(percent=int(found[1]), as_of=as_of)
    raise Malformed("Write the rating as 90% (as of 2020).")


def imdb_id(text: str) -> str:
    if found := _IMDB_ID.fullmatch(text):
        return found[1]
    raise Malformed("Write the IMDb id as tt0113627.")
