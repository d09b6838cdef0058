"""The site in containers (docs/operations.md, “Containers”): an image for the site and one for the proxy in front, the
compose file that runs them, and what writes the files with their secrets.
"""
