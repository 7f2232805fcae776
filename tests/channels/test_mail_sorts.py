"""Which mails are not answered, and why: machines, lists, our own, forged ones, bounces; and that nothing crashes."""

from __future__ import annotations

import random
from html import escape
from typing import Any

import hypothesis
import pytest
from django.conf import LazySettings
from django.core import mail as django_mail
from hypothesis import given
from hypothesis import strategies as st

from lapor.agencies.reference import load_categories
from lapor.channels.base import digest_of
from lapor.channels.mail import addresses, bounces
from lapor.channels.mail.models import Bounce
from lapor.channels.mail.read import Unreadable, read
from lapor.channels.mail.sort import Sort, is_genuine, sort_of
from lapor.channels.mail.words import own_words, plain
from lapor.channels.models import Sending
from lapor.notify import reach
from lapor.notify import send as notify_send
from lapor.notify.models import Notice
from lapor.reports.models import Report
from lapor.vault.tags import key_in, tag_of
from tests.cast import MONDAY, Stage, file_report
from tests.channels.mails import ADDRESS, AUTHSERV, REPORTER, WHOLE, bring, header, last, written
from tests.notify.test_queue import read_all


@pytest.fixture
def postbox(stage: Stage, settings: LazySettings) -> None:
    load_categories()
    settings.LAPOR_MAIL_ADDRESS = ADDRESS
    settings.LAPOR_MAIL_AUTHSERV_ID = AUTHSERV


def verdict(said: str, *, server: str = AUTHSERV) -> dict[str, str]:
    return {"Authentication-Results": f"{server}; {said}"}


@pytest.mark.parametrize(
    ("headers", "sort"),
    [
        ({"Auto-Submitted": "auto-replied"}, Sort.AUTOMATIC),
        ({"Auto-Submitted": "auto-generated (vacation)"}, Sort.AUTOMATIC),
        ({"Auto-Submitted": "no"}, Sort.PERSON),
        ({"X-Autoreply": "yes"}, Sort.AUTOMATIC),
        ({"Precedence": "bulk"}, Sort.AUTOMATIC),
        ({"Auto-Submitted": "auto-replied", "Return-Path": "<>"}, Sort.AUTOMATIC),
        ({"List-Id": "Warga <warga.lists.invalid>"}, Sort.LIST),
        ({"List-Id": "Warga <warga.lists.invalid>", "Precedence": "list"}, Sort.LIST),
        ({"X-Lapor": "1"}, Sort.LOOP),
        ({"Return-Path": "<>"}, Sort.BOUNCE),
        (verdict("dmarc=fail header.from=uji.invalid"), Sort.FORGED),
        (verdict("spf=fail smtp.mailfrom=uji.invalid"), Sort.FORGED),
        (verdict("spf=fail smtp.mailfrom=x; dkim=pass header.d=uji.invalid"), Sort.PERSON),
        (verdict("spf=softfail smtp.mailfrom=uji.invalid"), Sort.PERSON),
        (verdict("dmarc=fail header.from=uji.invalid", server="mx.penipu.invalid"), Sort.PERSON),
        (verdict("dmarc=pass header.from=uji.invalid"), Sort.PERSON),
        ({}, Sort.PERSON),
    ],
    ids=str,
)
def test_a_mail_is_known_by_its_headers(settings: LazySettings, headers: dict[str, Any], sort: Sort) -> None:
    settings.LAPOR_MAIL_ADDRESS, settings.LAPOR_MAIL_AUTHSERV_ID = ADDRESS, AUTHSERV
    assert sort_of(read(written(**headers))) == sort


@pytest.mark.parametrize("sender", ["", "tanpa alamat", "a@b.id, c@d.id", "<>", "a b@c", "x" * 300 + "@uji.invalid"])
def test_a_sender_that_cannot_be_answered_is_none(settings: LazySettings, sender: str) -> None:
    raw = b"From: " + sender.encode() + b"\nTo: lapor@lapor.invalid\n\nhalo"
    assert sort_of(read(raw)) == Sort.NO_SENDER


