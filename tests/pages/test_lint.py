"""What the page doctor finds, and what it leaves alone."""

import pytest

from bot.pages.findings import Finding
from bot.pages.lint import examine, is_poster_allowed, is_trailer_allowed, mark_spoilers, suspects
from bot.pages.model import (
    AudienceReaction,
    Award,
    BoxOffice,
    CriticReview,
    Film,
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
    Track,
)
from bot.pages.sections import HEADED

ALL_STATED = [section.key for section in HEADED]
SPOILT = "Mark this with {spoiler} or reword it; it seems to tell the ending."


def found(film: Film, *, pasted: bool = False) -> list[tuple[str, str]]:
    return [(one.severity, one.message) for one in examine(film, stated=ALL_STATED, pasted=pasted)]


def test_every_empty_section_is_a_gap_but_ratings() -> None:
    findings = examine(Film(title="Heat", cast=(Role(actor="Al Pacino"),)))
    assert len(findings) == 15
    assert findings[0] == Finding(
        "warning", "Fill the section “Quick Overview”, or state that nothing is recorded.", None, ("overview",)
    )


def test_a_stated_gap_is_none() -> None:
    assert examine(Film(title="Heat"), stated=ALL_STATED) == ()


def test_a_finding_has_the_line_of_its_place_or_of_what_holds_it() -> None:
    film = Film(title="Heat", quotes=(Quote(words="Hi."), Quote(words="Ho.")))
    findings = examine(film, {("quotes",): 7, ("quotes", 1): 9}, stated=ALL_STATED)
    assert [(one.line, one.place) for one in findings] == [(7, ("quotes", 0)), (9, ("quotes", 1))]


@pytest.mark.parametrize(
    ("domestic", "worldwide", "expected"),
    [
        (5, 5, [("warning", "Check which of the two is meant; domestic and worldwide gross are equal.")]),
        (6, 5, [("error", "Correct the gross; worldwide is less than domestic.")]),
        (5, 6, []),
        (None, 5, []),
        (5, None, []),
    ],
)
def test_the_two_grosses_are_compared(
    domestic: int | None, worldwide: int | None, expected: list[tuple[str, str]]
) -> None:
    assert found(Film(title="Heat", box_office=BoxOffice(domestic=domestic, worldwide=worldwide))) == expected


def test_incomplete_entries_are_reported() -> None:
    film = Film(
        title="Heat",
        faq=(Question(answer=("Yes.",)),),
        quotes=(Quote(words="Hi."),),
        awards=(Award(name="Prize"),),
        soundtrack=Soundtrack(paragraphs=("Loud.",)),
    )
    assert found(film) == [
        ("warning", "Add the question to this answer."),
        ("warning", "Add who says this quote."),
        ("warning", "Add the year of this award."),
        ("warning", "Add the tracks; the soundtrack has text but no tracks."),
    ]


def test_missing_links_count_only_in_pasted_pages() -> None:
    items = (LinkedItem(title="A"), LinkedItem(title="B", url="https://b.example"))
    film = Film(title="Heat", products=items, bonus=items[:1])
    assert found(film) == []
    assert found(film, pasted=True) == [
        ("warning", "Add a link to the trailer."),
        ("warning", "Add links here; 1 of 2 have none."),
        ("warning", "Add links here; 1 of 1 have none."),
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=x",
        "http://youtu.be/x",
        "https://youtube.com/watch?v=x",
        "https://m.youtube.com/watch?v=x",
        "https://vimeo.com/1",
        "https://www.vimeo.com/1",
        "https://player.vimeo.com/video/1",
        "HTTPS://YOUTU.BE/x",
    ],
)
def test_trailers_of_known_hosts_are_allowed(url: str) -> None:
    assert is_trailer_allowed(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://youtube.com.evil.example/x",
        "https://evil.example/youtube.com",
        "https://youtube.com@evil.example/",
        "https://user@youtube.com/",
        "https://youtube.com:8443/",
        "https://youtube.com:port/",
        "ftp://youtube.com/x",
        "https://[youtube.com",
        "youtube.com/x",
        "",
    ],
)
def test_other_trailers_are_not_allowed(url: str) -> None:
    assert not is_trailer_allowed(url)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://image.tmdb.org/a.jpg", True),
        ("https://upload.wikimedia.org/a.jpg", True),
        ("https://m.media-amazon.com/a.jpg", True),
        ("http://image.tmdb.org/a.jpg", False),
        ("https://tmdb.org/a.jpg", False),
    ],
)
def test_posters_come_by_https_from_known_hosts(url: str, allowed: bool) -> None:  # noqa: FBT001
    assert is_poster_allowed(url) is allowed


