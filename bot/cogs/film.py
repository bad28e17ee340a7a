"""`/film`: one command a section of a film's page, a random film, and help."""

import random
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Interaction, UserFacingError, Usher
from bot.pages.model import Film, Reviews, Watch
from bot.ui import presses
from bot.ui.cards import COLOUR, Look, synopsis_page
from bot.ui.cards import versus as side_by_side
from bot.ui.options import Asked, FilmOption, choices, closest, film_typed
from bot.ui.replies import Shown, send
from bot.ui.text import echo, plural

Title = app_commands.Transform[Asked, FilmOption]
Minutes = app_commands.Range[int, 1, 1_000]
Part = app_commands.Range[int, 1, 100]
View = Literal["personal", "critics", "audience", "consensus", "this server"]
Choices = list[app_commands.Choice[str]]

TITLE = "The film; a few letters will do"
PRIVATE = "Answer only you"


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class FilmCog(
    commands.GroupCog,
    group_name="film",
    group_description="Everything about a film, and no spoiler by accident",
):
    """The commands that read a film's page."""

    def __init__(self, dice: random.Random | None = None) -> None:
        super().__init__()
        self.dice = dice or random.Random()  # noqa: S311 (a film for tonight, not a secret)

    @app_commands.command()
    @app_commands.describe(title=TITLE, private=PRIVATE)
    async def overview(self, interaction: Interaction, title: Title, private: bool = False) -> None:
        """Show a film's card, with a menu to every section."""
        await _send(interaction, title, "overview", private=private)

    @app_commands.command()
    @app_commands.describe(title=TITLE, private=PRIVATE)
    async def trailer(self, interaction: Interaction, title: Title, private: bool = False) -> None:
        """Play a film's trailer."""
        await _send(interaction, title, "trailer", private=private)

    @app_commands.command(name="badly-explained")
    @app_commands.describe(title=TITLE, private=PRIVATE)
    async def badly_explained(self, interaction: Interaction, title: Title, private: bool = False) -> None:
        """Explain a film's plot, badly."""
        await _send(interaction, title, "badly-explained", private=private)

    @app_commands.command()
    @app_commands.describe(title=TITLE, part="Which part to open", private=PRIVATE)
    async def synopsis(
        self,
        interaction: Interaction,
        title: Title,
        part: Part | None = None,
        private: bool = False,
    ) -> None:
        """Tell a film's plot part by part, stopping before the ending."""
        count = len(title.film.synopsis)
        if part is not None and count and part > count:
            raise UserFacingError(f"The synopsis has parts 1–{count}. Pick one of them.")
        page = synopsis_page(title.film, part) if part is not None and count else 0
        await _send(interaction, title, "synopsis", Look(page=page), private=private)

    @app_commands.command()
    @app_commands.describe(title=TITLE, private=PRIVATE)
    async def ending(self, interaction: Interaction, title: Title, private: bool = False) -> None:
        """Explain a film's ending, hidden until you ask for it."""
        await _send(interaction, title, "ending", private=private)

    @app_commands.command()
    @app_commands.describe(title=TITLE, who="A character or an actor", private=PRIVATE)
    async def cast(
        self,
        interaction: Interaction,
        title: Title,
        who: str | None = None,
        private: bool = False,
    ) -> None:
        """List who plays whom in a film."""
        film = title.film
        if who is None or not film.cast:
            await _send(interaction, title, "cast", private=private)
            return
        name = closest(who, _people(film), "character or actor in this film")
        cast = tuple(role for role in film.cast if name in (role.character, role.actor))
        await _send_part(interaction, title, "cast", film.model_copy(update={"cast": cast}), private=private)

    @cast.autocomplete("who")
    async def _who(self, interaction: Interaction, typed: str) -> Choices:
        film = await film_typed(interaction)
        return choices(typed, _people(film)) if film else []

    @app_commands.command()
    @app_commands.describe(title=TITLE, by="Who says it", private=PRIVATE)
    async def quotes(
        self,
        interaction: Interaction,
        title: Title,
        by: str | None = None,
        private: bool = False,
    ) -> None:
        """Show a film's memorable quotes."""
        film = title.film
        if by is None or not film.quotes:
            await _send(interaction, title, "quotes", private=private)
            return
        name = closest(by, _speakers(film), "speaker of a quote here")
        quotes = tuple(quote for quote in film.quotes if quote.speaker == name)
        await _send_part(interaction, title, "quotes", film.model_copy(update={"quotes": quotes}), private=private)

    @quotes.autocomplete("by")
    async def _by(self, interaction: Interaction, typed: str) -> Choices:
        film = await film_typed(interaction)
        return choices(typed, _speakers(film)) if film else []

    @app_commands.command()
    @app_commands.describe(title=TITLE, versus="A film to compare it with", private=PRIVATE)
    async def boxoffice(
        self,
        interaction: Interaction,
        title: Title,
        versus: Title | None = None,
        private: bool = False,
    ) -> None:
        """Show what a film cost and took."""
        if versus is None:
            await _send(interaction, title, "boxoffice", private=private)
            return
        if versus.film_id == title.film_id:
            raise UserFacingError(f"Both titles are {echo(title.film.name)}. Pick another film to compare it with.")
        await interaction.response.send_message(embed=side_by_side(title.film, versus.film), ephemeral=private)

    @app_commands.command()
    @app_commands.describe(title=TITLE, view="Whose reviews", private=PRIVATE)
    async def reviews(
        self,
        interaction: Interaction,
        title: Title,
        view: View | None = None,
        private: bool = False,
    ) -> None:
        """Show what Usher, critics and audiences made of a film."""
        film = title.film
        if view is None or not film.has("reviews"):
            await _send(interaction, title, "reviews", private=private)
            return
        views = _views(film.reviews)
        if view not in views:
            listed = " and ".join(views) or "none"
            raise UserFacingError(f"No reviews under ‘{view}’ yet. Filled for this film: {listed}.")
        part = film.model_copy(update={"reviews": views[view]})
        await _send_part(interaction, title, "reviews", part, private=private)

    @app_commands.command()
    @app_commands.describe(title=TITLE, private=PRIVATE)
    async def warnings(self, interaction: Interaction, title: Title, private: bool = False) -> None:
        """List a film's content warnings, without plot details."""
        await _send(interaction, title, "warnings", private=private)

    @app_commands.command()
    @app_commands.describe(title=TITLE, private=PRIVATE)
    async def awards(self, interaction: Interaction, title: Title, private: bool = False) -> None:
        """List what a film won and was nominated for."""
        await _send(interaction, title, "awards", private=private)

    @app_commands.command()
    @app_commands.describe(title=TITLE, private=PRIVATE)
    async def behind(self, interaction: Interaction, title: Title, private: bool = False) -> None:
        """Tell how a film was made."""
        await _send(interaction, title, "behind", private=private)

    @app_commands.command()
    @app_commands.describe(title=TITLE, region="A country's two letters, as in US or GB", private=PRIVATE)
    async def watch(
        self,
        interaction: Interaction,
        title: Title,
        region: str | None = None,
        private: bool = False,
    ) -> None:
        """Tell where a film can be streamed, rented or bought."""
        film, regions = title.film, _regions(title.film)
        if region is None or not regions:
            await _send(interaction, title, "watch", private=private)
            return
        code = region.strip().upper()
        if code not in regions:
            raise UserFacingError(
                f"Nothing is known for ‘{echo(region)}’. There is something for {', '.join(regions)}."
            )
        options = tuple(option for option in film.watch.options if option.region in (code, None))
        part = film.model_copy(update={"watch": Watch(options=options)})
        await _send_part(interaction, title, "watch", part, private=private)

    @watch.autocomplete("region")
    async def _region(self, interaction: Interaction, typed: str) -> Choices:
        film = await film_typed(interaction)
        return choices(typed, _regions(film)) if film else []

    @app_commands.command()
    @app_commands.describe(title=TITLE, private=PRIVATE)
    async def similar(self, interaction: Interaction, title: Title, private: bool = False) -> None:
        """Name films to see next, and why."""
        await _send(interaction, title, "similar", private=private)

    @app_commands.command()
    @app_commands.describe(title=TITLE, private=PRIVATE)
    async def products(self, interaction: Interaction, title: Title, private: bool = False) -> None:
        """List books, discs and records that go with a film."""
        await _send(interaction, title, "products", private=private)

    @app_commands.command()
    @app_commands.describe(title=TITLE, private=PRIVATE)
    async def soundtrack(self, interaction: Interaction, title: Title, private: bool = False) -> None:
        """Name a film's composer and notable tracks."""
        await _send(interaction, title, "soundtrack", private=private)

    @app_commands.command()
    @app_commands.describe(title=TITLE, question="One of the questions", private=PRIVATE)
    async def faq(
        self,
        interaction: Interaction,
        title: Title,
        question: str | None = None,
        private: bool = False,
    ) -> None:
        """Answer what people ask about a film, spoilers hidden."""
        film = title.film
        if question is None or not film.faq:
            await _send(interaction, title, "faq", private=private)
            return
        asked = closest(question, _questions(film), "question here")
        entries = tuple(entry for entry in film.faq if entry.question == asked)
        await _send_part(interaction, title, "faq", film.model_copy(update={"faq": entries}), private=private)

    @faq.autocomplete("question")
    async def _question(self, interaction: Interaction, typed: str) -> Choices:
        film = await film_typed(interaction)
        return choices(typed, _questions(film)) if film else []

    @app_commands.command()
    @app_commands.describe(title=TITLE, private=PRIVATE)
    async def bonus(self, interaction: Interaction, title: Title, private: bool = False) -> None:
        """List videos and extras about a film."""
        await _send(interaction, title, "bonus", private=private)

    @app_commands.command()
    @app_commands.describe(genre="Only films of this genre", max_minutes="At most this long", private=PRIVATE)
    async def random(
        self,
        interaction: Interaction,
        genre: str | None = None,
        max_minutes: Minutes | None = None,
        private: bool = False,
    ) -> None:
        """Pick a random film that fits."""
        store, scope = interaction.client.store, interaction.client.scope_of(interaction.guild_id)
        wanted = None if genre is None else closest(genre, await store.genres(scope), "genre")
        films = await store.film_ids(scope, genre=wanted, max_runtime=max_minutes)
        if not films:
            raise UserFacingError(await _nothing_fits(interaction, wanted, max_minutes))
        film_id = self.dice.choice(films)
        film = await store.film(scope, film_id)
        if film is None:
            raise UserFacingError("That film has just been removed. Try again.")
        await _send(interaction, Asked(film_id, film), "overview", private=private)

    @random.autocomplete("genre")
    async def _genre(self, interaction: Interaction, typed: str) -> Choices:
        client = interaction.client
        return choices(typed, await client.store.genres(client.scope_of(interaction.guild_id)))

    @app_commands.command()
    @app_commands.describe(topic="One of the commands")
    async def help(self, interaction: Interaction, topic: str | None = None) -> None:
        """Show what Usher can do here."""
        embed = _help(interaction.client)
        if topic is not None:
            name = closest(topic.removeprefix("/film").strip(), _topics(interaction.client), "command")
            embed = _help_about(interaction.client, name)
        await interaction.response.send_message(embed=embed, ephemeral=True)

    @help.autocomplete("topic")
    async def _topic(self, interaction: Interaction, typed: str) -> Choices:
        return choices(typed, _topics(interaction.client))


