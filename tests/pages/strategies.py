"""Films as hypothesis makes them up, with texts that look like the page's own structure wherever they can."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from bot.pages.model import (
    AudienceReaction,
    Award,
    BoxOffice,
    CriticReview,
    Film,
    ImdbRating,
    Line,
    LinkedItem,
    Overview,
    Question,
    Quote,
    Reviews,
    Role,
    SimilarFilm,
    Soundtrack,
    SynopsisPart,
    TomatoRating,
    Track,
    Watch,
    WatchOption,
    normal,
)

STRUCTURE = (
    "\\",
    "\\\\",
    "\\{",
    ":",
    ": ",
    "): ",
    "]: ",
    ".: ",
    "(",
    ")",
    "()",
    "[",
    "](",
    "](https://a.example)",
    "“",
    "”",
    '"',
    "‘",
    "’",
    "–",
    " – ",
    " – 1996",
    " – won",
    " - ",
    "{spoiler}",
    " {spoiler}",
    "{Spoiler}",
    "\\{spoiler}",
    "#",
    "# ",
    "## 🏆 Awards",
    "### ",
    "###",
    "?",
    "- ",
    "* ",
    "• ",
    ",",
    ", ",
    "(1995)",
    " (1995)",
    "(as of 2023)",
    " (as of 2023)",
    "_Nothing recorded yet._",
    "Members rate films in Discord; nothing is kept here.",
    "Awards",
    "🏆 Awards",
    "FAQ",
    "💥 Reviews",
    "Personal Review",
    "Who would enjoy:",
    "Content Warnings",
    "Overall Consensus: ",
    "Composer: ",
    "Director: ",
    "Rent: ",
    "Trailer",
    "https://youtu.be/x",
    "1. ",
    "**",
    "dies",
    "the killer is",
    "Ben",
    "Las Vegas",
    "1917",
    "🎬",
    "👩‍👩‍👧",
    "שלום",
    "\u202e",
    "\u0301",
    "e\u0301",
    "\u0338",
    "\ue000",
    "\uf8ff",
    "\u200d",
    "\u2028",
    "\r\n",
    "\t",
    " ",
    "\x00",
    "ſpoiler}",
    "K",
)

raw_texts = st.one_of(
    st.sampled_from(STRUCTURE),
    st.lists(st.one_of(st.sampled_from(STRUCTURE), st.text(max_size=3)), min_size=1, max_size=6).map("".join),
    st.text(max_size=12),
)
texts = raw_texts.map(normal).filter(lambda text: any(char.isprintable() and char != " " for char in text))
maybe_text = st.none() | texts
paragraphs = st.lists(texts, max_size=3).map(tuple)
some_paragraphs = st.lists(texts, min_size=1, max_size=3).map(tuple)
flags = st.booleans()
years = st.integers(1870, 2100)
maybe_year = st.none() | years
as_of = st.none() | st.sampled_from(("2023", "2026-08", "1995-12"))
dollars = st.none() | st.integers(0, 100_000_000_000)
urls = st.none() | st.sampled_from(
    (
        "https://youtu.be/x",
        "http://a.example/?q=1,2&b={spoiler}",
        "https://de.wikipedia.org/wiki/Amélie",
        "https://x.example/a:b–c",
        "https://…",
    )
)


def many(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


lines = many(st.builds(Line, is_spoiler=flags, text=texts))
linked = many(st.builds(LinkedItem, is_spoiler=flags, title=texts, about=maybe_text, url=urls))
roles = st.one_of(
    st.builds(Role, is_spoiler=flags, character=texts, actor=maybe_text, about=maybe_text),
    st.builds(Role, is_spoiler=flags, character=maybe_text, actor=texts, about=maybe_text),
)
overviews = st.builds(
    Overview,
    trailer=urls,
    poster=urls,
    imdb_id=st.none() | st.sampled_from(("tt0113627", "tt123456789")),
    original_title=maybe_text,
    also_known_as=paragraphs,
    directors=paragraphs,
    genres=paragraphs,
    countries=paragraphs,
    languages=paragraphs,
    released=st.none() | st.dates(date(1870, 1, 1), date(2100, 12, 31)),
    runtime=st.none() | st.integers(1, 6000),
    imdb=st.none()
    | st.builds(
        ImdbRating,
        rating=st.integers(0, 100).map(lambda tenths: Decimal(tenths) / 10),
        votes=st.none() | st.integers(0, 10**12),
        as_of=as_of,
    ),
    tomatoes=st.none() | st.builds(TomatoRating, percent=st.integers(0, 100), as_of=as_of),
)
reviews = st.builds(
    Reviews,
    house=paragraphs,
    enjoyed_by=paragraphs,
    warnings=paragraphs,
    critics=many(st.builds(CriticReview, is_spoiler=flags, critic=texts, text=texts, is_quote=flags)),
    audience=many(st.builds(AudienceReaction, is_spoiler=flags, headline=texts, text=maybe_text)),
    consensus=paragraphs,
)
awards = st.builds(
    Award,
    is_spoiler=flags,
    name=texts,
    category=maybe_text,
    year=maybe_year,
    result=st.sampled_from((None, "won", "nominated")),
    recipients=paragraphs,
)
options = st.builds(
    WatchOption,
    kind=st.sampled_from(("stream", "rent", "buy", "disc")),
    region=st.none() | st.sampled_from(("US", "DE")),
    providers=some_paragraphs,
    as_of=as_of,
)
films = st.builds(
    Film,
    title=texts,
    year=maybe_year,
    overview=overviews,
    badly_explained=lines,
    synopsis=many(st.builds(SynopsisPart, is_spoiler=flags, heading=maybe_text, paragraphs=some_paragraphs)),
    ending=paragraphs,
    cast=many(roles),
    quotes=many(st.builds(Quote, is_spoiler=flags, words=texts, speaker=maybe_text, context=maybe_text)),
    box_office=st.builds(BoxOffice, budget=dollars, domestic=dollars, worldwide=dollars, as_of=as_of, notes=paragraphs),
    reviews=reviews,
    awards=many(awards),
    behind_the_scenes=lines,
    watch=st.builds(Watch, paragraphs=paragraphs, options=many(options)),
    similar=many(st.builds(SimilarFilm, is_spoiler=flags, title=texts, year=maybe_year, why=maybe_text)),
    products=linked,
    soundtrack=st.builds(
        Soundtrack,
        composers=paragraphs,
        tracks=many(st.builds(Track, is_spoiler=flags, title=texts, artist=maybe_text)),
        paragraphs=paragraphs,
    ),
    faq=many(st.builds(Question, is_spoiler=flags, question=maybe_text, answer=some_paragraphs)),
    bonus=linked,
)
