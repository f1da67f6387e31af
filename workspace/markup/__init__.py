"""Markdown to HTML that is safe to show: the only way from what people write to markup, and the only importer of
markdown, bleach and nh3.

    rendered = render(text, mention=members.get, task=url_of_task, key="WEB")
    rendered.html, rendered.mentions, rendered.tasks

The HTML is made once, when something is said, and stored. It is the same for every reader.
"""

from workspace.markup.quoting import quoted
from workspace.markup.rendering import Rendered, render, render_notes, render_script

__all__ = ["Rendered", "quoted", "render", "render_notes", "render_script"]
