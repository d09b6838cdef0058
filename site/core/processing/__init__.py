"""Work in units: one transaction for one change, batches, progress, and the registers of the worker."""
