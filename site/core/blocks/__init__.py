"""The blocks of a page's body, one file each."""
