"""What the sender wrote: HTML made plain, quoted history and signatures left out. Never fails, whatever the text is."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

import nh3

from lapor.lib.text import normalise

MOST_HTML: Final = 2_000_000
_BLOCKS = frozenset(
    {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "table", "ul", "ol"}
)
_QUOTES = re.compile(r"gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra", re.IGNORECASE)
_ALLOWED = _BLOCKS | {"blockquote", "td", "th", "span"}
_SILENT = {"script", "style", "title", "noscript", "template", "svg", "math"}
_ATTRIBUTES = {"div": {"class"}, "blockquote": {"class"}, "span": {"class"}}
_BARREN = frozenset({"br", "hr"})

# "On … wrote:", "Pada … menulis:", also over two lines.
_SAYS_WHO = re.compile(
    r"^[ \t]*(?:(?:On|Pada|Am|Le|El)\b[^\n]{4,300}|[^\n]{0,200}<[^\s<>]{3,200}>[^\n]{0,60})(?:\n[^\n]{0,200}){0,2}?"
    r"\b(?:wrote|menulis|schrieb|écrit|escribió)[ \t]*:[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
# What some programs put above the old mail, which they do not mark line by line.
_OLD_BELOW = re.compile(
    r"^[ \t]*(?:-{2,}[ \t]*(?:Original Message|Pesan asli|Pesan Asal|Forwarded message|Pesan terusan)[ \t]*-{2,}"
    r"|_{20,}|(?:From|Dari):[^\n]{3,300}\n[ \t]*(?:Sent|Date|Dikirim|Tanggal|Terkirim):)",
    re.MULTILINE | re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_SENT_FROM = re.compile(r"\n[ \t]*(?:Dikirim dari|Sent from|Get Outlook for|Sent via)[^\n]{0,80}\s*$", re.IGNORECASE)


def plain(html: str) -> str:
    """The words of a page, a line for each block; nothing that a script, a style or a hidden element says."""
    clean = nh3.clean(
        html[:MOST_HTML], tags=set(_ALLOWED), clean_content_tags=_SILENT, attributes=_ATTRIBUTES, link_rel=None
    )
    reader = _Lines()
    reader.feed(clean)
    reader.close()
    return "".join(reader.parts)


def own_words(text: str, *, is_reply: bool) -> str:
    """Without the signature; of a reply also without what it answers, above or below the sender's own words."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if is_reply:
        mine = _without_history(text)
        text = mine if mine.strip() else text
    text = normalise(text)  # first: what hides in a line could keep it from being known as the signature's
    if (end := _SIGNATURE.search(text)) and text[: end.start()].strip():
        text = text[: end.start()]
    return _SENT_FROM.sub("", text).strip()


def _without_history(text: str) -> str:
    if below := _OLD_BELOW.search(text):
        text = text[: below.start()]
    text = _SAYS_WHO.sub("", text)
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">"))


class _Lines(HTMLParser):
    """Reads what `nh3` has let through: well formed, without attributes but classes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._quoted: list[str] = []  # open elements since the one that begins a quotation

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BARREN:
            self._say("\n")
        elif self._quoted or tag == "blockquote" or _QUOTES.search(dict(attrs).get("class") or ""):
            self._quoted.append(tag)
        elif tag in _BLOCKS:
            self._say("\n")
        elif tag in {"td", "th"}:
            self._say(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._quoted:
            self._quoted.pop()
        elif tag in _BLOCKS:
            self._say("\n")

    def handle_data(self, data: str) -> None:
        self._say(" ".join(data.split("\n")))

    def _say(self, words: str) -> None:
        if not self._quoted:
            self.parts.append(words)
