"""Stories: text, passages, evidence, and the buttons that sign and publish."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from investigations.admin.addresses import readers_address
from investigations.admin.base import DeskAdmin, DeskStacked, DeskTabular, InvestigationFilter
from investigations.admin.beside import BesidePages, check_context, passages_of
from investigations.admin.checkable import CheckablePages
from investigations.admin.comment_request import CommentRequestInline
from investigations.admin.counsel import AskForm, CounselPages
from investigations.admin.draft import DraftPages
from investigations.admin.fact_check import FactCheckPages, files_opened
from investigations.admin.figure import FigureInline
from investigations.admin.override import OverridePages
from investigations.admin.preview import PreviewPages
from investigations.admin.scheduling import SchedulePages, schedule_context
from investigations.admin.shows import NOUNS, ShowsPages
from investigations.admin.story_comment import CommentPages, comments_on, with_comment_counts
from investigations.admin.story_form import StoryForm, others_here
from investigations.admin.story_review import ReviewPages, StateFilter, review_context
from investigations.admin.words_changed import WordsChangedPages, back_to_the_list
from investigations.admin.writing import WritingPages, free_mark, kept_context
from investigations.lint.strength import strengths
from investigations.models import Byline, Contribution, Evidence, KeptWords, Passage, Story
from investigations.models.correction_step import clock, name_of
from investigations.models.withholding_order import may_withhold
from investigations.pages import paths
from investigations.publishing.clearing import clearances_of
from investigations.publishing.projection.story import work_of
from investigations.publishing.publish import publish
from investigations.publishing.signatures import digest_now, sign, standing_signatures
from investigations.record.models import Edition
from investigations.vocabulary import Showing, Stance


class BylineInline(DeskTabular):
    """The names over the story."""

    model = Byline
    fields = ["position", "author"]
    autocomplete_fields = ["author"]


@admin.register(Story)
class StoryAdmin(
    CounselPages,
    ReviewPages,
    CommentPages,
    SchedulePages,
    DraftPages,
    CheckablePages,
    OverridePages,
    PreviewPages,
    WritingPages,
    ShowsPages,
    BesidePages,
    FactCheckPages,
    DeskAdmin,
):
    """The desk's text of a story; readers see the record's."""

    form = StoryForm
    change_form_template = "admin/investigations/story/change_form.html"
    list_display = ["headline", "investigation", "edited_by", "edited_at", "comments_to_settle"]
    list_filter = [StateFilter, InvestigationFilter]
    list_select_related = ["investigation", "edited_by"]
    search_fields = ["headline", "standfirst"]
    autocomplete_fields = ["investigation"]
    fieldsets = [
        (None, {"fields": ["investigation", "headline", "standfirst", "body", "opened"]}),
        ("More", {"fields": ["slug"], "classes": ["collapse"]}),
    ]
    inlines = [BylineInline, FigureInline, CommentRequestInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        """The visible stories, with how many comments wait."""
        return with_comment_counts(super().get_queryset(request))

    @admin.display(description="comments", empty_value="")
    def comments_to_settle(self, story: Story) -> int | None:
        """How many are not settled."""
        return story.comments_waiting  # type: ignore[attr-defined]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows who fills it in."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        if obj and request.method == "GET" and "kept" in request.GET:
            form.kept = KeptWords.objects.unsaved(obj, by=request.user)
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the text as this person's work: each mark gets its row."""
        obj.edit(by=request.user, seen=form.seen)
        KeptWords.objects.of(obj, by=request.user).delete()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Keep whose hand was in it when only the rows below changed."""
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            Contribution.objects.record(form.instance, by=request.user)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The short name is the address: it moves with the next edition."""
        if db_field.name == "slug":
            kwargs["help_text"] = (
                "The story’s address, /stories/…/. Changed once readers have it, it moves with the next edition. The"
                " old address leads to the new one for ever."
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        """The buttons' addresses."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/sign/", wrap(self.sign_view), name="investigations_story_sign"),
            path("<int:pk>/publish/", wrap(self.publish_view), name="investigations_story_publish"),
            *self.counsel_urls(),
            *self.draft_urls(),
            *self.checkable_urls(),
            *self.override_urls(),
            *self.preview_urls(),
            *self.writing_urls(),
            *self.shows_urls(),
            *self.beside_urls(),
            *self.fact_check_urls(),
            *self.review_urls(),
            *self.comment_urls(),
            *self.schedule_urls(),
            *super().get_urls(),
        ]

    def sign_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Sign the story as it stands."""
        story = self.get_object(request, str(pk))
        if request.method != "POST":
            return self.act(request, story, lambda: None, "Press the button to sign.")
        said = "Signed: the signature holds as long as nothing changes."
        return self.act(request, story, lambda: sign(story, by=request.user), said)

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Publish the first edition."""
        story = self.get_object(request, str(pk))
        if request.method != "POST":
            return self.act(request, story, lambda: None, "Press the button to publish.")
        return self.act(request, story, lambda: publish(story, by=request.user), "Published.")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form, with the story check, the signatures and the editions beside it."""
        story = self.get_object(request, object_id)
        digest = digest_now(story)
        standing = {
            **check_context(story, request.user),
            "signatures": standing_signatures(story, digest),
            "clearances": clearances_of(story, digest),
            "ask_form": AskForm(),
            "editions": [
                (edition, readers_address(paths.edition(story.slug, edition.number)))
                for edition in Edition.objects.filter(work=work_of(story)).order_by("number")
            ],
            "may_withhold": may_withhold(request.user),
            "passages": passages_of(story),
            "mark": free_mark(story),
            "saved_at": story.edited_at and clock(story.edited_at),
            "saved_by": story.edited_by and name_of(story.edited_by),
            "may_support": request.user.has_perm("investigations.add_evidence"),
            "new_records": [noun for noun in NOUNS if request.user.has_perm(f"investigations.add_{noun}")],
            "chosen_stance": Stance.choices,
            "chosen_showing": Showing.choices,
            **kept_context(request, story),
            **review_context(story, request.user),
            **comments_on(story),
            **schedule_context(story),
            "fact_check_files": files_opened(story),
            "others_here": others_here(request, story),
        }
        return super().change_view(request, object_id, form_url, {**standing, **(extra_context or {})})


class EvidenceInline(DeskStacked):
    """What supports the passage, and what contradicts it."""

    model = Evidence
    extra = 1
    fields = ["stance", "showing", "label", "quote", "meeting", "source", "position"]
    autocomplete_fields = ["quote", "meeting", "source"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Evidence may be taken off the desk's story: readers have it in the record."""
        return True


@admin.register(Passage)
class PassageAdmin(WordsChangedPages, DeskAdmin):
    """A passage and its evidence."""

    change_form_template = "admin/investigations/passage/change_form.html"
    list_display = ["mark", "story", "words"]
    list_filter = [InvestigationFilter]
    list_select_related = ["story"]
    search_fields = ["words", "story__headline"]
    fields = ["story", "mark", "words"]
    readonly_fields = ["story", "mark", "words"]
    inlines = [EvidenceInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A passage is made by marking words in the story."""
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Keep whose hand was in the evidence."""
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            Contribution.objects.record(form.instance.story, by=request.user)

    def get_urls(self) -> list[URLPattern]:
        """The button's address."""
        wrap = self.admin_site.admin_view
        holds = path("<int:pk>/holds/", wrap(self.still_holds_view), name="investigations_passage_holds")
        return [holds, *self.words_changed_urls(), *super().get_urls()]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Keep whose each piece is: theirs who added or changed it last."""
        for piece in [row.instance for row in formset.forms if row.has_changed()]:
            piece.added_by = request.user
        super().save_formset(request, form, formset, change)

    def words_now(self, passage: Passage) -> str:
        """The words under the mark as the story has them now; empty when the mark is gone."""
        return next((mark.words for mark in passage.story.parsed().marks if mark.id == passage.mark), "")

    def still_holds_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Confirm the changed words."""
        passage = self.get_object(request, str(pk))
        now = self.words_now(passage)
        if not self.has_change_permission(request, passage):
            raise PermissionDenied
        if request.method != "POST":
            return self.act(request, passage, lambda: None, "Press the button to confirm.")
        if not now:
            return self.act(request, passage, lambda: None, "The mark is not in the story.")
        read = request.POST.get("words", "").replace("\r\n", "\n")
        answer = self.act(
            request, passage, lambda: passage.confirm(read, by=request.user), "Confirmed: it still holds."
        )
        return back_to_the_list(request) or answer

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form, with the words before and after when they were changed."""
        passage = self.get_object(request, object_id)
        context = {
            "words_now": self.words_now(passage),
            "desk_passage": passage,
            "strength": strengths([passage.pk])[passage.pk],
        }
        context |= comments_on(passage.story, passage.mark)
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})
