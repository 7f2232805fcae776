import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('channels', '0001_initial'),
        ('reports', '0001_initial'),
        ('reports', '0001_initial'),
        ('reports', '0001_initial'),
        ('vault', '0001_initial'),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('reporter', 'pelapor'), ('officers', 'petugas terkait'), ('named', 'orang yang ditunjuk'), ('keepers', 'penjaga identitas')], max_length=8)),
                ('channel', models.CharField(default='email', max_length=12)),
                ('template', models.CharField(max_length=30)),
                ('language', models.CharField(default='id', max_length=2)),
                ('state', models.CharField(choices=[('queued', 'menunggu dikirim'), ('sent', 'terkirim'), ('failed', 'gagal'), ('no_channel', 'belum ada saluran')], default='queued', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('last_error_class', models.CharField(blank=True, max_length=60)),
                ('made_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('event', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.event')),
                ('identity', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.identity')),
                ('report', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.report')),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subscription', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels.subscription')),
            ],
            options={
                'verbose_name': 'pemberitahuan',
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['next_try_at'], name='notice_queue'), models.Index(fields=['user', 'template', '-made_at'], name='notice_of_user'), models.Index(fields=['report'], name='notice_of_report'), models.Index(fields=['made_at'], name='notice_age'), models.Index(condition=models.Q(('state__in', ['failed', 'no_channel'])), fields=['state', 'template'], name='notice_stuck')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('event', 'audience', 'user'), name='notice_once_per_user'), models.UniqueConstraint(condition=models.Q(('identity__isnull', False)), fields=('event', 'audience', 'identity'), name='notice_once_per_identity'), models.CheckConstraint(condition=models.Q(models.Q(('next_try_at__isnull', False), ('state', 'queued')), models.Q(models.Q(('state', 'queued'), _negated=True), ('next_try_at__isnull', True)), _connector='OR'), name='notice_queued_has_a_time'), models.UniqueConstraint(condition=models.Q(('subscription__isnull', False)), fields=('subscription', 'event'), name='notice_once_per_browser'), models.CheckConstraint(condition=models.Q(models.Q(('identity__isnull', True), ('subscription__isnull', True), ('user__isnull', False)), models.Q(('identity__isnull', False), ('subscription__isnull', True), ('user__isnull', True)), models.Q(('identity__isnull', True), ('subscription__isnull', False), ('user__isnull', True)), _connector='OR'), name='notice_has_one_recipient'), models.CheckConstraint(condition=models.Q(models.Q(('event__isnull', False), ('report__isnull', False)), models.Q(('event__isnull', True), ('report__isnull', True), ('template__in', ['invitation', 'breach', 'new_device', 'alarm'])), _connector='OR'), name='notice_is_about_an_event')],
            },
        ),
    ]
