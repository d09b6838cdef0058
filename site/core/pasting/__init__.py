"""Text from a word processor as the blocks of a body (decision 23)."""
