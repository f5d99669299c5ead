import django.db.models.deletion
import smartpos.db.fields
import smartpos.ids
from django.db import migrations, models
from django.db.models import F, Q

from smartpos.db.append_only import AppendOnly

ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
OPTIONS = {"abstract": False, "base_manager_name": "everywhere", "default_manager_name": "objects"}
MANAGERS = [("everywhere", models.Manager()), ("objects", models.Manager())]


def business():
    return ("business", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.business"))


def uuid():
    return ("uuid", models.UUIDField(default=smartpos.ids.uuid7, editable=False, unique=True))


class Migration(migrations.Migration):
    """New tables and columns; 0003 fills them from the old ones, 0004 takes those away."""

    dependencies = [("inventory", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Unit",
            fields=[
                ID,
                uuid(),
                ("name", models.CharField(max_length=40)),
                ("abbreviation", models.CharField(max_length=8)),
                ("decimals", models.PositiveSmallIntegerField(default=0)),
                ("abbreviated", models.BooleanField(default=True)),
                ("factor", smartpos.db.fields.QuantityField(blank=True, null=True)),
                ("base", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="multiples", to="inventory.unit")),
                business(),
            ],
            options=OPTIONS,
            managers=MANAGERS,
        ),
        migrations.CreateModel(
            name="Barcode",
            fields=[
                ID,
                ("code", models.CharField(max_length=60)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                business(),
                ("variant", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="barcodes", to="inventory.variant")),
            ],
            options=OPTIONS,
            managers=MANAGERS,
        ),
        migrations.CreateModel(
            name="StoreItem",
            fields=[
                ID,
                ("hidden", models.BooleanField(default=False)),
                ("price", smartpos.db.fields.AmountField(blank=True, null=True)),
                ("min_stock", smartpos.db.fields.QuantityField(blank=True, null=True)),
                ("max_stock", smartpos.db.fields.QuantityField(blank=True, null=True)),
                business(),
                ("store", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.store")),
                ("variant", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="store_items", to="inventory.variant")),
            ],
            options=OPTIONS,
            managers=MANAGERS,
        ),
        migrations.CreateModel(
            name="ModifierGroup",
            fields=[
                ID,
                uuid(),
                ("name", models.CharField(max_length=60)),
                ("minimum", models.PositiveSmallIntegerField(default=0)),
                ("maximum", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
                business(),
            ],
            options=OPTIONS,
            managers=MANAGERS,
        ),
        migrations.CreateModel(
            name="Modifier",
            fields=[
                ID,
                uuid(),
                ("name", models.CharField(max_length=60)),
                ("kitchen_name", models.CharField(blank=True, max_length=60)),
                ("price", smartpos.db.fields.AmountField(default=0)),
                ("default", models.BooleanField(default=False)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("active", models.BooleanField(default=True)),
                business(),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="modifiers", to="inventory.modifiergroup")),
                ("nested", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="asked_after", to="inventory.modifiergroup")),
            ],
            options=OPTIONS,
            managers=MANAGERS,
        ),
        migrations.CreateModel(
            name="ProductModifierGroup",
            fields=[
                ID,
                ("position", models.PositiveSmallIntegerField(default=0)),
                business(),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="product_links", to="inventory.modifiergroup")),
                ("product", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="modifier_links", to="inventory.product")),
            ],
            options=OPTIONS,
            managers=MANAGERS,
        ),
        migrations.CreateModel(
            name="PriceChange",
            fields=[
                ID,
                ("product_id", models.BigIntegerField()),
                ("variant_id", models.BigIntegerField()),
                ("store_id", models.BigIntegerField(null=True)),
                ("kind", models.CharField(choices=[("price", "Price"), ("cost", "Cost price")], max_length=8)),
                ("before", smartpos.db.fields.AmountField(null=True)),
                ("after", smartpos.db.fields.AmountField(null=True)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                business(),
            ],
            options={**OPTIONS, "indexes": [models.Index(fields=["product_id", "-id"], name="price_change_by_product")]},
            managers=MANAGERS,
        ),
        AppendOnly("pricechange"),
        migrations.AddField("category", "parent", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="children", to="inventory.category")),
        migrations.RemoveConstraint("category", "category_name_once"),
        migrations.AddField("product", "kind", models.CharField(choices=[("goods", "Goods or service")], default="goods", max_length=8)),
        migrations.AddField("product", "description", models.TextField(blank=True, default="", max_length=2000), preserve_default=False),
        migrations.AddField("product", "picture", models.CharField(blank=True, default="", max_length=40), preserve_default=False),
        migrations.AddField("product", "unit", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="products", to="inventory.unit")),
        migrations.AddField("product", "price", smartpos.db.fields.AmountField(null=True)),
        migrations.AddField("product", "min_stock", smartpos.db.fields.QuantityField(blank=True, null=True)),
        migrations.AddField("product", "max_stock", smartpos.db.fields.QuantityField(blank=True, null=True)),
        migrations.AddField("product", "favourite", models.BooleanField(default=False)),
        migrations.AddField("product", "version", models.PositiveIntegerField(default=1)),
        migrations.RemoveConstraint("variant", "price_not_negative"),
        migrations.AlterField("variant", "price", smartpos.db.fields.AmountField(blank=True, null=True)),
        migrations.AddConstraint("unit", models.UniqueConstraint(fields=["business", "name"], name="unit_name_once_per_business")),
        migrations.AddConstraint("unit", models.UniqueConstraint(fields=["business", "abbreviation"], name="unit_abbreviation_once_per_business")),
        migrations.AddConstraint("unit", models.CheckConstraint(condition=Q(decimals__lte=3), name="unit_decimals_up_to_three")),
        migrations.AddConstraint("unit", models.CheckConstraint(condition=Q(base=None, factor=None) | Q(base__isnull=False, factor__gt=0), name="unit_factor_with_base")),
        migrations.AddConstraint("unit", models.CheckConstraint(condition=~Q(base=F("id")), name="unit_not_its_own_base")),
        migrations.AddConstraint("storeitem", models.UniqueConstraint(fields=["variant", "store"], name="one_store_item_per_variant_and_store")),
        migrations.AddConstraint("storeitem", models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="store_price_not_negative")),
        migrations.AddConstraint("storeitem", models.CheckConstraint(condition=Q(min_stock=None) | Q(max_stock=None) | Q(min_stock__lte=F("max_stock")), name="store_min_up_to_max")),
        migrations.AddConstraint("modifiergroup", models.UniqueConstraint(fields=["business", "name"], name="modifier_group_name_once")),
        migrations.AddConstraint("modifiergroup", models.CheckConstraint(condition=Q(maximum=None) | (Q(maximum__gte=1) & Q(minimum__lte=F("maximum"))), name="modifier_minimum_up_to_maximum")),
        migrations.AddConstraint("productmodifiergroup", models.UniqueConstraint(fields=["product", "group"], name="modifier_group_once_per_product")),
    ]
