"""Counts last minutes and are worth nothing after a crash: unlogged, they cost no write-ahead log."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("limits", "0001_initial")]

    operations = [
        migrations.RunSQL("ALTER TABLE limits_count SET UNLOGGED", "ALTER TABLE limits_count SET LOGGED"),
    ]
