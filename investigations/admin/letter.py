"""The letter's screen: one page for a request for comment, from the passages put to somebody to the answer."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache

from investigations.admin.letter_forms import AnswerForm, ChooseForm, LayForm, LetterForm
from investigations.lint.about import passages_about
from investigations.models import CommentRequest, Letter
from investigations.publishing.answers import lay_answers, say_silent, take_answer
from investigations.publishing.letters import edit_letter, marks_of, send_letter, write_letter
from investigations.text import sentences_around

PAGE = "investigations_commentrequest_letter"
VERBS = ("write", "save", "send", "answer", "lay", "silent")


class LetterPages:
    """For the screen of requests for comment: the letter, as a page and as a file, and what is done with it."""

    admin_site: Any

    def get_urls(self) -> list[URLPattern]:
        """The page's address, the file's, and the buttons'."""
        wrap = self.admin_site.admin_view
        found: list[URLPattern] = super().get_urls()  # type: ignore[misc]
        return [
            path("<int:pk>/letter/", wrap(never_cache(self.letter_view)), name=PAGE),
            path("<int:pk>/letter.txt", wrap(never_cache(self.letter_text_view)), name=f"{PAGE}_text"),
            *(
                path(f"<int:pk>/letter/{verb}/", wrap(getattr(self, f"letter_{verb}_view")), name=f"{PAGE}_{verb}")
                for verb in VERBS
            ),
            *found,
        ]

    # --- To be read ---

    def letter_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The page; with `?anew=1` the passages may be chosen again."""
        asked = self.asked(request, pk)
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        return self.letter_page(request, asked)

    def letter_text_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The letter that was taken out last, as a file. Raises Http404 before: nothing leaves the desk unread."""
        asked = self.asked(request, pk)
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        sent = last_sent(asked)
        if sent is None:
            raise Http404("There is nothing at this address.")
        name = slugify(asked.whom) or "letter"
        headers = {"Content-Disposition": f'attachment; filename="letter-{name}.txt"'}
        return HttpResponse(sent.words, content_type="text/plain; charset=utf-8", headers=headers)

    def asked(self, request: HttpRequest, pk: int) -> CommentRequest:
        """The request for comment, for somebody who may change it. Raises Http404 and PermissionDenied."""
        found: CommentRequest = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if not self.has_change_permission(request, found):  # type: ignore[attr-defined]
            raise PermissionDenied
        return found

    def letter_page(self, request: HttpRequest, asked: CommentRequest, **bound: Any) -> HttpResponseBase:
        """The page, with the form that was refused, if there is one, by its name."""
        sent, last = last_sent(asked), asked.letters.order_by("pk").last()
        draft = last if last and last.sent_at is None else None
        claims = list(sent.claims.select_related("passage", "evidence__quote")) if sent else []
        now = sentences_around(asked.story.parsed())
        choosing = "anew" in request.GET or "choose" in bound or last is None
        lay = LayForm(sent, claims) if sent and sent.answered_at else None
        context = {
            **self.admin_site.each_context(request),
            "title": f"Letter to {asked.whom}",
            "opts": CommentRequest._meta,
            "asked": asked,
            "draft": draft,
            "sent": sent,
            "changed": [(c, now[c.passage.mark]) for c in claims if now.get(c.passage.mark, c.words) != c.words],
            "earlier": asked.letters.sent().exclude(pk=sent.pk).order_by("-sent_at") if sent else [],
            "choose": choose_form(asked, last) if choosing else None,
            "edit": edit_form(draft) if draft else None,
            "answer": AnswerForm(initial={"answer": sent.answer}) if sent else None,
            "lay": lay,
            "may_be_silent": may_be_silent(asked, sent),
            "form": next(iter(bound.values()), None),
            **bound,
        }
        return TemplateResponse(request, "admin/investigations/commentrequest/letter.html", context)

    # --- What is done ---

    def letter_do(
        self,
        request: HttpRequest,
        pk: int,
        make: Callable[[CommentRequest], tuple[str, forms.Form | None, Any]],
        said: str,
    ) -> HttpResponseBase:
        """Call a verb with a form that is valid; back to the page, or the page with what was refused.

        `make` gives for the request the form's name on the page, the form, and the verb.
        """
        asked = self.asked(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        name, form, verb = make(asked)
        try:
            if form is None or form.is_valid():
                verb()
                self.message_user(request, said, level="SUCCESS")  # type: ignore[attr-defined]
                return HttpResponseRedirect(reverse(f"admin:{PAGE}", args=[pk]))
        except ValidationError as error:
            if form is None:
                self.message_user(request, " ".join(error.messages), level="ERROR")  # type: ignore[attr-defined]
                return HttpResponseRedirect(reverse(f"admin:{PAGE}", args=[pk]))
            form.add_error(None, error.messages)
        return self.letter_page(request, asked, **{name: form})

    def letter_write_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Write a letter from the passages that are ticked."""

        def make(asked: CommentRequest) -> Any:
            form = choose_form(asked, None, request.POST)

            def write() -> None:
                write_letter(
                    asked, form.cleaned_data["marks"], deadline=form.cleaned_data["deadline"], by=request.user
                )

            return "choose", form, write

        return self.letter_do(request, pk, make, "Written: say what the story is about, and read it to the end.")

    def letter_save_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Keep the letter as it was edited."""

        def make(asked: CommentRequest) -> Any:
            form, letter = LetterForm(request.POST), or_404(asked.letters.order_by("pk").last())
            return "edit", form, lambda: edited(letter, form, request.user)

        return self.letter_do(request, pk, make, "Saved.")

    def letter_send_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Keep the letter as it was edited, and take it out."""

        def make(asked: CommentRequest) -> Any:
            form, letter = LetterForm(request.POST), or_404(asked.letters.order_by("pk").last())

            def send() -> None:
                send_letter(edited(letter, form, request.user), by=request.user, how=form.cleaned_data["how"])

            return "edit", form, send

        return self.letter_do(request, pk, make, "Taken out: copy it, or take the file, and send it.")

    def letter_answer_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Keep the answer."""

        def make(asked: CommentRequest) -> Any:
            form, letter = AnswerForm(request.POST), or_404(last_sent(asked))
            return "answer", form, lambda: take_answer(letter, form.cleaned_data["answer"], by=request.user)

        return self.letter_do(request, pk, make, "Kept: see below what is to which number.")

    def letter_lay_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Lay the answer at the passages."""

        def make(asked: CommentRequest) -> Any:
            letter = or_404(last_sent(asked))
            form = LayForm(letter, list(letter.claims.select_related("passage", "evidence")), request.POST)

            def lay() -> None:
                data = form.cleaned_data
                facts = {"outcome": data["outcome"], "answered": data["answered"], "on_record": data["on_record"]}
                lay_answers(letter, form.said(), by=request.user, **facts)

            return "lay", form, lay

        return self.letter_do(request, pk, make, "Laid at the passages, for the desk: show it to readers there.")

    def letter_silent_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Enter that nothing came."""
        said = "Entered: readers are told that there was no response."
        return self.letter_do(request, pk, lambda a: ("", None, lambda: say_silent(a, by=request.user)), said)


def last_sent(asked: CommentRequest) -> Letter | None:
    """The letter that went out last; None if none did."""
    letter: Letter | None = asked.letters.sent().order_by("sent_at", "pk").last()
    return letter


def choose_form(asked: CommentRequest, last: Letter | None, data: Any = None) -> ChooseForm:
    """The passages of the story, those of the last letter ticked, or those that seem to be about whoever is asked."""
    return ChooseForm(asked, passages_about(asked), marks_of(last), data)


def edit_form(draft: Letter) -> LetterForm:
    """The letter as it was last written."""
    return LetterForm(initial={"words": draft.words, "how": draft.request.asked_how, "seen": draft.state})


def edited(letter: Letter, form: LetterForm, user: Any) -> Letter:
    """The letter with the words of a form that is valid. Raises Refused."""
    return edit_letter(letter, form.cleaned_data["words"], by=user, seen=form.cleaned_data["seen"])


def may_be_silent(asked: CommentRequest, sent: Letter | None) -> bool:
    """Whether the deadline is over and nothing came."""
    answered = sent is not None and bool(sent.answer)
    return bool(asked.deadline and asked.deadline <= timezone.now() and not asked.outcome and not answered)


def or_404(letter: Letter | None) -> Letter:
    """The letter. Raises Http404 where there is none."""
    if letter is None:
        raise Http404("There is nothing at this address.")
    return letter
