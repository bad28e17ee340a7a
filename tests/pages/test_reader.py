"""What the reader makes of pages in both forms, and of what is no page."""

import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pages.findings import Finding
from bot.pages.model import (
    AudienceReaction,
    Award,
    BoxOffice,
    CriticReview,
    Line,
    LinkedItem,
    Overview,
    Question,
    Quote,
    Role,
    SimilarFilm,
    SynopsisPart,
    TomatoRating,
    Track,
    WatchOption,
)
from bot.pages.reader import Aside, PageError, Reading, is_own_format, read_page, read_page_bytes
from bot.pages.sections import HEADED
from bot.pages.writer import write_page
from tests.pages.strategies import STRUCTURE, films

PASTED = (Path(__file__).parent / "pasted.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pasted() -> Reading:
    return read_page(PASTED)


def own(section: str, body: str) -> str:
    """A page in own format in which one section alone holds anything."""
    page = ["# The Apartment (1960)"]
    for known in HEADED:
        filled = body if known.key == section else "_Nothing recorded yet._"
        page.append(f"## {known.emoji} {known.title}\n{filled}")
    return "\n".join(page)


def loose(section: str, body: str) -> Reading:
    return read_page(f"The Apartment (1960)\n🎯 Quick Overview\n- Director: Billy Wilder\n{section}\n{body}\n")


def errors(reading: Reading) -> list[tuple[int | None, str]]:
    return [(found.line, found.message) for found in reading.findings if found.severity == "error"]


class TestAPastedPage:
    def test_its_title_stands_only_in_its_headings(self, pasted: Reading) -> None:
        assert pasted.film.title == "The Apartment"
        assert pasted.film.year == 1960

    def test_its_overview_is_typed(self, pasted: Reading) -> None:
        overview = pasted.film.overview
        assert overview.directors == ("Billy Wilder",)
        assert overview.genres == ("Comedy", "Drama", "Romance")
        assert overview.runtime == 125
        assert overview.imdb is not None
        assert overview.imdb.rating == Decimal("8.3")
        assert overview.imdb.votes == 203_000
        assert overview.tomatoes == TomatoRating(percent=93)
        assert overview.trailer is None

    def test_its_short_lines_head_the_synopsis(self, pasted: Reading) -> None:
        assert pasted.film.badly_explained == (Line(text="A man cannot go home because his home is always busy."),)
        assert [part.heading for part in pasted.film.synopsis] == [
            "A Key That Travels",
            "The Girl in the Elevator",
        ]
        assert pasted.film.synopsis[1] == SynopsisPart(
            heading="The Girl in the Elevator",
            paragraphs=(
                "Baxter likes Fran Kubelik, who runs one of the elevators. He does not know whom she meets after work.",
            ),
        )

    def test_its_cast_and_quotes_lose_their_marks(self, pasted: Reading) -> None:
        assert len(pasted.film.cast) == 3
        assert pasted.film.cast[0] == Role(
            character="C. C. Baxter", actor="Jack Lemmon", about="A clerk whose flat is better known than he is."
        )
        assert pasted.film.quotes == (
            Quote(
                speaker="C. C. Baxter",
                words="That’s the way it crumbles, cookie-wise.",
                context="Baxter shrugs off an evening that went wrong.",
            ),
            Quote(
                speaker="Fran Kubelik",
                words="Makes me look the way I feel.",
                context="Fran explains why she keeps a cracked mirror.",
            ),
        )

    def test_its_money_is_in_dollars(self, pasted: Reading) -> None:
        assert pasted.film.box_office == BoxOffice(budget=3_000_000, domestic=18_600_000, worldwide=18_600_000)

    def test_its_reviews_fall_into_their_parts(self, pasted: Reading) -> None:
        reviews = pasted.film.reviews
        assert reviews.house == (
            "It is funny and cold at once, like the flat in winter. Lemmon never begs for our pity, and so he gets it.",
        )
        assert reviews.enjoyed_by == ("People who like their comedy dry", "Anyone who has worked late")
        assert reviews.warnings == ("An attempted suicide", "Adultery")
        assert reviews.critics == (
            CriticReview(
                critic="The Matinee Club",
                text="Sour and sweet in the same breath, and never soft.",
                is_quote=True,
            ),
            CriticReview(critic="A Late Notice", text="Each joke pays for the next one.", is_quote=True),
        )
        assert reviews.audience[0] == AudienceReaction(
            headline="Everybody remembers the tennis racket",
            text="People quote the kitchen scene long after they have lost the plot.",
        )
        assert reviews.consensus == ("The Apartment is praised for the way it lets a joke and a hurt share a room.",)

    def test_its_lists_are_read(self, pasted: Reading) -> None:
        film = pasted.film
        assert film.awards == (Award(name="Academy Award", category="Best Picture", year=1961),)
        assert film.behind_the_scenes[0] == Line(text="Billy Wilder wrote the script together with I. A. L. Diamond.")
        assert film.similar == (
            SimilarFilm(
                title="Brief Encounter",
                year=1945,
                why="It gave Wilder the thought of the man who owns the flat.",
            ),
            SimilarFilm(
                title="Some Like It Hot",
                year=1959,
                why="The same director and the same clerk, in another dress.",
            ),
        )
        assert film.products == (
            LinkedItem(title="The Apartment (Blu-ray)", about="The film in a sharp new scan."),
            LinkedItem(title="Cards for Two: Gin Rummy Set [Boxed]", about="Two decks and a pad for the score."),
        )
        assert film.bonus[1] == LinkedItem(
            title="Wilder on Writing | A Talk", about="The director speaks about his years with Diamond."
        )
        assert len(film.watch.paragraphs) == 1
        assert len(film.soundtrack.paragraphs) == 2
        assert film.soundtrack.tracks == ()

    def test_its_answers_stay_without_questions_and_only_the_ending_is_hidden(self, pasted: Reading) -> None:
        assert [question.question for question in pasted.film.faq] == [None, None, None]
        assert [question.is_spoiler for question in pasted.film.faq] == [False, False, True]
        assert pasted.film.ending == ()

    def test_every_gap_is_reported_with_its_line(self, pasted: Reading) -> None:
        assert [(found.line, found.message) for found in pasted.findings] == [
            (2, "Add a link to the trailer."),
            (18, "Fill the section “Spoilers and Ending Explained”, or state that nothing is recorded."),
            (29, "Check which of the two is meant; domestic and worldwide gross are equal."),
            (40, "Close the quotation mark that opens here."),
            (55, "Start each entry of this section with “- ”."),
            (58, "Add links here; 2 of 2 have none."),
            (61, "Add the tracks; the soundtrack has text but no tracks."),
            (65, "Add the question to this answer."),
            (66, "Add the question to this answer."),
            (67, "Check this entry; it seems to tell the ending and was marked as a spoiler."),
            (67, "Add the question to this answer."),
            (68, "Add links here; 2 of 2 have none."),
        ]
        assert {found.severity for found in pasted.findings} == {"warning"}

    def test_what_was_not_understood_is_kept_aside(self, pasted: Reading) -> None:
        assert pasted.aside == (Aside(55, "Similar Movies", "If The Apartment was to your taste, these might be too:"),)

    def test_lines_tell_where_each_part_stood(self, pasted: Reading) -> None:
        assert pasted.lines["faq", 2] == 67
        assert pasted.lines["box_office", "worldwide"] == 29
        assert pasted.lines["reviews", "critics", 0] == 40
        assert pasted.lines["ending",] == 18

    @pytest.mark.parametrize("ending", ["\r\n", "\r"])
    def test_other_line_endings_change_nothing(self, pasted: Reading, ending: str) -> None:
        assert read_page(PASTED.replace("\n", ending)) == pasted

    @pytest.mark.parametrize("prefix", ["# ", "## ", "### "])
    def test_marked_headings_change_nothing(self, pasted: Reading, prefix: str) -> None:
        heads = ("🎯", "😅", "🍿", "⚠️", "🎬", "💬", "💰", "💥", "🛠️", "🖥️", "🎥", "🛒", "🎧", "🤨", "🔥", "✨", "Awards")
        marked = "\n".join(prefix + line if line.startswith(heads) else line for line in PASTED.split("\n"))
        assert read_page(marked).film == pasted.film

    def test_a_title_line_goes_before_the_headings(self) -> None:
        reading = read_page("# The Apartment (1960)\n" + PASTED)
        assert reading.film.name == "The Apartment (1960)"
        assert len(reading.film.cast) == 3

    def test_headings_without_emoji_are_known(self) -> None:
        reading = read_page("Heat (1995)\nOverview\nDirector: Michael Mann\nCast\nNeil McCauley (Robert De Niro)\n")
        assert reading.film.name == "Heat (1995)"
        assert reading.film.overview.directors == ("Michael Mann",)
        assert reading.film.cast == (Role(character="Neil McCauley", actor="Robert De Niro"),)

    def test_bold_headings_and_keys_are_known(self) -> None:
        reading = read_page("**Heat (1995)**\n**Overview**\n- **Director:** Michael Mann\n1. **Genre:** Crime")
        assert reading.film.title == "Heat"
        assert reading.film.overview == Overview(directors=("Michael Mann",), genres=("Crime",))

    def test_a_bare_heading_may_have_an_ampersand(self) -> None:
        assert loose("Cast & Characters", "- A (B)").film.cast == (Role(character="A", actor="B"),)

    def test_neighbouring_lines_that_are_not_understood_are_one_finding(self) -> None:
        reading = loose("🎬 Cast", "One.\n\nTwo.\n\n\n\nThree.")
        assert reading.aside == (Aside(5, "Cast", "One.\nTwo."), Aside(11, "Cast", "Three."))

    def test_an_unknown_section_is_kept_aside_whole(self) -> None:
        reading = loose("🎲 Drinking Game", "Take a sip.\nTake two.")
        assert reading.aside == (Aside(4, "Drinking Game", "Take a sip.\nTake two."),)
        assert Finding("warning", "Rename or remove this section; it is not one of the page's.", 4) in (
            reading.findings
        )

    def test_a_repeated_section_is_joined_and_reported(self) -> None:
        reading = loose("Cast", "- A (B)\nCast\n- C (D)")
        assert [role.character for role in reading.film.cast] == ["A", "C"]
        assert Finding(
            "warning", "Join the two sections “Cast and Characters”; they are read as one.", 6, ("cast",)
        ) in (reading.findings)

    def test_lines_above_the_first_section_are_kept_aside(self) -> None:
        reading = read_page("Heat\nWritten on a rainy day.\nOverview\n- Director: Michael Mann")
        assert reading.aside == (Aside(2, "", "Written on a rainy day."),)

    def test_a_trailer_address_is_found_below_its_word(self) -> None:
        text = "Heat\n🎯 Quick Overview\nTrailer\nhttps://youtu.be/abc\n"
        assert read_page(text).film.overview.trailer == "https://youtu.be/abc"

    def test_a_trailer_section_belongs_to_the_overview(self) -> None:
        text = "Heat\n🎯 Quick Overview\n- Genre: Crime\n🎞️ Trailer\nhttps://youtu.be/abc\n"
        reading = read_page(text)
        assert reading.film.overview.trailer == "https://youtu.be/abc"
        assert reading.film.overview.genres == ("Crime",)

    def test_questions_take_the_lines_below_them(self) -> None:
        reading = loose(
            "🤨 FAQ", "Filmed in New York.\nQ: Is it in colour?\nA: No.\nIt is not.\n❓ Is it long?\nTwo hours."
        )
        assert reading.film.faq == (
            Question(answer=("Filmed in New York.",)),
            Question(question="Is it in colour?", answer=("No.", "It is not.")),
            Question(question="Is it long?", answer=("Two hours.",)),
        )

    def test_a_question_without_an_answer_is_kept_aside(self) -> None:
        reading = loose("🤨 FAQ", "Is it in colour?\nIs it long?\nTwo hours.")
        assert [aside.text for aside in reading.aside] == ["Is it in colour?"]

    def test_bonus_titles_take_their_text_and_address(self) -> None:
        reading = loose("🔥 Bonus Content", "A Talk: One [of two]\nA long talk.\nhttps://youtu.be/x\n- Clip: short")
        assert reading.film.bonus == (
            LinkedItem(title="A Talk: One [of two]", about="A long talk.", url="https://youtu.be/x"),
            LinkedItem(title="Clip", about="short"),
        )

    def test_tracks_are_read_with_and_without_marks(self) -> None:
        reading = loose(
            "🎧 Soundtrack", "Composer: Adolph Deutsch\n“Theme” – Deutsch\n- Jealous Lover by Charles Williams"
        )
        assert reading.film.soundtrack.composers == ("Adolph Deutsch",)
        assert reading.film.soundtrack.tracks == (
            Track(title="Theme", artist="Deutsch"),
            Track(title="Jealous Lover", artist="Charles Williams"),
        )

    def test_a_watch_line_that_is_no_offer_is_text(self) -> None:
        reading = loose("🖥️ How to Watch", "- Rent, us: Apple TV (as of 2026-08)\n- At your library")
        assert reading.film.watch.options == (
            WatchOption(kind="rent", region="US", providers=("Apple TV",), as_of="2026-08"),
        )
        assert reading.film.watch.paragraphs == ("At your library",)

    @pytest.mark.parametrize(
        ("line", "quote"),
        [
            ("- “Words.”", Quote(words="Words.")),
            ('- Fran: "Words."', Quote(words="Words.", speaker="Fran")),
            (
                "- Fran – “He said “no” once.” - a memory",
                Quote(words="He said “no” once.", speaker="Fran", context="a memory"),
            ),
            ("- Fran: Words.", Quote(words="Words.", speaker="Fran")),
            ("- Fran: “Words.", Quote(words="Words.", speaker="Fran")),
        ],
    )
    def test_quotes_are_read_in_many_forms(self, line: str, quote: Quote) -> None:
        assert loose("💬 Memorable Quotes", line).film.quotes == (quote,)

    @pytest.mark.parametrize(
        ("line", "award"),
        [
            (
                "- Oscar (Best Picture) – 1961 – Winner",
                Award(name="Oscar", category="Best Picture", year=1961, result="won"),
            ),
            ("- Oscar (1961)", Award(name="Oscar", year=1961)),
            ("- Oscar - nominated: A, B", Award(name="Oscar", result="nominated", recipients=("A", "B"))),
            ("Oscar", Award(name="Oscar")),
        ],
    )
    def test_awards_are_read_in_many_forms(self, line: str, award: Award) -> None:
        assert loose("🏆 Awards", line).film.awards == (award,)

    def test_a_role_may_name_the_actor_first(self) -> None:
        assert loose("🎬 Cast", "- Jack Lemmon as Baxter: a clerk").film.cast == (
            Role(character="Baxter", actor="Jack Lemmon", about="a clerk"),
        )

    def test_ratings_of_other_places_are_kept_aside(self) -> None:
        reading = loose("✨ Rate", "Five stars!")
        assert reading.aside == (Aside(5, "Rate", "Five stars!"),)

    def test_one_heading_makes_the_title_when_the_text_names_it_too(self) -> None:
        text = "💥 Heat Reviews\nHeat is long. \nHeat is good."
        assert read_page(text).film.title == "Heat"

    def test_one_heading_alone_makes_no_title(self) -> None:
        with pytest.raises(PageError, match="does not say which film"):
            read_page("💥 Best Reviews\nIt is long.")

    def test_a_name_that_is_not_the_films_makes_an_unknown_section(self) -> None:
        reading = read_page("# Heat\nCast\n- A (B)\n# Deleted Reviews\nIt is long.")
        assert reading.aside == (Aside(4, "Deleted Reviews", "It is long."),)


class TestOurFormat:
    def test_a_full_section_of_each_kind_is_read(self) -> None:
        reading = read_page(own("quotes", "- Fran: “Shut up.” – at night {spoiler}\n- “Deal.”"), strict=True)
        assert reading.film.quotes == (
            Quote(words="Shut up.", speaker="Fran", context="at night", is_spoiler=True),
            Quote(words="Deal."),
        )
        assert errors(reading) == []

    def test_stated_gaps_are_no_findings(self) -> None:
        assert read_page(own("cast", "- A (B)"), strict=True).findings == ()

    def test_a_blank_line_starts_the_next_paragraph(self) -> None:
        assert read_page(own("ending", "One\ntwo.\n\nThree.")).film.ending == ("One two.", "Three.")

    def test_a_backslash_makes_plain_text(self) -> None:
        film = read_page(own("ending", "\\- One \\{spoiler}\n\n\\Awards\n\n\\## Two"), strict=True).film
        assert film.ending == ("- One {spoiler}", "Awards", "## Two")

    @pytest.mark.parametrize(
        ("section", "body", "message"),
        [
            ("overview", "- Writer: I. A. L. Diamond", "Remove this line or use one of the keys of this section."),
            ("overview", "- Director:", "Add the missing value, or remove the line."),
            ("overview", "- Genre: A\n- Genre: B", "Keep one line for this; it stands here twice."),
            ("overview", "Written text.", "Write each fact as “- Key: value”."),
            ("overview", "- Released: 1960-04-31", "Write the date as 1995-10-27."),
            ("overview", "- Runtime: long", "Write the runtime as 1h 51min."),
            ("overview", "- Runtime: 0min", "Mend this entry; a part of it is empty or out of range."),
            ("overview", "- IMDb rating: good", "Write the rating as 7.5/10 (139,000 votes, as of 2023)."),
            ("overview", "- IMDb rating: 7/10 (some votes)", "Write the votes as 139,000."),
            ("overview", "- Rotten Tomatoes: fresh", "Write the rating as 90% (as of 2020)."),
            ("overview", "- IMDb id: 113627", "Write the IMDb id as tt0113627."),
            ("overview", "- Release year: MCMLX", "Write the year with four digits."),
            ("overview", "- Release year: 1200", "Write a year from 1870 to 2100."),
            ("overview", "- Release year: 1961", "Write the same year here and in the title; they disagree."),
            ("overview", "- Title: Heat", "Write the same title here and in the first line."),
            ("boxoffice", "- Budget: 3 euros", "Write the sum in US dollars, as $3,600,000."),
            ("boxoffice", "- Budget: $3 zillion", "Write the sum in US dollars, as $3,600,000."),
            ("boxoffice", "- Budget: $0.001", "Write the sum in US dollars, as $3,600,000."),
            ("cast", "Text.", "Start each entry of this section with “- ”."),
            ("cast", "- : a clerk", "Mend this entry; a part of it is empty or out of range."),
            ("quotes", "- Fran: words", "Write a quote as Speaker: “Words.” – Context, with the quotation marks."),
            (
                "quotes",
                "- Fran: “words” she said",
                "Write a quote as Speaker: “Words.” – Context, with the quotation marks.",
            ),
            ("quotes", "- Fran: “words", "Close the quotation mark that opens here."),
            ("reviews", "### Musings\nText.", "Put this below one of the known “###” headings."),
            ("reviews", "Text.", "Put this below one of the known “###” headings."),
            ("reviews", "### House Review\nA.\n### House Review\nB.", "Join the two parts with this heading."),
            ("reviews", "### Professional Reviews\n- Critic", "Write a review as “Critic: text”."),
            ("reviews", "### Content Warnings\nText.", "Start each entry of this section with “- ”."),
            (
                "reviews",
                "### Content Warnings\n- It ends badly {spoiler}",
                "Move this to the ending; an entry of this list cannot be hidden.",
            ),
            (
                "reviews",
                "### House Review\nIt ends badly. {spoiler}",
                "Move this to the ending; a paragraph cannot be hidden.",
            ),
            ("ending", "- A bullet", "Write plain paragraphs here."),
            ("synopsis", "### A heading", "Write the text of this heading, or remove it."),
            ("synopsis", "- A bullet", "Write plain paragraphs below a “###” heading."),
            ("faq", "An answer.", "Put a “###” heading with the question above this answer."),
            ("watch", "- At your library", "Write an offer as “Rent, US: Apple TV (as of 2026-08)”."),
            ("watch", "- Rent: A (as of late)", "Mend this entry; a part of it is empty or out of range."),
            (
                "products",
                "- [A](https://a.example) text",
                "Write an item with a link as “[Title](https://…): what it is”.",
            ),
            ("products", "- [A](ftp://a.example)", "Mend this entry; a part of it is empty or out of range."),
            ("products", "-", "Write the missing text of this entry, or remove the line."),
            ("soundtrack", "- Theme", "Write a track as “Title” – Artist, with the quotation marks."),
            ("soundtrack", "- “Theme", "Write a track as “Title” – Artist, with the quotation marks."),
            ("ratings", "Five stars!", "Remove this; members rate films in Discord."),
            ("cast", "- A (B)\n_Nothing recorded yet._", "Remove this line; the section is not empty."),
            ("cast", "- A (B)\n# Two", "Use “##” for the sections; only the first line starts with “#”."),
            ("cast", "- A (B)\n## Two", "Rename or remove this section; it is not one of the page's."),
            ("cast", "- A (B)\n## Cast\n- C", "Join the two sections “Cast and Characters”; they are read as one."),
        ],
    )
    def test_what_departs_from_it_is_an_error_when_strict_and_a_warning_when_not(
        self, section: str, body: str, message: str
    ) -> None:
        text = own(section, body)
        assert message in [found[1] for found in errors(read_page(text, strict=True))]
        lenient = read_page(text)
        assert message in [found.message for found in lenient.findings]
        assert errors(lenient) == []

    def test_a_line_that_is_not_understood_is_never_dropped(self) -> None:
        reading = read_page(own("overview", "- Writer: I. A. L. Diamond\n- Genre: Comedy"))
        assert [aside.text for aside in reading.aside] == ["- Writer: I. A. L. Diamond"]

    def test_missing_headings_are_errors_when_strict(self) -> None:
        reading = read_page("# Heat\n## Cast\n- A (B)", strict=True)
        assert len(errors(reading)) == 16
        assert (None, "Add the section “Awards”; it is missing.") in errors(reading)

    def test_an_unstated_empty_section_is_a_gap(self) -> None:
        reading = read_page(own("cast", ""), strict=True)
        assert reading.findings == (
            Finding(
                "warning", "Fill the section “Cast and Characters”, or state that nothing is recorded.", 10, ("cast",)
            ),
        )

    def test_text_above_the_first_section_is_an_error(self) -> None:
        text = own("cast", "- A (B)").replace("(1960)\n", "(1960)\nHello.\n", 1)
        assert errors(read_page(text, strict=True)) == [(2, "Put this below the heading of a known section.")]

    def test_a_suspected_spoiler_is_reported_but_never_changed(self) -> None:
        reading = read_page(own("behind", "- Baxter dies."))
        assert reading.film.behind_the_scenes == (Line(text="Baxter dies."),)
        assert [found.message for found in reading.findings] == [
            "Mark this with {spoiler} or reword it; it seems to tell the ending."
        ]

    def test_a_spoiler_mark_on_a_paragraph_hides_the_whole_part(self) -> None:
        film = read_page(own("faq", "### Who?\nOne.\n\nTwo. {spoiler}")).film
        assert film.faq == (Question(question="Who?", answer=("One.", "Two."), is_spoiler=True),)

    def test_a_spoiler_mark_on_the_title_is_reported(self) -> None:
        reading = read_page(own("cast", "- A (B)").replace("(1960)", "(1960) {spoiler}", 1), strict=True)
        assert errors(reading) == [(1, "Remove “{spoiler}” from the title; it is always seen.")]

    def test_the_year_may_stand_in_the_overview_alone(self) -> None:
        reading = read_page(own("overview", "- Release year: 1960").replace(" (1960)", "", 1), strict=True)
        assert reading.film.year == 1960
        assert reading.findings == ()

    def test_the_year_of_the_first_line_goes_before_that_of_the_overview(self) -> None:
        reading = read_page(own("overview", "- Release year: 1961"), strict=True)
        assert reading.film.year == 1960
        assert errors(reading) == [(3, "Write the same year here and in the title; they disagree.")]

    @pytest.mark.parametrize("year", ["1200", "0000", "9999"])
    def test_a_number_that_is_no_year_belongs_to_the_title(self, year: str) -> None:
        film = read_page(f"# Heat ({year})\n## Similar Films\n- Cold ({year})").film
        assert (film.title, film.year) == (f"Heat ({year})", None)
        assert film.similar == (SimilarFilm(title=f"Cold ({year})"),)

    def test_a_page_without_title_cannot_be_read_strictly(self) -> None:
        with pytest.raises(PageError, match="Start the page with") as caught:
            read_page("\n## Cast\n- A (B)", strict=True)
        assert caught.value.line == 2

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("\n# Heat (1995)", True),
            ("# Awards", False),
            ("# 💥 Leaving Town Reviews", False),
            ("# \\Awards", True),
            ("# \\(Awards)", True),
            ("# Rocky Reviews", True),
            ("## Heat", False),
            ("Heat", False),
            ("# ", False),
            ("", False),
        ],
    )
    def test_the_first_line_tells_the_form(self, text: str, expected: bool) -> None:  # noqa: FBT001
        assert is_own_format(text) is expected


