"""A text cannot be understood: what is wrong, where, and what to type."""

from collections.abc import Sequence

from chat.language.words import Word

NOWHERE = Word("", 0, 0)


class Mistake(Exception):
    """A text cannot be understood; raised by the readers, turned into a `Refusal` by the parser.

    `where` is the wrong part of the line. `quoted`: a suggestion with a space needs quotes to stand there.
    `line` counts from the command's own line.
    """

    def __init__(
        self,
        code: str,
        message: str,
        where: Word = NOWHERE,
        suggestions: Sequence[str] = (),
        *,
        quoted: bool = False,
        line: int = 0,
        can_send_as_text: bool = False,
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.where, self.line = code, message, where, line
        self.suggestions, self.quoted, self.can_send_as_text = suggestions, quoted, can_send_as_text

    def fixes(self, line: str) -> list[str]:
        """The suggestions as complete lines."""
        return [each if each.startswith("/") else self._within(line, each) for each in self.suggestions]

    def _within(self, line: str, suggestion: str) -> str:
        if self.quoted and " " in suggestion:
            suggestion = f'"{suggestion}"'
        return line[: self.where.start] + suggestion + line[self.where.end :]
