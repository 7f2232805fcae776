import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('reports', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('exercise', models.SlugField(max_length=40)),
                ('started_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('report', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.report')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'latihan',
                'indexes': [models.Index(fields=['user', 'exercise', '-started_at'], name='attempt_of_user'), models.Index(fields=['agency', 'done_at'], name='attempt_of_agency')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True)),
                ('role', models.CharField(choices=[('counter', 'petugas loket'), ('operator', 'operator'), ('liaison', 'pejabat penghubung'), ('head', 'pimpinan'), ('admin', 'admin instansi'), ('national', 'admin nasional'), ('custodian', 'penjaga identitas'), ('investigator', 'pemeriksa laporan rahasia'), ('overseer', 'pengawas'), ('auditor', 'auditor'), ('ppid', 'petugas PPID')], max_length=12)),
                ('name', models.CharField(max_length=150)),
                ('agency_name', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'sertifikat latihan',
                'constraints': [models.UniqueConstraint(fields=('user', 'agency', 'role'), name='certificate_once')],
            },
        ),
    ]
