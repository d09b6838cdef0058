"""Harms a whole site that runs, while people read, publish and send inquiries."""
