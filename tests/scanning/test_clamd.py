"""The scanner: a real one finds the test virus; whatever goes wrong is "not scanned" and never "clean"."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import LazySettings

from lapor.scanning import clamd
from lapor.scanning.clamd import Verdict, scan
from tests.samples import EICAR, box, film, pdf
from tests.scanning.daemon import LARGEST


def test_a_real_scanner_finds_the_test_virus(scanner: Path) -> None:
    assert scan(EICAR) == Verdict.INFECTED


def test_a_real_scanner_finds_it_inside_a_film(scanner: Path) -> None:
    assert scan(film() + box(b"mdat", EICAR)) == Verdict.INFECTED


def test_a_real_scanner_calls_an_ordinary_paper_clean(scanner: Path) -> None:
    assert scan(pdf()) == Verdict.CLEAN
    assert clamd.answers()


def test_what_is_too_large_for_a_real_scanner_is_not_scanned(scanner: Path) -> None:
    assert scan(bytes(LARGEST + 200_000) + EICAR) == Verdict.NOT_SCANNED


def test_without_a_scanner_nothing_is_scanned(settings: LazySettings) -> None:
    settings.LAPOR_CLAMD = ""
    assert scan(EICAR) == Verdict.NOT_SCANNED


@pytest.mark.parametrize("where", ["/does/not/exist", "127.0.0.1:1", "nowhere", "127.0.0.1:", "a:b:c"])
def test_a_scanner_that_is_not_there_scans_nothing(settings: LazySettings, where: str) -> None:
    settings.LAPOR_CLAMD = where
    assert scan(EICAR) == Verdict.NOT_SCANNED
    assert not clamd.answers()


@contextmanager
def _odd_scanner(answer: bytes | None) -> Iterator[str]:
    """Listens on a port and gives this answer, or none at all."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = threading.Event()

        def serve() -> None:
            line, _address = server.accept()
            with line:
                if answer is None:
                    done.wait(30)
                    return
                line.recv(1024)
                line.sendall(answer)
                with contextlib.suppress(OSError):  # the other end may have left
                    line.shutdown(socket.SHUT_WR)
                    while line.recv(65536):
                        pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}"
        finally:
            done.set()
            thread.join(30)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"stream: OK\0", Verdict.CLEAN),
        (b"stream: Some.Virus FOUND\0", Verdict.INFECTED),
        (b"stream: OK FOUND\0", Verdict.INFECTED),
        (b"INSTREAM size limit exceeded. ERROR\0", Verdict.NOT_SCANNED),
        (b"stream: Can't allocate memory ERROR\0", Verdict.NOT_SCANNED),
        (b"UNKNOWN COMMAND\0", Verdict.NOT_SCANNED),
        (b"HTTP/1.1 200 OK\r\n\r\n", Verdict.NOT_SCANNED),
        (b"stream: O", Verdict.NOT_SCANNED),
        (b"stream: OK\nstream: Some.Virus FOUND\0", Verdict.NOT_SCANNED),
        (b"", Verdict.NOT_SCANNED),
        (b"x" * 4000, Verdict.NOT_SCANNED),
    ],
)
def test_only_a_whole_and_known_answer_counts(settings: LazySettings, answer: bytes, verdict: Verdict) -> None:
    with _odd_scanner(answer) as where:
        settings.LAPOR_CLAMD = where
        assert scan(b"abc") == verdict


def test_a_scanner_that_never_answers_is_given_up(settings: LazySettings) -> None:
    with _odd_scanner(None) as where:
        settings.LAPOR_CLAMD = where
        assert scan(b"abc", patience=0.2) == Verdict.NOT_SCANNED
