"""How often what was searched for, by day, without anything of who searched."""
