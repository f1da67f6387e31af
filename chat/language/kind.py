"""A kind of argument that a command can take."""

from collections.abc import Callable
from dataclasses import dataclass

from chat.language.reading import Reading


@dataclass(frozen=True)
class Kind:
    """A kind of argument. `name` is for programs, `placeholder` stands in signatures, `key` in `Arguments`.

    `read` takes words and says whether it took any. A kind that `takes_rest` leaves nothing to the arguments after it
    but what it knows they want, so it is read in its turn; the others are told by their looks and come in any order.
    A kind that `reads_body` goes on in the lines under the command. `choices` is what a composer suggests: one of
    `hints.CHOICES`, words with "|" between, "title" where tokens may stand, or nothing where anything may be written.
    A kind that `has_fillers` takes words that name nothing ("and") too: alone they are no argument.
    """

    name: str
    placeholder: str
    key: str
    question: str
    read: Callable[[Reading], bool]
    takes_rest: bool = False
    reads_body: bool = False
    has_fillers: bool = False
    choices: str = ""
    help: str = ""

    @property
    def has_tokens(self) -> bool:
        """Whether its words give more than one argument: it says itself which of them gave what."""
        return self.choices == "title"
