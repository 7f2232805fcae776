"""Secrecy kept by the database: a copy goes in the transaction that hides its report, and none is made of a hidden one.

The consumer follows the same rule a moment later. Without these triggers a copy would outlive the wish for secrecy
whenever the worker is late or down. The advisory lock (one of 256, so that a large load cannot exhaust the lock table)
lets a first copy and a wish for secrecy never pass each other unseen: whichever comes second waits and then sees.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION transparency_hide() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.visibility <> 'public' THEN
        PERFORM pg_advisory_xact_lock(641708, (NEW.id % 256)::int);
        DELETE FROM transparency_publicevent WHERE report_id = NEW.id;
        DELETE FROM transparency_publicreport WHERE report_id = NEW.id;
    ELSIF NOT NEW.shows_name THEN
        UPDATE transparency_publicreport SET reporter_label = '' WHERE report_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER transparency_hide AFTER UPDATE OF visibility, shows_name ON reports_report
    FOR EACH ROW WHEN (NEW.visibility <> OLD.visibility OR NEW.shows_name <> OLD.shows_name)
    EXECUTE FUNCTION transparency_hide();

CREATE FUNCTION transparency_only_public() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(641708, (NEW.report_id % 256)::int);
    PERFORM 1 FROM reports_report WHERE id = NEW.report_id AND visibility = 'public';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the report of this copy is not public' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER transparency_only_public BEFORE INSERT ON transparency_publicreport
    FOR EACH ROW EXECUTE FUNCTION transparency_only_public();
"""

DROP = """
DROP TRIGGER transparency_only_public ON transparency_publicreport;
DROP FUNCTION transparency_only_public();
DROP TRIGGER transparency_hide ON reports_report;
DROP FUNCTION transparency_hide();
"""


class Migration(migrations.Migration):
    dependencies = [("transparency", "0001_initial"), ("reports", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
