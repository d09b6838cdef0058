"""Numbers sent by a browser."""

LONGEST_KEY = 18


def number(text: str) -> int:
    """Return the key that a form sends, or 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else 0
