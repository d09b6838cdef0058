"""What keeps requirements from being audited or listed, told to the person at the terminal."""

from __future__ import annotations


class DependencyError(Exception):
    """Raised if nothing can be said about the requirements; the message is for the person at the terminal."""
