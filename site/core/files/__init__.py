"""Files: how an upload is checked, where it is stored, who may see it, and how it is sent."""
