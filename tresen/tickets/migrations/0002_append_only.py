"""The ledger is append-only in the database itself; TRUNCATE stays possible for the test flush."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION tickets_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'The ledger is append-only: % refused', TG_OP;
                END $$;
                CREATE TRIGGER tickets_ledger_append_only
                    BEFORE UPDATE OR DELETE ON tickets_ticketevent
                    FOR EACH ROW EXECUTE FUNCTION tickets_refuse_change();
            """,
            reverse_sql="""
                DROP TRIGGER tickets_ledger_append_only ON tickets_ticketevent;
                DROP FUNCTION tickets_refuse_change();
            """,
        )
    ]
