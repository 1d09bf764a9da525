"""What a meeting wrote is append-only in the database itself; meetings that were held say so in their state."""

from django.db import migrations

TABLES = (
    "records_meetingentry",
    "records_recommendation",
    "records_recordcorrection",
    "records_updatepart",
    "records_outcomerating",
    "records_actionstate",
    "records_leadnote",
    "records_leadnoteanswer",
)


def lay(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"create trigger {table}_append_only before update or delete on {table} "
                "for each row execute function records_refuse_change()"
            )
            continue
        for change in ("update", "delete"):
            schema_editor.execute(
                f"create trigger {table}_no_{change} before {change} on {table} "
                "begin select raise(abort, 'this record is append-only'); end"
            )


def lift(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"drop trigger {table}_append_only on {table}")
            continue
        for change in ("update", "delete"):
            schema_editor.execute(f"drop trigger {table}_no_{change}")


def name_the_held(apps, schema_editor):
    """Before states there was only the day on which a meeting was held."""
    meetings = apps.get_model("records", "Meeting").objects
    meetings.filter(held_on__isnull=False, state="planned").update(state="held")


class Migration(migrations.Migration):
    dependencies = [("records", "0005_meetings")]
    operations = [
        migrations.RunPython(name_the_held, migrations.RunPython.noop),
        migrations.RunPython(lay, lift),
    ]
