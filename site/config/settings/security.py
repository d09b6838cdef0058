"""Headers and cookies: nothing from or to a third party, nothing kept about readers."""

from csp.constants import NONE, SELF, UNSAFE_INLINE

from config.environment import environment

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    },
}
# Of the admin. Some of its pages may run scripts that Wagtail writes into them (core.web.policies).
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "style-src": [SELF, UNSAFE_INLINE],
    "object-src": [NONE],
    "form-action": [SELF],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.pages.views.csrf_failure"

# Staff are signed out half a day after the last thing they did, and a week after they signed in (signing_in.sessions).
SESSION_COOKIE_AGE = 12 * 3600
SESSION_LONGEST_AGE = 7 * 24 * 3600

AUTH_USER_MODEL = "accounts.User"
# The only one, so that there is no way round its limits.
AUTHENTICATION_BACKENDS = ["signing_in.backend.GuardedBackend"]
# How long a link to a new password works. The worker sends it, and mail may be late.
PASSWORD_RESET_TIMEOUT = 24 * 3600
# The lock of the one place on this machine where passwords are hashed (signing_in.turnstile).
TURNSTILE_FILE = environment().data_folder / "signing-in.lock"
# What all processes of this machine count together (core.security.shared_counts).
COUNTS_FILE = environment().data_folder / "counts.sqlite3"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "signing_in.passwords.GuessableValidator"},
]

# Largest request that is read into memory, not counting files.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
# The editor of a long page posts many fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
