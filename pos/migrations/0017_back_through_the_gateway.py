import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pos', '0016_bonus'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='straypayment',
            name='stray_once_per_payment',
        ),
        migrations.AddField(
            model_name='straypayment',
            name='receipt',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pos.receipt'),
        ),
        migrations.AlterField(
            model_name='straypayment',
            name='reason',
            field=models.CharField(choices=[('twice', 'Paid twice'), ('cancelled', 'Paid after it was cancelled'), ('expired', 'Paid after it expired'), ('otherwise', 'The sale was paid otherwise'), ('amount', 'Another amount or currency'), ('unbookable', 'The sale could not be booked'), ('back', 'Given back at the till')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='straypayment',
            constraint=models.UniqueConstraint(condition=models.Q(('receipt', None)), fields=('link', 'payment'), name='stray_once_per_payment'),
        ),
    ]
