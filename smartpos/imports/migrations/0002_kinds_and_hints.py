from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='importproblem',
            name='hint',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='importrun',
            name='kind',
            field=models.CharField(default='products', max_length=20),
        ),
    ]
