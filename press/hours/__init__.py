"""When the office works: its hours and holidays, and the working time between two moments."""
