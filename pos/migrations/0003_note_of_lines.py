from django.db import migrations, models

from smartpos.db.append_only import AppendOnly, Reopen


class Migration(migrations.Migration):
    """What was written to a sold line (POS-09)."""

    dependencies = [("pos", "0002_cost_of_lines")]

    operations = [
        migrations.AddField("receiptline", "note", models.CharField(default="", max_length=200)),
        Reopen("receiptline"),
        AppendOnly("receiptline"),
    ]
