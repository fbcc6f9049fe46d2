import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0002_corrections_as_lists_show_them'),
    ]

    operations = [
        migrations.CreateModel(
            name='SlugRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=80, unique=True)),
                ('work', models.CharField(max_length=40)),
            ],
            options={
                'ordering': ['slug'],
            },
        ),
        migrations.AddField(
            model_name='storyrow',
            name='retracted',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='storyrow',
            name='told_at',
            # until recompile makes the rows anew
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='storyrow',
            index=models.Index(fields=['-told_at', '-id'], name='story_row_told'),
        ),
    ]
