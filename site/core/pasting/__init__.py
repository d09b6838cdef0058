"""Convert text from a word processor to the blocks of a body (decision 23)."""
