"""A partner's bot: `python bot.py ADDRESS SECRET PORT` hands in each line that is typed and prints the answers."""

import hashlib
import hmac
import json
import sys
import threading
import time
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer

ADDRESS, SECRET, PORT = sys.argv[1], sys.argv[2].encode(), int(sys.argv[3])


def signature(at: str, raw: bytes) -> str:
    return "sha256=" + hmac.new(SECRET, at.encode() + b"." + raw, hashlib.sha256).hexdigest()


class Callback(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        raw, at = self.rfile.read(int(self.headers["Content-Length"])), self.headers["X-Lapor-Timestamp"]
        is_theirs = hmac.compare_digest(self.headers["X-Lapor-Signature"], signature(at, raw))
        is_good = is_theirs and abs(time.time() - int(at)) < 300
        self.send_response(204 if is_good else 403)
        self.end_headers()
        if is_good:
            print(json.loads(raw)["text"], flush=True)


threading.Thread(target=HTTPServer(("127.0.0.1", PORT), Callback).serve_forever, daemon=True).start()
for line in sys.stdin:
    body = json.dumps({"id": str(uuid.uuid4()), "sender": "warga-1", "text": line.strip()}).encode()
    now = str(int(time.time()))
    headers = {"Content-Type": "application/json", "X-Lapor-Timestamp": now, "X-Lapor-Signature": signature(now, body)}
    urllib.request.urlopen(urllib.request.Request(ADDRESS, body, headers)).close()
