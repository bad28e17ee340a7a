"""What happens when somebody presses what stands under a card. One class a kind; all of them outlive restarts."""

import re
from typing import Any, Self, cast

import discord
from discord import ui

from bot.client import Interaction, UserFacingError, Usher, answer_error
from bot.pages.sections import SECTIONS
from bot.ui import buttons
from bot.ui.cards import Look
from bot.ui.replies import Shown, film_of, move, send

KEYS = frozenset(section.key for section in SECTIONS)


class Press(ui.DynamicItem[ui.Item[ui.View]], template="us1:none"):
    """A component that was pressed. What `act` raises is answered here, for discord.py 2.7.1 would only log it."""

    def __init__(self, item: ui.Item[ui.View], state: dict[str, str]) -> None:
        super().__init__(item)
        self.state = state  # what the custom_id carries, by the names of the template's groups

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the component from what Discord sends back."""
        del interaction
        return cls(item, match.groupdict())

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the component is for, and answer the person if that fails."""
        asked = cast("Interaction", interaction)
        try:
            await self.act(asked)
        except Exception as error:  # noqa: BLE001 (the last door: every failure is answered or logged there)
            await answer_error(asked, error)

    async def act(self, interaction: Interaction) -> None:
        """Do what the component is for."""
        raise NotImplementedError

    def section(self) -> str:
        """Return the section that the id names; UserFacingError when there is none of that name."""
        if self.state["section"] not in KEYS:
            raise UserFacingError(OLD)
        return self.state["section"]

    @staticmethod
    def value(interaction: Interaction) -> str:
        """Return the value picked in a menu."""
        values = cast("dict[str, list[str]]", interaction.data or {}).get("values") or [""]
        return values[0]


OLD = "This card is old. Run /film again."


class Menu(Press, template=buttons.MENU):
    """Another section of the same film."""

    async def act(self, interaction: Interaction) -> None:
        """Move to the section picked."""
        key = self.value(interaction)
        if key not in KEYS:
            raise UserFacingError(OLD)
        film_id = int(self.state["film"])
        film = await film_of(interaction, film_id)
        await move(interaction, Shown(film_id, film, key, int(self.state["asker"])))


class Turn(Press, template=buttons.TURN):
    """Another page of the same section."""

    async def act(self, interaction: Interaction) -> None:
        """Turn to the page."""
        film_id = int(self.state["film"])
        look = Look(page=int(self.state["page"]), is_open=self.state["look"] == "o")
        film = await film_of(interaction, film_id)
        await move(interaction, Shown(film_id, film, self.section(), int(self.state["asker"]), look))


class Show(Press, template=buttons.SHOW):
    """Reveal what a page hides to the person who presses, and to nobody else."""

    async def act(self, interaction: Interaction) -> None:
        """Answer with the page laid open."""
        film_id = int(self.state["film"])
        film = await film_of(interaction, film_id)
        look = Look(page=int(self.state["page"]), is_open=True, is_reveal=True)
        await send(interaction, Shown(film_id, film, self.section(), interaction.user.id, look, is_private=True))


class Pick(Press, template=buttons.PICK):
    """A film out of "Did you mean"."""

    async def act(self, interaction: Interaction) -> None:
        """Open the film's card."""
        film_id = int(self.state["film"])
        film = await film_of(interaction, film_id)
        is_private = self.state["place"] == "e"
        await send(interaction, Shown(film_id, film, self.section(), interaction.user.id, is_private=is_private))


class Swap(Press, template=buttons.SWAP):
    """Another film in the place of a guess."""

    async def act(self, interaction: Interaction) -> None:
        """Show the film picked, in the same section."""
        value = self.value(interaction)
        film_id = int(value) if value.isdecimal() and len(value) < 19 else 0
        film = await film_of(interaction, film_id)
        await move(interaction, Shown(film_id, film, self.section(), int(self.state["asker"])))


class Drop(Press, template=buttons.DROP):
    """Remove the card."""

    async def act(self, interaction: Interaction) -> None:
        """Delete the message, for its asker and for moderators."""
        if interaction.user.id != int(self.state["asker"]) and not interaction.permissions.manage_messages:
            raise UserFacingError("Only the person who asked, or a moderator, can remove this card.")
        await interaction.response.defer()
        await interaction.delete_original_response()
        if interaction.message is not None and not interaction.message.flags.ephemeral:
            await interaction.client.store.forget_post(interaction.message.id)


CURRENT: tuple[type[Press], ...] = (Menu, Turn, Show, Pick, Swap, Drop)
_KNOWN = "|".join(
    re.sub(r"\?P<\w+>", "?:", template)
    for template in (buttons.MENU, buttons.TURN, buttons.SHOW, buttons.PICK, buttons.SWAP, buttons.DROP)
)


class Old(Press, template=rf"(?!(?:{_KNOWN})\Z)us\d*:.*"):
    """Whatever an older or newer Usher put under a card."""

    async def act(self, interaction: Interaction) -> None:
        """Say that the card is too old."""
        del interaction
        raise UserFacingError(OLD)


def register(client: Usher) -> None:
    """Make the client answer every component of every card, also of cards from before its start."""
    client.add_dynamic_items(*CURRENT, Old)
