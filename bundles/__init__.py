"""Content bundles: folders of Markdown that become pages and their translations, and the way back."""
