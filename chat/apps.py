from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "chat"

    def ready(self) -> None:
        from chat import commands, live as shown  # noqa: F401 - with its commands the language is complete
        from workspace import live

        live.show("message", shown.contexts, shown.data)
