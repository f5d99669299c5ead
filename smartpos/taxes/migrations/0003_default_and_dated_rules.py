"""What always holds of the rows that 0002 filled; apart, because PostgreSQL alters no table with pending row events."""

import smartpos.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('taxes', '0002_default_and_dated_rates'),
    ]

    operations = [
        migrations.AlterField(model_name='taxrate', name='uuid', field=models.UUIDField(default=smartpos.ids.uuid7, editable=False, unique=True)),
        migrations.AddConstraint(
            model_name='taxprofile',
            constraint=models.UniqueConstraint(condition=models.Q(('default', True)), fields=('business',), name='one_default_tax'),
        ),
        migrations.AddConstraint(
            model_name='taxprofile',
            constraint=models.CheckConstraint(condition=models.Q(('default', False), ('active', True), _connector='OR'), name='default_tax_is_active'),
        ),
        migrations.AddConstraint(
            model_name='taxratechange',
            constraint=models.UniqueConstraint(fields=('rate', 'valid_from'), name='one_tax_change_a_day'),
        ),
        migrations.AddConstraint(
            model_name='taxratechange',
            constraint=models.CheckConstraint(condition=models.Q(('percent__gte', 0)), name='tax_change_not_negative'),
        ),
    ]
