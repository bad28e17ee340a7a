"""What people type into a command's boxes -> films and choices, written once for every command."""

import asyncio
from dataclasses import dataclass

from discord import app_commands
from rapidfuzz import fuzz, process

from bot.catalog.titles import Ambiguous, Found, NotFound
from bot.client import Interaction, UserFacingError
from bot.pages.model import Film
from bot.ui.buttons import picker
from bot.ui.text import cut, echo, visible

CHOICES = 25  # of an autocomplete (Discord)
CHOICE = 100  # characters of a choice (Discord)
GUESSES = 25  # films offered in the menu under a guess


@dataclass(frozen=True, slots=True)
class Asked:
    """A film somebody asked for. Under a guess, `typed` is what they typed and `others` what else it could be."""

    film_id: int
    film: Film
    typed: str | None = None
    others: tuple[int, ...] = ()


class FilmOption(app_commands.Transformer):
    """A title box: choices while typing, and whatever is sent becomes a film or one clear answer."""

    async def transform(self, interaction: Interaction, value: str, /) -> Asked:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Resolve what was typed; UserFacingError when it is no film or could be several."""
        client = interaction.client
        scope = client.scope_of(interaction.guild_id)
        outcome = client.titles.resolve(value, scope)
        match outcome:
            case Found(film_id, sure, others):
                film = await client.store.film(scope, film_id)
                if film is None:
                    raise UserFacingError("That film was removed. Type another title.")
                if getattr(interaction.namespace, "private", None) is not True:
                    client.titles.asked(film_id, scope)
                return Asked(film_id, film) if sure else Asked(film_id, film, value, others[:GUESSES])
            case Ambiguous(candidates):
                which = "Did you mean one of these?" if len(candidates) > 1 else "Did you mean this one?"
                raise UserFacingError(f"{which} You typed ‘{echo(value)}’.", picker(interaction, candidates))
            case NotFound(nearest):
                raise _not_found(interaction, value, nearest)

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Offer titles for what is typed so far."""
        client, person = interaction.client, interaction.user.id
        client.typing[person] = interaction.id
        await asyncio.sleep(0)
        async with client.search_turn:  # one search in each round of the event loop, however many people type
            if client.typing.get(person) != interaction.id:
                return []  # another key has come since; only the last one is searched for
            del client.typing[person]
            found = client.titles.suggest(value, client.scope_of(interaction.guild_id), CHOICES)
            await asyncio.sleep(0)  # whoever is next begins in the next round
        return [app_commands.Choice(name=choice.label, value=choice.label) for choice in found]


def _not_found(interaction: Interaction, typed: str, nearest: tuple[int, ...]) -> UserFacingError:
    if not any(char.isalnum() for char in typed):
        return UserFacingError("Type a film title, or part of one.")
    if not nearest:
        return UserFacingError(f"No film called ‘{echo(typed)}’. Check the spelling, or type fewer words.")
    return UserFacingError(f"No film called ‘{echo(typed)}’. The closest are these:", picker(interaction, nearest))


def closest(typed: str, names: list[str], what: str) -> str:
    """Return the name that `typed` means; UserFacingError names the closest when it is none of them.

    A name counts as meant when it is equal or contains the text, in any case, or is nearly the same.
    """
    wanted = " ".join(visible(typed).split()).casefold()[:CHOICE]
    equal = [name for name in names if name.casefold() == wanted]
    inside = [name for name in names if wanted and wanted in name.casefold()]
    alike = process.extract(wanted, [name.casefold() for name in names], scorer=fuzz.WRatio, limit=3)
    if equal or len(inside) == 1:
        return (equal or inside)[0]
    if not inside and alike and alike[0][1] >= 85:
        return names[alike[0][2]]
    near = inside[:3] or [names[place] for _, _, place in alike]
    listed = ", ".join(f"‘{echo(name)}’" for name in near)
    raise UserFacingError(f"No {what} called ‘{echo(typed)}’." + (f" Closest: {listed}." if listed else ""))


def choices(typed: str, names: list[str]) -> list[app_commands.Choice[str]]:
    """Return up to 25 choices out of `names` for what is typed so far, those that start with it first."""
    wanted = visible(typed).casefold().strip()
    fits = sorted(
        (name for name in dict.fromkeys(names) if wanted in name.casefold()),
        key=lambda name: not name.casefold().startswith(wanted),
    )
    return [app_commands.Choice(name=cut(name, CHOICE), value=cut(name, CHOICE)) for name in fits[:CHOICES]]


async def film_typed(interaction: Interaction) -> Film | None:
    """Return the film in the title box of the command being typed, None while it is none for sure."""
    typed = getattr(interaction.namespace, "title", None)
    if not isinstance(typed, str):
        return None
    scope = interaction.client.scope_of(interaction.guild_id)
    outcome = interaction.client.titles.resolve(typed, scope)
    return await interaction.client.store.film(scope, outcome.film_id) if isinstance(outcome, Found) else None
