"""A site behind https: Django's own list of what to check finds nothing, cookies and headers are the strict ones."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.test import Client
from django.urls import URLResolver, get_resolver

from config.place import BASE_DIR
from tests.accounts.people import SECRET, citizen
from tests.cast import file_report, set_stage

PRODUCTION = {
    "LAPOR_PUBLIC_URL": "https://lapor.contoh.invalid",
    "LAPOR_PROXIES": "1",
    "LAPOR_SECRET_KEY": "bukan-rahasia-" * 5,
}
TEMPLATES = sorted((BASE_DIR / "lapor").rglob("*.html"))


def manage(*words: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LAPOR_", "DJANGO_"))}
    environment |= PRODUCTION | {"LAPOR_DATA": str(tmp_path)}
    command = [sys.executable, "-W", "ignore", "-m", "config.cli", "manage", *words]
    return subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False)


def test_the_check_for_deployment_finds_nothing(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "INFO", tmp_path=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues" in done.stdout


def test_cookies_under_https_belong_to_this_host_alone(tmp_path: Path) -> None:
    shown = manage("diffsettings", tmp_path=tmp_path).stdout
    settings = dict(re.findall(r"^(\w+) = (.*?)(?:  ###)?$", shown, re.MULTILINE))
    for name in ("SESSION", "CSRF", "LANGUAGE", "DEVICE"):
        assert settings[f"{name}_COOKIE_NAME"].startswith("'__Host-"), name
    for name in ("SESSION", "CSRF", "LANGUAGE"):
        assert settings[f"{name}_COOKIE_SECURE"] == "True", name
    assert settings["SECURE_HSTS_SECONDS"] == "31536000"


class Inline(HTMLParser):
    """Collects what the policy would forbid: scripts and styles inside the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_data = given.get("type") in {"application/json", "application/ld+json"}
        if tag == "style" or (tag == "script" and "src" not in given and not is_data):
            self.found.append(f"<{tag}>")
        self.found += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        self.found += [f"{tag} {name}" for name, value in attrs if (value or "").lower().startswith("javascript:")]


def inline(html: str) -> list[str]:
    parser = Inline()
    parser.feed(html)
    return parser.found


def test_the_reader_of_pages_sees_what_is_inline() -> None:
    wrong = '<p style="color:red" onclick="x()"><script>x()</script><style>p{}</style><a href="javascript:x()">x</a>'
    assert len(inline(wrong)) == 5


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(BASE_DIR).as_posix())
def test_no_template_has_a_script_or_a_style_inside(path: Path) -> None:
    assert inline(re.sub(r"{%.*?%}|{{.*?}}", "", path.read_text())) == []


def plain_addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Every address of the site that names nothing in particular."""
    for part in resolver.url_patterns:
        path = before + str(part.pattern).lstrip("^").rstrip("$")
        if isinstance(part, URLResolver):
            yield from plain_addresses(part, path)
        elif not re.search(r"[<(\\]", path):
            yield path


@pytest.fixture
def browsers(db: None) -> list[Client]:
    """A visitor, a citizen, and officers of each kind of work."""
    stage = set_stage()
    file_report()
    people = [citizen(), *(stage.people[name] for name in ("national", "admin", "liaison", "operator"))]
    for user in people:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(SECRET)})
    found = [Client()]
    for user in people:
        browser = Client()
        browser.force_login(user)
        found.append(browser)
    return found


def test_every_page_bears_all_headers_and_has_nothing_inline(browsers: list[Client]) -> None:
    seen = 0
    for browser in browsers:
        for path in (*plain_addresses(get_resolver()), "/halaman-yang-tidak-ada/"):
            answer = browser.get(path)
            headers = answer.headers
            policy = headers["Content-Security-Policy"]
            assert "unsafe" not in policy and "frame-ancestors 'none'" in policy, path
            assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin", path
            assert headers["X-Content-Type-Options"] == "nosniff", path
            assert headers["Referrer-Policy"] == "same-origin", path
            assert headers["X-Frame-Options"] == "DENY", path
            assert "camera=()" in headers["Permissions-Policy"], path
            if headers.get("Content-Type", "").startswith("text/html") and answer.content:
                assert inline(answer.content.decode()) == [], path
                seen += answer.status_code == 200
    assert seen > 80, "most pages were looked at"
