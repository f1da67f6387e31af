"""How much work a task is, in words."""

from django import template

register = template.Library()


@register.filter
def estimate_words(estimate: str) -> str:
    """The stored estimate as people say it: "90min" is "1h 30min", "3pt" stays "3pt"."""
    amount = estimate.removesuffix("min")
    if amount == estimate or not amount.isdecimal():
        return estimate
    hours, minutes = divmod(int(amount), 60)
    return " ".join(
        part for part in (f"{hours}h" if hours else "", f"{minutes}min" if minutes else "") if part
    )
