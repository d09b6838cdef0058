"""How staff get in: limits of guessing, new passwords by mail, and how long a session lasts."""
