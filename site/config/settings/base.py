"""Settings that apply everywhere. What differs between installations comes from `config.environment`."""

from pythonjsonlogger.core import RESERVED_ATTRS

from config import services
from config.environment import environment

from .apps import *
from .cms import *
from .files import *
from .languages import *
from .security import *

ENVIRONMENT = environment()

BASE_URL = ENVIRONMENT.base_url
CHANGE_FEED_EPOCH = ENVIRONMENT.change_feed_epoch
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

DATABASES = {"default": services.database(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
globals().update(services.email(ENVIRONMENT.email_url))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.email_sender

# The first key encrypts personal data in the database; all keys decrypt it (core.security.encryption).
ENCRYPTION_KEYS = ENVIRONMENT.encryption_keys
INQUIRY_RETENTION_DAYS = ENVIRONMENT.inquiry_retention_days
INQUIRY_PROOF_OF_WORK = ENVIRONMENT.inquiry_proof_of_work

# Who must sign in with a second factor (second_factor.requirement); production has a default.
SECOND_FACTOR_ROLES = ENVIRONMENT.second_factor_roles or []

# Whether bundles that only demonstrate the software may be loaded.
SAMPLE_CONTENT = False
# Whether /en/components/ shows every component of the design; for development.
SHOW_COMPONENTS = False

# Empty: search in the database.
ELASTICSEARCH_URL = services.elasticsearch(ENVIRONMENT.elasticsearch_url)
SEARCH_INDEX_PREFIX = ENVIRONMENT.search_index_prefix

WEBHOOK_ALLOW_LOOPBACK = ENVIRONMENT.webhook_allow_loopback

# How many API requests a partner may make per minute, without a key and with one.
API_REQUESTS_PER_MINUTE = {"anonymous": 600, "key": 6000}
# What /ready and /metrics ask of those who are not on this machine.
READY_TOKEN = ENVIRONMENT.ready_token
CERTIFICATE_FILE = ENVIRONMENT.certificate_file
# Whether our own proxy states whom a request comes from.
TRUST_PROXY = ENVIRONMENT.trust_proxy

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {
            "()": "core.web.log_times.UtcFormatter",
            "fmt": "{asctime} {levelname} {name} {request_id}: {message}",
            "style": "{",
        },
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "{levelname}{name}{request_id}{message}",
            "style": "{",
            "timestamp": True,  # in UTC
            "json_ensure_ascii": False,
            # Django adds the request, and with it what somebody searched for or typed.
            "reserved_attrs": [*RESERVED_ATTRS, "request"],
        },
    },
    "filters": {
        "one_of_many": {"()": "core.web.outage_log.OneOfMany"},
        "request_id": {"()": "core.web.request_ids.WithRequestId"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": ENVIRONMENT.log_format,
            "filters": ["one_of_many", "request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": ENVIRONMENT.log_level},
    "loggers": {
        # What editors do is in the site's own history, not in the log.
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "elastic_transport": {"level": "ERROR"},
        # Names the credentials of staff.
        "fido2": {"level": "WARNING"},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
