import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Received',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=12)),
                ('external_id', models.CharField(max_length=120)),
                ('sender', models.BinaryField(max_length=32)),
                ('box', models.BinaryField()),
                ('came_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'menunggu dibaca'), ('done', 'selesai'), ('refused', 'tidak dapat dipakai'), ('failed', 'gagal'), ('given_up', 'ditutup petugas')], default='waiting', max_length=8)),
                ('why', models.CharField(blank=True, max_length=30)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'pesan masuk',
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_try_at', 'id'], name='received_due'), models.Index(condition=models.Q(('state', 'waiting')), fields=['channel', 'sender', 'id'], name='received_in_order'), models.Index(fields=['channel', '-came_at'], name='received_last'), models.Index(fields=['channel', 'sender', '-came_at'], name='received_of_sender'), models.Index(condition=models.Q(('state', 'failed')), fields=['came_at'], name='received_failed')],
                'constraints': [models.UniqueConstraint(fields=('channel', 'external_id'), name='received_once'), models.CheckConstraint(condition=models.Q(models.Q(('next_try_at__isnull', False), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('next_try_at', None)), _connector='OR'), name='received_waiting_has_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Talk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=12)),
                ('sender', models.BinaryField(max_length=32)),
                ('box', models.BinaryField()),
                ('moved_at', models.DateTimeField()),
                ('is_open', models.BooleanField(default=False)),
                ('is_stopped', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'percakapan',
                'indexes': [models.Index(condition=models.Q(('is_open', True)), fields=['moved_at'], name='talk_idle')],
                'constraints': [models.UniqueConstraint(fields=('channel', 'sender'), name='talk_once')],
            },
        ),
        migrations.CreateModel(
            name='ReceivedFile',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('name', models.BinaryField()),
                ('locked', models.BinaryField()),
                ('received', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='channels.received')),
            ],
            options={
                'verbose_name': 'berkas pesan masuk',
                'constraints': [models.UniqueConstraint(fields=('received', 'number'), name='received_file_once')],
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('secret', models.BinaryField()),
                ('callback', models.URLField(max_length=300)),
                ('is_active', models.BooleanField(default=True)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'sistem mitra',
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.BinaryField(max_length=32, unique=True)),
                ('channel', models.CharField(max_length=12)),
                ('sender', models.BinaryField(max_length=32)),
                ('box', models.BinaryField()),
                ('made_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('code', models.CharField(blank=True, max_length=10)),
            ],
            options={
                'verbose_name': 'undangan melengkapi laporan',
                'indexes': [models.Index(fields=['made_at'], name='invitation_age'), models.Index(fields=['sender', 'made_at'], name='invitation_of_sender')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='invitation_of_report'), models.CheckConstraint(condition=models.Q(('code', ''), ('used_at__isnull', False), _connector='OR'), name='invitation_was_used')],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('channel', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('cursor', models.CharField(blank=True, max_length=200)),
                ('read_at', models.DateTimeField(null=True)),
                ('refused_at', models.DateTimeField(null=True)),
                ('refused_last_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'layanan pesan',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('refused_at', None), ('refused_last_at', None)), models.Q(('refused_at__isnull', False), ('refused_last_at__gte', models.F('refused_at'))), _connector='OR'), name='service_refuses_since')],
            },
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=12)),
                ('once', models.CharField(max_length=160, unique=True)),
                ('recipient', models.BinaryField(max_length=32)),
                ('box', models.BinaryField()),
                ('made_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('queued', 'menunggu dikirim'), ('sent', 'terkirim'), ('arrived', 'sampai'), ('failed', 'gagal'), ('given_up', 'ditutup petugas')], default='queued', max_length=8)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('last_error_class', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'verbose_name': 'pesan keluar',
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['next_try_at', 'id'], name='sending_due'), models.Index(fields=['channel', 'recipient', '-made_at'], name='sending_of_recipient'), models.Index(condition=models.Q(('state', 'failed')), fields=['made_at'], name='sending_failed'), models.Index(condition=models.Q(('sent_at__isnull', False)), fields=['channel', '-sent_at'], name='sending_last')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('next_try_at__isnull', False), ('state', 'queued')), models.Q(models.Q(('state', 'queued'), _negated=True), ('next_try_at', None)), _connector='OR'), name='sending_queued_has_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('digest', models.BinaryField(max_length=32)),
                ('box', models.BinaryField()),
                ('language', models.CharField(default='id', max_length=2)),
                ('made_at', models.DateTimeField()),
                ('report', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='reports.report')),
            ],
            options={
                'verbose_name': 'langganan kabar',
                'indexes': [models.Index(fields=['digest'], name='subscription_of_browser'), models.Index(fields=['made_at'], name='subscription_age')],
                'constraints': [models.UniqueConstraint(fields=('report', 'digest'), name='subscription_once')],
            },
        ),
    ]
