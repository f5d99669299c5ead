"""Rates get their own profile and dated changes; one profile is the default of a business."""

import django.db.models.deletion
import django.db.models.manager
import smartpos.db.fields
import smartpos.ids
from django.db import migrations, models


def fill(apps, schema_editor):
    """An id for every rate; a profile that is a rate alone is linked to it or made; the first profile is the default."""
    rates = apps.get_model("taxes", "TaxRate")._base_manager
    profiles = apps.get_model("taxes", "TaxProfile")._base_manager
    entries = apps.get_model("taxes", "TaxProfileRate")._base_manager
    for rate in rates.order_by("pk"):
        rate.uuid = smartpos.ids.uuid7()
        rate.save(update_fields=["uuid"])
        holding = profiles.filter(entries__rate=rate).order_by("pk")
        own = next((profile for profile in holding if entries.filter(profile=profile).count() == 1), None)
        if own is None:
            taken = profiles.filter(business_id=rate.business_id, name=rate.name).exists()
            name = f"{rate.name[:46]} {rate.code}" if taken else rate.name
            own = profiles.create(business_id=rate.business_id, name=name, uuid=smartpos.ids.uuid7())
            entries.create(business_id=rate.business_id, profile=own, rate=rate, position=0)
        own.only = rate
        own.save(update_fields=["only"])
    seen = set()
    for profile in profiles.order_by("pk"):
        if profile.business_id not in seen:
            seen.add(profile.business_id)
            profile.default = True
            profile.save(update_fields=["default"])


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
        ('taxes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='TaxRateChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('percent', smartpos.db.fields.RateField()),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.business')),
                ('rate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='taxes.taxrate')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
                ('objects', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(model_name='taxprofile', name='active', field=models.BooleanField(default=True)),
        migrations.AddField(model_name='taxprofile', name='default', field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name='taxprofile',
            name='only',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='own_profile', to='taxes.taxrate'),
        ),
        migrations.AddField(model_name='taxrate', name='active', field=models.BooleanField(default=True)),
        migrations.AddField(model_name='taxrate', name='uuid', field=models.UUIDField(null=True, editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
