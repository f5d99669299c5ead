import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import smartpos.db.fields
from smartpos.db.append_only import AppendOnly


def keep_present(apps, editor):
    """What is agreed now is all that is known: it holds from the beginning."""
    employees = apps.get_model("people", "Employee").objects.filter(commission__isnull=False)
    rates = apps.get_model("people", "CommissionRate")
    rates.objects.bulk_create(
        rates(business_id=business, employee_id=employee, since="1970-01-01", percent=percent)
        for employee, business, percent in employees.values_list("pk", "business_id", "commission")
    )


class Migration(migrations.Migration):
    """A person's commission by business day (EMP-04)."""

    dependencies = [
        ('people', '0004_training'),
    ]

    operations = [
        migrations.CreateModel(
            name='CommissionRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('percent', smartpos.db.fields.RateField(null=True)),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.business')),
                ('employee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='commission_rates', to='people.employee')),
            ],
            options={
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['employee', 'since'], name='people_comm_employe_80d7e8_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('percent__isnull', True), models.Q(('percent__gte', 0), ('percent__lte', 100)), _connector='OR'), name='commission_rate_0_to_100')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
                ('objects', django.db.models.manager.Manager()),
            ],
        ),
        AppendOnly('commissionrate'),
        migrations.RunPython(keep_present, migrations.RunPython.noop),
    ]
