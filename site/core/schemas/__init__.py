"""The shape of documents, said once. Each app derives the cards and items of its types from these."""
