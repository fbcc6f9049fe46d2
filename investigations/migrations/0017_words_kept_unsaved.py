
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('investigations', '0016_the_way_of_a_story'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='story',
            name='body',
            field=models.TextField(blank=True, help_text='Markdown. Put brackets around words that need evidence and a mark behind them: “She said [she had never met him]{#p1}.” Or select the words and press Ctrl K. Each mark gets its place beside the text when you save.'),
        ),
        migrations.CreateModel(
            name='KeptWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('headline', models.TextField(blank=True)),
                ('standfirst', models.TextField(blank=True)),
                ('body', models.TextField(blank=True)),
                ('opened', models.TextField(blank=True)),
                ('at', models.DateTimeField(verbose_name='kept at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_words', to='investigations.story')),
            ],
            options={
                'verbose_name_plural': 'kept words',
                'ordering': ['story', 'at'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('story', 'by'), name='kept_words_once_a_person', violation_error_message='That person’s words are kept already.')],
            },
        ),
    ]
