"""A film's sections as embeds: pure functions of the film and of how it is looked at, one a section."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

import discord

from bot.pages.lint import is_poster_allowed, is_trailer_allowed
from bot.pages.model import (
    Award,
    BoxOffice,
    CriticReview,
    Entry,
    Film,
    ImdbRating,
    LinkedItem,
    Quote,
    Reviews,
    Role,
    SimilarFilm,
    TomatoRating,
    Track,
    WatchOption,
)
from bot.pages.sections import Section, section
from bot.ui import spoilers
from bot.ui.text import as_of, cut, day, escape, money, plural, runtime, split, units, unmarked

COLOUR = discord.Colour(0xB3262E)  # the red of a theatre seat
PAGE = 2_000  # UTF-16 units of a page of public text: about two phone screens
TITLE = 200  # UTF-16 units of a film's title on its card; Discord takes 256
PIECE = 900  # UTF-16 units of one text before marks are added; escaping can at most double them
FIELD = 400  # likewise in a field, of which Discord shows 1,024
EMBED = 5_600  # of the 6,000 that Discord takes in all embeds of a message
NAMED = 12  # genres, countries or names listed in a field
ONLY_FACTS = "Only the facts so far: nobody has written this film's page yet."


@dataclass(frozen=True, slots=True)
class Look:
    """How a card is looked at.

    `is_open`: flagged entries and the ending are shown, for one person's eyes only; `is_reveal`: `page` counts the
    covered pages, and the open one is wanted on which the first entry stands that is hidden there.
    `is_covered`: the ending's post holds nothing of it. `is_part`: only some entries were asked for, on one page.
    `has_eye`: a reaction under the card sends the ending by DM. `has_page`: somebody has written the film's page.
    `alike`: films to name where the page names none; `other`: a film that has the joke which this one lacks.
    """

    page: int = 0
    is_open: bool = False
    is_reveal: bool = False
    is_covered: bool = False
    is_part: bool = False
    has_eye: bool = False
    has_page: bool = True
    alike: Sequence[tuple[str, int | None]] = ()
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """An embed and what goes with it: its place among the section's pages, what it hides, a link sent beside it."""

    embed: discord.Embed
    page: int
    pages: int
    hides: bool = False  # there is something to reveal on this page
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a card that stays in one piece, below 4,096; `is_new_page` starts a page.

    `is_spoiler` marks the first piece of a flagged entry, hidden or not; a tight piece follows without a blank line.
    """

    text: str
    is_spoiler: bool = False
    is_new_page: bool = False
    is_tight: bool = False


@dataclass(slots=True)
class _Page:
    text: str = ""
    spoilers: int = 0  # flagged entries that begin here
    size: int = 0


Blocks = Iterable[Block]


def card(film: Film, key: str, look: Look | None = None) -> Card:
    """Return the section `key` of `film` as a card; a page past the last is the last. KeyError on an unknown key."""
    look = look or Look()
    kind = section(key)
    match key:
        case "overview":
            return _overview(film, kind, look)
        case "ending":
            return _ending(film, kind, look)
        case _:
            return _listed(film, kind, look)


def _listed(film: Film, kind: Section, look: Look) -> Card:
    pages = _paged(CARDS[kind.key](film, look) if film.has(kind.key) else _empty(film, kind, look))
    number = min(max(_page_to_reveal(film, kind, look, pages) if look.is_reveal else look.page, 0), len(pages) - 1)
    page = pages[number]
    embed = _embed(film, kind, page.text)
    if look.is_part and len(pages) > 1:
        embed.set_footer(text="There is more; the menu shows all of it.")
    elif len(pages) > 1:
        embed.set_footer(text=f"Page {number + 1} of {len(pages)}")
    link = film.overview.trailer if kind.key == "trailer" and _has_trailer(film) else None
    hides = page.spoilers > 0 and not look.is_open
    return Card(embed, number, 1 if look.is_part else len(pages), hides, link)


def _embed(film: Film, kind: Section, text: str) -> discord.Embed:
    embed = discord.Embed(title=cut(unmarked(film.name), TITLE), description=text or None, colour=COLOUR)
    embed.set_author(name=f"{kind.emoji} {kind.title}")
    poster = film.overview.poster
    if poster is not None and kind.key != "ending" and is_poster_allowed(poster):
        embed.set_thumbnail(url=poster)
    return embed


def _paged(blocks: Iterable[Block]) -> list[_Page]:
    pages = [_Page()]
    for block in blocks:
        page = pages[-1]
        if page.text and (block.is_new_page or page.size + units(block.text) > PAGE):
            page = _Page()
            pages.append(page)
        gap = ("\n" if block.is_tight else "\n\n") if page.text else ""
        page.text += gap + block.text
        page.size += units(gap + block.text)
        page.spoilers += block.is_spoiler
    return pages


def _page_to_reveal(film: Film, kind: Section, look: Look, opened: Sequence[_Page]) -> int:
    """Return the page of `opened` with the first entry that the covered page `look.page` hides."""
    if not film.has(kind.key):
        return 0
    covered = _paged(CARDS[kind.key](film, replace(look, is_open=False)))
    wanted = sum(page.spoilers for page in covered[: look.page]) + 1
    return next(
        (number for number, seen in enumerate(accumulate(page.spoilers for page in opened)) if seen >= wanted), 0
    )


def _empty(film: Film, kind: Section, look: Look) -> Iterator[Block]:
    name = f"**{escape(cut(film.name, TITLE))}**"
    match kind.key:
        case "warnings":
            yield Block(f"None listed for {name}. That is not a promise that there are none.")
        case "trailer":
            yield Block(f"No trailer stored for {name}.")
        case "badly-explained":
            also = f"\n\n{escape(look.other)} has one." if look.other else ""
            yield Block(f"No joke yet about {name}.{also}")
        case "ratings":
            yield Block(f"No reviews yet of {name}.")
        case "similar" if look.alike:
            yield Block("Nobody has picked films for this page yet. Found automatically, by director and genre:")
            yield Block("\n".join(f"- {_named(title, year)}" for title, year in look.alike))
        case _:
            yield Block(f"No {kind.noun} for {name} yet.")


# The two sections that are not plain lists


def _overview(film: Film, kind: Section, look: Look) -> Card:
    jokes = [line.text for line in film.badly_explained if not line.is_spoiler]
    opening = f"*{_short(jokes[0])}*" if jokes else ""
    embed = _embed(film, kind, opening if look.has_page else f"*{ONLY_FACTS}*")
    for name, value, inline in _facts(film):
        if value and len(embed) + 2 * (units(name) + units(value)) < EMBED:
            embed.add_field(name=name, value=value, inline=inline)
    if not embed.fields and not jokes and look.has_page:
        embed.description = "Nothing but the title is known so far."
    return Card(embed, 0, 1)


def _facts(film: Film) -> Iterator[tuple[str, str, bool]]:
    """Yield the overview's fields as (name, value, is inline); an empty value is not known."""
    facts = film.overview
    roles = [role.actor for role in film.cast if role.actor is not None and not role.is_spoiler]
    yield "Directed by", _names(facts.directors), True
    yield "Year", "" if film.year is None else str(film.year), True
    yield "Runtime", "" if facts.runtime is None else runtime(facts.runtime), True
    yield "Genre", _names(facts.genres), True
    yield "IMDb", "" if facts.imdb is None else _imdb(facts.imdb), True
    yield "Rotten Tomatoes", "" if facts.tomatoes is None else _tomatoes(facts.tomatoes), True
    yield "With", _names(roles[:4]), False
    yield "Country", _names(facts.countries), True
    yield "Language", _names(facts.languages), True
    yield "Released", "" if facts.released is None else day(facts.released), True
    yield "Original title", _names((facts.original_title,) if facts.original_title else ()), True
    yield "Also known as", _names(facts.also_known_as[:4]), False


