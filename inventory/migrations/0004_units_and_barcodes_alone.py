import django.db.models.deletion
import smartpos.db.fields
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """The old columns go, the new ones are required."""

    dependencies = [("inventory", "0003_units_and_barcodes_from_variants")]

    operations = [
        migrations.RemoveConstraint("variant", "barcode_once_per_business"),
        migrations.RemoveConstraint("variant", "empty_codes_are_null"),
        migrations.RemoveField("variant", "barcode"),
        migrations.RemoveField("variant", "unit"),
        migrations.AlterField("product", "unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="products", to="inventory.unit")),
        migrations.AlterField("product", "price", smartpos.db.fields.AmountField()),
        migrations.AddConstraint("barcode", models.UniqueConstraint(fields=["business", "code"], name="barcode_once_per_business")),
        migrations.AddConstraint("barcode", models.CheckConstraint(condition=~Q(code=""), name="barcode_not_empty")),
        migrations.AddConstraint("category", models.UniqueConstraint(condition=Q(parent=None), fields=["business", "name"], name="category_name_once_at_top")),
        migrations.AddConstraint("category", models.UniqueConstraint(condition=Q(parent__isnull=False), fields=["business", "parent", "name"], name="category_name_once_below")),
        migrations.AddConstraint("category", models.CheckConstraint(condition=~Q(parent=F("id")), name="category_not_its_own_parent")),
        migrations.AddConstraint("product", models.CheckConstraint(condition=Q(price__gte=0), name="product_price_not_negative")),
        migrations.AddConstraint("product", models.CheckConstraint(condition=Q(min_stock=None) | Q(max_stock=None) | Q(min_stock__lte=F("max_stock")), name="product_min_up_to_max")),
        migrations.AddConstraint("variant", models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="price_not_negative")),
        migrations.AddConstraint("variant", models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="cost_not_negative")),
        migrations.AddConstraint("variant", models.CheckConstraint(condition=~Q(sku=""), name="empty_sku_is_null")),
    ]
