from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "tasks"

    def ready(self) -> None:
        from tasks import live as shown
        from tasks import receivers  # noqa: F401: receivers connect themselves
        from workspace import live

        live.show("task", shown.contexts, shown.data)
