"""Wagtail: the office's content management."""

from typing import Any

from config.environment import environment

WAGTAIL_SITE_NAME = "IOM MENA"
WAGTAILADMIN_BASE_URL = environment().base_url
WAGTAILIMAGES_IMAGE_MODEL = "core.ContentImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.pictures.form.ImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "core.ContentDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "geojson", "json", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILIMAGES_JPEG_QUALITY = 76
WAGTAILIMAGES_AVIF_QUALITY = 52
WAGTAILIMAGES_EXTENSIONS = ["avif", "heic", "heif", "jpg", "jpeg", "png", "tif", "tiff", "webp"]
# Just below what the shipped proxy lets through (deploy/nginx/website.conf), so that an editor reads a sentence.
WAGTAILDOCS_MAX_UPLOAD_SIZE = 24 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.files.form.DocumentForm"
# The application serves every file (core.files.views), whatever stores it.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
TASKS = {"default": {"BACKEND": "core.processing.tasks.UnitOfWorkBackend"}}
WAGTAILREDIRECTS_AUTO_CREATE = False  # core.pages.redirects does it, for thousands of pages at once
# As registered with IANA; the types that a machine knows by itself differ from one to the next.
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
# Of Wagtail Localize's views, which only its own scripts ask.
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "core.editing.json_parser.BoundedJSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
}
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no request to a third party
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no request to a third party
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []  # no request to a third party
# Whoever finds a screen open could have a new password sent to an address of their own: administrators change it.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_USER_LOGIN_FORM = "signing_in.forms.SignInForm"
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "pages/password_required.html"
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "search.admin_search"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "link", "document-link", "ol", "ul", "superscript", "subscript"]},
    }
}
# Staff work in the office's time zone, whatever they set elsewhere: an embargo is in Cairo time.
WAGTAIL_USER_TIME_ZONES = ["Africa/Cairo"]
TAGGIT_CASE_INSENSITIVE = True
