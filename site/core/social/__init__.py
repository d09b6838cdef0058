"""The pictures that social networks and messengers show with a link."""
