"""Loads the site for the next tests: `python -m tests.loaded_site`, with the settings of the tests."""

import django

from tests.loaded_site.keeping import make_ready

if __name__ == "__main__":
    django.setup()
    make_ready()
