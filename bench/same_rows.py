"""What one report sent through the API writes, so that pgbench can write the same."""

from __future__ import annotations

from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from psycopg import sql

from lapor.reports.models import Report

from .texts import MARK

NEW_REPORT = {
    "text": "Jalan di depan pasar berlubang dalam sejak bulan lalu dan sudah dua orang jatuh dari motor ketika hujan. "
    f"Kami sudah lapor ke ketua RT tetapi belum ada perbaikan sampai hari ini. {MARK}",
    "title": "Jalan berlubang di depan pasar",
    "region": "64.72.05",
    "place": "Depan pasar",
    "occurred_on": "2026-01-05",
    "name": "Pelapor Uji Satu",
    "email": "pelapor-uji@uji.invalid",
}


def new_report() -> dict[str, str]:
    """The report that is sent."""
    return NEW_REPORT


def written_by_intake() -> list[str]:
    """What one report sent through the API leaves in the tables, as INSERTs for pgbench: the same rows again.

    `:code` stands where each must differ, `:report` for the key of the new report.
    """
    client = Client()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (since,) = cursor.fetchone()
        answer = client.post(
            "/api/v1/reports", NEW_REPORT, "application/json", HTTP_HOST="127.0.0.1", HTTP_IDEMPOTENCY_KEY="x" * 20
        )
        assert answer.status_code == 201, answer.content
        filed = Report.objects.get(code=answer.json()["code"])
        different = {
            filed.code: ":code",
            str(filed.identity_id): "md5(:code::text)::uuid",
            rf"\x{bytes(filed.idempotency_digest or b'').hex()}": "sha256(:code::text::bytea)",
            str(filed.pk): ":report",
        }
        made = [statement for model in apps.get_models() for statement in _inserts(model, since, different)]
        transaction.set_rollback(True)
    report = connection.ops.quote_name(Report._meta.db_table)
    made = [f"{each} RETURNING id AS report \\gset" if f" {report} " in each else f"{each};" for each in made]
    return sorted(made, key=lambda each: ":report" in each)  # the others name the report, and so come after it


def _inserts(model: type[models.Model], since: int, different: dict[str, str]) -> list[str]:
    """One INSERT with every row of the table that this transaction made; none where there is none."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.db_default is models.NOT_PROVIDED
        and not field.generated
        and not (isinstance(field, models.AutoField) and field.primary_key)
    ]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        texts = ", ".join(f"{quote(field.column)}::text" for field in fields)
        cursor.execute(f"SELECT {texts} FROM {table} WHERE xmin::text::bigint >= %s", [since])
        rows = [", ".join(_literal(value, different) for value in row) for row in cursor.fetchall()]
    return [f"INSERT INTO {table} ({names}) VALUES ({'), ('.join(rows)})"] if rows else []


def _literal(value: str | None, different: dict[str, str]) -> str:
    if value is None:
        return "NULL"
    return different.get(value) or sql.Literal(value).as_string()
