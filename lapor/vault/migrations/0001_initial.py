import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='FileKey',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='KeyTries',
            fields=[
                ('owner_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('wrong', models.PositiveIntegerField(default=0)),
                ('next_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='KeyVersion',
            fields=[
                ('number', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('custody', models.CharField(max_length=12)),
                ('token', models.BinaryField(default=b'')),
                ('fingerprint', models.BinaryField(max_length=32)),
                ('made_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ReporterSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('box', models.BinaryField()),
                ('ends_on', models.DateField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='ServiceKey',
            fields=[
                ('name', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('wrapped', models.BinaryField()),
                ('key_version', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('data_key', models.BinaryField(null=True)),
                ('key_version', models.PositiveSmallIntegerField()),
                ('sealed', models.BinaryField(null=True)),
                ('phone_index', models.BinaryField(max_length=32, null=True)),
                ('email_index', models.BinaryField(max_length=32, null=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('account_index', models.BinaryField(max_length=32, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('phone_index__isnull', False)), fields=['phone_index'], name='identity_phone'), models.Index(condition=models.Q(('email_index__isnull', False)), fields=['email_index'], name='identity_email'), models.Index(condition=models.Q(('erased_at', None)), fields=['key_version'], name='identity_key_version'), models.Index(condition=models.Q(('account_index__isnull', False)), fields=['account_index'], name='identity_account')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('data_key__isnull', False), ('erased_at', None), ('sealed__isnull', False)), models.Q(('account_index', None), ('data_key', None), ('email_index', None), ('erased_at__isnull', False), ('phone_index', None), ('sealed', None)), _connector='OR'), name='identity_erased_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public', models.BinaryField(max_length=32, unique=True)),
                ('mark', models.BinaryField(max_length=32)),
                ('made_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.Value(1), condition=models.Q(('retired_at', None)), name='one_current_recovery_key')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('hand', 'Hand'), ('renew', 'Renew')], max_length=5)),
                ('state', models.CharField(choices=[('open', 'Open'), ('confirmed', 'Confirmed'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired')], default='open', max_length=9)),
                ('for_owner', models.BigIntegerField(null=True)),
                ('body_id', models.BigIntegerField(null=True)),
                ('sealed_id', models.UUIDField(null=True)),
                ('reason', models.TextField(blank=True)),
                ('ground', models.CharField(blank=True, max_length=200)),
                ('opened_by', models.BigIntegerField()),
                ('opened_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('decided_by', models.BigIntegerField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('done', models.PositiveIntegerField(default=0)),
                ('recovery', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.recoverykey')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['ends_at'], name='recovery_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='recovery_is_open_or_decided'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('opened_by')), _negated=True)), _connector='OR'), name='recovery_takes_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('body_id', None), ('for_owner', None), ('kind', 'renew'), ('sealed_id', None)), models.Q(('body_id__isnull', False), ('for_owner__isnull', False), ('kind', 'hand'), ('recovery__isnull', False)), _connector='OR'), name='recovery_says_for_whom')],
            },
        ),
        migrations.CreateModel(
            name='Rotation',
            fields=[
                ('to_version', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField()),
                ('after', models.UUIDField(null=True)),
                ('total', models.PositiveBigIntegerField()),
                ('done', models.PositiveBigIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.Value(1), condition=models.Q(('finished_at', None)), name='rotation_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='SealingKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner_id', models.BigIntegerField()),
                ('public', models.BinaryField(max_length=32, unique=True)),
                ('mark', models.BinaryField(max_length=32)),
                ('wrapped', models.BinaryField()),
                ('salt', models.BinaryField(max_length=16)),
                ('passes', models.PositiveIntegerField()),
                ('memory', models.PositiveBigIntegerField()),
                ('spare', models.BinaryField()),
                ('made_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('owner_id',), name='one_current_sealing_key_per_person')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wrapped', models.BinaryField()),
                ('recovery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='vault.recoverykey')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vault.sealingkey')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vault.sealingkey')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('recovery', 'first', 'second'), name='one_share_per_pair'), models.CheckConstraint(condition=models.Q(('first', models.F('second')), _negated=True), name='share_is_of_two_people')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryLayer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('box', models.BinaryField()),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='layers', to='vault.recoveryrequest')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vault.sealingkey')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('request', 'second'), name='one_layer_per_custodian')],
            },
        ),
        migrations.CreateModel(
            name='Envelope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_id', models.UUIDField()),
                ('holder', models.CharField(choices=[('investigator', 'Investigator'), ('reporter', 'Reporter'), ('recovery', 'Recovery')], max_length=12)),
                ('body_id', models.BigIntegerField(null=True)),
                ('wrapped', models.BinaryField()),
                ('recovery', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='envelopes', to='vault.recoverykey')),
                ('key', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='envelopes', to='vault.sealingkey')),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'body_id'], name='envelope_of_key')],
                'constraints': [models.UniqueConstraint(fields=('sealed_id', 'holder', 'key', 'body_id', 'recovery'), name='one_envelope_per_holder', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('body_id__isnull', False), ('holder', 'investigator'), ('key__isnull', False), ('recovery', None)), models.Q(('body_id', None), ('holder', 'reporter'), ('key', None), ('recovery', None)), models.Q(('body_id', None), ('holder', 'recovery'), ('key', None), ('recovery__isnull', False)), _connector='OR'), name='envelope_names_its_holder')],
            },
        ),
        migrations.CreateModel(
            name='Unlocked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('owner_id', models.BigIntegerField(db_index=True)),
                ('box', models.BinaryField()),
                ('since', models.DateTimeField()),
                ('used_at', models.DateTimeField()),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vault.sealingkey')),
            ],
        ),
        migrations.CreateModel(
            name='Original',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=80)),
                ('sealed', models.BinaryField()),
                ('identity', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='originals', to='vault.identity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('identity', 'place'), name='original_one_per_place')],
            },
        ),
    ]
