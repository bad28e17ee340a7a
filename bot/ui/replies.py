"""Sending cards and moving them: a card with what stands under it, to the right eyes, and its place remembered."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import discord

from bot.catalog.store import Post
from bot.client import Interaction, UserFacingError
from bot.pages.model import Film
from bot.ui import buttons
from bot.ui.cards import Card, Look, card
from bot.ui.text import cut, visible

log = logging.getLogger(__name__)

EYE = "👁"
VARIATION = "\ufe0f"  # some clients send the emoji with it, some without
MATCHED = 80  # characters of what was typed that are named under a guess


@dataclass(frozen=True, slots=True)
class Shown:
    """What a card shows: the film, the section, and how; `asker` is the one for whom it moves."""

    film_id: int
    film: Film
    key: str
    asker: int
    look: Look = field(default_factory=Look)
    part: Film | None = None  # the film with only the entries that were asked for
    is_private: bool = False
    typed: str | None = None
    others: Sequence[int] = ()


async def film_of(interaction: Interaction, film_id: int) -> Film:
    """Return the film as it stands where the person is; UserFacingError when it is gone."""
    film = await interaction.client.store.film(interaction.client.scope_of(interaction.guild_id), film_id)
    if film is None:
        raise UserFacingError("That film was removed. Ask for another with /film.")
    return film


async def send(interaction: Interaction, shown: Shown) -> None:
    """Send a card as the first answer. A public ending is remembered and gets the reaction to press."""
    shown = await _completed(interaction, shown)
    made = card(shown.part or shown.film, shown.key, shown.look)
    answer = await interaction.response.send_message(
        content=made.link, embed=made.embed, view=_view(interaction, shown, made), ephemeral=shown.is_private
    )
    if not shown.is_private and answer.message_id is not None:
        await _mark(interaction, answer.message_id, shown)


async def move(interaction: Interaction, shown: Shown) -> None:
    """Show something else on the card that was pressed; to somebody else than its asker, on a card of their own."""
    message = interaction.message
    is_own = interaction.user.id == shown.asker
    if message is None or not is_own or (shown.look.is_open and not is_private_place(interaction)):
        await send(interaction, replace(shown, asker=interaction.user.id, is_private=True))
        return
    shown = await _completed(interaction, replace(shown, is_private=message.flags.ephemeral))
    made = card(shown.part or shown.film, shown.key, shown.look)
    await interaction.response.edit_message(content=made.link, embed=made.embed, view=_view(interaction, shown, made))
    if not message.flags.ephemeral:
        await _mark(interaction, message.id, shown)


def is_private_place(interaction: Interaction) -> bool:
    """Tell whether nobody else sees the message that was pressed: it is ephemeral, or in a DM with the bot."""
    if interaction.message is not None and interaction.message.flags.ephemeral:
        return True
    return interaction.guild_id is None and interaction.context.dm_channel


async def _completed(interaction: Interaction, shown: Shown) -> Shown:
    """Add what the section needs beyond its film."""
    client, look = interaction.client, shown.look
    scope = client.scope_of(interaction.guild_id)
    if shown.key == "overview":
        look = replace(look, has_page=await client.store.has_page(scope, shown.film_id))
    if shown.key == "similar" and not shown.film.similar:
        look = replace(look, alike=await client.store.alike(scope, shown.film_id))
    if shown.key == "badly-explained" and not shown.film.badly_explained:
        look = replace(look, other=await _other_joke(interaction, scope))
    if shown.key == "ending" and not shown.is_private:
        is_covered = client.settings.spoiler_mode == "cover" and not is_private_place(interaction)
        look = replace(look, is_covered=is_covered, has_eye=_may_react(interaction))
    return replace(shown, look=look)


async def _other_joke(interaction: Interaction, scope: int) -> str | None:
    films = await interaction.client.store.film_ids(scope, filled="badly-explained")
    return interaction.client.titles.label(films[0], scope) if films else None


def _view(interaction: Interaction, shown: Shown, made: Card) -> discord.ui.View:
    film_id, key, asker = shown.film_id, shown.key, shown.asker
    items = [buttons.menu(film_id, asker, key, set(shown.film.filled()))]
    if shown.others:
        titles, scope = interaction.client.titles, interaction.client.scope_of(interaction.guild_id)
        films = [(other, titles.label(other, scope)) for other in shown.others]
        items.append(buttons.swap(films, key, asker))
    if shown.typed is not None:
        _say_matched(made.embed, shown.typed)
    items += buttons.turns(film_id, key, (made.page, made.pages), asker, is_open=shown.look.is_open)
    if made.hides:
        items.append(buttons.reveal(film_id, key, made.page))
    items.append(buttons.drop(asker))
    return buttons.view_of(items)


def _say_matched(embed: discord.Embed, typed: str) -> None:
    text = f"Matched ‘{cut(' '.join(visible(typed).split()), MATCHED)}’."  # a footer reads no markdown
    embed.set_footer(text=f"{text} {embed.footer.text or ''}".strip())


async def _mark(interaction: Interaction, message_id: int, shown: Shown) -> None:
    """Remember that a message in a server shows an ending and seed its reaction; take both back when it does not."""
    client, guild_id, channel_id = interaction.client, interaction.guild_id, interaction.channel_id
    if guild_id is None or channel_id is None or client.get_guild(guild_id) is None:
        return
    message = client.get_partial_messageable(channel_id, guild_id=guild_id).get_partial_message(message_id)
    known = await client.store.post(message_id)
    is_ending = shown.key == "ending" and bool(shown.film.ending)
    if is_ending:
        await client.store.keep_post(Post(message_id, channel_id, guild_id, shown.film_id, shown.key))
    elif known is not None:
        await client.store.forget_post(message_id)
    try:
        if is_ending and known is None and _may_react(interaction):
            await message.add_reaction(EYE)
        elif known is not None and not is_ending and client.user is not None:
            await message.remove_reaction(EYE, client.user)
    except discord.HTTPException as error:
        log.info("A reaction could not be set or taken back: %s", error)


def _may_react(interaction: Interaction) -> bool:
    """Tell whether the bot is a member here and may add a reaction."""
    allowed = interaction.app_permissions
    is_member = interaction.guild_id is not None and interaction.client.get_guild(interaction.guild_id) is not None
    return is_member and allowed.add_reactions and allowed.read_message_history
