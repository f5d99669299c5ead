import django.db.models.deletion
import django.db.models.manager
import smartpos.ids
from django.db import migrations, models

from smartpos.db.append_only import AppendOnly, Reopen


class Migration(migrations.Migration):
    """Customers, and whose a receipt is (CUS-01, POS-12)."""

    dependencies = [
        ('people', '0003_places'),
        ('pos', '0003_note_of_lines'),
    ]

    operations = [
        migrations.CreateModel(
            name='Customer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=smartpos.ids.uuid7, editable=False, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('address', models.CharField(blank=True, max_length=120)),
                ('city', models.CharField(blank=True, max_length=60)),
                ('company', models.CharField(blank=True, max_length=120)),
                ('tax_number', models.CharField(blank=True, max_length=40)),
                ('card', models.CharField(blank=True, max_length=64, null=True)),
                ('language', models.CharField(blank=True, max_length=5)),
                ('note', models.TextField(blank=True, max_length=4000)),
                ('enrolled', models.BooleanField(default=False)),
                ('consent_at', models.DateTimeField(blank=True, null=True)),
                ('folded', models.CharField(max_length=400)),
                ('active', models.BooleanField(default=True)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.business')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='pos.customer')),
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
        migrations.AddField(
            model_name='receipt',
            name='customer',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='pos.customer'),
        ),
        migrations.AddIndex(
            model_name='receipt',
            index=models.Index(condition=models.Q(('customer__isnull', False)), fields=['customer', '-occurred_at', '-id'], name='receipt_by_customer'),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(fields=['business', 'active', 'folded', 'id'], name='customer_list'),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(fields=['business', '-created_at', '-id'], name='customer_by_age'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('business', 'email'), name='customer_email_once_per_business'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.UniqueConstraint(fields=('business', 'card'), name='customer_card_once_per_business'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(('card', ''), _negated=True), name='empty_customer_card_is_null'),
        ),
        # SQLite may rebuild the table for its new column, which drops the triggers.
        Reopen("receipt"),
        AppendOnly("receipt"),
    ]
