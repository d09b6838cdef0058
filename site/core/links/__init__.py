"""Links in texts: where they may lead, and the version of a page that they lead to."""