async def setup(client: Usher) -> None:
    """Register the commands and everything that stands under their cards."""
    presses.register(client)
    await client.add_cog(FilmCog())


async def _send(
    interaction: Interaction,
    asked: Asked,
    key: str,
    look: Look | None = None,
    part: Film | None = None,
    *,
    private: bool,
) -> None:
    shown = Shown(
        asked.film_id,
        asked.film,
        key,
        interaction.user.id,
        look or Look(),
        part,
        is_private=private,
        typed=asked.typed,
        others=asked.others,
    )
    await send(interaction, shown)


async def _send_part(interaction: Interaction, asked: Asked, key: str, part: Film, *, private: bool) -> None:
    """Send a section with only the entries asked for; the menu still tells what else the film holds."""
    await _send(interaction, asked, key, Look(is_part=True), part, private=private)


def _people(film: Film) -> list[str]:
    names = ((role.character, role.actor) for role in film.cast if not role.is_spoiler)
    return list(dict.fromkeys(name for pair in names for name in pair if name is not None))


def _speakers(film: Film) -> list[str]:
    return list(
        dict.fromkeys(quote.speaker for quote in film.quotes if quote.speaker is not None and not quote.is_spoiler)
    )


def _questions(film: Film) -> list[str]:
    return [entry.question for entry in film.faq if entry.question is not None and not entry.is_spoiler]


