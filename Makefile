# Two commands matter: `make run` and `make test`. Each sets up what it needs.
# Every path is relative, so that a folder with a space in its name is no matter.

python = .venv/bin/python
lapor = $(python) -m config.cli

.PHONY: help run test check format bench eval messages lock screenshots

help:
	@echo "make run       start LAPOR here, with the demonstration (Ctrl-C ends it)"
	@echo "make test      check the code and run every test"
	@echo "make check     only the checks: style, types, imports between rooms, migrations"
	@echo "make format    put the code into the project's style"
	@echo "make bench     measure; figures go to docs/performance.md"
	@echo "make eval      how well routing does on labelled messages it has not learned from"
	@echo "make messages  collect the texts of the interface for translation"
	@echo "make screenshots  take the pictures of docs/screenshots anew, from a demonstration that runs"
	@echo "make lock      choose new versions of the dependencies"

run:
	@.ci/environment requirements.lock
	@LAPOR_DEMO="$${LAPOR_DEMO-1}" exec $(lapor) run

test: check
	@.ci/browser
	@.ci/scanner
	@.ci/gateway
	@.ci/mail
	@.ci/ocr
	@$(python) -m pytest -n 3 --dist loadscope --no-loadscope-reorder -q -rs --durations 5

check:
	@.ci/environment requirements-dev.lock
	@$(python) -m ruff check --quiet .
	@$(python) -m ruff format --check --quiet .
	@$(python) -m mypy --no-error-summary .
	@$(python) -c "from importlinter.cli import lint_imports_command as main; main()" --no-cache > .venv/imports.txt || { cat .venv/imports.txt; exit 1; }
	@$(python) -W ignore::RuntimeWarning -m config.cli manage makemigrations --check --dry-run

format:
	@.ci/environment requirements-dev.lock
	@$(python) -m ruff check --fix --quiet .
	@$(python) -m ruff format --quiet .

bench:
	@.ci/environment requirements-dev.lock
	@$(python) -m bench

eval:
	@.ci/environment requirements.lock
	@$(lapor) routing eval

messages:
	@.ci/environment requirements-dev.lock
	@$(lapor) messages --extract

screenshots:
	@.ci/environment requirements-dev.lock
	@$(python) -m docs.screenshots.take

lock:
	@.ci/environment requirements-dev.lock
	@$(python) -m pip install --quiet uv
	@$(python) -m uv pip compile --quiet --universal --generate-hashes --no-header --upgrade pyproject.toml -o requirements.lock
	@$(python) -m uv pip compile --quiet --universal --generate-hashes --no-header --upgrade pyproject.toml --group dev -o requirements-dev.lock
