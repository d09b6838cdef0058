"""Samples of each kind of text that is written from left to right even in Arabic."""

INSERTED = [
    "978-92-9268-123-4",
    "+20 2 2736 5140",
    "https://example.int/ar/",
    "10.1234/abcd-5678",
    "press@example.int",
    "PR-2026-0412",
    "IOM (MENA)",
]
