"""Production: refuses to start if a value would make the site insecure."""

import sys

from config.services import reaches_elasticsearch_safely, says_how_it_is_reached

from .base import *
from .base import ENVIRONMENT

DEBUG = False

_problems = []
if len(ENVIRONMENT.secret_key) < 50 or len(set(ENVIRONMENT.secret_key)) < 10:
    _problems.append("SECRET_KEY must be set to at least 50 random characters")
if ENVIRONMENT.debug:
    _problems.append("DEBUG must not be set in production")
if not ENVIRONMENT.allowed_hosts:
    _problems.append("ALLOWED_HOSTS must name the hosts that the site answers to")
if any("*" in host for host in ENVIRONMENT.allowed_hosts):
    _problems.append("ALLOWED_HOSTS must not hold a wildcard")
if not ENVIRONMENT.base_url.startswith("https://"):
    _problems.append("BASE_URL must start with https://")
if not ENVIRONMENT.database_url.startswith("postgres"):
    _problems.append("DATABASE_URL must name a PostgreSQL database")
elif not says_how_it_is_reached(ENVIRONMENT.database_url):
    _problems.append("DATABASE_URL must end in ?sslmode=verify-full (or another sslmode) for another machine")
if not reaches_elasticsearch_safely(ENVIRONMENT.elasticsearch_url):
    _problems.append("ELASTICSEARCH_URL must start with https:// (or http+clear://) for another machine")
if not ENVIRONMENT.email_url:
    _problems.append("EMAIL_URL must be set: press inquiries are answered by mail")
if not ENVIRONMENT.encryption_keys:
    _problems.append("ENCRYPTION_KEYS must be set: personal data is encrypted where it is stored")
if ENVIRONMENT.webhook_allow_loopback:
    _problems.append("WEBHOOK_ALLOW_LOOPBACK must not be set in production")
if _problems:
    sys.exit("The production settings are not safe:\n  " + "\n  ".join(_problems) + "\nSee docs/environment.md.")

SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.base_url]
SECOND_FACTOR_ROLES = (
    ["administrators", "press"] if ENVIRONMENT.second_factor_roles is None else ENVIRONMENT.second_factor_roles
)
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = ENVIRONMENT.hsts_seconds
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if ENVIRONMENT.trust_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