@pytest.mark.parametrize(
    ("text", "dollars"),
    [
        ("$3.6M", 3_600_000),
        ("$47 million", 47_000_000),
        ("$203,388,186", 203_388_186),
        ("$1.2B", 1_200_000_000),
        ("US$ 900 thousand", 900_000),
        ("$0", 0),
    ],
)
def test_money_is_read_in_many_forms(text: str, dollars: int) -> None:
    assert read_page(own("boxoffice", f"- Budget: {text}")).film.box_office.budget == dollars


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1h 51min", 111), ("2h", 120), ("51min", 51), ("111 minutes", 111), ("1 hour, 51 minutes", 111)],
)
def test_runtimes_are_read_in_many_forms(text: str, minutes: int) -> None:
    assert read_page(own("overview", f"- Runtime: {text}")).film.overview.runtime == minutes


class TestWhatIsNoPage:
    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "Write something; this file is empty."),
            (b" \n\t", "Write something; this file is empty."),
            (b"# A\x00", "Choose a text file; this one is binary."),
            (b"# A\n\xff", "Save this file as UTF-8; it holds bytes that are not."),
            (b"a" * 1_000_001, "Shorten this file; a page has at most 1 MB."),
            (b"\n" * 20_000 + b"a", "Shorten this text; a page has at most 20,000 lines."),
            (b"hello", "Head each section with its name, such as “Quick Overview”; no section was found."),
            (b"Cast\n- A (B)", "Start the page with “# Title (Year)”; it does not say which film it is about."),
            ("# \u200b".encode(), "Head each section with its name, such as “Quick Overview”; no section was found."),
            ("\u200b".encode(), "Write something; this page is empty."),
        ],
    )
    def test_it_is_refused_with_one_sentence(self, data: bytes, message: str) -> None:
        with pytest.raises(PageError) as caught:
            read_page_bytes(data)
        assert str(caught.value) == message

    @pytest.mark.parametrize("text", ["", "  \n", "a" * 1_000_001, "é" * 500_001, "\r" * 60_000])
    def test_text_is_refused_like_a_file(self, text: str) -> None:
        with pytest.raises(PageError):
            read_page(text)

    def test_the_line_of_a_wrong_byte_is_told(self) -> None:
        with pytest.raises(PageError) as caught:
            read_page_bytes(b"# A\n\nb\xff")
        assert caught.value.line == 3

    def test_a_byte_order_mark_is_no_content(self) -> None:
        assert read_page_bytes(b"\xef\xbb\xbf" + PASTED.encode()).film.title == "The Apartment"

    def test_a_file_in_own_format_is_read_strictly_unless_told_otherwise(self) -> None:
        data = own("overview", "- Writer: Diamond").encode()
        assert errors(read_page_bytes(data)) != []
        assert errors(read_page_bytes(data, strict=False)) == []

    @pytest.mark.parametrize("chunk", ["(", ":", "*", "[", "“", "\\", "a ", "# ", "dies ", "é"])
    @pytest.mark.parametrize("section", ["🍿 Plot Synopsis", "💬 Quotes", "🏆 Awards", "🎧 Soundtrack"])
    def test_a_huge_line_takes_no_longer_than_its_size(self, chunk: str, section: str) -> None:
        body = chunk * (900_000 // len(chunk.encode()))
        started = time.perf_counter()
        read_page(f"Heat\n{section}\n- {body}\n")
        assert time.perf_counter() - started < 8  # seconds; about one is usual, a wrong pattern takes hours

    @pytest.mark.parametrize("line", ["a", "- a", "# a b", "🎬 a Reviews", "- a: “b", "## Awards", "a?"])
    def test_many_lines_take_no_longer_than_their_number(self, line: str) -> None:
        started = time.perf_counter()
        read_page("Heat\nAwards\n" + f"{line}\n" * 19_000)
        assert time.perf_counter() - started < 8  # seconds


def read_anything(text: str) -> None:
    for strict in (True, False):
        try:
            read_page(text, strict=strict)
        except PageError as problem:
            assert "\n" not in str(problem)  # noqa: PT017 - most texts are no page, and both is right


class TestAnything:
    @given(st.binary(max_size=200))
    @settings(max_examples=150, deadline=None)
    def test_bytes_raise_nothing_but_page_error(self, data: bytes) -> None:
        for strict in (None, True, False):
            try:
                read_page_bytes(data, strict=strict)
            except PageError:
                continue

    @given(st.lists(st.sampled_from(STRUCTURE) | st.text(max_size=5) | st.just("\n"), max_size=40).map("".join))
    @settings(max_examples=200, deadline=None)
    def test_text_raises_nothing_but_page_error(self, text: str) -> None:
        read_anything(text)
        read_anything(f"Heat\n💬 Quotes\n{text}")
        for section in HEADED:
            read_anything(f"# Heat\n## {section.title}\n{text}")
            read_anything(f"Heat\n{section.title}\n{text}")

    @given(st.data())
    @settings(max_examples=120, deadline=None)
    def test_mutated_pages_raise_nothing_but_page_error(self, data: st.DataObject) -> None:
        page = data.draw(st.just(PASTED) | films.map(write_page))
        lines = page.split("\n")
        for _ in range(data.draw(st.integers(1, 8))):
            first, second = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
            match data.draw(st.sampled_from(("delete", "double", "swap", "cut", "insert"))):
                case "delete":
                    lines[first] = ""
                case "double":
                    lines.insert(second, lines[first])
                case "swap":
                    lines[first], lines[second] = lines[second], lines[first]
                case "cut":
                    lines[first] = lines[first][: len(lines[first]) // 2]
                case _:
                    at = data.draw(st.integers(0, len(lines[first])))
                    lines[first] = lines[first][:at] + data.draw(st.sampled_from(STRUCTURE)) + lines[first][at:]
        read_anything("\n".join(lines))
