"""Types of content: the register of their declarations, and how a content becomes JSON."""
