"""Files: those of the design, and those that editors upload."""

from config.environment import environment
from config.services import BASE_DIR

STATIC_URL = "/static/"
STATIC_ROOT = environment().static_folder
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "core.design.stylesheet.StyleSheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
# Where the style sheets built from the files of static/css/site are written.
STYLE_SHEET_FOLDER = environment().data_folder / "style-sheet"
MEDIA_URL = "/media/"
MEDIA_ROOT = environment().data_folder / "media"
STORAGES = {
    "default": {"BACKEND": "core.files.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Who sends uploaded files, once the application has authorised it (core.files.downloads).
FILES_SENT_BY = environment().files_sent_by

# Whole pages that are kept, and what is known of the office while the database is away.
DATA_FOLDER = environment().data_folder
PAGE_CACHE_MEGABYTES = environment().page_cache_megabytes
PAGE_CACHE_DISK_MEGABYTES = environment().page_cache_disk_megabytes
