import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('investigations', '0015_findings_let_pass'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ScheduledPublication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due', models.DateTimeField(verbose_name='goes out')),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField(verbose_name='set when')),
                ('outcome', models.CharField(blank=True, choices=[('published', 'Published'), ('refused', 'Did not go out'), ('cancelled', 'Cancelled')], max_length=10)),
                ('reason', models.TextField(blank=True, verbose_name='why not')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-at', '-id'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='StoryComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(blank=True, max_length=10, verbose_name='passage')),
                ('words', models.TextField(blank=True, verbose_name='words then')),
                ('said', models.TextField(help_text='Colleagues on the team read it; readers and counsel never do.', verbose_name='comment')),
                ('at', models.DateTimeField()),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['id'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='StoryOpened',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(verbose_name='open since')),
                ('at', models.DateTimeField(verbose_name='last sign')),
            ],
            options={
                'verbose_name_plural': 'stories open',
                'ordering': ['story', 'since'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='StoryReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('sent', 'Sent to the editors'), ('sent_back', 'Sent back'), ('ready', 'Called ready')], max_length=10)),
                ('at', models.DateTimeField()),
                ('comment', models.TextField(blank=True, help_text='What should change. Whoever wrote the story reads it.')),
                ('wording', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['id'],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='evidence',
            name='added_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='meeting',
            name='checked_against',
            field=models.CharField(blank=True, help_text='The recording, notes or document that it was held against.', max_length=200),
        ),
        migrations.AddField(
            model_name='meeting',
            name='checked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='checked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='meeting',
            name='entered_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='quote',
            name='entered_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='quote',
            name='checked_against',
            field=models.CharField(blank=True, help_text='The recording, notes or document that it was held against.', max_length=200),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_at__isnull', True), ('checked_by__isnull', True)), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False), models.Q(('checked_against', ''), _negated=True)), _connector='OR'), name='meeting_checked_by_whom_and_when', violation_error_message='A check names who held the words against what, and when.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), ('entered_by__isnull', True), models.Q(('checked_by', models.F('entered_by')), _negated=True), _connector='OR'), name='meeting_checked_by_another', violation_error_message='Somebody else than who entered it holds it against its source.'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), ('entered_by__isnull', True), models.Q(('checked_by', models.F('entered_by')), _negated=True), _connector='OR'), name='quote_checked_by_another', violation_error_message='Somebody else than who entered it holds it against its source.'),
        ),
        migrations.AddField(
            model_name='scheduledpublication',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scheduledpublication',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scheduledpublication',
            name='story',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schedules', to='investigations.story'),
        ),
        migrations.AddField(
            model_name='storycomment',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='storycomment',
            name='resolved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='storycomment',
            name='story',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='investigations.story'),
        ),
        migrations.AddField(
            model_name='storyopened',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='storyopened',
            name='story',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opened', to='investigations.story'),
        ),
        migrations.AddField(
            model_name='storyreview',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='storyreview',
            name='story',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='investigations.story'),
        ),
        migrations.AddIndex(
            model_name='scheduledpublication',
            index=models.Index(condition=models.Q(('outcome', '')), fields=['due'], name='schedule_waiting_due'),
        ),
        migrations.AddConstraint(
            model_name='scheduledpublication',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('story',), name='schedule_once_at_a_time', violation_error_message='This story is set for an instant already: cancel that first.'),
        ),
        migrations.AddConstraint(
            model_name='scheduledpublication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('outcome', '')), ('ended_at__isnull', True), ('ended_by__isnull', True), ('reason', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='schedule_ended_whole_or_not', violation_error_message='What came of it names on whose behalf, and when.'),
        ),
        migrations.AddConstraint(
            model_name='scheduledpublication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='schedule_refused_says_why', violation_error_message='A publication that was refused says why.'),
        ),
        migrations.AddConstraint(
            model_name='storycomment',
            constraint=models.CheckConstraint(condition=models.Q(('said', ''), _negated=True), name='comment_says_something', violation_error_message='Write what you have to say.'),
        ),
        migrations.AddConstraint(
            model_name='storycomment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', True), ('resolved_by__isnull', True)), models.Q(('resolved_at__isnull', False), ('resolved_by__isnull', False)), _connector='OR'), name='comment_resolved_by_whom_and_when', violation_error_message='What is settled names who says so, and when.'),
        ),
        migrations.AddConstraint(
            model_name='storyopened',
            constraint=models.UniqueConstraint(fields=('story', 'by'), name='story_opened_once_a_person', violation_error_message='That is known already.'),
        ),
    ]
