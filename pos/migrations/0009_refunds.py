import django.db.models.deletion
import django.db.models.manager
import smartpos.db.fields
from django.db import migrations, models

from smartpos.db.append_only import AppendOnly, Reopen

Q = models.Q


def of(model: str, name: str = '+', **more: bool) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model, **more)


class Migration(migrations.Migration):
    """Refunds that wait for a manager, goods that do not go back to the shelf, receipts that are voided once (POS-43, 47, 48)."""

    dependencies = [
        ('people', '0003_places'),
        ('pos', '0008_promotions'),
    ]

    operations = [
        migrations.CreateModel(
            name='RefundRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(unique=True)),
                ('asked_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=200)),
                ('lines', models.JSONField()),
                ('method', models.CharField(blank=True, max_length=8)),
                ('currency', models.CharField(max_length=3)),
                ('total', smartpos.db.fields.AmountField()),
                ('state', models.CharField(choices=[('pending', 'Waiting'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('paid', 'Paid out')], default='pending', max_length=8)),
                ('decided_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('asked_by', of('people.employee')),
                ('business', of('people.business')),
                ('decided_by', of('people.employee', null=True)),
                ('original', of('pos.receipt', 'refund_requests')),
                ('refund', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='request', to='pos.receipt')),
                ('store', of('people.store')),
                ('terminal', of('people.terminal')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
                'indexes': [models.Index(fields=['store', 'state', '-asked_at'], name='refund_request_list')],
                'constraints': [
                    models.CheckConstraint(condition=Q(state='paid', refund__isnull=False) | (~Q(state='paid') & Q(refund__isnull=True)), name='paid_request_has_its_refund'),
                    models.CheckConstraint(condition=Q(state='pending', decided_by__isnull=True) | (~Q(state='pending') & Q(decided_by__isnull=False)), name='decided_request_has_its_manager'),
                ],
            },
            managers=[
                ('everywhere', django.db.models.manager.Manager()),
                ('objects', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(condition=Q(kind='void'), fields=('original',), name='receipt_voided_once'),
        ),
        Reopen('receipt'),
        AppendOnly('receipt'),
        migrations.AddField('receiptline', 'restocked', models.BooleanField(default=True)),
        # SQLite rebuilds the table for its new column, which drops the triggers.
        Reopen('receiptline'),
        AppendOnly('receiptline'),
    ]
