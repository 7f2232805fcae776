import django.contrib.postgres.operations
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def versions_from_check(apps, schema_editor):
    """The key that there was becomes version 1. What was derived from it stays so until the first rotation."""
    for check in apps.get_model("vault", "KeyCheck").objects.all():
        apps.get_model("vault", "KeyVersion").objects.create(
            number=1, custody="file", fingerprint=check.fingerprint, made_at=check.made_at
        )
        for name in ("index", "records"):
            apps.get_model("vault", "ServiceKey").objects.create(name=name, key_version=1, made_at=check.made_at)


def check_from_versions(apps, schema_editor):
    for first in apps.get_model("vault", "KeyVersion").objects.filter(number=1):
        apps.get_model("vault", "KeyCheck").objects.create(id=1, fingerprint=first.fingerprint)


class Migration(migrations.Migration):
    """No row of identities is rewritten: old ones keep their data key inside, until a rotation moves it out."""

    dependencies = [
        ("vault", "0005_files_and_guard"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyVersion",
            fields=[
                ("number", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("custody", models.CharField(max_length=12)),
                ("token", models.BinaryField(default=b"")),
                ("fingerprint", models.BinaryField(max_length=32)),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ServiceKey",
            fields=[
                ("name", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField(default=b"")),
                ("key_version", models.PositiveSmallIntegerField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(versions_from_check, check_from_versions),
        migrations.DeleteModel(name="KeyCheck"),
        migrations.CreateModel(
            name="Rotation",
            fields=[
                ("to_version", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField()),
                ("after", models.UUIDField(null=True)),
                ("total", models.PositiveBigIntegerField()),
                ("done", models.PositiveBigIntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1), condition=models.Q(("finished_at", None)), name="rotation_one_at_a_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("after", models.BigIntegerField(default=0)),
                ("until", models.BigIntegerField()),
            ],
        ),
        migrations.AddField("identity", "data_key", models.BinaryField(null=True)),
        migrations.AddField("identity", "key_version", models.PositiveSmallIntegerField(db_default=1, default=1)),
        migrations.RemoveConstraint("identity", "identity_erased_is_empty"),
        migrations.CreateModel(
            name="Original",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=80)),
                ("sealed", models.BinaryField()),
                (
                    "identity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="originals",
                        to="vault.identity",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("identity", "place"), name="original_one_per_place")],
            },
        ),
        django.contrib.postgres.operations.AddConstraintNotValid(
            "identity",
            models.CheckConstraint(
                condition=Q(("erased_at", None), ("sealed__isnull", False))
                | Q(
                    ("data_key", None),
                    ("email_index", None),
                    ("erased_at__isnull", False),
                    ("phone_index", None),
                    ("sealed", None),
                ),
                name="identity_erased_is_empty",
            ),
        ),
    ]
