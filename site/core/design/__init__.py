"""The style sheet, the icons, and the page that shows every component."""
