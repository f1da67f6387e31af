"""Signing in and out by django-allauth, under our own addresses, and a person's settings."""

from allauth.account import views as allauth
from django.urls import path, re_path
from django.views.generic import RedirectView

from accounts.views import entry, sessions, tokens
from accounts.views.settings import settings

urlpatterns = [
    path("login", entry.Login.as_view(), name="account_login"),
    path("logout", allauth.logout, name="account_logout"),
    path("login/new", allauth.signup, name="account_signup"),
    path("login/inactive", allauth.account_inactive, name="account_inactive"),
    path("login/verify", allauth.email_verification_sent, name="account_email_verification_sent"),
    path("login/again", allauth.reauthenticate, name="account_reauthenticate"),
    path("login/reset", entry.PasswordReset.as_view(), name="account_reset_password"),
    path("login/reset/sent", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "login/reset/done", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    re_path(
        r"^login/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-:\w]+)$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("settings", RedirectView.as_view(url="/settings/profile"), name="settings-home"),
    path("settings/password", allauth.password_change, name="account_change_password"),
    path("settings/password/new", allauth.password_set, name="account_set_password"),
    path("settings/sessions/end", sessions.end, name="settings-sessions-end"),
    path("settings/tokens/<int:pk>/revoke", tokens.revoke, name="settings-token-revoke"),
    path("settings/<slug:tab>", settings, name="settings"),
]
