"""One bullet of a page into one entry of the model. `loose` tries the further forms of pasted pages."""

import re
from typing import Literal

from bot.pages._desk import Malformed, readable
from bot.pages._lines import Token
from bot.pages._values import a_list, split_as_of, split_year
from bot.pages.model import (
    AudienceReaction,
    Award,
    CriticReview,
    Line,
    LinkedItem,
    Quote,
    Role,
    SimilarFilm,
    Track,
    WatchOption,
)

COLON = re.compile(r": |:$")  # between a name and what is said of it; 3:10 holds none
CLOSERS = {"“": "”", '"': '"'}
_CLOSED_WITH_CONTEXT = re.compile(r"[”\"] ?[–—-] ")
_RESULT = re.compile(r" ?– (won|nominated)$", re.IGNORECASE)
_RESULT_LOOSE = re.compile(r" ?[–—-] ?(won|nominated|winner|nominee)$", re.IGNORECASE)
_AWARD_YEAR = re.compile(r" ?– ([0-9]{4})$")
_AWARD_YEAR_LOOSE = re.compile(r" ?(?:[–—-] ?|\()([0-9]{4})\)?$")
_WATCH = re.compile(r"(stream|rent|buy|disc)(?:, ?([a-z]{2}))?: (.+)", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]]*)\]\(([^()]*)\)")
_LONGEST_SPEAKER = 60  # characters, where no quotation mark ends the name


def a_line(token: Token, loose: bool) -> Line:  # noqa: FBT001 - every parser of entries has this shape
    return Line(text=_required(token.text, loose=loose), is_spoiler=token.is_spoiler)


def plain_text(token: Token, *, loose: bool) -> str:
    """Return the text of an entry that has nothing but text and cannot be hidden."""
    if token.is_spoiler:
        raise Malformed("Move this to the ending; an entry of this list cannot be hidden.")
    return _required(token.text, loose=loose)


def role(token: Token, loose: bool) -> Role:  # noqa: FBT001
    head, about = _named(token.text, loose=loose)
    character, actor = _bracketed(head)
    if loose and actor is None and " as " in head:
        actor, _, character = head.partition(" as ")
    return Role(
        character=readable(character) or None,
        actor=readable(actor or "") or None,
        about=readable(about) or None,
        is_spoiler=token.is_spoiler,
    )


def quote(token: Token, loose: bool) -> Quote:  # noqa: FBT001
    speaker, rest = _speaker(token.text, loose=loose)
    words, context = _words(rest, loose=loose)
    return Quote(
        words=_required(words),
        speaker=readable(speaker) or None,
        context=readable(context) or None,
        is_spoiler=token.is_spoiler,
    )


def critic_review(token: Token, _loose: bool) -> CriticReview:  # noqa: FBT001
    critic, text = _named(token.text, loose=False)
    if not text:
        raise Malformed("Write a review as “Critic: text”.")
    is_quote = text[0] in CLOSERS
    if is_quote and text[-1] == CLOSERS[text[0]] and len(text) > 1:
        text = text[1:-1]
    elif _is_unclosed(text):
        text = text[1:]
    else:
        is_quote = False
    return CriticReview(critic=_required(critic), text=_required(text), is_quote=is_quote, is_spoiler=token.is_spoiler)


def leaves_quote_open(token: Token, loose: bool) -> bool:  # noqa: FBT001
    """Tell whether the words of a quote begin with a mark that is never closed."""
    return _is_unclosed(_speaker(token.text, loose=loose)[1])


def leaves_review_open(token: Token, _loose: bool) -> bool:  # noqa: FBT001
    """Tell whether a critic's words begin with a mark that is never closed."""
    return _is_unclosed(_named(token.text, loose=False)[1])


def _is_unclosed(text: str) -> bool:
    return text[:1] in CLOSERS and CLOSERS[text[0]] not in text[1:]


def audience_reaction(token: Token, loose: bool) -> AudienceReaction:  # noqa: FBT001
    head, text = _named(token.text, loose=False)
    if loose and ".: " in token.text:
        head, _, text = token.text.partition(".: ")
    return AudienceReaction(
        headline=_required(head, loose=loose), text=readable(text) or None, is_spoiler=token.is_spoiler
    )


def award(token: Token, loose: bool) -> Award:  # noqa: FBT001
    head, recipients = _named(token.text, loose=False)
    result: Literal["won", "nominated"] | None = None
    year = None
    if found := (_RESULT_LOOSE if loose else _RESULT).search(head):
        head = head[: found.start()]
        result = "won" if found[1].lower() in {"won", "winner"} else "nominated"
    if found := (_AWARD_YEAR_LOOSE if loose else _AWARD_YEAR).search(head):
        head, year = head[: found.start()], int(found[1])
    name, category = _bracketed(head)
    return Award(
        name=_required(name),
        category=readable(category or "") or None,
        year=year,
        result=result,
        recipients=a_list(recipients),
        is_spoiler=token.is_spoiler,
    )