def test_only_the_first_word_of_our_own_server_counts(settings: LazySettings) -> None:
    settings.LAPOR_MAIL_AUTHSERV_ID = AUTHSERV
    ours, theirs = (
        f"Authentication-Results: {AUTHSERV}; dmarc=none\n",
        f"Authentication-Results: {AUTHSERV}; dmarc=pass\n",
    )
    assert not is_genuine(read(ours.encode() + theirs.encode() + written()))
    other = f"{AUTHSERV}; dkim=pass header.d=penipu.invalid; spf=pass smtp.mailfrom=x@penipu.invalid"
    assert not is_genuine(read(written(Authentication_Results=other)))
    aligned = f"{AUTHSERV}; dkim=pass header.d=uji.invalid"
    assert is_genuine(read(written(Authentication_Results=aligned)))
    settings.LAPOR_MAIL_AUTHSERV_ID = ""
    assert not is_genuine(read(written(Authentication_Results=aligned)))


@pytest.mark.parametrize(
    ("headers", "state", "why"),
    [
        ({"Auto-Submitted": "auto-replied"}, "done", "automatic"),
        ({"List-Id": "<x.y>"}, "done", "list"),
        ({"X-Lapor": "1"}, "done", "loop"),
        ({"Return-Path": "<>"}, "done", "bounce"),
        (verdict("dmarc=fail"), "refused", "forged"),
    ],
    ids=["automatic", "list", "loop", "bounce", "forged"],
)
def test_what_is_not_a_persons_is_noted_kept_and_not_answered(
    postbox: None, headers: dict[str, Any], state: str, why: str
) -> None:
    assert bring(written(**headers)) == []
    assert (last().state, last().why, last().files.count()) == (state, why, 1)
    assert not Report.objects.exists() and not Sending.objects.exists()


def test_our_own_answer_that_comes_back_is_not_answered(postbox: None) -> None:
    (sent,) = bring(written())
    assert bring(sent.message().as_bytes()) == []
    assert last().why == "loop"


# bounces


def dsn(to: str, *, action: str = "failed", status: str = "5.1.1", original: str = "") -> bytes:
    """What a mail server writes when it cannot deliver (RFC 3464)."""
    return (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.uji.invalid\nTo: {to}\nSubject: Undelivered\n"
        f"Message-ID: <{random.random()}@mx.uji.invalid>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nNobody here.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.uji.invalid\n\n"
        f"Final-Recipient: rfc822; {REPORTER}\nAction: {action}\nStatus: {status}\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {original}\nSubject: x\n\n--b--\n"
    ).encode()


def test_a_notice_that_comes_back_fails_and_the_reporters_notices_stop(postbox: None) -> None:
    report, _ = file_report(email=REPORTER)
    read_all()
    notice_send()
    sent = next(one for one in django_mail.outbox if one.to == [REPORTER])
    assert not reach.is_unreached(report.pk)
    bring(dsn(sent.from_email))
    assert reach.settle_bounces() == 1
    assert Notice.objects.get(audience="reporter").last_error_class == "Bounced"
    assert reach.is_unreached(report.pk)
    assert bounces.is_lost(digest_of(REPORTER))
    Notice.objects.filter(audience="reporter").update(state="queued", next_try_at=MONDAY)
    before = len(django_mail.outbox)
    notice_send()
    assert len(django_mail.outbox) == before and Notice.objects.get(audience="reporter").last_error_class == "Unreached"


def notice_send() -> None:
    notify_send.deliver(now=MONDAY.replace(day=6))


def test_a_bounce_is_found_by_the_message_it_holds_too(postbox: None) -> None:
    (sent,) = bring(written())
    assert bring(dsn(ADDRESS, original=header(sent, "Message-ID"))) == []
    assert Sending.objects.get().state == "failed" and bounces.is_lost(digest_of(REPORTER))


def test_an_address_that_writes_again_is_there_again(postbox: None) -> None:
    (sent,) = bring(written())
    bring(dsn(sent.from_email))
    assert bounces.is_lost(digest_of(REPORTER))
    bring(written("halo apa kabar", subject="Saya"))
    assert not bounces.is_lost(digest_of(REPORTER))


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("relayed", "2.0.0"), ("failed", "4.2.2")]
)
def test_a_delay_or_good_news_changes_nothing(postbox: None, action: str, status: str) -> None:
    (sent,) = bring(written())
    assert bring(dsn(sent.from_email, action=action, status=status)) == []
    assert Sending.objects.get().state == "sent" and not Bounce.objects.exists()


