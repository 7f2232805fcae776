"""A real mailbox for tests: Debian's Dovecot with a folder, a certificate and a port of its own.

It refuses to run as root, so that for root it runs as nobody.
"""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from imaplib import IMAP4_SSL
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.channels.gateway import free_port

DOVECOT = shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin:/usr/bin:/opt/homebrew/sbin")
WHY_NOT = "no Dovecot here: apt-get install dovecot-imapd"
USER, PASSWORD = "lapor", "kata-uji"
_PATIENCE = 15.0
_CONF = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
default_internal_user = {me}
default_internal_group = {group}
default_login_user = {me}
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{folder}/mail
first_valid_uid = 0
first_valid_gid = 0
mail_uid = {me}
mail_gid = {group}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass
class Mailbox:
    """One that runs; `put` is what the mail server in front of it does."""

    folder: Path
    port: int
    server: subprocess.Popen[bytes] | None = None

    @property
    def authority(self) -> str:
        return str(self.folder / "cert.pem")

    def start(self) -> None:
        assert DOVECOT is not None
        user, group = _who()
        run = [DOVECOT, "-F", "-c", str(self.folder / "dovecot.conf")]
        if os.getuid() == 0:
            self.server = subprocess.Popen(run, user=user, group=group, extra_groups=[group])
        else:
            self.server = subprocess.Popen(run)
        give_up = time.monotonic() + _PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if time.monotonic() > give_up:
                    raise AssertionError((self.folder / "dovecot.log").read_text()) from None
                time.sleep(0.1)

    def stop(self) -> None:
        if self.server is not None:
            self.server.terminate()
            self.server.wait(10)
            self.server = None

    def put(self, raw: bytes) -> None:
        """A mail arrives."""
        with self.signed_in() as line:
            assert line.append("INBOX", "", "", raw)[0] == "OK"

    def unread(self) -> int:
        with self.signed_in() as line:
            line.select("INBOX")
            return len(line.search(None, "UNSEEN")[1][0].split())

    def empty(self) -> None:
        with self.signed_in() as line:
            line.select("INBOX")
            line.uid("store", "1:*", "+FLAGS", "(\\Deleted)")
            line.expunge()

    def forget_read(self) -> None:
        """As when the mark that a mail was taken is lost."""
        with self.signed_in() as line:
            line.select("INBOX")
            line.uid("store", "1:*", "-FLAGS", "(\\Seen)")

    @contextlib.contextmanager
    def signed_in(self) -> Iterator[IMAP4_SSL]:
        context = ssl.create_default_context(cafile=self.authority)
        line = IMAP4_SSL("127.0.0.1", self.port, ssl_context=context, timeout=_PATIENCE)
        try:
            line.login(USER, PASSWORD)
            yield line
        finally:
            line.logout()


def _who() -> tuple[int, int]:
    """(user, group) that it runs as."""
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        return nobody.pw_uid, nobody.pw_gid
    return os.getuid(), os.getgid()


@contextlib.contextmanager
def mailbox() -> Iterator[Mailbox]:
    """Runs an empty one in a folder below the system's own for passing things, which everybody can reach."""
    folder = Path(tempfile.mkdtemp(prefix="lapor-mail-"))
    found = Mailbox(folder, free_port())
    user, group = _who()
    _certify(folder)
    for name in ("run", "state", "mail", "home"):
        (folder / name).mkdir()
    (folder / "dovecot.conf").write_text(
        _CONF.format(
            folder=folder,
            me=pwd.getpwuid(user).pw_name,
            group=grp.getgrgid(group).gr_name,
            uid=user,
            gid=group,
            password=PASSWORD,
            port=found.port,
        )
    )
    for path in (folder, *folder.iterdir()):
        os.chown(path, user, group)
    try:
        found.start()
        yield found
    finally:
        found.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _certify(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    cert = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(cert.public_bytes(serialization.Encoding.PEM))
    clear = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").touch(mode=0o600)
    (folder / "key.pem").write_bytes(clear)
