from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Listen to django-allauth."""
        from accounts import receivers  # noqa: F401
