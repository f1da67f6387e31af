from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "chat"

    def ready(self) -> None:
        from chat import (
            commands,  # noqa: F401 - with its commands the language is complete
            live as shown,
        )
        from chat.reminders import post_what_is_due
        from workspace import clockwork, live

        live.show("message", shown.contexts, shown.data)
        live.show("poll", shown.poll_contexts, shown.poll_data)
        clockwork.at_its_time(post_what_is_due)
