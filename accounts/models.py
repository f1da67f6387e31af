"""People and the tokens with which their programs sign in."""

import hashlib
import secrets
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

HUES = ["cypress", "lapis", "terracotta", "ochre", "plum", "lagoon", "olive", "rose", "stone"]


class UserManager(BaseUserManager["User"]):
    """Makes people; the e-mail address is what they sign in with."""

    def create_user(
        self, email: str, *, name: str, handle: str, password: str | None = None, **fields: Any
    ) -> "User":
        """A new person. `handle` must be free; raises `IntegrityError` when it or the address is taken."""
        user = self.model(
            email=self.normalize_email(email).lower(), name=name, handle=handle.lower(), **fields
        )
        user.hue = fields.get("hue") or HUES[self.count() % len(HUES)]
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person: signs in with an e-mail address, is called by a handle."""

    email = models.EmailField("e-mail", unique=True)
    handle = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(
        max_length=8, default=""
    )  # the code of a tongue; nothing: as the browser says
    hue = models.CharField(max_length=12, default=HUES[0])
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    # Came by a guest's invitation: sees the projects they were let into, and no others.
    is_guest = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["handle", "name"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("handle"), name="handle_is_unique_whatever_its_case"),
            models.UniqueConstraint(Lower("email"), name="email_is_unique_whatever_its_case"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """Two letters for the avatar: of the first and the last word of the name. One sign that is no letter is enough."""
        words = self.name.split() or [self.handle]
        letters = words[0][:1] + words[-1][:1] if len(words) > 1 else words[0][:2]
        return letters.upper() if letters.isalnum() else letters[:1].upper()


class ApiToken(models.Model):
    """Lets a program act as its user. Only the digest is stored."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=12)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @classmethod
    def issue(cls, user: User, name: str) -> tuple["ApiToken", str]:
        """A new token of `user` and its secret text, which is not stored and can be shown this once only."""
        secret = "lg_" + secrets.token_urlsafe(32)
        return cls.objects.create(user=user, name=name, digest=_digest(secret), prefix=secret[:10]), secret

    @classmethod
    def find(cls, secret: str) -> "ApiToken | None":
        """The living token with this secret text, with its user, who is active."""
        living = cls.objects.filter(revoked_at=None, user__is_active=True)
        return living.select_related("user").filter(digest=_digest(secret)).first()


class Attempt(models.Model):
    """When somebody tried to sign in lately. Django's cache keeps it here, in its own words, where there is no Redis."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key


def _digest(secret: str) -> str:
    # 256 random bits need no slow hash.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
