import django.db.models.deletion
import django.db.models.manager
import smartpos.db.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Anything open: held carts first (POS-24)."""

    dependencies = [
        ('people', '0003_places'),
        ('pos', '0004_customers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('kind', models.CharField(choices=[('held', 'Held')], max_length=12)),
                ('state', models.CharField(choices=[('open', 'Open'), ('taken', 'Taken'), ('settled', 'Settled'), ('discarded', 'Discarded')], max_length=12)),
                ('version', models.PositiveIntegerField()),
                ('note', models.CharField(blank=True, max_length=200)),
                ('contents', models.TextField()),
                ('total', smartpos.db.fields.AmountField()),
                ('pieces', models.PositiveIntegerField()),
                ('receipt', models.UUIDField(null=True)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.business')),
                ('customer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pos.customer')),
                ('device', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.device')),
                ('employee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.store')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
                'indexes': [models.Index(condition=models.Q(('state__in', ['open', 'taken'])), fields=['store', 'changed_at'], name='order_open_in_store')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('receipt__isnull', False), ('state', 'settled')), models.Q(models.Q(('state', 'settled'), _negated=True), ('receipt__isnull', True)), _connector='OR'), name='settled_order_has_its_receipt')],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
                ('objects', django.db.models.manager.Manager()),
            ],
        ),
    ]
