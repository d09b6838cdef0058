"""The languages of the site: what is declared of them, and in which of them a content exists."""
