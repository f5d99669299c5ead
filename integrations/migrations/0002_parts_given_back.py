import django.db.models.deletion
import django.db.models.manager
import smartpos.db.fields
from django.db import migrations, models


def keep(apps, schema_editor):
    """What was given back stays given back."""
    payments = apps.get_model('integrations', 'SimulatedPayment')
    refunds = apps.get_model('integrations', 'SimulatedRefund')
    for payment in payments.everywhere.exclude(refund_key=None):
        refunds.everywhere.create(business_id=payment.business_id, payment=payment, key=payment.refund_key, amount=payment.amount)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_training'),
        ('integrations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SimulatedRefund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField()),
                ('amount', smartpos.db.fields.AmountField()),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.business')),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='integrations.simulatedpayment')),
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
        migrations.AddConstraint(
            model_name='simulatedrefund',
            constraint=models.UniqueConstraint(fields=('payment', 'key'), name='simulated_refund_once'),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='simulatedpayment',
            name='refund_key',
        ),
    ]
