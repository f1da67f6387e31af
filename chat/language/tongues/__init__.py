"""The tongues there are beside English, each in a file of its own. Its catalogue of messages is in `locale/`."""

from chat.language.tongue import ENGLISH, Tongue
from chat.language.tongues import de, es, fr

TONGUES: dict[str, Tongue] = {each.code: each for each in (ENGLISH, de.TONGUE, fr.TONGUE, es.TONGUE)}


def tongue_called(code: str) -> Tongue:
    """The tongue with this code; English where there is none."""
    return TONGUES.get(code, ENGLISH)
