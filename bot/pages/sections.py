"""The one list of a page's sections. Everything that lists sections reads it; nothing else names them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """One of the seventeen sections of a page, or one of the two further views of them.

    `field` is the attribute of Film that fills it, None for ratings, which belong to members.
    `view_of` names the section that holds a view's text; a view has no heading of its own on a page.
    `aliases` are further headings a pasted page may carry, in lower case.
    """

    key: str
    emoji: str
    title: str
    field: str | None
    noun: str  # as in "No quotes for X yet"
    view_of: str | None = None
    aliases: tuple[str, ...] = ()


SECTIONS: tuple[Section, ...] = (
    Section("overview", "🎯", "Quick Overview", "overview", "overview", aliases=("overview",)),
    Section("trailer", "🎞️", "Trailer", "overview", "trailer", view_of="overview"),
    Section(
        "badly-explained",
        "😅",
        "Plot, Badly Explained",
        "badly_explained",
        "badly explained plot",
        aliases=("plot summary badly explained", "badly explained", "badly explained plot"),
    ),
    Section(
        "synopsis",
        "🍿",
        "Plot Synopsis",
        "synopsis",
        "synopsis",
        aliases=("detailed plot synopsis", "synopsis", "plot", "plot summary"),
    ),
    Section(
        "ending",
        "⚠️",
        "Spoilers and Ending Explained",
        "ending",
        "ending",
        aliases=("ending", "ending explained", "spoilers", "spoilers and ending"),
    ),
    Section("cast", "🎬", "Cast and Characters", "cast", "cast list", aliases=("cast", "characters")),
    Section("quotes", "💬", "Memorable Quotes", "quotes", "quotes", aliases=("quotes",)),
    Section("boxoffice", "💰", "Box Office", "box_office", "box office figures"),
    Section("reviews", "💥", "Reviews", "reviews", "reviews"),
    Section("warnings", "🚸", "Content Warnings", "reviews", "content warnings", view_of="reviews"),
    Section("awards", "🏆", "Awards", "awards", "awards"),
    Section(
        "behind", "🛠️", "Behind the Scenes", "behind_the_scenes", "stories from behind the scenes", aliases=("trivia",)
    ),
    Section("watch", "🖥️", "How to Watch", "watch", "word on where to watch", aliases=("where to watch",)),
    Section("similar", "🎥", "Similar Films", "similar", "similar films", aliases=("similar movies",)),
    Section("products", "🛒", "Related Products", "products", "related products", aliases=("products",)),
    Section("soundtrack", "🎧", "Soundtrack", "soundtrack", "soundtrack"),
    Section("faq", "🤨", "FAQ", "faq", "questions and answers", aliases=("frequently asked questions",)),
    Section("bonus", "🔥", "Bonus Content", "bonus", "bonus content", aliases=("bonus",)),
    Section("ratings", "✨", "Ratings", None, "reviews by members", aliases=("rate", "rating")),
)

HEADED: tuple[Section, ...] = tuple(section for section in SECTIONS if section.view_of is None)
_BY_KEY = {section.key: section for section in SECTIONS}


def section(key: str) -> Section:
    """Return the section called `key`; KeyError when there is none."""
    return _BY_KEY[key]
