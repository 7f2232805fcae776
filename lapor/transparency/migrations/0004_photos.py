import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# As in 0002 and 0003, and the photos of the copy with it.
HIDE = """
CREATE OR REPLACE FUNCTION transparency_hide() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.visibility <> 'public' THEN
        PERFORM pg_advisory_xact_lock(641708, (NEW.id % 256)::int);
        DELETE FROM transparency_publicevent WHERE report_id = NEW.id;
        DELETE FROM transparency_publicreport WHERE report_id = NEW.id;
        DELETE FROM transparency_copyposting WHERE report_id = NEW.id;{also}
    ELSIF NOT NEW.shows_name THEN
        UPDATE transparency_publicreport SET reporter_label = '' WHERE report_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
"""
ALSO = """
        DELETE FROM transparency_photo WHERE report_id = NEW.id;"""
# A published picture goes with its file: erased, sealed or found infected. And none is made of a hidden report.
CREATE = """
CREATE FUNCTION transparency_drop_photo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM transparency_photo WHERE attachment_id = OLD.id;
    RETURN NULL;
END $$;

CREATE TRIGGER transparency_drop_photo AFTER DELETE ON reports_attachment
    FOR EACH ROW EXECUTE FUNCTION transparency_drop_photo();

CREATE TRIGGER transparency_drop_unfit_photo AFTER UPDATE OF scan, sealed ON reports_attachment
    FOR EACH ROW WHEN (NEW.scan = 'infected' OR NEW.sealed IS NOT NULL)
    EXECUTE FUNCTION transparency_drop_photo();

CREATE TRIGGER transparency_only_public_photo BEFORE INSERT OR UPDATE ON transparency_photo
    FOR EACH ROW EXECUTE FUNCTION transparency_only_public();
"""
DROP = """
DROP TRIGGER transparency_only_public_photo ON transparency_photo;
DROP TRIGGER transparency_drop_unfit_photo ON reports_attachment;
DROP TRIGGER transparency_drop_photo ON reports_attachment;
DROP FUNCTION transparency_drop_photo();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('transparency', '0003_alike'),
        ('reports', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('attachment_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('report_id', models.BigIntegerField()),
                ('key', models.UUIDField(unique=True)),
                ('decision', models.CharField(choices=[('publish', 'terbitkan'), ('keep', 'jangan terbitkan')], max_length=7)),
                ('decided_at', models.DateTimeField()),
                ('hidden', models.JSONField(default=list)),
                ('picture', models.BinaryField(null=True)),
                ('width', models.PositiveSmallIntegerField(default=0)),
                ('height', models.PositiveSmallIntegerField(default=0)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'foto publik',
                'indexes': [models.Index(fields=['report_id'], name='photo_of_report')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decision', 'publish'), ('picture__isnull', False)), models.Q(('decision', 'keep'), ('picture__isnull', True)), _connector='OR'), name='photo_drawn_if_published')],
            },
        ),
        migrations.RunSQL(HIDE.replace("{also}", ALSO), HIDE.replace("{also}", "")),
        migrations.RunSQL(CREATE, DROP),
    ]
