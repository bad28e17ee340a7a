"""The forms in which names are compared. Pure text, no films."""

import re
import unicodedata
from functools import lru_cache
from itertools import zip_longest

ARTICLES = frozenset({"the", "a", "an"})
STOP_WORDS = frozenset({"of", "in", "to", "and", "on", "for", "with", "is", "at", "by", "from", "de", "la", "le", "el"})
INITIALISM = range(2, 10)  # letters of an initialism

_FILLERS = frozenset({"part", "pt", "vol", "volume", "episode", "chapter"})
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen")
_TEENS = ("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_LATER_ORDINALS = ("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth")
_ROMAN = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12, "xiii": 13}
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_SAME = (
    {"versus": "vs", "v": "vs", "doctor": "dr", "mister": "mr", "saint": "st", "number": "no"}
    | {word: str(number) for number, word in enumerate((*_UNITS, *_TEENS), start=1)}
    | {word: f"{at}{_ENDINGS.get(at, 'th')}" for at, word in enumerate((*_ORDINALS, *_LATER_ORDINALS), start=1)}
    | {word: str(number) for word, number in _ROMAN.items()}
)
_LONE_ROMAN = {"i": "1", "v": "5", "x": "10"}  # numbers only at the end of a name, or after "part" and the like
_LETTERS: dict[int, str | None] = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ß": "ss",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
        "&": " and ",
        "+": " plus ",
        "$": "s",
        "@": "a",
        **dict.fromkeys("’'‘`´ʼ·"),
    }
)
_HUNDREDS = re.compile(rf"\b({'|'.join(_UNITS)}) hundred\b")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_TRAILING_DIGIT = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,})(\d)(?!\w)")  # thor2
_SUBTITLE = re.compile(r"\s*[:–—]\s+|\s+-\s+")


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Case-folded, without accents and apostrophes."""
    folded = " ".join(text.casefold().translate(_LETTERS).split())
    if folded.isascii():
        return folded
    return "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))


def _split(plain: str) -> list[str]:
    return [word for word in _NOT_WORD.split(plain) if word]


def normal_form(text: str) -> str:
    """Return the form in which names are compared.

    Case, accents, punctuation, articles and "part" are dropped, number words and roman numerals become digits. A name
    made of symbols alone is its own form.
    """
    plain = _plain(text)
    plain = _HUNDREDS.sub(lambda found: f"{_SAME[found[1]]}00", plain.replace(" and a half", " 1 2"))
    words = _split(_TRAILING_DIGIT.sub(r"\1 \2", plain))
    for at in range(1, len(words)):
        if words[at] in _LONE_ROMAN and (at + 1 == len(words) or words[at - 1] in _FILLERS):
            words[at] = _LONE_ROMAN[words[at]]
    kept = [_SAME.get(word, word) for word in words if word not in ARTICLES]
    short = [word for word, after in zip_longest(kept, kept[1:], fillvalue="") if not _is_filler(word, after)]
    return " ".join(short or kept or words) or " ".join(text.casefold().split())


def _is_filler(word: str, after: str) -> bool:
    return word in _FILLERS and after.isdigit()


def light_form(text: str) -> str:
    """Return the form that still shows the letters somebody types: nothing has become a digit."""
    words = _split(_plain(text))
    return " ".join([word for word in words if word not in ARTICLES] or words)


def initialisms(title: str) -> set[str]:
    """Return what people shorten a title to: `lotr`, `rotk`, `lotrrotk`, with and without its small words."""
    name, *subtitles = _SUBTITLE.split(title)
    found = _initials(title) | _initials(name)
    for subtitle in subtitles:
        short = _initials(subtitle)
        found |= short | {first + second for first in _initials(name) for second in short}
    return {each for each in found if len(each) in INITIALISM}


def _initials(part: str) -> set[str]:
    words = _split(_plain(part))
    lead = words[1:] if words and words[0] in ARTICLES else words
    small = ARTICLES | STOP_WORDS
    kinds = (
        words,
        lead,
        [word for word in words if word not in ARTICLES],
        [word for word in words if word not in small],
    )
    return {"".join(word if word.isdigit() else word[0] for word in kind) for kind in kinds if len(kind) > 1}
