"""Handles that look like one another: what a person would take for the same word."""

# Letters of other alphabets that a Latin one could stand for, as browsers judge the names of sites.
CYRILLIC = dict(zip("асԁеһіјӏорԗԛѕԝхуъьҽпгѵѡ", "acdehijloppqswxybbenrvw", strict=True))
GREEK = dict(zip("αικνρυωηοτ", "aikvpuwnot", strict=True))
ARMENIAN = dict(zip("ոսցհօյքտզ", "nughojpsq", strict=True))
LATIN = dict(zip("ıɩɑɡɢʟɴʀſƨʏ", "iiagglnrssy", strict=True))
DIGITS = {"0": "o", "1": "l"}
ALIKE = str.maketrans(CYRILLIC | GREEK | ARMENIAN | LATIN | DIGITS)
FOREIGN = CYRILLIC.keys() | GREEK.keys() | ARMENIAN.keys()
TOGETHER = (("rn", "m"), ("vv", "w"))  # two letters that are read as one


def disguised(handle: str) -> str:
    """The Latin word that a handle of another alphabet is made to look like, or "" where a letter gives it away."""
    letters = [letter for letter in handle if letter.isalpha()]
    if letters and all(letter in FOREIGN for letter in letters):
        return handle.translate(ALIKE)
    return ""


def look(handle: str) -> str:
    """What the eye makes of a handle: two that look alike give the same."""
    seen = handle.translate(ALIKE)
    for letters, letter in TOGETHER:
        seen = seen.replace(letters, letter)
    return seen
