"""A second factor for staff: codes of an app, passkeys and recovery codes, on top of the password (decision 40)."""
