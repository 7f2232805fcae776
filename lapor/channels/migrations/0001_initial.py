from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
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
                ('state', models.CharField(choices=[('waiting', 'menunggu dibaca'), ('done', 'selesai'), ('refused', 'tidak dapat dipakai'), ('failed', 'gagal')], default='waiting', max_length=8)),
                ('why', models.CharField(blank=True, max_length=30)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'pesan masuk',
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_try_at', 'id'], name='received_due'), models.Index(condition=models.Q(('state', 'waiting')), fields=['channel', 'sender', 'id'], name='received_in_order'), models.Index(fields=['channel', '-came_at'], name='received_last'), models.Index(fields=['channel', 'sender', '-came_at'], name='received_of_sender')],
                'constraints': [models.UniqueConstraint(fields=('channel', 'external_id'), name='received_once'), models.CheckConstraint(condition=models.Q(models.Q(('next_try_at__isnull', False), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('next_try_at', None)), _connector='OR'), name='received_waiting_has_a_time')],
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
                ('state', models.CharField(choices=[('queued', 'menunggu dikirim'), ('sent', 'terkirim'), ('arrived', 'sampai'), ('failed', 'gagal')], default='queued', max_length=8)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('last_error_class', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'verbose_name': 'pesan keluar',
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['next_try_at', 'id'], name='sending_due'), models.Index(fields=['channel', '-made_at'], name='sending_last'), models.Index(fields=['channel', 'recipient', '-made_at'], name='sending_of_recipient'), models.Index(condition=models.Q(('state', 'failed')), fields=['made_at'], name='sending_failed')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('next_try_at__isnull', False), ('state', 'queued')), models.Q(models.Q(('state', 'queued'), _negated=True), ('next_try_at', None)), _connector='OR'), name='sending_queued_has_a_time')],
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
    ]
