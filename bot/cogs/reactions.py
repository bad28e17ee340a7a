"""The 👁 under an ending: whoever reacts gets the ending by DM."""

import asyncio
import logging
from collections import OrderedDict

import discord
from discord.ext import commands

from bot.catalog.store import Post
from bot.client import Clock, Usher
from bot.pages.model import Film
from bot.ui.cards import Look, card
from bot.ui.replies import EYE, VARIATION
from bot.ui.text import units

log = logging.getLogger(__name__)

AGAIN = 10.0  # seconds in which the same person's reaction to the same card is answered once
BURST = 5  # DMs that may leave at once
SPACING = 1.0  # seconds between DMs after that
BACKLOG = 60.0  # seconds a DM waits at most; a later reaction is left to the button
CLOSED = 24 * 3600  # seconds for which closed DMs are remembered
REMEMBERED = 1_000  # recent reactions
EMBEDS = 5_500  # UTF-16 units of all embeds of one DM; Discord takes 6,000
_CLOSED_CODES = frozenset({50007, 50278})  # cannot send to this user; no server in common
MORE = "There is more. Press “Reveal to me” under the card to read on."


class Outbox:
    """Spaces DMs: a burst, then one a second."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._due = clock()

    def delay(self) -> float | None:
        """Take a place and return the seconds to wait for it; None when the line is too long."""
        now = self._clock()
        due = max(self._due, now)
        wait = max(0.0, due - now - (BURST - 1) * SPACING)
        if wait > BACKLOG:
            return None
        self._due = due + SPACING
        return wait


class ReactionCog(commands.Cog):
    """Answers reactions under cards that show an ending, and no others."""

    def __init__(self, client: Usher) -> None:
        self.client = client
        self.outbox = Outbox(client.clock)
        self.recent: OrderedDict[tuple[int, int], float] = OrderedDict()

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Send the ending of the card to the person who reacted with the eye."""
        if payload.emoji.name.rstrip(VARIATION) != EYE or payload.guild_id is None:
            return
        member = payload.member
        if member is None or member.bot:
            return
        post = await self.client.store.post(payload.message_id)
        if post is None or post.guild_id != payload.guild_id or not self._is_new(member.id, post.message_id):
            return
        if not await self.client.store.is_dm_closed(member.id):
            await self._send(member, post)

    def _is_new(self, person: int, message: int) -> bool:
        now, key = self.client.clock(), (person, message)
        if now - self.recent.get(key, -AGAIN) < AGAIN:
            return False
        self.recent[key] = now
        self.recent.move_to_end(key)
        if len(self.recent) > REMEMBERED:
            self.recent.popitem(last=False)
        return True

    async def _send(self, member: discord.Member, post: Post) -> None:
        film = await self.client.store.film(self.client.scope_of(post.guild_id), post.film_id)
        wait = self.outbox.delay()
        if film is None or not film.ending or wait is None:
            return
        await asyncio.sleep(wait)
        embeds = _laid_open(film)
        try:
            await member.send(embeds=embeds)
        except discord.Forbidden as error:
            if error.code in _CLOSED_CODES:
                await self.client.store.close_dm(member.id, CLOSED)
            log.info("A DM was refused (%d)", error.code)
        except discord.HTTPException as error:
            log.warning("A DM could not be sent: %s", error)


def _laid_open(film: Film) -> list[discord.Embed]:
    """Return the ending as the embeds of one message, as far as they fit."""
    first = card(film, "ending", Look(is_open=True))
    embeds, size = [first.embed], _size(first.embed)
    for page in range(1, first.pages):
        embed = card(film, "ending", Look(is_open=True, page=page)).embed
        size += _size(embed)
        if size > EMBEDS:
            embeds[-1].set_footer(text=MORE)
            break
        embeds.append(embed)
    return embeds


def _size(embed: discord.Embed) -> int:
    return sum(units(text or "") for text in (embed.title, embed.description, embed.author.name, embed.footer.text))


async def setup(client: Usher) -> None:
    """Listen for reactions."""
    await client.add_cog(ReactionCog(client))
