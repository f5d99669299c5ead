import django.db.models.deletion
import django.db.models.manager
import smartpos.db.fields
from django.db import migrations, models

from smartpos.db.append_only import AppendOnly


class Migration(migrations.Migration):
    """Points of customers (LOY-06..13)."""

    dependencies = [
        ('people', '0003_places'),
        ('pos', '0005_orders'),
    ]

    operations = [
        migrations.CreateModel(
            name='PointsAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('balance', models.BigIntegerField(default=0)),
                ('debt', models.BigIntegerField(default=0)),
                ('held_points', models.BigIntegerField(default=0)),
                ('held_until', models.DateTimeField(null=True)),
                ('told', models.BooleanField(default=True)),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.business')),
                ('customer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='points_account', to='pos.customer')),
                ('held_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.device')),
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
        migrations.CreateModel(
            name='PointsEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('earned', 'Earned'), ('redeemed', 'Redeemed'), ('reversed', 'Reversed'), ('adjusted', 'Adjusted'), ('expired', 'Expired')], max_length=8)),
                ('points', models.BigIntegerField()),
                ('owed', models.BigIntegerField()),
                ('balance', models.BigIntegerField()),
                ('debt', models.BigIntegerField()),
                ('per_unit', smartpos.db.fields.AmountField(null=True)),
                ('source', models.UUIDField()),
                ('step', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('holder', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='pos.pointsaccount')),
                ('business', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.business')),
                ('employee', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('receipt', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='points_entries', to='pos.receipt')),
                ('store', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.store')),
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
        migrations.AddIndex(
            model_name='pointsaccount',
            index=models.Index(condition=models.Q(('told', False)), fields=['business', 'id'], name='points_to_tell'),
        ),
        migrations.AddConstraint(
            model_name='pointsaccount',
            constraint=models.CheckConstraint(condition=models.Q(('balance__gte', 0), ('debt__gte', 0)), name='points_never_below_nought'),
        ),
        migrations.AddIndex(
            model_name='pointsentry',
            index=models.Index(fields=['business', '-at', '-id'], name='points_log'),
        ),
        migrations.AddIndex(
            model_name='pointsentry',
            index=models.Index(fields=['holder', '-at', '-id'], name='points_by_account'),
        ),
        migrations.AddIndex(
            model_name='pointsentry',
            index=models.Index(condition=models.Q(('receipt__isnull', False)), fields=['receipt'], name='points_by_receipt'),
        ),
        migrations.AddConstraint(
            model_name='pointsentry',
            constraint=models.UniqueConstraint(fields=('source', 'step', 'holder'), name='points_once_per_cause'),
        ),
        AppendOnly("pointsentry"),
    ]
