"""Press inquiries: how one is received, the states that it moves through, and the mail about it."""
