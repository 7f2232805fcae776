"""Reading a page as a browser does: the values of its forms, and everything that it fetches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

# Attributes by which an element fetches something without being asked.
_FETCHED = {
    "img": ("src", "srcset"),
    "script": ("src",),
    "iframe": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "source": ("src", "srcset"),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"),
}
_LINKED = {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch", "manifest"}


@dataclass
class Form:
    """One form: where it goes, and what it would send if it were sent as it stands."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)


class Page(HTMLParser):
    """`forms`, `fetches` (addresses), `meta` (by name or property), `links` (by rel), `inline` (scripts and styles)."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.fetches: list[str] = []
        self.meta: dict[str, str] = {}
        self.links: dict[str, list[str]] = {}
        self.inline: list[str] = []
        self._form: Form | None = None
        self._area: str | None = None
        self._select: str | None = None
        self._first = ""
        self._text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attributes}
        self.fetches += [at[name] for name in _FETCHED.get(tag, ()) if at.get(name)]
        if "style" in at or any(name.startswith("on") for name in at):
            self.inline.append(f"<{tag} {at}>")
        if tag == "style" or (tag == "script" and "src" not in at and at.get("type") != "application/json"):
            self.inline.append(f"<{tag}>")
        if tag == "meta":
            self.meta[at.get("name") or at.get("property") or ""] = at.get("content", "")
        if tag == "link":
            self.links.setdefault(at.get("rel", ""), []).append(at.get("href", ""))
            if at.get("rel") in _LINKED:
                self.fetches.append(at["href"])
        if tag == "form":
            self._form = Form(at.get("action", ""))
            self.forms.append(self._form)
        if self._form is not None:
            self._control(tag, at)

    def _control(self, tag: str, at: dict[str, str]) -> None:
        name = at.get("name", "")
        if tag == "textarea":
            self._area, self._text = name, ""
        elif tag == "select":
            self._select, self._first = name, ""
        elif tag == "option" and self._select:
            if "selected" in at:
                self._send(self._select, at.get("value", ""))
        elif tag == "input" and name and at.get("type") not in {"file", "submit"}:
            is_sent = at.get("type") not in {"checkbox", "radio"} or "checked" in at
            if is_sent:
                self._send(name, at.get("value", "on" if "checked" in at else ""))

    def _send(self, name: str, value: str) -> None:
        assert self._form is not None
        self._form.values.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            self._send(self._area, self._text.removeprefix("\n"))
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._form = None

    def form(self, action: str) -> Form:
        """The form whose address ends so; for "" the one that is sent to the page itself."""
        return next(form for form in self.forms if form.action == action or (action and form.action.endswith(action)))


def read(response: Any) -> Page:
    return Page(response.content.decode())


def without_tokens(html: str) -> str:
    """The page without what differs at each request."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def addresses(css: str) -> Iterator[str]:
    """What a style sheet fetches."""
    yield from re.findall(r"url\(\s*['\"]?([^'\")]+)", css)
    yield from re.findall(r"@import\s+['\"]([^'\"]+)", css)
