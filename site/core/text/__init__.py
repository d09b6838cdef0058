"""Plain text: its characters and directions, what is left of HTML, and the forms of its words."""
