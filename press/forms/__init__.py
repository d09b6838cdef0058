"""What the forms of the press room share: their fields, and their defence against spam."""
