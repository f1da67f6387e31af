from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "chat"

    def ready(self) -> None:
        from chat import live as shown
        from workspace import live

        live.show("message", shown.contexts, shown.data)
