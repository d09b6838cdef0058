"""Translations of pages in the admin: from which text they are made, by whom, and what Wagtail's tool would lose."""
