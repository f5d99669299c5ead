import django.db.models.deletion
import django.db.models.manager
import smartpos.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    """Imports were the catalogue's; the tables stay where they are, the kernel looks after them now."""

    initial = True

    dependencies = [
        ('inventory', '0006_bulk_changes'),
        ('people', '0003_places'),
        ('taxes', '0003_default_and_dated_rules'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.CreateModel(
                name='ImportRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=smartpos.ids.uuid7, editable=False, unique=True)),
                    ('created_at', models.DateTimeField()),
                    ('state', models.CharField(choices=[('mapping', 'Columns are being chosen'), ('checking', 'Being checked'), ('checked', 'Checked, waiting for you'), ('running', 'Being imported'), ('done', 'Imported'), ('cancelled', 'Cancelled'), ('failed', 'Failed')], default='mapping', max_length=10)),
                    ('name', models.CharField(max_length=120)),
                    ('size', models.BigIntegerField()),
                    ('lines', models.BigIntegerField(default=0)),
                    ('encoding', models.CharField(max_length=16)),
                    ('delimiter', models.CharField(blank=True, max_length=1)),
                    ('mark', models.CharField(max_length=1)),
                    ('mapping', models.TextField(default='{}')),
                    ('position', models.BigIntegerField(default=0)),
                    ('dealt', models.BigIntegerField(default=0)),
                    ('created', models.BigIntegerField(default=0)),
                    ('updated', models.BigIntegerField(default=0)),
                    ('unchanged', models.BigIntegerField(default=0)),
                    ('wrong', models.BigIntegerField(default=0)),
                    ('news', models.TextField(default='[]')),
                    ('failure', models.CharField(blank=True, max_length=300)),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('business', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.business')),
                    ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                    ('tax_profile', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxes.taxprofile')),
                ],
                options={
                    'db_table': 'inventory_importrun',
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
                name='ImportProblem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line', models.BigIntegerField()),
                    ('text', models.CharField(max_length=300)),
                    ('business', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.business')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='imports.importrun')),
                ],
                options={
                    'db_table': 'inventory_importproblem',
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
                model_name='importrun',
                index=models.Index(fields=['business', '-id'], name='import_list'),
            ),
            migrations.AddIndex(
                model_name='importproblem',
                index=models.Index(fields=['run', 'line'], name='import_problem_by_line'),
            ),
        ]),
    ]
