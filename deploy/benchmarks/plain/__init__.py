"""A plain Wagtail site in three languages, as `wagtail start` and the manual of wagtail-localize make one."""
