"""Search engines, all with the same interface (`base.Engine`)."""
