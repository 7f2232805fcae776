"""README.md's table names every setting, and no setting that does not exist."""

from __future__ import annotations

import re

from config.place import BASE_DIR

READ = re.compile(r"""(?:environ(?:\.get)?\s*[\[(]\s*|flag\(\s*)["']([A-Z][A-Z_]+)["']""")
ROW = re.compile(r"^\| `([A-Z][A-Z_]+)` \|", re.MULTILINE)
OURS_ALONE = {"DJANGO_SETTINGS_MODULE", "PATH"}  # no settings: nobody sets them for LAPOR


def test_the_table_in_the_readme_names_exactly_the_settings_that_are_read() -> None:
    modules = [*(BASE_DIR / "config").rglob("*.py"), *(BASE_DIR / "lapor").rglob("*.py")]
    read = {name for path in modules for name in READ.findall(path.read_text())} - OURS_ALONE
    assert set(ROW.findall((BASE_DIR / "README.md").read_text())) == read
