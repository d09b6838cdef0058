"""Countries and time zones."""