def _regions(film: Film) -> list[str]:
    return sorted({option.region for option in film.watch.options if option.region is not None})


def _views(reviews: Reviews) -> dict[str, Reviews]:
    """Return the views that hold something, each with the other parts taken out."""
    views = {
        "personal": Reviews(house=reviews.house, enjoyed_by=reviews.enjoyed_by),
        "critics": Reviews(critics=reviews.critics),
        "audience": Reviews(audience=reviews.audience),
        "consensus": Reviews(consensus=reviews.consensus),
    }
    return {name: part for name, part in views.items() if part != Reviews()}


async def _nothing_fits(interaction: Interaction, genre: str | None, minutes: int | None) -> str:
    store, scope = interaction.client.store, interaction.client.scope_of(interaction.guild_id)
    total = len(await store.film_ids(scope))
    took: list[str] = []
    if genre is not None:
        took.append(f"the genre takes out {plural(total - len(await store.film_ids(scope, genre=genre)), 'film')}")
    if minutes is not None:
        left = len(await store.film_ids(scope, max_runtime=minutes))
        took.append(f"the length takes out {plural(total - left, 'film')}")
    return (
        f"Nothing fits: of {total:,} films, {' and '.join(took)}. Drop a filter." if took else "The catalog is empty."
    )


def _commands(client: Usher) -> list[app_commands.Command[FilmCog, ..., None]]:
    group = client.tree.get_command("film")
    found = group.commands if isinstance(group, app_commands.Group) else []
    return [command for command in found if isinstance(command, app_commands.Command)]


def _topics(client: Usher) -> list[str]:
    return [command.name for command in _commands(client)]


def _help(client: Usher) -> discord.Embed:
    lines = [f"**/film {command.name}** {command.description}" for command in _commands(client)]
    embed = discord.Embed(title="Usher, a film guide", description="\n".join(lines), colour=COLOUR)
    embed.add_field(
        name="Spoilers",
        value="Endings hide behind bars. **Reveal to me** shows one to you alone; a 👁 under it sends it to you by DM.",
    )
    embed.set_footer(text="Type a title however you spell it. Every card has a menu to the other sections.")
    return embed


def _help_about(client: Usher, name: str) -> discord.Embed:
    command = next(command for command in _commands(client) if command.name == name)
    embed = discord.Embed(title=f"/film {name}", description=command.description, colour=COLOUR)
    for option in command.parameters:
        word = "" if option.required else " (if you like)"
        embed.add_field(name=f"{option.display_name}{word}", value=str(option.description), inline=False)
    return embed
