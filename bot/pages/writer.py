"""A film into the text of its page, in the project's own format. The reader gives back the same film."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.pages._bodies import UNKNOWN_HEADING
from bot.pages._entries import CLOSERS
from bot.pages._headings import REVIEW_PARTS, ReviewPart
from bot.pages._lines import ESCAPABLE, GAP, SPOILER, shield, without_spoiler_mark
from bot.pages._outline import is_section_heading
from bot.pages.model import (
    AudienceReaction,
    Award,
    CriticReview,
    Film,
    ImdbRating,
    LinkedItem,
    Quote,
    Role,
    SimilarFilm,
    TomatoRating,
    Track,
    WatchOption,
)
from bot.pages.reader import RATINGS_NOTE
from bot.pages.sections import HEADED

Lines = Iterable[str]

LEADING = ESCAPABLE.replace("\\", "")  # what may look like structure at the start of a line
OPENERS = "".join(CLOSERS)  # quotation marks that begin a quote

_COLON = re.compile(r":(?= |$)")
_YEAR_AT_END = re.compile(r"\(([0-9]{4})\)$")
_AS_OF = re.compile(r"\((?=as of )", re.IGNORECASE)


def write_page(film: Film) -> str:
    """Return the whole page; a section without content says so."""
    blocks = [f"# {_title(film)}"]
    for section in HEADED:
        body = "\n".join(_WRITERS[section.key](film)).strip("\n")
        blocks.append(f"## {section.emoji} {section.title}\n{body or GAP}")
    return "\n\n".join(blocks) + "\n"


def _title(film: Film) -> str:
    name = _flagless(_with_year(_escaped(film.title), film.year))
    return f"\\{name}" if is_section_heading(shield(name)) else name


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\")


def _but(text: str, chars: str) -> str:
    """Escape the backslashes of a text and all of `chars` in it."""
    return "".join(f"\\{char}" if char in chars or char == "\\" else char for char in text)


def _head(text: str, chars: str = "") -> str:
    """Escape a text that stands before `: `; a colon inside a word keeps its looks."""
    return _COLON.sub(r"\\:", _but(text, chars))


def _led(text: str, openers: str) -> str:
    """Escape the first character of an escaped text if it is one of `openers`."""
    return f"\\{text}" if text[0] in openers else text


def _flagless(line: str) -> str:
    """Keep a text that ends like a spoiler mark from being one."""
    if without_spoiler_mark(line)[1]:
        return f"{line[: -len(SPOILER)]}\\{line[-len(SPOILER) :]}"
    return line


def _flagged(line: str, *, is_spoiler: bool) -> str:
    return f"{_flagless(line)} {SPOILER}" if is_spoiler else _flagless(line)


def _bullet(line: str, *, is_spoiler: bool = False) -> str:
    return f"- {_flagged(line, is_spoiler=is_spoiler)}"


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n\n".join(_led(_flagless(_escaped(text)), LEADING) for text in texts)


def _blocks(*parts: str) -> Iterator[str]:
    """Put a blank line between what is there."""
    yield "\n\n".join(part for part in parts if part)


def _list(values: Iterable[str]) -> str:
    return ", ".join(_but(value, ",") for value in values)


def _about(head: str, about: str | None) -> str:
    return head if about is None else f"{head}: {_escaped(about)}"


def _with_year(escaped_title: str, year: int | None) -> str:
    title = _YEAR_AT_END.sub(r"\\(\1\\)", escaped_title)
    return title if year is None else f"{title} ({year})"


def _as_of(as_of: str | None) -> str:
    return "" if as_of is None else f" (as of {as_of})"


def _overview(film: Film) -> Lines:
    facts = film.overview
    known = {
        "Original title": facts.original_title and _escaped(facts.original_title),
        "Also known as": _list(facts.also_known_as),
        "Director": _list(facts.directors),
        "Genre": _list(facts.genres),
        "Country": _list(facts.countries),
        "Language": _list(facts.languages),
        "Release year": film.year and str(film.year),
        "Released": facts.released and facts.released.isoformat(),
        "Runtime": facts.runtime and runtime(facts.runtime),
        "IMDb rating": facts.imdb and _imdb(facts.imdb),
        "Rotten Tomatoes": facts.tomatoes and _tomatoes(facts.tomatoes),
        "IMDb id": facts.imdb_id,
        "Poster": facts.poster,
        "Trailer": facts.trailer,
    }
    return (_bullet(f"{key}: {value}") for key, value in known.items() if value)


def runtime(minutes: int) -> str:
    """Return `1h 51min` for 111 minutes."""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours}h" if hours else "", f"{rest}min" if rest else "") if part)


def _imdb(rating: ImdbRating) -> str:
    votes = "" if rating.votes is None else f"{rating.votes:,} votes"
    as_of = "" if rating.as_of is None else f"as of {rating.as_of}"
    known = ", ".join(part for part in (votes, as_of) if part)
    return f"{abs(rating.rating):.1f}/10" + (f" ({known})" if known else "")


def _tomatoes(rating: TomatoRating) -> str:
    return f"{rating.percent}%{_as_of(rating.as_of)}"


def _badly_explained(film: Film) -> Lines:
    return (_bullet(_escaped(line.text), is_spoiler=line.is_spoiler) for line in film.badly_explained)


def _synopsis(film: Film) -> Lines:
    for at, part in enumerate(film.synopsis):
        if part.heading or part.is_spoiler or at > 0:
            yield _subheading(part.heading, is_spoiler=part.is_spoiler)
        yield _paragraphs(part.paragraphs)
        yield ""


def _subheading(text: str | None, *, is_spoiler: bool) -> str:
    if text is None:
        return f"### {_flagged(UNKNOWN_HEADING, is_spoiler=is_spoiler)}"
    heading = f"\\{UNKNOWN_HEADING}" if text == UNKNOWN_HEADING else _escaped(text)
    return f"### {_flagged(heading, is_spoiler=is_spoiler)}"


def _ending(film: Film) -> Lines:
    yield _paragraphs(film.ending)


def _cast(film: Film) -> Lines:
    return (_bullet(_role(role), is_spoiler=role.is_spoiler) for role in film.cast)


def _role(role: Role) -> str:
    names = [_head(role.character, "()")] if role.character else []
    if role.actor:
        names.append(f"({_head(role.actor, '()')})")
    return _about(" ".join(names), role.about)


def _quotes(film: Film) -> Lines:
    return (_bullet(_quote(quote), is_spoiler=quote.is_spoiler) for quote in film.quotes)


def _quote(quote: Quote) -> str:
    speaker = f"{_led(_head(quote.speaker), OPENERS)}: " if quote.speaker else ""
    context = f" – {_escaped(quote.context)}" if quote.context else ""
    return f"{speaker}“{_but(quote.words, '”')}”{context}"


def _box_office(film: Film) -> Lines:
    sums = film.box_office
    figures = {"Budget": sums.budget, "Domestic gross": sums.domestic, "Worldwide gross": sums.worldwide}
    bullets = [_bullet(f"{key}: ${sum_:,}") for key, sum_ in figures.items() if sum_ is not None]
    if sums.as_of:
        bullets.append(_bullet(f"As of: {sums.as_of}"))
    return _blocks("\n".join(bullets), _paragraphs(sums.notes))


def _reviews(film: Film) -> Lines:
    reviews = film.reviews
    parts: dict[ReviewPart, str] = {
        "house": _paragraphs(reviews.house),
        "enjoyed_by": "\n".join(_bullet(_escaped(text)) for text in reviews.enjoyed_by),
        "warnings": "\n".join(_bullet(_escaped(text)) for text in reviews.warnings),
        "critics": "\n".join(_bullet(_critic(entry), is_spoiler=entry.is_spoiler) for entry in reviews.critics),
        "audience": "\n".join(_bullet(_reaction(entry), is_spoiler=entry.is_spoiler) for entry in reviews.audience),
        "consensus": _paragraphs(reviews.consensus),
    }
    return _blocks(*(f"### {REVIEW_PARTS[part]}\n{text}" for part, text in parts.items() if text))


def _critic(review: CriticReview) -> str:
    text = f"“{_escaped(review.text)}”" if review.is_quote else _led(_escaped(review.text), OPENERS)
    return f"{_head(review.critic)}: {text}"


def _reaction(reaction: AudienceReaction) -> str:
    return _about(_head(reaction.headline), reaction.text)


def _awards(film: Film) -> Lines:
    return (_bullet(_award(award), is_spoiler=award.is_spoiler) for award in film.awards)


def _award(award: Award) -> str:
    line = _head(award.name, "()–")
    if award.category:
        line += f" ({_head(award.category, '()')})"
    if award.year:
        line += f" – {award.year}"
    if award.result:
        line += f" – {award.result}"
    return f"{line}: {_list(award.recipients)}" if award.recipients else line


def _behind(film: Film) -> Lines:
    return (_bullet(_escaped(line.text), is_spoiler=line.is_spoiler) for line in film.behind_the_scenes)


def _watch(film: Film) -> Lines:
    options = "\n".join(_bullet(_option(option)) for option in film.watch.options)
    return _blocks(_paragraphs(film.watch.paragraphs), options)


def _option(option: WatchOption) -> str:
    kind = option.kind.capitalize()
    head = f"{kind}, {option.region}" if option.region else kind
    providers = _AS_OF.sub(r"\\(", _list(option.providers))
    return f"{head}: {providers}{_as_of(option.as_of)}"


def _similar(film: Film) -> Lines:
    return (_bullet(_similar_film(other), is_spoiler=other.is_spoiler) for other in film.similar)


def _similar_film(other: SimilarFilm) -> str:
    return _about(_with_year(_head(other.title), other.year), other.why)


def _items(items: Sequence[LinkedItem]) -> Lines:
    return (_bullet(_item(item), is_spoiler=item.is_spoiler) for item in items)


def _item(item: LinkedItem) -> str:
    if item.url:
        return _about(f"[{_but(item.title, ']')}]({item.url})", item.about)
    return _about(_led(_head(item.title), "["), item.about)


def _soundtrack(film: Film) -> Lines:
    soundtrack = film.soundtrack
    bullets = [_bullet(f"Composer: {_list(soundtrack.composers)}")] if soundtrack.composers else []
    bullets += [_bullet(_track(track), is_spoiler=track.is_spoiler) for track in soundtrack.tracks]
    return _blocks("\n".join(bullets), _paragraphs(soundtrack.paragraphs))


def _track(track: Track) -> str:
    artist = f" – {_escaped(track.artist)}" if track.artist else ""
    title = _but(track.title, "”")
    return f"“{title}”{artist}"


def _faq(film: Film) -> Lines:
    for question in film.faq:
        yield _subheading(question.question, is_spoiler=question.is_spoiler)
        yield _paragraphs(question.answer)
        yield ""


def _ratings(_film: Film) -> Lines:
    yield RATINGS_NOTE


_WRITERS: dict[str, Callable[[Film], Lines]] = {
    "overview": _overview,
    "badly-explained": _badly_explained,
    "synopsis": _synopsis,
    "ending": _ending,
    "cast": _cast,
    "quotes": _quotes,
    "boxoffice": _box_office,
    "reviews": _reviews,
    "awards": _awards,
    "behind": _behind,
    "watch": _watch,
    "similar": _similar,
    "products": lambda film: _items(film.products),
    "soundtrack": _soundtrack,
    "faq": _faq,
    "bonus": lambda film: _items(film.bonus),
    "ratings": _ratings,
}
