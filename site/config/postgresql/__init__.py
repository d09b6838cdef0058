"""PostgreSQL as Django's own engine connects to it, with a cheaper check of a kept connection."""
