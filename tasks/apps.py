from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "tasks"

    def ready(self) -> None:
        from tasks import live as shown, receivers
        from tasks.purging import purge_what_is_due
        from workspace import clockwork, live, signals

        live.show("task", shown.contexts, shown.data)
        live.show("column", shown.board_contexts, shown.no_data)
        live.show("label", shown.label_contexts, shown.no_data)
        signals.project_created.connect(receivers.set_up_columns)
        clockwork.at_its_time(purge_what_is_due)
