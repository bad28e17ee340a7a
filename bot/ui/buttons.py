"""What stands under a card. All state is in the custom_id, versioned, so that it works for ever.

bot.ui.presses answers it. A view made here is stopped before it is sent: discord.py 2.7.1 then keeps nothing of it, so
no view can time out, be replaced or take the handlers of older cards with it.
"""

from collections.abc import Collection, Iterable, Sequence

import discord
from discord import ui

from bot.client import Interaction
from bot.pages.sections import SECTIONS
from bot.ui.text import cut

FILM = r"(?P<film>\d{1,18})"
ASKER = r"(?P<asker>\d{1,20})"
SECTION = r"(?P<section>[a-z-]{1,20})"
PAGE = r"(?P<page>\d{1,4})"
OPEN = r"(?P<look>[oc])"  # open: spoilers shown, or covered
PLACE = r"(?P<place>[ep])"  # ephemeral or public

MENU = f"us1:menu:{FILM}:{ASKER}"
SWAP = f"us1:swap:{SECTION}:{ASKER}"
TURN = f"us1:page:{FILM}:{SECTION}:{PAGE}:{ASKER}:{OPEN}"
SHOW = f"us1:show:{FILM}:{SECTION}:{PAGE}"
DROP = f"us1:drop:{ASKER}"
PICK = f"us1:pick:{FILM}:{SECTION}:{PLACE}"

LABEL = 80  # characters of a button (Discord)
OPTION = 100  # characters of a menu's option (Discord)
OPTIONS = 25  # options of a menu (Discord)
PICKS = 10  # films offered as buttons: two rows on a wide screen

Item = ui.Button[ui.View] | ui.Select[ui.View]


def view_of(items: Iterable[Item]) -> ui.View:
    """Return a view that holds `items` and that discord.py does not keep."""
    view = ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


def menu(film_id: int, asker: int, current: str, filled: Collection[str]) -> Item:
    """Return the menu of all sections, the empty ones marked."""
    options = [
        discord.SelectOption(
            label=section.title,
            value=section.key,
            emoji=section.emoji,
            description=None if section.key in filled else "nothing here yet",
            default=section.key == current,
        )
        for section in SECTIONS
    ]
    return ui.Select(custom_id=f"us1:menu:{film_id}:{asker}", placeholder="Another section…", options=options)


def swap(films: Sequence[tuple[int, str]], section: str, asker: int) -> Item:
    """Return the menu of the films, as (id, label), that a guess could have meant."""
    options = [discord.SelectOption(label=cut(label, OPTION), value=str(film_id)) for film_id, label in films[:OPTIONS]]
    return ui.Select(custom_id=f"us1:swap:{section}:{asker}", placeholder="Not it? Pick another film…", options=options)


def turns(film_id: int, section: str, place: tuple[int, int], asker: int, *, is_open: bool) -> list[Item]:
    """Return the buttons to the page before and after, for `place` = (page from 0, pages)."""
    page, pages = place
    look = "o" if is_open else "c"

    def turn(to: int, label: str) -> Item:
        custom_id = f"us1:page:{film_id}:{section}:{min(max(to, 0), 9999)}:{asker}:{look}"
        return ui.Button(label=label, custom_id=custom_id, disabled=not 0 <= to < pages)

    # Off both ends the target is kept apart, for ids must differ.
    return [turn(page - 1, "◀ Back"), turn(page + 1, "More ▶")] if pages > 1 else []


def reveal(film_id: int, section: str, page: int) -> Item:
    custom_id = f"us1:show:{film_id}:{section}:{page}"
    return ui.Button(label="Reveal to me", emoji="👁", style=discord.ButtonStyle.primary, custom_id=custom_id)


def drop(asker: int) -> Item:
    return ui.Button(emoji="🗑", custom_id=f"us1:drop:{asker}")


def picker(interaction: Interaction, films: Iterable[int]) -> ui.View:
    """Return buttons with films, each opening the section that the command asked for."""
    client = interaction.client
    scope = client.scope_of(interaction.guild_id)
    command = interaction.command.name if interaction.command is not None else ""
    key = command if command in {section.key for section in SECTIONS} else "overview"
    place = "e" if getattr(interaction.namespace, "private", None) is True else "p"
    return view_of(
        ui.Button(
            label=_pick_label(client.titles.label(film_id, scope), client.titles.names(film_id, scope).directors),
            custom_id=f"us1:pick:{film_id}:{key}:{place}",
        )
        for film_id in list(films)[:PICKS]
    )


def _pick_label(label: str, directors: Sequence[str]) -> str:
    if not directors or directors[0] in label:
        return cut(label, LABEL)
    return f"{cut(label, LABEL - 30)} · {cut(directors[0], 26)}"
