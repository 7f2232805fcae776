"""The API keeps the contract it publishes: generated requests never cause a server error nor an undescribed answer."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from lapor.agencies.reference import load_categories
from tests.cast import Stage, set_stage


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Committed, since requests come as from a real server: each one ends the transaction that it finds open."""
    made = set_stage()
    load_categories()  # all of them: words of any matter may come
    return made


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = (
    "file_report", "list_reports", "read_report", "find_regions", "find_agencies", "categories", "list_heads",
    "latest_head", "signing_keys", "consistency", "inclusion", "alive", "ready",
)  # fmt: skip


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_no_generated_request_breaks_the_service(stage: Stage, operation_id: str) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    operation = schema.find_operation_by_id(operation_id)

    @settings(
        max_examples=40,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def holds(case: Any) -> None:
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})  # the caller cannot unzip

    holds()


def test_every_operation_is_tried(stage: Stage) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    found: list[Any] = list(schema.get_all_operations())
    ids = {one.ok().definition.raw["operationId"] for one in found}
    assert ids == set(OPERATIONS)
