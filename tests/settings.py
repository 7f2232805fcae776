"""The settings of the tests: the site's own, with a throwaway data folder and no slow parts.

The first process to import this (under xdist: the controller) makes the folder; its workers inherit the environment.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
from pathlib import Path

if "LAPOR_TEST_DATA" not in os.environ:
    made = Path(tempfile.mkdtemp(prefix="lapor-test-"))
    made.chmod(0o755)  # the database's user walks through it
    os.environ["LAPOR_TEST_DATA"] = str(made)
    atexit.register(shutil.rmtree, made, ignore_errors=True)
os.environ["LAPOR_DATA"] = os.environ["LAPOR_TEST_DATA"]
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the thread of the tests after its own
for name in [n for n in os.environ if n.startswith("LAPOR_") and n not in {"LAPOR_DATA", "LAPOR_TEST_DATA"}]:
    del os.environ[name]  # a developer's own settings do not change what a test says

from config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
# Each process writes without another one sweeping it away; the keys are those of the databases, which are shared.
LAPOR_DATA = Path(os.environ["LAPOR_TEST_DATA"]) / os.environ.get("PYTEST_XDIST_WORKER", "alone")
MEDIA_ROOT = LAPOR_DATA / "media"
(LAPOR_DATA.parent / "keys").mkdir(mode=0o700, exist_ok=True)
LAPOR_DATA.mkdir(exist_ok=True)
with contextlib.suppress(FileExistsError):
    (LAPOR_DATA / "keys").symlink_to(LAPOR_DATA.parent / "keys")
