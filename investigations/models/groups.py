"""The groups of a newsroom and what each may do."""

REPORTER = "Reporter"
EDITOR = "Editor"
STANDARDS_EDITOR = "Standards editor"
COUNSEL = "Counsel"

DESK = """
    person organization role investigation source interview quote meeting attendance meetingclass roleaccount
    coverage story author byline passage evidence commentrequest figure
    investigationpage markedevent pagechoice
""".split()
EXCHANGED = "person organization role source quote meeting".split()
REPORTER_MAY = {f"{verb}_{noun}" for noun in DESK for verb in ("view", "add", "change")} | {
    *(f"{verb}_{noun}" for noun in EXCHANGED for verb in ("import", "export")),
    "view_correction",
    "add_correction",
    "change_correction",
    "delete_evidence",
    "delete_attendance",
    "delete_roleaccount",
    "delete_byline",
    "delete_commentrequest",
    "delete_coverage",
    "delete_figure",
    "delete_markedevent",
    "delete_pagechoice",
    "view_recheck",
    "view_policy",
    "view_approval",
    "view_contribution",
    "view_identityaccess",
    "view_gaterun",
    "view_consent",
    "add_consent",
    "view_withdrawal",
    "add_withdrawal",
    "change_withdrawal",
    "view_withholdingorder",
    "view_legalhold",
}
EDITOR_MAY = REPORTER_MAY | {"publish_story", "approve_correction"}
STANDARDS_EDITOR_MAY = EDITOR_MAY | {
    "see_all_investigations",
    "withhold_parts",
    "approve_grave_correction",
    "place_legal_hold",
    "add_policy",
    "change_policy",
    "publish_policy",
    "merge_person",
    "merge_organization",
}
COUNSEL_MAY = {"clear_story"}
MAY = {
    REPORTER: REPORTER_MAY,
    EDITOR: EDITOR_MAY,
    STANDARDS_EDITOR: STANDARDS_EDITOR_MAY,
    COUNSEL: COUNSEL_MAY,
}


def make_groups(*, using: str = "default") -> None:
    """Make the groups with exactly their permissions. Safe to repeat; other groups are left alone."""
    from django.apps import apps
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    create_permissions(apps.get_app_config("investigations"), verbosity=0, using=using)
    _make_exchange_permissions(using)
    permissions = Permission.objects.using(using).filter(content_type__app_label="investigations")
    for name, may in MAY.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set(permissions.filter(codename__in=may))


def _make_exchange_permissions(using: str) -> None:
    """Permissions of their own for files: whoever may read a record may not for that take all of them away."""
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.models import ContentType

    nouns = ContentType.objects.using(using).filter(app_label="investigations", model__in=EXCHANGED)
    Permission.objects.using(using).bulk_create(
        (
            Permission(codename=f"{verb}_{noun.model}", content_type=noun, name=f"Can {verb} {noun.name} files")
            for noun in nouns
            for verb in ("import", "export")
        ),
        ignore_conflicts=True,
    )
