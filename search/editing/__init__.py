"""Search in Wagtail's admin: synonyms, recommended pages, and the report of searches."""
