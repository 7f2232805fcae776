from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0005_subscriptions'),
        ('notify', '0003_channels'),
        ('reports', '0004_ladder'),
        ('vault', '0002_accounts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_is_about_an_event',
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event__isnull', False), ('report__isnull', False)), models.Q(('event__isnull', True), ('report__isnull', True), ('template__in', ['invitation', 'breach', 'new_device', 'alarm'])), _connector='OR'), name='notice_is_about_an_event'),
        ),
    ]
