from django.db import migrations

import smartpos.db.fields
from smartpos.db.append_only import AppendOnly, Reopen

# What goods that are counted had cost when they were sold stands on their movements; a line that goes back takes the cost of its
# original, whatever its own movement says.
SOLD = """
UPDATE pos_receiptline SET cost = (
    SELECT moved.cost FROM inventory_movement AS moved JOIN pos_receipt AS receipt ON receipt.uuid = moved.source_id
    WHERE receipt.id = pos_receiptline.receipt_id AND moved.variant_id = pos_receiptline.variant_id ORDER BY moved.id LIMIT 1
) WHERE original_line_id IS NULL AND variant_id IS NOT NULL
"""
BACK = """
UPDATE pos_receiptline SET cost = (SELECT sold.cost FROM pos_receiptline AS sold WHERE sold.id = pos_receiptline.original_line_id)
WHERE original_line_id IS NOT NULL
"""


class Migration(migrations.Migration):
    """A sold line keeps what its goods cost then (DSH-14, INV-11)."""

    dependencies = [("pos", "0001_initial"), ("inventory", "0001_initial")]

    operations = [
        migrations.AddField("receiptline", "cost", smartpos.db.fields.AmountField(null=True)),
        Reopen("receiptline"),
        migrations.RunSQL([SOLD, BACK], migrations.RunSQL.noop),
        AppendOnly("receiptline"),
    ]
