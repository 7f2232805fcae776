"""Through the fake of the YouTube Data API: comments are asked for, and answered below."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings

from lapor.channels import registry, standing
from lapor.channels.base import Refused
from lapor.channels.models import Received, Sending
from lapor.channels.youtube import account
from tests.channels.talking import WHOLE, later, work
from tests.fakes.server import Reply
from tests.fakes.youtube import US, YouTube, failed


def ask(minutes: int = 0) -> None:
    """The worker asks what is new, and works."""
    registry.poll(now=later(minutes))
    work(later(minutes))


def test_a_comment_is_answered_below_it_with_a_link_and_none_of_its_words(films: YouTube) -> None:
    ask()
    number = films.write(WHOLE)
    ask(2)
    (said,) = films.sent
    assert (
        said["parentId"] == number
        and "/lapor/?sambung=" in said["textOriginal"]
        and "Lampu" not in said["textOriginal"]
    )


def test_what_was_written_before_is_left_alone(films: YouTube) -> None:
    films.write(WHOLE, at=datetime.now(UTC) - timedelta(days=1))
    ask()
    ask(2)
    assert not Received.objects.exists()


def test_comments_are_asked_for_page_by_page_and_each_is_answered_once(films: YouTube) -> None:
    ask()
    for number in range(5):
        films.write(f"{WHOLE} {number}", sender=f"UC{number}")
    ask(2)
    ask(4)
    assert [said["parentId"] for said in films.sent] == [one["id"] for one in films.threads]


def test_two_comments_of_the_same_second_are_both_heard(films: YouTube) -> None:
    ask()
    second = datetime.now(UTC)
    films.write(WHOLE, sender="UC1", at=second)
    ask(2)
    films.write(WHOLE, sender="UC2", at=second)
    ask(4)
    assert len(films.sent) == 2


def test_our_own_comments_are_not_heard(films: YouTube) -> None:
    ask()
    films.write(WHOLE, sender=US)
    ask(2)
    assert not Received.objects.exists()


def test_an_access_token_that_ends_is_renewed(films: YouTube) -> None:
    ask()
    films.write(WHOLE)
    ask(1)
    films.tokens.clear()
    films.write(WHOLE, sender="UC2")
    ask(3)
    assert len(films.sent) == 2 and not standing.refusing()


def test_when_the_owner_took_the_permission_back_a_person_must_act_and_nothing_is_lost(films: YouTube) -> None:
    ask()
    films.write(WHOLE)
    films.refresh, before = "lain", films.refresh
    account._tokens.clear()
    ask(2)
    assert set(standing.refusing()) == {"youtube"}
    films.refresh = before
    ask(20)
    assert len(films.sent) == 1 and not standing.refusing()


def test_a_quota_that_is_used_up_is_waited_for(films: YouTube) -> None:
    ask()
    films.write(WHOLE)
    registry.poll(now=later(2))
    registry.read(now=later(2))
    films.fail(failed(403, "quotaExceeded"))
    work(later(2))
    row = Sending.objects.get()
    assert (row.state, row.attempts) == ("queued", 1) and row.next_try_at is not None and row.next_try_at > later(50)
    work(later(80))
    assert len(films.sent) == 1


@pytest.mark.parametrize(
    "fault",
    [Reply(500), Reply(200, {"items": []}, cut=True), failed(403, "commentsDisabled")],
    ids=["500", "cut", "closed"],
)
def test_trouble_while_asking_is_asked_again(films: YouTube, fault: Reply) -> None:
    ask()
    ask(1)
    films.write(WHOLE)
    films.fail(fault)
    ask(2)
    assert not films.sent
    ask(4)
    assert len(films.sent) == 1


def test_nobody_is_written_to_in_private(films: YouTube) -> None:
    with pytest.raises(Refused):
        registry.GATEWAYS["youtube"].send(to="youtube:UCwarga", text="halo", reference=1)


def test_without_its_settings_the_channel_is_off(films: YouTube, settings: LazySettings) -> None:
    settings.LAPOR_YOUTUBE_REFRESH_TOKEN = ""
    ask()
    assert not films.calls and not registry.GATEWAYS["youtube"].is_set_up()
