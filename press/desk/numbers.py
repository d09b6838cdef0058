"""Numbers that a browser sends."""

LONGEST_KEY = 18


def number(text: str) -> int:
    """The key that a form sends; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else 0
