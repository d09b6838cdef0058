"""Keys of rows, as texts and forms name them."""

# In digits: a longer number is no key of any table, and SQLite refuses it.
LONGEST_KEY = 18


def key_in(text: str) -> int:
    """Return the key that `text` is, or 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else 0
