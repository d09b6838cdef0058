"""A site of its own that is backed up and restored: its settings, its commands, and everything that it answers."""
