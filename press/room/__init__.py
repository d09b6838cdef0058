"""The press room's own page, the spokespeople that it names, and how to reach the office safely."""
