from django.db import migrations


class Migration(migrations.Migration):
    """Imports are looked after by `smartpos.imports`; their tables stay."""

    dependencies = [
        ("imports", "0001_initial"),
        ("inventory", "0006_bulk_changes"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="ImportProblem"),
                migrations.DeleteModel(name="ImportRun"),
            ]
        ),
    ]
