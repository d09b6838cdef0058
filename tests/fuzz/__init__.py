"""Asks every route of the site what nobody would ask, and looks at the answers (`make fuzz`)."""
