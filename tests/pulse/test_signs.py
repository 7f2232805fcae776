"""Whether the worker lives, as the operator sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lapor.pulse import signs
from lapor.pulse.models import Beat
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db


def test_a_worker_that_never_ran_is_silent() -> None:
    found = signs.read(now=MONDAY)
    assert (found.heard_at, found.is_silent) == (None, True)


@pytest.mark.parametrize(("ago", "is_silent"), [(timedelta(seconds=20), False), (timedelta(hours=3), True)])
def test_a_worker_is_silent_when_nothing_was_heard_for_a_while(ago: timedelta, is_silent: bool) -> None:
    Beat.objects.create(name=signs.WORKER, at=MONDAY - ago)
    found = signs.read(now=MONDAY)
    assert (found.silent_for, found.is_silent) == (ago, is_silent)


def test_jobs_that_fail_are_named_with_the_class_of_their_error() -> None:
    Beat.objects.create(name="deliver", at=MONDAY, failures=2, last_error_class="OSError")
    Beat.objects.create(name="overdue", at=MONDAY)
    assert [(beat.name, beat.last_error_class) for beat in signs.read(now=MONDAY).failing] == [("deliver", "OSError")]
