"""Asking for a film: the right card, public or private, wherever it is asked."""

from tests.world import LEAVING, World, seen, text_of


async def test_a_misspelt_title_gets_the_right_film_and_says_that_it_guessed(world: World) -> None:
    reply = await world.film("overview", "leavin las vegas")

    assert not reply.ephemeral
    assert seen(reply).embeds[0].title == LEAVING
    assert seen(reply).embeds[0].footer.text == "Matched ‘leavin las vegas’."


async def test_the_overview_reads_the_way_people_write(world: World) -> None:
    reply = await world.film("overview")

    shown = text_of(seen(reply))
    assert "Mike Figgis" in shown
    assert "1 h 51 min" in shown
    assert "7.5 / 10" in shown
    assert "as of" in shown


async def test_a_private_answer_is_seen_by_the_asker_alone(world: World) -> None:
    reply = await world.film("quotes", private=True)

    assert reply.ephemeral


async def test_every_command_answers_with_its_section(world: World) -> None:
    for command in ("synopsis", "cast", "awards", "boxoffice", "faq"):
        reply = await world.film(command)
        assert seen(reply).embeds[0].title == LEAVING


async def test_a_film_of_the_index_shows_its_facts_and_invites_a_page(world: World) -> None:
    shown = text_of(seen(await world.film("overview", "psycho 1960")))

    assert "nobody has written this film's page yet" in shown
    assert "Alfred Hitchcock" in shown
    assert "Anthony Perkins" in shown
