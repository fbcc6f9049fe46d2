"""What is planted, where each may be met, and what every other field of text is."""

from dataclasses import dataclass

TEAM = ("reporter", "editor", "standards", "superuser")
NAMED = ("reporter",)  # named on the source; handling reporter as well


@dataclass(frozen=True)
class Token:
    """Words that stand in one field of the database and in nothing else.

    They may reach these `roles` alone, by these `kinds` of things the site gives out, at addresses with `at` in them.
    """

    field: str
    words: str
    roles: tuple[str, ...] = TEAM
    kinds: tuple[str, ...] = ("page",)
    at: str | tuple[str, ...] = "/admin/"

    def may_be_met(self, kind: str, role: str, where: str) -> bool:
        """Whether it is no leak that this role meets it so."""
        at = (self.at,) if isinstance(self.at, str) else self.at
        return kind in self.kinds and role in self.roles and any(part in where for part in at)


def in_vault(field: str, words: str, *at: str) -> Token:
    """One of the vault's: on the identity's own page, for somebody named on the source who has opened it."""
    return Token(f"SourceIdentity.{field}", words, NAMED, at=("/identity/", *at))


EDITORS = ("editor", "standards", "superuser")
FILED = ("page", "file")
SPOKEN_OF = ("page", "file", "message", "table django_admin_log", "table django_session", "command")

#   field                           words                  who, as what
VAULT = (
    in_vault("name", "Žofkuŕina", "/fact_check/ fact_check full"),
    in_vault("aliases", "Quibblethorn"),
    in_vault("contact", "grutzwimple@post.example"),
    in_vault("employer", "Yandlebrox"),
    in_vault("notes", "wexlumfard"),
)
OF_THE_TEAM = (
    Token("Source.reason_for_anonymity", "drolfenquist"),
    Token("Source.full_text", "plimsturvey"),
    Token("Source.description", "hazzlekrumb", kinds=FILED),  # of an unnamed source, so no reader's
    Token("Source.code_name", "snorbig-wombelt", (*TEAM, "console"), SPOKEN_OF, at=""),
    Token("Quote.words", "farbelzwick", kinds=FILED),  # off the record
    Token("Quote.terms_wording", "kroontaffle", kinds=FILED),
    Token("Interview.terms_wording", "zibbermoy", kinds=FILED),  # its quotes have it too
    Token("Evidence.label", "thrandelup"),  # of evidence for the desk alone
    Token("CommentRequest.about", "ogglefrench"),
    Token("CommentRequest.asked_how", "pazzlegomt"),
    Token("Letter.words", "okrambyste", kinds=FILED),
    Token("Letter.answer", "yulpindazz"),
    Token("Claim.words", "vothmugglin"),
    Token("Claim.answer", "ixpindrecal"),
    Token("Clearance.note", "nottlequarp"),
    Token("FindingOverride.reason", "vellumthrip"),
    Token("Correction.basis", "sproakledge"),  # not shown
    Token("Correction.alone_because", "hebbidrune"),
    Token("CorrectionStep.comment", "jaquifoth"),
    Token("DraftNote.words", "gwolpevashti"),
    Token("DraftNote.anchor", "pelqumarsh"),
    Token("DraftNote.links", "zwerrigold"),
    Token("DraftNote.file_name", "hupsonlark"),
    Token("StoryComment.said", "gribbelnost"),
    Token("KeptWords.headline", "yallowbremp", NAMED),  # the reporter's own, not saved
    Token("KeptWords.standfirst", "brindlemoff", NAMED),
    Token("KeptWords.body", "squandertuft", NAMED),
    Token("StoryReview.comment", "fandlewurk"),
    Token("Recheck.reason", "dwimmelfax"),
    Token("Consent.agreed", "mirkabund"),
    Token("Consent.how", "vuntelspar"),
    Token("Withdrawal.note", "blenkharrow"),
    Token("WithholdingOrder.words", "skorbnatter"),
    Token("WithholdingOrder.reason", "quillumbast"),
    Token("LegalHold.reason", "drubbelfink"),
    Token("IdentityAccess.reason", "jaspeltrum", NAMED),
    Token("Report.name", "Wimblekraut", EDITORS, at="/admin/record/report/"),
    Token("Report.address", "snuffelgarn@umlop.test", EDITORS, at="/admin/record/report/"),
    Token("Figure.image", "ughtmoppel", ()),  # what a camera wrote into the picture: nobody's
)
TOKENS = VAULT + OF_THE_TEAM
WORDS = {token.field: token.words for token in TOKENS}

# What else holds text, and why no token is planted in it. A field that is in none of these tables fails a test.

READERS = "readers get it, once published"
OURS = "the software's own: drawn, counted or chosen by it"
CLEARED = "written for colleagues; told to whoever sees the row, and what it says is no source's secret"
SHARED = "the whole newsroom's"
ACCOUNT = "of an account, not of a source"
DIGEST = "a digest"

