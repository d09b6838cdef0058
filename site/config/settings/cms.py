"""Wagtail: the office's content management."""

from typing import Any

from config.environment import environment


def search_backends(elasticsearch_url: str, index_prefix: str) -> dict[str, Any]:
    """What the admin searches in: Elasticsearch where there is one, and always the database, which takes its place."""
    database = {"BACKEND": "search.backend.database"}
    if not elasticsearch_url:
        return {"default": database}
    nodes = [url.strip() for url in elasticsearch_url.split(",")]
    elasticsearch = {
        "BACKEND": "search.backend",
        "URLS": nodes,
        "INDEX_PREFIX": f"{index_prefix}-admin-",
        "AUTO_UPDATE": False,  # the worker does it
        "TIMEOUT": 1,
        "OPTIONS": {"max_retries": len(nodes) - 1, "retry_on_timeout": False},
        "FALLBACK": "database",
    }
    return {"default": elasticsearch, "database": database}


WAGTAIL_SITE_NAME = "IOM MENA"
WAGTAILADMIN_BASE_URL = environment().base_url
WAGTAILIMAGES_IMAGE_MODEL = "core.ContentImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.image_form.ImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "core.ContentDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "geojson", "json", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILIMAGES_JPEG_QUALITY = 76
WAGTAILIMAGES_AVIF_QUALITY = 52
WAGTAILIMAGES_EXTENSIONS = ["avif", "heic", "heif", "jpg", "jpeg", "png", "tif", "tiff", "webp"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.document_form.DocumentForm"
# The application answers for every file (core.file_views), whatever stores it.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
TASKS = {"default": {"BACKEND": "core.tasks.UnitOfWorkBackend"}}
WAGTAILREDIRECTS_AUTO_CREATE = False  # core.redirects does it, for thousands of pages at once
# As IANA has them; what a machine knows by itself differs from the next.
WAGTAILDOCS_CONTENT_TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "geojson": "application/geo+json",
    "json": "application/json",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no request to a third party
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no request to a third party
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "pages/password_required.html"
WAGTAILSEARCH_BACKENDS = search_backends(environment().elasticsearch_url, environment().search_index_prefix)
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "link", "document-link", "ol", "ul", "superscript", "subscript"]},
    }
}
# Staff work in the office's time zone, whatever they set elsewhere: an embargo is in Cairo time.
WAGTAIL_USER_TIME_ZONES = ["Africa/Cairo"]
TAGGIT_CASE_INSENSITIVE = True
