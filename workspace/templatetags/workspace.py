"""`{% load workspace %}`: what the templates of all apps may ask."""

from django import template

from workspace import permissions
from workspace.models import Membership

register = template.Library()


@register.filter
def may(member: Membership, ability: str) -> bool:
    """`{% if member|may:"edit_tasks" %}`: the same table as `require` reads."""
    return permissions.may(member, ability)
