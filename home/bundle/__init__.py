"""Content bundles: folders of Markdown with front matter that become pages, and back. See docs/content-bundle.md."""