def _names(names: Sequence[str]) -> str:
    """Return names for a field, the first dozen, within what a field holds."""
    return escape(cut(", ".join(names[:NAMED]), FIELD))


def _imdb(rating: ImdbRating) -> str:
    votes = "" if rating.votes is None else f"\n{plural(rating.votes, 'vote')}"
    return f"{rating.rating:.1f} / 10{votes}{as_of(rating.as_of)}"


def _tomatoes(rating: TomatoRating) -> str:
    return f"{rating.percent} %{as_of(rating.as_of)}"


def _ending(film: Film, kind: Section, look: Look) -> Card:
    if not film.ending:
        return _listed(film, kind, look)
    pages = spoilers.show(film.ending) if look.is_open else spoilers.hide(film.ending)
    if look.is_covered and not look.is_open:
        pages = [spoilers.COVERED]
    number = min(max(look.page, 0), len(pages) - 1)
    embed = _embed(film, kind, pages[number])
    place = f"Page {number + 1} of {len(pages)}" if len(pages) > 1 else ""
    footer = " · ".join(text for text in (place, "" if look.is_open else _how_to_read(look)) if text)
    if footer:
        embed.set_footer(text=footer)
    return Card(embed, number, len(pages), hides=not look.is_open)


def _how_to_read(look: Look) -> str:
    eye = ", or react with 👁 to get it by DM" if look.has_eye else ""
    return f"Press “Reveal to me” to read it alone{eye}."


