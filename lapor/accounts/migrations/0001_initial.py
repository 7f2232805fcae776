import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='alamat e-mail')),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('is_officer', models.BooleanField(default=False, verbose_name='petugas')),
                ('is_demonstration', models.BooleanField(default=False, verbose_name='akun peragaan')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('session_round', models.PositiveIntegerField(default=0, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'pengguna',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once')],
            },
        ),
        migrations.CreateModel(
            name='DemonstrationAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(blank=True, max_length=200, verbose_name='peran')),
                ('password', models.CharField(max_length=128, verbose_name='kata sandi terbuka')),
                ('kept_hash', models.CharField(editable=False, max_length=128)),
                ('user', models.OneToOneField(limit_choices_to={'is_demonstration': True}, on_delete=django.db.models.deletion.CASCADE, related_name='demonstration', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'akun peragaan',
            },
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(max_length=32)),
                ('name', models.CharField(blank=True, max_length=60)),
                ('first_at', models.DateTimeField()),
                ('last_on', models.DateField()),
                ('is_news', models.BooleanField(default=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'perangkat yang dikenal',
                'indexes': [models.Index(condition=models.Q(('is_news', True)), fields=['first_at'], name='device_news'), models.Index(fields=['last_on'], name='device_last')],
                'constraints': [models.UniqueConstraint(fields=('user', 'digest'), name='device_once')],
            },
        ),
        migrations.CreateModel(
            name='Elevation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elevations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'akses khusus',
                'indexes': [models.Index(fields=['user', '-at'], name='elevation_of_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('at'))), name='elevation_has_a_length'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='elevation_has_a_reason')],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8fe1168fb92d33ac872a772f34270e18f2a9136a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_56ca9', table='accounts_elevation', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ElevationEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('elevation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ended', to='accounts.elevation')),
            ],
            options={
                'verbose_name': 'akhir akses khusus',
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='256fcf90ee1c54991f50ca5683254a36943a6c66', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8f3c1', table='accounts_elevationend', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='FactorReset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='factor_resets', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'faktor kedua yang dilupakan',
                'indexes': [models.Index(fields=['user', '-at'], name='factor_reset_latest')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('content', models.BinaryField()),
                ('device', models.CharField(blank=True, max_length=60)),
                ('began_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'sesi',
            },
        ),
    ]
