"""What is append-only is so in the database itself, on both engines."""

from django.db import migrations

TABLES = (
    "records_auditline",
    "records_auditlink",
    "records_ledgerentry",
    "records_planrevision",
    "records_planversion",
    "records_versionrevision",
    "records_actionanswer",
    "records_handout",
    "records_fact",
)


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "create function records_refuse_change() returns trigger language plpgsql as "
            "$$ begin raise exception 'this record is append-only'; end $$"
        )
        for table in TABLES:
            schema_editor.execute(
                f"create trigger {table}_append_only before update or delete on {table} "
                "for each row execute function records_refuse_change()"
            )
        return
    for table in TABLES:
        for change in ("update", "delete"):
            schema_editor.execute(
                f"create trigger {table}_no_{change} before {change} on {table} "
                "begin select raise(abort, 'this record is append-only'); end"
            )


def lift(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("drop function records_refuse_change() cascade")
        return
    for table in TABLES:
        for change in ("update", "delete"):
            schema_editor.execute(f"drop trigger {table}_no_{change}")


def cache_table(apps, schema_editor):
    """The shared cache (rate limits) lives in the database: every server process counts alike."""
    from django.core.management import call_command

    call_command("createcachetable", "coregroup_cache", verbosity=0, database=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_first")]
    operations = [
        migrations.RunPython(lay, lift),
        migrations.RunPython(cache_table, migrations.RunPython.noop),
    ]
