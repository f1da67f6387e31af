"""What a crowd talks about: sentences and task titles put together from parts, the same ones every time."""

from itertools import product
from random import Random

OPENERS = (
    "Just back from the call:",
    "Small thing:",
    "Question for the round:",
    "For the record:",
    "@mona",
    "@tomas",
    "@ivo",
    "Looking at it again,",
    "As promised:",
    "Morning!",
)
SUBJECTS = (
    "the pricing page",
    "the hero picture",
    "the new footer",
    "the checkout",
    "the search field",
    "the page about the workshop",
    "the newsletter form",
    "the opening hours",
    "the redirect map",
    "the gallery on the phone",
    "the contact form",
    "the font that we bought",
)
NEWS = (
    "looks right now, also in the dark theme.",
    "needs one more pair of eyes before it goes out.",
    "is on staging, have a look when there is time.",
    "loads in **under a second** on the train.",
    "waits for the texts, everything else is ready.",
    "breaks with very long words, `overflow-wrap` helps.",
    "should move up a little, the fold comes early on small laptops.",
    "was the reason for the three calls yesterday.",
    "is done as far as I can tell; please try to break it.",
    "can wait until next week, nobody has asked for it.",
    "got shorter by half, and nothing is missing.",
    "confuses people: two of five did not find the button.",
)
SHORT = (
    "Yes.",
    "Agreed.",
    "Looks good to me.",
    "Thanks, that helps.",
    "On it.",
    "Give me ten minutes.",
    "Who can have a look?",
    "Same here.",
    "Fixed on staging.",
    "Let us talk about it tomorrow, with coffee.",
    "🎉",
    "I read it twice and would not change a word.",
)
VERBS = (
    "Check",
    "Rework",
    "Measure",
    "Translate",
    "Simplify",
    "Document",
    "Test",
    "Clean up",
    "Review",
    "Rename",
)
THINGS = (
    "the price table",
    "the cookie page",
    "alt texts of the gallery",
    "the order mail",
    "error pages",
    "the map",
    "form labels",
    "the print view",
    "old redirects",
    "the invoice address",
    "focus rings",
    "the sitemap",
    "picture sizes",
    "the return policy",
    "keyboard order",
)
PLACES = (
    "on the phone",
    "for the spring sale",
    "in the checkout",
    "on staging",
    "in the shop",
    "for press",
    "in the archive",
)


def sentences() -> list[str]:
    """What people say, about one short answer in four."""
    told = [f"{opener} {subject} {news}" for opener, subject, news in product(OPENERS, SUBJECTS, NEWS)]
    said = told + list(SHORT) * (len(told) // len(SHORT) // 3)
    Random(1).shuffle(said)  # noqa: S311 - a mixture, not a secret
    return said


def titles() -> list[str]:
    """What there is to do."""
    named = [f"{verb} {thing} {place}" for verb, thing, place in product(VERBS, THINGS, PLACES)]
    Random(2).shuffle(named)  # noqa: S311 - a mixture, not a secret
    return named