# The lists


def _covered(entry: Entry, look: Look, *texts: str) -> Iterator[Block]:
    """Yield an entry's pieces, or one line in its place while it is hidden."""
    if entry.is_spoiler and not look.is_open:
        yield Block(f"*{spoilers.HIDDEN}*", is_spoiler=True)
        return
    for number, text in enumerate(texts):
        yield Block(text, is_spoiler=entry.is_spoiler and number == 0)


def _bullets(texts: Iterable[str]) -> Iterator[Block]:
    for number, text in enumerate(texts):
        yield Block(f"• {_short(text)}", is_tight=number > 0)


def _short(text: str) -> str:
    return escape(cut(text, PIECE))


def _prose(paragraphs: Iterable[str]) -> Iterator[str]:
    return (escape(piece) for paragraph in paragraphs for piece in split(paragraph, PIECE))


def _named(title: str, year: int | None) -> str:
    return f"**{_short(title)}**" + ("" if year is None else f" ({year})")


def _trailer(film: Film, look: Look) -> Blocks:  # noqa: ARG001 (every section is asked the same way)
    if _has_trailer(film):
        yield Block("The trailer plays above.")
    else:
        yield Block("The stored trailer is on a site that is not played here.")


def _has_trailer(film: Film) -> bool:
    return film.overview.trailer is not None and is_trailer_allowed(film.overview.trailer)


def _badly_explained(film: Film, look: Look) -> Blocks:
    for line in film.badly_explained:
        yield from _covered(line, look, f"“{_short(line.text)}”")


def _synopsis(film: Film, look: Look) -> Blocks:
    for number, part in enumerate(film.synopsis, start=1):
        is_hidden = part.is_spoiler and not look.is_open
        heading = f"**{number}. {_short(part.heading)}**" if part.heading and not is_hidden else f"**Part {number}**"
        yield Block(heading, is_new_page=True)
        yield from _covered(part, look, *_prose(part.paragraphs))


def _cast(film: Film, look: Look) -> Blocks:
    for role in film.cast:
        yield from _covered(role, look, _role(role))


def _role(role: Role) -> str:
    match role.character, role.actor:
        case str(character), str(actor):
            who = f"**{_short(character)}** · {escape(cut(actor, FIELD))}"
        case character, actor:
            who = f"**{_short(character or actor or '')}**"
    return who if role.about is None else f"{who}\n{escape(cut(role.about, PIECE // 2))}"


