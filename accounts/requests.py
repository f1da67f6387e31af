"""What a view gets behind `login_required`."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """A request of a person who has signed in."""

    user: User