EVERYWHERE = {"public_key": OURS, "slug": "stands in addresses; of quotes and interviews made from the code name"}
EVERYWHERE |= dict.fromkeys(("when", "said", "asked", "given", "withdrawn"), "a date, as typed or in EDTF")
EVERYWHERE |= dict.fromkeys(("dated", "since", "until"), "a date, as typed or in EDTF")
OTHERS = {
    "Merger.name": SHARED,
    "Person.name": SHARED,
    "Person.family_name": SHARED,
    "Person.description": SHARED,
    "Meeting.title": READERS,
    "Meeting.place": READERS,
    "Meeting.locator": READERS,
    "Meeting.description": READERS,
    "Attendance.descriptor": READERS,
    "Attendance.role_as_of": READERS,
    "Attendance.role_note": READERS,
    "MeetingClass.label": READERS,
    "MeetingClass.counted": READERS,
    "RoleAccount.wording": READERS,
    "Approval.digest": DIGEST,
    "Clearance.digest": DIGEST,
    "FactCheckFileOpened.wording": DIGEST,
    "FindingOverride.finding": OURS,
    "FindingOverride.mark": READERS,
    "FindingOverride.place": DIGEST,
    "Author.name": READERS,
    "Author.about": READERS,
    "CommentRequest.detail": READERS,
    "Contribution.wording": DIGEST,
    "Correction.note": READERS,
    "Correction.approved_digest": DIGEST,
    "CorrectionStep.wording": "the correction's own fields, as they stood",
    "DraftNote.reason": OURS,
    "Elsewhere.what": READERS,
    "Elsewhere.place": CLEARED,
    "Elsewhere.found": DIGEST,
    "Recheck.part": "keys, drawn by the software",
    "Recheck.content": DIGEST,
    "Figure.caption": READERS,
    "Figure.alt_text": READERS,
    "Figure.credit": READERS,
    "Figure.rests_on": READERS,
    "GateRun.work": OURS,
    "GateFinding.what": OURS,
    "GateFinding.place": OURS,
    "Quote.speaker_label": READERS,
    "Quote.setting": READERS,
    "Quote.to_whom": READERS,
    "Quote.locator": READERS,
    "Quote.checked_against": READERS,
    "Meeting.checked_against": READERS,
    "Interview.setting": READERS,
    "Interview.to_whom": READERS,
    "Investigation.title": READERS,
    "InvestigationPage.body": READERS,
    "InvestigationPage.caption": READERS,
    "InvestigationPage.rests_on": READERS,
    "InvestigationPage.lacks": READERS,
    "MarkedEvent.label": READERS,
    "Investigation.notice": READERS,
    "Organization.name": SHARED,
    "Source.title": READERS,
    "Source.descriptor": READERS,
    "Source.how_they_know": READERS,
    "Source.looked_where": READERS,
    "Source.looked_by": READERS,
    "Source.url": READERS,
    "Passage.mark": READERS,
    "Passage.words": READERS,
    "Policy.title": READERS,
    "Policy.body": READERS,
    "Report.work": OURS,
    "Report.place": OURS,
    "Report.wrong": "for whoever sees the story, and on the receipt, whose address is random",
    "Report.right": "for whoever sees the story, and on the receipt, whose address is random",
    "Report.sentence": READERS,
    "Role.title": SHARED,
    "SourceIdentity.token": "the vault's five, encrypted",
    "ScheduledPublication.digest": DIGEST,
    "ScheduledPublication.reason": OURS,
    "Story.headline": READERS,
    "StoryComment.mark": READERS,
    "StoryComment.words": READERS,
    "KeptWords.opened": "the story's own fields, as they stood when the page was opened",
    "StoryReview.wording": DIGEST,
    "WithholdingOrder.authority": READERS,
    "WithholdingOrder.entry": OURS,
    "WithholdingOrder.parts": OURS,
    "DeskText.kind": OURS,
    "DeskText.head": "words of other fields: searched for every token",
    "DeskText.words": "words of other fields: searched for every token",
    "DeskText.marks": OURS,
    "Story.standfirst": READERS,
    "Story.body": READERS,
    "LogEntry.object_id": OURS,
    "LogEntry.object_repr": "what `str` of a row says: searched for every token",
    "LogEntry.change_message": "searched for every token",
    "Permission.name": OURS,
    "Permission.codename": OURS,
    "Group.name": ACCOUNT,
    "User.password": ACCOUNT,
    "User.username": ACCOUNT,
    "User.first_name": ACCOUNT,
    "User.last_name": ACCOUNT,
    "User.email": ACCOUNT,
    "ContentType.app_label": OURS,
    "ContentType.model": OURS,
    "Session.session_key": OURS,
    "Session.session_data": "searched for every token",
}
