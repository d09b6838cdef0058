"""Search engines: all answer the same interface (`base.Engine`)."""
