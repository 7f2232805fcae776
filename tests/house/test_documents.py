"""A promise names the test that shows it, a document names files and commands that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.cli import COMMANDS
from config.place import BASE_DIR

DOCUMENTS = sorted([*(BASE_DIR / "docs").rglob("*.md"), *BASE_DIR.glob("*.md")])
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
FILE = re.compile(r"(?<![\w/.])((?:docs|tests|bench|tools|deploy)/[\w/.-]+\.(?:md|py|csv|json|toml))\b")
COMMAND = re.compile(r"`lapor ([a-z-]+)")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(BASE_DIR)))
def test_a_document_names_tests_files_and_commands_that_exist(path: Path) -> None:
    text = path.read_text()
    for module, test in TEST.findall(text):
        assert f"def {test}(" in (BASE_DIR / module).read_text(), f"{module} has no {test}"
    missing = [name for name in FILE.findall(text) if not (BASE_DIR / name).exists()]
    assert missing == []
    assert set(COMMAND.findall(text)) <= set(COMMANDS)
