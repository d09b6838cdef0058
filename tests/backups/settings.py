"""The settings of the tests, with the uploaded files and the keys that the environment names, as in production."""

import shutil

from config.settings.test import *  # noqa: F403
from config.settings.test import ENCRYPTION_KEYS, ENVIRONMENT, FOLDER_OF_TESTS

shutil.rmtree(FOLDER_OF_TESTS)
MEDIA_ROOT = ENVIRONMENT.data_folder / "media"
TURNSTILE_FILE = ENVIRONMENT.data_folder / "signing-in.lock"
COUNTS_FILE = ENVIRONMENT.data_folder / "counts.sqlite3"
ENCRYPTION_KEYS = ENVIRONMENT.encryption_keys or ENCRYPTION_KEYS
