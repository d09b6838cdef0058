"""Desks, and the duties of those who work at them."""