def test_links_to_other_hosts_are_reported() -> None:
    overview = Overview(trailer="https://a.example/t", poster="http://image.tmdb.org/a.jpg")
    assert found(Film(title="Heat", overview=overview)) == [
        ("warning", "Link the trailer on YouTube or Vimeo."),
        (
            "warning",
            "Link a poster with https on one of image.tmdb.org, m.media-amazon.com, upload.wikimedia.org.",
        ),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He dies in her arms.",
        "Dies at dawn.",
        "Her brother is killed by the gang.",
        "They are finally murdered.",
        "He gets shot dead.",
        "She kills herself.",
        "He kills Vincent.",
        "He takes his own life.",
        "She commits suicide.",
        "He drinks himself to death.",
        "The guest turns out to be her father.",
        "It turns out that he lied.",
        "The killer is the butler.",
        "The real murderer was the aunt.",
        "He is revealed to be a ghost.",
        "Only one of them survives.",
        "He doesn’t survive.",
        "It ends with a wedding.",
        "The film ends on a bridge.",
        "In the final scene of the film they part.",
        "He was dead all along.",
        "How does the film end?",
    ],
)
def test_a_fate_in_the_present_tense_is_a_spoiler(text: str) -> None:
    assert list(suspects(Film(title="Heat", behind_the_scenes=(Line(text=text),)))) == [("behind_the_scenes", 0)]


@pytest.mark.parametrize(
    "text",
    [
        "A pianist means to drink himself to death.",
        "The author took his own life and committed suicide years before.",
        "About a clerk drinking himself to death.",
        "She says that she wants to die.",
        "Nobody asks him to die.",
        "Love never dies.",
        "His wife was killed a year ago.",
        "He kills for money.",
        "It is about survival and death.",
        "The ending is heartbreaking.",
        "The dead end street, the killer cast.",
        "A studious man.",
    ],
)
def test_a_premise_or_the_past_is_no_spoiler(text: str) -> None:
    assert list(suspects(Film(title="Heat", behind_the_scenes=(Line(text=text),)))) == []


def test_six_words_of_the_ending_are_a_spoiler_and_five_are_not() -> None:
    ending = ("At dawn, they hold hands beside the runway lights.",)
    film = Film(
        title="Heat",
        ending=ending,
        behind_the_scenes=(
            Line(text="They HOLD hands – beside the runway!"),
            Line(text="They hold hands beside the car."),
        ),
    )
    assert list(suspects(film)) == [("behind_the_scenes", 0)]


def test_a_long_title_in_the_ending_gives_nothing_away() -> None:
    title = "How We Came Down From The Mountain"
    film = Film(title=title, ending=(f"{title} closes.",), behind_the_scenes=(Line(text=f"{title} was cheap."),))
    assert list(suspects(film)) == []


def test_every_kind_of_entry_is_looked_at_and_can_be_marked() -> None:
    film = Film(
        title="Heat",
        badly_explained=(Line(text="He dies."),),
        synopsis=(SynopsisPart(paragraphs=("Fine.",)), SynopsisPart(heading="She dies", paragraphs=("Fine.",))),
        cast=(Role(actor="A", about="dies"),),
        quotes=(Quote(words="Hi.", context="He dies."),),
        reviews=Reviews(
            critics=(CriticReview(critic="A", text="He dies."),),
            audience=(AudienceReaction(headline="Sad", text="He dies."),),
        ),
        similar=(SimilarFilm(title="He Dies", why="Fine."), SimilarFilm(title="B", why="He dies.")),
        products=(LinkedItem(title="A", about="He dies."),),
        soundtrack=Soundtrack(tracks=(Track(title="Neil Dies"),)),
        faq=(Question(question="Who dies?", answer=("Nobody.",)),),
        bonus=(LinkedItem(title="Neil dies"),),
        awards=(Award(name="Dies Irae Prize", year=1996),),
    )
    places = list(suspects(film))
    assert places == [
        ("badly_explained", 0),
        ("synopsis", 1),
        ("cast", 0),
        ("quotes", 0),
        ("reviews", "critics", 0),
        ("reviews", "audience", 0),
        ("similar", 1),
        ("products", 0),
        ("soundtrack", "tracks", 0),
        ("faq", 0),
        ("bonus", 0),
    ]
    marked = mark_spoilers(film, places)
    assert list(suspects(marked)) == []
    assert [part.is_spoiler for part in marked.synopsis] == [False, True]
    assert marked.reviews.critics[0].is_spoiler
    assert marked.soundtrack.tracks[0].is_spoiler
    assert not marked.awards[0].is_spoiler
    assert marked.title == "Heat"


def test_a_marked_entry_is_no_finding() -> None:
    assert found(Film(title="Heat", behind_the_scenes=(Line(text="He dies.", is_spoiler=True),))) == []
    assert found(Film(title="Heat", behind_the_scenes=(Line(text="He dies."),))) == [("warning", SPOILT)]


def test_text_that_cannot_be_hidden_is_to_be_moved() -> None:
    film = Film(title="Heat", reviews=Reviews(house=("Good.", "He dies.")))
    assert examine(film, {("reviews", "house", 1): 5}, stated=ALL_STATED) == (
        Finding(
            "warning",
            "Move this to the ending or reword it; it seems to tell it.",
            5,
            ("reviews", "house", 1),
        ),
    )
