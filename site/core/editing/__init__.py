"""What editors' forms do in addition to Wagtail's: they refuse what is incomplete and keep what was typed."""