def _quotes(film: Film, look: Look) -> Blocks:
    for quote in film.quotes:
        yield from _covered(quote, look, _quote(quote))


def _quote(quote: Quote) -> str:
    speaker = "" if quote.speaker is None else f"\n— **{escape(cut(quote.speaker, FIELD // 2))}**"
    context = "" if quote.context is None else f"\n*{escape(cut(quote.context, FIELD))}*"
    return f"> “{escape(cut(quote.words, PIECE))}”{speaker}{context}"


def _box_office(film: Film, look: Look) -> Blocks:  # noqa: ARG001
    takings = film.box_office
    fresh = as_of(takings.as_of)
    lines = [f"**{name}** {amount}" for name, amount in _figures(takings)]
    yield Block("\n".join(lines) + (f"\n*Worldwide figure{fresh}.*" if fresh and takings.worldwide else ""))
    yield from map(Block, _prose(takings.notes))


def _figures(takings: BoxOffice) -> Iterator[tuple[str, str]]:
    for name, amount in (
        ("Budget", takings.budget),
        ("US and Canada", takings.domestic),
        ("Worldwide", takings.worldwide),
    ):
        yield name, "not known" if amount is None else money(amount)


def _reviews(film: Film, look: Look) -> Blocks:
    reviews = film.reviews
    groups: tuple[tuple[str, Blocks], ...] = (
        ("Usher's own view", map(Block, _prose(reviews.house))),
        ("Who would enjoy it", _bullets(reviews.enjoyed_by)),
        ("Content warnings", _bullets(reviews.warnings)),
        (
            "Critics",
            (block for review in reviews.critics for block in _covered(review, look, _critic(review))),
        ),
        ("Audiences", _audience(reviews, look)),
        ("Overall", map(Block, _prose(reviews.consensus))),
    )
    for name, blocks in groups:
        for number, block in enumerate(blocks):
            yield replace(block, text=f"**{name}**\n{block.text}") if number == 0 else block


def _critic(review: CriticReview) -> str:
    text = _short(review.text)
    return f"**{escape(cut(review.critic, FIELD))}** {f'“{text}”' if review.is_quote else text}"


def _audience(reviews: Reviews, look: Look) -> Blocks:
    for reaction in reviews.audience:
        more = "" if reaction.text is None else f"\n{escape(cut(reaction.text, FIELD))}"
        yield from _covered(reaction, look, f"• {escape(cut(reaction.headline, FIELD))}{more}")


def _warnings(film: Film, look: Look) -> Blocks:  # noqa: ARG001
    return _bullets(film.reviews.warnings)


def _awards(film: Film, look: Look) -> Blocks:
    for award in film.awards:
        yield from _covered(award, look, _award(award))


def _award(award: Award) -> str:
    sign = "🏆" if award.result == "won" else "▫️"
    category = "" if award.category is None else f", {escape(cut(award.category, FIELD))}"
    year = "" if award.year is None else f" · {award.year}"
    result = "" if award.result is None else f" · {award.result}"
    people = f"\n{escape(cut(', '.join(award.recipients), FIELD))}" if award.recipients else ""
    return f"{sign} **{escape(cut(award.name, FIELD))}**{category}{year}{result}{people}"


def _behind(film: Film, look: Look) -> Blocks:
    for line in film.behind_the_scenes:
        yield from _covered(line, look, f"• {_short(line.text)}")


def _watch(film: Film, look: Look) -> Blocks:  # noqa: ARG001
    yield from map(Block, _prose(film.watch.paragraphs))
    for region, options in groupby(sorted(film.watch.options, key=_region), key=_region):
        yield Block("\n".join([f"**{region or 'Anywhere'}**", *map(_option, list(options)[:4])]))
    if film.watch.options:
        yield Block("*Offers may have changed since.*")


