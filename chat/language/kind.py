"""What the parser knows of a kind of argument."""

from collections.abc import Callable
from dataclasses import dataclass

from chat.language.reading import Reading


@dataclass(frozen=True)
class Kind:
    """A kind of argument. `name` is for programs, `placeholder` stands in signatures, `key` in `Arguments`.

    `read` takes words and says whether it took any. A kind that `takes_rest` leaves nothing to the arguments after it
    but what it knows they want, so it is read in its turn; the others are told by their looks and come in any order.
    A kind that `reads_body` goes on in the lines under the command.
    """

    name: str
    placeholder: str
    key: str
    question: str
    read: Callable[[Reading], bool]
    takes_rest: bool = False
    reads_body: bool = False
    help: str = ""
