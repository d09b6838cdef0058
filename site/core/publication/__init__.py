"""What may become public, and when."""