def _region(option: WatchOption) -> str:
    return option.region or ""


def _option(option: WatchOption) -> str:
    return f"{option.kind.title()}: {escape(cut(', '.join(option.providers), FIELD // 2))}{as_of(option.as_of)}"


def _similar(film: Film, look: Look) -> Blocks:
    for similar in film.similar:
        yield from _covered(similar, look, _alike(similar))


def _alike(similar: SimilarFilm) -> str:
    why = "" if similar.why is None else f"\n{escape(cut(similar.why, FIELD))}"
    return f"{_named(cut(similar.title, FIELD), similar.year)}{why}"


def _products(film: Film, look: Look) -> Blocks:
    return _linked(film.products, look)


def _bonus(film: Film, look: Look) -> Blocks:
    return _linked(film.bonus, look)


def _linked(items: Iterable[LinkedItem], look: Look) -> Blocks:
    for item in items:
        about = "" if item.about is None else f"\n{escape(cut(item.about, FIELD))}"
        title = f"**{escape(cut(item.title, FIELD))}**"
        linked = title if item.url is None else f"[{title}]({item.url})"
        yield from _covered(item, look, f"{linked}{about}")


def _soundtrack(film: Film, look: Look) -> Blocks:
    music = film.soundtrack
    if music.composers:
        yield Block(f"Music by **{_names(music.composers)}**")
    yield from map(Block, _prose(music.paragraphs))
    if not music.tracks:
        yield Block("*No tracks listed.*")
    for track in music.tracks:
        yield from _covered(track, look, _track(track))


def _track(track: Track) -> str:
    artist = "" if track.artist is None else f" · {escape(cut(track.artist, FIELD))}"
    return f"♪ {escape(cut(track.title, FIELD))}{artist}"


def _faq(film: Film, look: Look) -> Blocks:
    for entry in film.faq:
        question = f"**{_short(entry.question)}**" if entry.question else "**Question not recorded**"
        first, *rest = _prose(entry.answer)
        yield from _covered(entry, look, f"{question}\n{first}", *rest)


CARDS: Mapping[str, Callable[[Film, Look], Blocks]] = {
    "trailer": _trailer,
    "badly-explained": _badly_explained,
    "synopsis": _synopsis,
    "cast": _cast,
    "quotes": _quotes,
    "boxoffice": _box_office,
    "reviews": _reviews,
    "warnings": _warnings,
    "awards": _awards,
    "behind": _behind,
    "watch": _watch,
    "similar": _similar,
    "products": _products,
    "soundtrack": _soundtrack,
    "faq": _faq,
    "bonus": _bonus,
}


def synopsis_page(film: Film, part: int) -> int:
    """Return the page on which the `part`-th part of the synopsis begins, both counted from 0 and 1."""
    before = film.model_copy(update={"synopsis": film.synopsis[: part - 1]})
    return len(_paged(_synopsis(before, Look()))) if part > 1 else 0


def versus(film: Film, other: Film) -> discord.Embed:
    """Return the takings of two films side by side."""
    embed = discord.Embed(colour=COLOUR)
    embed.set_author(name=f"{section('boxoffice').emoji} {section('boxoffice').title}")
    for each in (film, other):
        figures = "\n".join(f"**{name}** {amount}" for name, amount in _figures(each.box_office))
        embed.add_field(name=cut(unmarked(each.name), TITLE), value=figures, inline=True)
    more = _difference(film, other)
    if more:
        embed.description = more
    return embed


def _difference(film: Film, other: Film) -> str:
    one, two = film.box_office.worldwide, other.box_office.worldwide
    if one is None or two is None or one == two:
        return ""
    ahead, gap = (film, one - two) if one > two else (other, two - one)
    return f"**{escape(cut(ahead.name, TITLE))}** took {money(gap)} more worldwide. Not adjusted for inflation."
