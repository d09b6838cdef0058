"""The settings of the tests, with the uploaded files and the keys that the environment names, as in production."""

import shutil

from config.settings.test import *  # noqa: F403
from config.settings.test import ENCRYPTION_KEYS, ENVIRONMENT, MEDIA_ROOT

shutil.rmtree(MEDIA_ROOT)
MEDIA_ROOT = ENVIRONMENT.data_folder / "media"
TURNSTILE_FILE = ENVIRONMENT.data_folder / "signing-in.lock"
ENCRYPTION_KEYS = ENVIRONMENT.encryption_keys or ENCRYPTION_KEYS