def watch_option(token: Token) -> WatchOption:
    text, as_of = split_as_of(token.text)
    found = _WATCH.fullmatch(text)
    if found is None or token.is_spoiler:
        raise Malformed("Write an offer as “Rent, US: Apple TV (as of 2026-08)”.")
    kind: Literal["stream", "rent", "buy", "disc"]
    match found[1].lower():
        case "stream":
            kind = "stream"
        case "rent":
            kind = "rent"
        case "buy":
            kind = "buy"
        case _:
            kind = "disc"
    region = found[2].upper() if found[2] else None
    return WatchOption(kind=kind, region=region, providers=a_list(found[3]), as_of=as_of)


def similar_film(token: Token, loose: bool) -> SimilarFilm:  # noqa: FBT001
    head, why = _named(token.text, loose=loose)
    title, year = split_year(head)
    return SimilarFilm(
        title=_required(title, loose=loose), year=year, why=readable(why) or None, is_spoiler=token.is_spoiler
    )


def linked_item(token: Token, loose: bool) -> LinkedItem:  # noqa: FBT001
    url = None
    if link := _LINK.match(token.text):
        title, url = link[1], link[2]
        rest = token.text[link.end() :]
        if rest and not COLON.match(rest):
            raise Malformed("Write an item with a link as “[Title](https://…): what it is”.")
        about = rest[1:]
    else:
        title, about = _named(token.text, loose=loose)
    return LinkedItem(title=_required(title), about=readable(about) or None, url=url, is_spoiler=token.is_spoiler)


def track(token: Token, loose: bool) -> Track:  # noqa: FBT001
    text = token.text
    if text[:1] in CLOSERS:
        title, closed, rest = text[1:].partition(CLOSERS[text[0]])
        artist = re.sub(r"^ ?(?:[–—-]|by) ", "", rest, count=1)
        if not closed or (rest and artist == rest):
            raise Malformed("Write a track as “Title” – Artist, with the quotation marks.")
    elif loose:
        parts = re.split(r" [–—-] | by ", text, maxsplit=1)
        title, artist = parts[0], "".join(parts[1:])
    else:
        raise Malformed("Write a track as “Title” – Artist, with the quotation marks.")
    return Track(title=_required(title), artist=readable(artist) or None, is_spoiler=token.is_spoiler)


def unwrapped(text: str) -> str:
    """Take off quotation marks that stand around the whole text and nowhere else."""
    if len(text) > 1 and text[0] in CLOSERS and text[-1] == CLOSERS[text[0]]:
        inner = text[1:-1]
        if not any(mark in inner for mark in '“”"'):
            return inner
    return text


def _required(text: str, *, loose: bool = False) -> str:
    if found := readable(unwrapped(text) if loose else text):
        return found
    raise Malformed("Write the missing text of this entry, or remove the line.")


def _named(text: str, *, loose: bool) -> tuple[str, str]:
    """Split `Name: text`. A pasted name may hold a colon itself when it ends in a bracket."""
    if loose:
        ends = [at for at in (text.find("): "), text.find("]: ")) if at >= 0]
        if ends:
            return text[: min(ends) + 1], text[min(ends) + 3 :]
    found = COLON.search(text)
    return (text, "") if found is None else (text[: found.start()], text[found.end() :])


def _bracketed(head: str) -> tuple[str, str | None]:
    """Split `Name (Other)` at the last pair of brackets."""
    if head.endswith(")") and "(" in head:
        name, _, other = head[:-1].rpartition("(")
        return name, other
    return head, None


def _speaker(text: str, *, loose: bool) -> tuple[str, str]:
    """Split a quote into its speaker and what begins with a quotation mark."""
    if text[:1] in CLOSERS:
        return "", text
    if loose:
        return _pasted_speaker(text)
    speaker, rest = _named(text, loose=False)
    if rest[:1] not in CLOSERS:
        raise Malformed("Write a quote as Speaker: “Words.” – Context, with the quotation marks.")
    return speaker, rest


def _pasted_speaker(text: str) -> tuple[str, str]:
    opened = next((at for at, char in enumerate(text) if char in CLOSERS), None)
    before = text[:opened].rstrip() if opened is not None else ""
    if opened is not None and before and before[-1] in ":–—-":
        return before[:-1], text[opened:]
    speaker, words = _named(text, loose=False)
    return (speaker, words) if words and len(speaker) <= _LONGEST_SPEAKER else ("", text)


def _words(text: str, *, loose: bool) -> tuple[str, str]:
    """Split what begins with a quotation mark into the words and their context."""
    if text[:1] not in CLOSERS:
        return text, ""
    mark, inner = CLOSERS[text[0]], text[1:]
    if not loose:
        words, closed, context = inner.partition(mark)
        if context and not context.startswith(" – "):
            raise Malformed("Write a quote as Speaker: “Words.” – Context, with the quotation marks.")
        return words, context[3:] if closed else ""
    if found := _CLOSED_WITH_CONTEXT.search(inner):
        return inner[: found.start()], inner[found.end() :]
    words, closed, context = inner.rpartition(mark)
    return (words, context.lstrip(" –—-")) if closed else (inner, "")
