"""From the films that a text is like to one answer: this film, one of these, or none."""

from collections.abc import Iterable, Sequence

from bot.catalog.titles.outcomes import Ambiguous, Found, NotFound, Outcome
from bot.catalog.titles.ranking import Ranked

HIT = 0.82  # likeness from which one film is answered
NEAR_EXACT = 0.9  # likeness of a name with a slip or two
LEAD = 0.03  # by which its rank must lead the next
LEAD_OVER_KNOWN = 0.06  # where the next is far better known
ASK = 0.62  # likeness from which films are offered
ASK_KNOWN = 0.50  # the same for a well-known film that leads the next clearly
KNOWN = 9.0  # popularity of a film that many know
CLEAR = 3.0  # lead in ln(votes) at which nobody means the lesser of two namesakes
FAMILY_LEAD = 1.5  # lead of a franchise's films over an obscure one of the very name, from which they are offered too
PHRASE_LEAD = 2.5  # likewise over a film that is only alike
SOMEWHAT = 0.45  # likeness of films below which offering them would only be noise
NEARLY = 0.75  # likeness from which a film is offered beside those that are meant
OFFERED = 10  # films offered when several may be meant
NEAREST = 3  # films named when none is meant


def decided(films: Sequence[Ranked]) -> Outcome:
    """Return the answer for films ranked the likeliest first."""
    if not films:
        return NotFound()
    exact = [film for film in films if film.is_exact]
    return _among_exact(exact, films) if exact else _among_alike(films)


def _asked(first: Sequence[Ranked], films: Iterable[Ranked]) -> Ambiguous:
    """Offer `first` and then the others, as far as they are at all alike; where there is a first, nearly as alike."""
    least = NEARLY if first else SOMEWHAT
    further = (film for film in films if film.likeness >= least or film.is_offered)
    return Ambiguous(tuple(dict.fromkeys(film.film_id for film in (*first, *further)))[:OFFERED])


def _found(film: Ranked, films: Sequence[Ranked]) -> Found:
    others = tuple(other.film_id for other in films if other.film_id != film.film_id)
    is_sure = film.is_exact and film.reading.years_off(film.year) in {None, 0}
    return Found(film.film_id, is_sure, () if is_sure else others[:OFFERED])


def _by_fame(films: Iterable[Ranked]) -> list[Ranked]:
    return sorted(films, key=lambda film: -film.popularity)


def _among_exact(exact: Sequence[Ranked], films: Sequence[Ranked]) -> Outcome:
    as_typed = [film for film in exact if film.reading.year is None]
    namesakes = _by_fame(as_typed or [film for film in exact if film.has_right_year] or exact)
    top = namesakes[0]
    if top.reading.year is None:
        least = top.popularity - CLEAR if top.reading.is_vague else max(KNOWN, top.popularity + FAMILY_LEAD)
        family = [film for film in films[:OFFERED] if film.is_phrase and film.popularity >= least]
        if family:
            return _asked(_by_fame([*namesakes, *family]), films)
    if len(namesakes) == 1 or top.popularity - namesakes[1].popularity >= CLEAR:
        return _found(top, films)
    return _asked(namesakes, films)


def _among_alike(films: Sequence[Ranked]) -> Outcome:
    top, rest = films[0], films[1:]
    if top.is_offered:
        return _asked((), films)
    phrases = _by_fame(film for film in films if film.is_phrase)
    if top.is_phrase and len(phrases) > 1:
        is_clear = phrases[0] is top and top.popularity - phrases[1].popularity >= CLEAR and top.likeness >= HIT
        return _found(top, films) if is_clear else _asked(phrases, films)
    rivals = [film for film in films[:12] if film.is_phrase and film.popularity - top.popularity >= PHRASE_LEAD]
    nearer = [film for film in films[1:8] if film.is_phrase and top.likeness < NEAR_EXACT]
    if not top.is_phrase and (rivals or nearer):
        return _asked([top, *rivals, *nearer], films)
    lead = top.rank - rest[0].rank if rest else 1.0
    needed = LEAD_OVER_KNOWN if rest and rest[0].popularity - top.popularity >= CLEAR else LEAD
    if top.likeness >= HIT and not top.lacks_number and lead >= needed:
        return _found(top, films)
    if top.likeness >= ASK or (top.likeness >= ASK_KNOWN and top.popularity >= KNOWN and lead >= 0.05):
        return _asked((), films)
    return NotFound(tuple(film.film_id for film in films[:NEAREST]))
