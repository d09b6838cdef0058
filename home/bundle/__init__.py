"""Load content bundles, folders of Markdown with front matter, and export them (docs/content-bundle.md)."""
