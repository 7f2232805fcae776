"""SMS from gateway to answer: handed in over HTTP as by Kannel, sent to a stand-in for a gateway.

Gateway, database and the processes of `lapor run` share this machine. What is counted is answers that came out.
"""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from urllib.parse import urlencode

from .ground import Ground
from .intake import child, web

SECRET, LINES, PATIENCE = "bench", 4, 600.0
# Talks of one sender each: whole reports, some that need a question or two, and people who ask where theirs is.
TALKS = (
    ("{what} di {place}, {where}, sudah {when}",),
    ("STATUS",),
    ("{what} {where}, sdh {when} tdk ada petugas yg datang", "{place}"),
    ("Petugas {office} minta uang {sum}rb utk {paper} kmrn di {place}", "STATUS"),
    ("BANTUAN",),
    ("{what} {where}", "kec. {place}", "{when}"),
)
WORDS = {
    "what": (
        "Lampu jalan mati", "Jalan berlubang", "Sampah menumpuk", "Air PDAM tidak mengalir", "Drainase tersumbat",
        "Jembatan retak", "Pohon tumbang belum diangkut", "Trotoar dipakai parkir", "Guru sering tidak masuk",
        "Antrean obat sangat lama", "Listrik padam tiap malam",
    ),
    "place": (
        "Samarinda Utara", "Samarinda Ulu", "Sungai Kunjang", "Palaran", "Balikpapan Selatan", "Sambutan", "Loa Janan",
    ),
    "where": (
        "depan pasar segiri", "Jl Antasari", "dekat SDN 005", "gang mawar RT 12", "simpang empat lembuswana",
        "samping puskesmas", "jalur ke pelabuhan", "blok C perumahan", "belakang terminal", "tepi sungai karang mumus",
        "depan kantor lurah", "arah bandara", "dekat masjid raya",
    ),
    "when": ("tiga hari", "sebulan", "2 minggu", "sejak kemarin", "lima hari"),
    "office": ("puskesmas", "kelurahan", "samsat"),
    "sum": ("50", "75", "100", "150"),
    "paper": ("surat rujukan", "kartu keluarga", "surat pindah", "pengantar nikah", "balik nama"),
}  # fmt: skip


@dataclass(frozen=True)
class Sustained:
    """Messages taken per second while the gateway hands them in, and answers out per second from first to last."""

    taken: float
    answered: float
    count: int


class _Gateway(ThreadingHTTPServer):
    """Takes what is sent, and counts."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taken)
        self.count = 0
        self.counting = threading.Lock()


class _Taken(BaseHTTPRequestHandler):
    server: _Gateway
    protocol_version = "HTTP/1.1"  # the line stays open, as at smsbox
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        with self.server.counting:
            self.server.count += 1
        said = b"0: Accepted for delivery"
        self.send_response(202)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_said: object) -> None:
        pass


def measure(ground: Ground, database: str, *, count: int) -> Sustained:
    """So many messages; refuses to count when the gateway is not answered 200, or an answer does not come out."""
    with _gateway() as gateway:
        more = {
            "LAPOR_KANNEL_SECRET": SECRET,
            "LAPOR_KANNEL_URL": f"http://127.0.0.1:{gateway.server_address[1]}/cgi-bin/sendsms",
            "LAPOR_KANNEL_USER": SECRET,
            "LAPOR_KANNEL_PASSWORD": SECRET,
        }
        with (
            web(ground, database, **more) as port,
            child(ground, database, "messages", **more),
            child(ground, database, "worker", **more),
        ):
            _hand_in(port, _paths(10, first=0))  # so that all is warm
            _wait(gateway, 10)
            began = time.perf_counter()
            _hand_in(port, _paths(count, first=1))
            taken = time.perf_counter() - began
            _wait(gateway, 10 + count)
            return Sustained(count / taken, count / (time.perf_counter() - began), count)


def _paths(count: int, *, first: int) -> list[str]:
    """The addresses that Kannel would call, those of one sender on one line and in order."""
    found: list[str] = []
    for number, talk in enumerate(cycle(TALKS), start=first * 10_000_000 + int(time.time()) % 10_000 * 1000):
        words = {name: choices[number % len(choices)] for name, choices in WORDS.items()}  # each after its own length
        for text in talk:
            spoken = text.format(**words)
            said = {"secret": SECRET, "from": f"0812{number % 10**8:08d}", "to": "1708", "text": spoken}
            found.append("/channels/kannel/inbound?" + urlencode(said | {"id": f"{number}-{len(found)}"}))
        if len(found) >= count:
            return found[:count]
    return found


def _hand_in(port: int, paths: list[str]) -> None:
    """Several lines at once, as smsbox has; messages that follow each other stay on one."""
    share = -(-len(paths) // LINES)
    failed: list[int] = []

    def line(part: list[str]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for path in part:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                failed.append(answer.status)
        connection.close()

    lines = [threading.Thread(target=line, args=(paths[n * share : (n + 1) * share],)) for n in range(LINES)]
    for one in lines:
        one.start()
    for one in lines:
        one.join()
    if failed:
        raise RuntimeError(f"the gateway was not answered 200: {failed[:5]}")


def _wait(gateway: _Gateway, count: int) -> None:
    give_up = time.monotonic() + PATIENCE
    while gateway.count < count:
        if time.monotonic() > give_up:
            raise RuntimeError(f"{gateway.count} answers came out, not {count}")
        time.sleep(0.05)


@contextmanager
def _gateway() -> Iterator[_Gateway]:
    server = _Gateway()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
