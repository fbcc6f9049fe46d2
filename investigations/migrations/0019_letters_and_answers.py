import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('investigations', '0018_fact_check_files'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='gaterun',
            name='stage',
            field=models.CharField(choices=[('submission', 'Signed or approved'), ('publication', 'Published'), ('letter', 'Letter to somebody in it'), ('identity', 'The record, for a new identity')], max_length=12),
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(help_text='Whoever is asked reads it: no source, no code name, no evidence.', verbose_name='letter')),
                ('deadline', models.DateTimeField(verbose_name='answer by')),
                ('written_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, help_text='All that they answered, as it came in. Stays inside.')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answer entered at')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answer entered by')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='investigations.commentrequest')),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='letter_says_something', violation_error_message='The letter is empty.'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('sent_by__isnull', True)), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='letter_sent_by_whom_and_when', violation_error_message='A letter that was sent names by whom, and when.'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False), ('sent_at__isnull', False)), _connector='OR'), name='letter_answered_whole_or_not', violation_error_message='An answer is to a letter that was sent, and names who entered it, and when.')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('words', models.TextField(verbose_name='words put to them')),
                ('answer', models.TextField(blank=True, help_text='Laid at the passage, it becomes a quote.', verbose_name='answer to this')),
                ('evidence', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='investigations.evidence')),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='investigations.letter')),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='investigations.passage')),
            ],
            options={
                'ordering': ['letter', 'number', 'id'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('letter', 'passage'), name='claim_once_a_letter', violation_error_message='That passage is in the letter already.')],
            },
        ),
    ]
