import django.contrib.postgres.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    """What reads every identity, without holding up who writes them."""

    atomic = False

    dependencies = [
        ("vault", "0006_key_versions"),
    ]

    operations = [
        django.contrib.postgres.operations.AddIndexConcurrently(
            "identity",
            models.Index(fields=["key_version"], name="identity_key_version", condition=models.Q(("erased_at", None))),
        ),
        django.contrib.postgres.operations.ValidateConstraint("identity", name="identity_erased_is_empty"),
    ]
