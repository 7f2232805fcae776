from django.db import migrations


class Migration(migrations.Migration):
    """The heartbeat is kept by the room `pulse`, which the doors may read; its table stays."""

    dependencies = [("worker", "0001_initial"), ("pulse", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Beat")]),
    ]
