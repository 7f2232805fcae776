"""A log that says where something broke and never what was written there: the text of an exception may quote a row.

PostgreSQL quotes the row that a constraint refuses ("Failing row contains ..."), Python what it could not read.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from copy import copy
from types import TracebackType


class QuietFormatter(logging.Formatter):
    """Writes the places of a traceback and the classes of its exceptions, without their texts. Of an error of the
    database it adds the SQLSTATE and the name of the constraint, which are names of ours.
    """

    def format(self, record: logging.LogRecord) -> str:
        """As always, but never with the text that another handler made of the exception before."""
        ours = copy(record)
        ours.exc_text = None
        return super().format(ours)

    def formatException(  # noqa: N802 -- the name that logging calls
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return "".join(_lines(ei[1])).rstrip("\n") if ei[1] is not None else ""


def _lines(error: BaseException) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _lines(before)
        yield "then\n"
    yield from traceback.format_list(traceback.extract_tb(error.__traceback__))
    kind = type(error)
    state, told = getattr(error, "sqlstate", None), getattr(error, "diag", None)
    names = [name for name in (state, getattr(told, "constraint_name", None)) if name]
    said = f" ({', '.join(names)})" if names else ""
    yield f"{kind.__module__}.{kind.__qualname__}{said}\n"
