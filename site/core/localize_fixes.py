"""wagtail-localize 1.14 builds the slug of a translation with a `slugify` that drops every letter but Latin ones,
so an Arabic page would get an empty slug.

Delete this module when wagtail-localize honours WAGTAIL_ALLOW_UNICODE_SLUGS.
"""

from functools import partial

from django.utils.text import slugify
from wagtail_localize import models as localize_models

localize_models.slugify = partial(slugify, allow_unicode=True)