def test_a_made_up_bounce_does_nothing(postbox: None) -> None:
    bring(written())
    for to, original in ((f"lapor+{'a' * 26}@lapor.invalid", ""), (ADDRESS, "<s.1@x>"), (ADDRESS, f"<n.{'b' * 26}@x>")):
        assert bring(dsn(to, original=original)) == []
    assert not Bounce.objects.exists() and Sending.objects.get().state == "sent"


# tags


def test_a_tag_is_of_one_row_and_one_purpose_and_indifferent_to_capitals(db: None) -> None:
    tag = tag_of(42, purpose="report")
    assert key_in(tag, purpose="report") == key_in(tag.upper(), purpose="report") == 42
    assert tag != tag_of(43, purpose="report") and key_in(tag, purpose="notice") is None
    for made_up in ("", "a" * 26, tag[:-1], f"{tag}a", "é" * 26, "1" * 26, tag[::-1]):
        assert key_in(made_up, purpose="report") is None


def test_a_notice_and_a_report_tell_no_code(db: None, settings: LazySettings) -> None:
    settings.LAPOR_MAIL_ADDRESS = ADDRESS
    assert len(addresses.reply_to(7).partition("@")[0]) <= 64
    assert addresses.report_of([addresses.comes_back_to("notice", 7)], "") is None
    assert addresses.message_of([addresses.reply_to(7)], "") is None


# whatever comes


SEEDS = [
    written(),
    written(html=f"<p>{WHOLE}</p>", files=(("a.png", "image/png", b"\x89PNG"), ("b.zip", "application/zip", b"PK"))),
    dsn(ADDRESS, original="<s.x@y>"),
    b"From: =?utf-8?b?SGFsbw==?= <a@b.id>\nSubject: =?x-kacau?q?=FF=FE?=\nContent-Type: text/plain; charset=x-tak-ada\n"
    b"Date: kemarin\nContent-Transfer-Encoding: base64\n\n////=\n",
    b"From: a@b.id\nContent-Type: multipart/mixed; boundary=\"x\nContent-Disposition: attachment; filename*=utf-8''%FF\n\n--x\n",
]


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """One of the seeds with pieces cut, doubled, changed or put elsewhere."""
    raw = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, max(len(raw) - 1, 0)))
        match draw(st.integers(0, 4)):
            case 0:
                raw[at : at + draw(st.integers(1, 60))] = b""
            case 1:
                raw[at:at] = draw(st.binary(max_size=20))
            case 2:
                raw[at:at] = raw[at : at + 200]
            case 3:
                raw[at:at] = draw(
                    st.sampled_from([b"\n\n", b"\r", b"\x00", b"=?", b"?=", b";", b'"', b"--b\n", b":", b"<@"])
                )
            case _:
                raw[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
    return bytes(raw)


@hypothesis.settings(max_examples=400)
@given(st.one_of(mangled(), st.binary(max_size=400)))
def test_no_mail_makes_the_reader_fail(raw: bytes) -> None:
    try:
        mail = read(raw)
    except Unreadable:
        return
    sort_of(mail)
    assert mail.text == own_words(mail.text, is_reply=False) or "-- " in mail.text
    (mail.text + mail.subject + mail.name).encode()


def test_parts_nested_a_thousandfold_are_put_away(postbox: None) -> None:
    nest = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000))
    assert bring(b"From: a@b.id\nMessage-ID: <x@y>\n" + nest + b"\n\nhalo") == []
    assert (last().state, last().why) == ("refused", "unreadable")


@given(st.text(max_size=300))
def test_no_page_makes_the_cleaner_fail(page: str) -> None:
    plain(page)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=300))
def test_every_word_of_a_page_is_read(words: str) -> None:
    assert plain(f"<div><p>{escape(words)}</p></div>").split() == words.split()


@pytest.mark.parametrize(
    "page",
    [
        "<blockquote><div>lama</div></blockquote>",
        '<div class="gmail_quote">lama<div>lama</div><br>lama</div>',
        "<style>lama</style><script>lama</script><!-- lama --><title>lama</title>",
    ],
)
def test_quotations_and_what_acts_are_not_the_senders_words(page: str) -> None:
    assert plain(f"<p>baru</p>{page}<p>lagi</p>").split() == ["baru", "lagi"]
