from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "workspace"

    def ready(self) -> None:
        from workspace import live, receivers, shown  # noqa: F401 - receivers connect themselves

        live.show("member", shown.member_contexts, shown.member_data)
        live.show("invitation", shown.invitation_contexts, shown.no_data)
        live.show("project", shown.project_contexts, shown.project_data)
