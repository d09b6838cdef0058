"""Synonyms and recommended pages, as editors enter them and as each process remembers them."""
