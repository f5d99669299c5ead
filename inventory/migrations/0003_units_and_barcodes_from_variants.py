from django.db import migrations

# What the old choices of a variant's unit become: name, abbreviation, decimals, abbreviated.
SHIPPED = {
    "en": {"piece": ("piece", "pc", 0, False), "kg": ("kilogram", "kg", 3, True), "l": ("litre", "l", 3, True), "m": ("metre", "m", 3, True)},
    "bs": {"piece": ("komad", "kom", 0, False), "kg": ("kilogram", "kg", 3, True), "l": ("litar", "l", 3, True), "m": ("metar", "m", 3, True)},
}


def fill(apps, _editor):
    """Each business gets its units; a product takes unit and price of its first variant, codes become rows."""
    unit_model, product_model = apps.get_model("inventory", "Unit"), apps.get_model("inventory", "Product")
    variant_model, barcode_model = apps.get_model("inventory", "Variant"), apps.get_model("inventory", "Barcode")
    for business in apps.get_model("people", "Business").objects.all():
        shipped = SHIPPED["bs" if business.language == "bs" else "en"]
        units = {
            code: unit_model.everywhere.create(business=business, name=name, abbreviation=short, decimals=decimals, abbreviated=said)
            for code, (name, short, decimals, said) in shipped.items()
        }
        first = {}
        variants = variant_model.everywhere.filter(business=business)
        for variant in variants.order_by("product_id", "-active", "position", "pk").iterator(chunk_size=2000):
            first.setdefault(variant.product_id, variant)
        for product in product_model.everywhere.filter(business=business).iterator(chunk_size=2000):
            variant = first.get(product.pk)
            product.unit = units[variant.unit if variant else "piece"]
            product.price = variant.price if variant else 0
            product.save(update_fields=["unit", "price"])
            variants.filter(product_id=product.pk, price=product.price).update(price=None)
        codes = variants.exclude(barcode=None).values_list("pk", "barcode")
        barcode_model.everywhere.bulk_create(
            [barcode_model(business=business, variant_id=pk, code=code) for pk, code in codes], batch_size=500
        )


class Migration(migrations.Migration):
    dependencies = [("inventory", "0002_units_prices_stores_modifiers")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
