"""Slash commands, each in a file of its own that registers itself, and `handle`, through which everything is said."""

from chat.commands import registry
from chat.commands.handling import context_for, handle, is_question, talk
from chat.commands.outcomes import Ack, Answer
from chat.commands.previewing import preview

__all__ = ["Ack", "Answer", "context_for", "handle", "is_question", "preview", "registry", "talk"]

registry.discover(__path__)
