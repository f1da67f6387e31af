"""Everything that can be set, from the environment. `docs/deploy.md` explains each variable."""

import os
import sys
from pathlib import Path

from csp.constants import NONCE

from workspace import logs
from workspace.environment import (
    NO_MAIL,
    cache,
    database,
    hosts,
    mail_server,
    number,
    public_url,
    secret_key,
    token,
)  # fmt: skip

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "data").resolve()
REDIS_URL = os.environ.get("REDIS_URL", "")
# How browsers reach this server: https://team.example
PUBLIC_URL = public_url(os.environ.get("PUBLIC_URL", ""))

PRODUCT_NAME = "Loggia"
METRICS_TOKEN = token("METRICS_TOKEN")
DEBUG = os.environ.get("DEBUG", "") == "1"
SECRET_KEY = secret_key(DATA_DIR)
ALLOWED_HOSTS = hosts(PUBLIC_URL)
LOGGING = logs.configuration(is_plain=DEBUG or sys.stderr.isatty())
ROOT_URLCONF = "workspace.urls"
ASGI_APPLICATION = "workspace.asgi.application"

INSTALLED_APPS = [
    "daphne",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "channels",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "accounts",
    "workspace",
    "tasks",
    "chat",
]
MIDDLEWARE = [
    "workspace.middleware.Counted",
    "workspace.middleware.PrivateAnswers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads what it packs, so that its size betrays no secret (BREACH)
    "workspace.middleware.ReadableRequests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "workspace.middleware.RefusalsAsAnswers",
    "workspace.middleware.OneAtAPace",
]
LOADERS = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workspace.context.shell",
            ],
            "loaders": LOADERS if DEBUG else [("django.template.loaders.cached.Loader", LOADERS)],
        },
    }
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        # redis-py 8 times a blocking read out after 5 s by itself, which kills every idle consumer.
        "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None, "socket_connect_timeout": 2}]},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}}
}
CACHES = {"default": cache(REDIS_URL)}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# The key of a failed sign-in is account and address together: by account alone, anybody could lock anybody out. Mails count
# by the mailbox that they go to. What is asked too often for a mailbox is not sent, and those that were sent go on working.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "10/m/key,30/h/key,30/m/ip,100/h/ip",
    "signup": "20/m/ip",
    "reset_password": "5/m/ip,30/h/ip",
    "reset_mail": "5/h/key",
}
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = number("TRUSTED_PROXIES", default=0, least=0, most=9)
PASSWORD_RESET_TIMEOUT = 24 * 3600

MAIL = mail_server(os.environ.get("SMTP_URL", ""))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL or NO_MAIL
EMAIL_TIMEOUT = 10
EMAIL_SUBJECT_PREFIX = ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("MAIL_FROM") or f"{PRODUCT_NAME} <loggia@localhost>"
# Without a mail server nobody could enter a code.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if MAIL else "none"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = bool(MAIL)
ACCOUNT_EMAIL_NOTIFICATIONS = bool(MAIL)

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("STATIC_DIR") or DATA_DIR / "static").resolve()
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "workspace.storage.HashedFiles"},
}

LANGUAGE_CODE, LOCALE_PATHS = "en", [BASE_DIR / "locale"]
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español")]  # of commands
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "loggia_session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrftoken"
MESSAGE_STORAGE = "workspace.notices.Notices"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]  # probes come from inside, without TLS
# Subdomains and the browsers' preload list are the affair of the domain's owner, not of one program on it.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'", NONCE],
        "style-src": ["'self'", NONCE],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["loggia"],  # the one policy, in static/js/live/patch.js
    }
}
