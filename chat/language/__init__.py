"""The language people type in a project's chat: what is talk, and what are commands.

    >>> parse("/task Fix login @ana !high", context).as_dict()
    {"script": [{"command": "task", "title": "Fix login", "assignees": ["ana"], "priority": "high"}]}
    >>> parse("hello", context).as_dict()
    {"talk": "hello"}

Pure, synchronous, linear in the input; it knows no database, no clock and no framework. `chat.commands` teaches it the
commands there are.
"""

from chat.language.context import Context, Surroundings
from chat.language.days import When
from chat.language.filters import Filter, Query
from chat.language.parser import parse, parse_query
from chat.language.results import Arguments, Command, Parsed, Refusal, Script, Talk
from chat.language.specs import VOCABULARY, Spec, Vocabulary, arguments_of

__all__ = [
    "VOCABULARY",
    "Arguments",
    "Command",
    "Context",
    "Filter",
    "Parsed",
    "Query",
    "Refusal",
    "Script",
    "Spec",
    "Surroundings",
    "Talk",
    "Vocabulary",
    "When",
    "arguments_of",
    "parse",
    "parse_query",
]
