"""The schemas that documents share. Each app derives the cards and items of its types from these."""
