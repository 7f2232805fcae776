"""Sessions: a thief of the database gains none, their owner sees and ends each, a new password ends the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from lapor.accounts.models import Session
from lapor.accounts.sessions import SessionStore
from tests.accounts.people import PASSWORD, citizen, code_now, is_signed_in, officer, second_step, sign_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36"
)


def everything_stored() -> str:
    """Each column of the table of sessions, as a dump would hold it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text FROM accounts_session s")
        return " ".join(row[0] for row in cursor.fetchall())


def officer_with(browser: str) -> Client:
    client = Client(headers={"user-agent": browser})
    sign_in(client, "petugas@uji.invalid")
    second_step(client, code_now())
    assert is_signed_in(client)
    return client


def test_the_table_holds_neither_the_key_nor_what_a_session_knows(client: Client) -> None:
    user = citizen()
    sign_in(client, user.email)
    session = client.session
    session["secret_word"] = "kunyit"
    session.save()
    stored = everything_stored()
    assert client.cookies[settings.SESSION_COOKIE_NAME].value not in stored
    assert not any(part in stored for part in ("kunyit", b"kunyit".hex(), user.email, user.email.encode().hex()))


def test_a_digest_out_of_the_table_is_no_key(client: Client) -> None:
    sign_in(client, citizen().email)
    thief = Client()
    for value in (bytes(Session.objects.get().digest).hex(), bytes(Session.objects.get().digest).hex()[:32]):
        thief.cookies[settings.SESSION_COOKIE_NAME] = value
        assert not is_signed_in(thief)


def test_content_moved_to_another_session_opens_for_nobody(client: Client) -> None:
    """Who can write to the table cannot give their own session another person's content."""
    sign_in(client, citizen().email)
    thief = Client()
    sign_in(thief, citizen("pencuri@uji.invalid").email)
    stolen = Session.objects.get(user__email="warga@uji.invalid")
    Session.objects.filter(user__email="pencuri@uji.invalid").update(content=stolen.content)
    assert not is_signed_in(thief)


def test_signing_in_gives_the_session_another_key(client: Client) -> None:
    user = citizen()
    client.get("/akun/login/")
    session = client.session
    session["before"] = 1
    session.save()
    assert session.session_key is not None
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    sign_in(client, user.email)
    assert client.session.session_key != session.session_key
    assert not SessionStore().exists(session.session_key)


def test_old_sessions_are_cleared(client: Client) -> None:
    sign_in(client, citizen().email)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("clearsessions")
    assert not Session.objects.exists()


def test_an_officer_sees_each_device_by_a_coarse_name_and_ends_one() -> None:
    officer()
    here = officer_with(FIREFOX)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        there = officer_with(CHROME)
    page = here.get("/akun/perangkat/").content.decode()
    assert "Firefox, Linux" in page and "Chrome, Android" in page
    assert "Gecko" not in everything_stored() and "AppleWebKit" not in everything_stored()
    other = Session.objects.get(device="Chrome, Android")
    here.post(f"/akun/perangkat/{other.pk}/akhiri/")
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_nobody_ends_or_sees_the_session_of_somebody_else(client: Client) -> None:
    officer()
    theirs = officer_with(FIREFOX)
    sign_in(client, citizen().email)
    assert "Firefox" not in client.get("/akun/perangkat/").content.decode()
    client.post(f"/akun/perangkat/{Session.objects.get(device='Firefox, Linux').pk}/akhiri/")
    assert is_signed_in(theirs)


def test_ending_the_session_here_signs_out(client: Client) -> None:
    sign_in(client, citizen().email)
    client.post(f"/akun/perangkat/{Session.objects.get(user__isnull=False).pk}/akhiri/")
    assert not is_signed_in(client)


def test_a_citizens_session_bears_no_device() -> None:
    client = Client(headers={"user-agent": FIREFOX})
    sign_in(client, citizen().email)
    assert Session.objects.get(user__isnull=False).device == ""


def test_a_new_password_ends_the_sessions_of_the_other_devices(client: Client) -> None:
    user, other = citizen(), Client()
    sign_in(client, user.email)
    sign_in(other, user.email)
    new = "angklung-bambu-15-nyaring"
    client.post("/akun/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert Session.objects.filter(user=user).count() == 1
