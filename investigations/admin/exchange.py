"""Import and export on the screens of the nouns that have files."""

import logging
from typing import Any

from django import forms
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin  # type: ignore[import-untyped]

from investigations.exchange.exporting import exported
from investigations.exchange.formats import FORMATS, format_of
from investigations.exchange.sheet import MAX_BYTES, MAX_ROWS, Unreadable
from investigations.exchange.uploads import InMemoryUpload, UploadStorage
from investigations.exchange.verdict import LISTED_BAD_ROWS, Verdict
from investigations.publishing.rechecks import look_again
from investigations.tables.cells import batches

logger = logging.getLogger(__name__)
FORGOTTEN = "This preview has been used or has expired: upload the file again. Nothing was written."
OUTDATED = "The desk's records have changed since the preview, so nothing was written: look at it again as it is now."


class ImportFileForm(forms.Form):
    """A file to preview."""

    import_file = forms.FileField(
        label="file",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{each.extension}" for each in FORMATS)}),
        help_text=(
            f"CSV in UTF-8, XLSX (its first sheet) or JSON; up to {MAX_BYTES // 1024**2} MB and {MAX_ROWS:,} rows."
            " Nothing is written before you have seen what would change."
        ),
    )

    def clean_import_file(self) -> Any:
        """Refuse a file that is too large, before anything looks into it, and one of another format."""
        file = self.cleaned_data["import_file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                f"This file has {file.size / 1024**2:.1f} MB; up to {MAX_BYTES // 1024**2} MB are read. Split it."
            )
        try:
            format_of(file.name)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        return file


class ExportFileForm(forms.Form):
    """What to export as."""

    format = forms.ChoiceField(choices=[(each.extension, each.title) for each in FORMATS])


class ExchangeAdmin(ImportExportMixin):
    """Import and export of a noun, limited like its screen.

    import-export gives the addresses, the buttons, the permissions and the rows that the list's filters leave. Its
    two import views are replaced: they keep the upload in a folder, ignore errors on confirmation, and don't notice
    that records have changed since the preview.
    """

    # --- Who may ---

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Whoever may import the noun, and add and change what a file holds."""
        return bool(super().has_import_permission(request)) and all(
            request.user.has_perm(f"{model._meta.app_label}.{get_permission_codename(verb, model._meta)}")
            for model, verbs in self.written_by_import()
            for verb in verbs
        )

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Whoever may export the noun, and see it."""
        return bool(super().has_export_permission(request)) and bool(self.has_view_permission(request))

    def written_by_import(self) -> list[tuple[Any, tuple[str, ...]]]:
        """The models that an import writes, and how."""
        (resource_class,) = self.resource_classes
        parts = [(part, ("add", "change", "delete")) for part in resource_class.parts]
        return [(self.model, ("add", "change")), *parts]

    # --- Addresses ---

    def get_urls(self) -> list[URLPattern]:
        """The addresses of import and export; the import takes its upload into memory."""
        name = "{}_{}_import".format(*self.get_model_info())
        return [path("import/", self.import_view, name=name), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponseBase:
        """The import's page: upload handlers have to be set before the form's token is read."""
        request.upload_handlers = [InMemoryUpload(request)]
        return self.admin_site.admin_view(self.import_action)(request)

    import_view.csrf_exempt = True  # type: ignore[attr-defined]  # admin_view checks the token

    # --- Import ---

    def resource(self, request: HttpRequest) -> Any:
        """The noun's files, for this person."""
        (resource_class,) = self.resource_classes
        return resource_class(user=request.user)

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Show what a file would change, and keep it until that is confirmed."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self.import_page(request, ImportFileForm())
        form = ImportFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.import_page(request, form)
        file = form.cleaned_data["import_file"]
        return self.preview(request, form, file.read(), format_of(file.name).extension)

    def preview(
        self, request: HttpRequest, form: ImportFileForm, data: bytes, extension: str, note: str = ""
    ) -> HttpResponseBase:
        """What these bytes would change; kept for confirmation if they can be imported."""
        try:
            sheet = format_of(f".{extension}").read(data)
        except Unreadable as error:
            form.add_error("import_file", str(error))
            return self.import_page(request, form)
        verdict = self.resource(request).import_data(sheet, dry_run=True)
        upload = ""
        if not verdict.has_errors() and (verdict.new_count or verdict.changed_count):
            storage = UploadStorage(about={**self.about(request), "format": extension, "seal": verdict.seal})
            storage.save(data)
            upload = str(storage.name)
        return self.import_page(request, form, verdict=verdict, upload=upload, note=note)

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Import what was previewed: all of it, or nothing and the reasons."""
        return require_POST(self.confirm)(request)

    def confirm(self, request: HttpRequest) -> HttpResponseBase:
        """Take the upload out and write it. It is gone then, whatever comes of it."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        storage = UploadStorage(name=request.POST.get("upload") or "-", about=self.about(request))
        try:
            data = storage.take()
        except KeyError:
            self.message_user(request, FORGOTTEN, level="ERROR")
            return HttpResponseRedirect(self.address("import"))
        sheet = format_of(f".{storage.about['format']}").read(data)
        with transaction.atomic():
            verdict = self.resource(request).import_data(sheet, dry_run=False, seal=storage.about["seal"])
            if not verdict.has_errors():
                self.log(request, verdict)
                for numbers in batches([pk for pk, _, new in verdict.written if not new]):
                    look_again(self.model, numbers, by=request.user)
        if verdict.has_errors():
            return self.preview(request, ImportFileForm(), data, storage.about["format"], note=OUTDATED)
        self.tell(request, verdict)
        return HttpResponseRedirect(self.address("changelist"))

    def about(self, request: HttpRequest) -> dict[str, Any]:
        """Whose upload it is, and of which noun: nobody else can confirm it, nor elsewhere."""
        return {"by": request.user.pk, "noun": self.model._meta.model_name}

    def import_page(
        self,
        request: HttpRequest,
        form: ImportFileForm,
        *,
        verdict: Verdict | None = None,
        upload: str = "",
        note: str = "",
    ) -> HttpResponseBase:
        """The page with the form, the errors, or the preview."""
        context = {
            **self.admin_site.each_context(request),
            "title": f"Import {self.opts.verbose_name_plural}",
            "opts": self.opts,
            "form": form,
            "columns": self.resource(request).column_names(),
            "verdict": verdict,
            "listed_bad_rows": LISTED_BAD_ROWS,
            "upload": upload,
            "note": note,
        }
        return TemplateResponse(request, self.import_template_name, context)

    def log(self, request: HttpRequest, verdict: Verdict) -> None:
        """An entry in each record's history."""
        content_type = ContentType.objects.get_for_model(self.model)
        by = self.about(request)["by"]
        LogEntry.objects.bulk_create(
            (
                LogEntry(
                    user_id=by,
                    content_type=content_type,
                    object_id=str(pk),
                    object_repr=name[:200],
                    action_flag=ADDITION if new else CHANGE,
                    change_message="By import.",
                )
                for pk, name, new in verdict.written
            ),
            batch_size=500,
        )

    def tell(self, request: HttpRequest, verdict: Verdict) -> None:
        """Say what was imported."""
        self.message_user(
            request,
            f"Imported: {verdict.new_count} new, {verdict.changed_count} changed,"
            f" {verdict.unchanged_count} unchanged.",
            level="SUCCESS",
        )

    def address(self, page: str) -> str:
        """The address of one of the noun's pages."""
        app, noun = self.get_model_info()
        return reverse(f"admin:{app}_{noun}_{page}", current_app=self.admin_site.name)

    # --- Export ---

    def export_action(self, request: HttpRequest) -> HttpResponseBase:
        """The rows that the list shows with its filters, as a file."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        try:
            queryset = self.get_export_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{self.address('changelist')}?e=1")
        form = ExportFileForm(request.POST or None)
        if form.is_valid():
            try:
                return self.export_file(request, queryset, form.cleaned_data["format"])
            except ValueError as error:
                form.add_error("format", str(error))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Export {self.opts.verbose_name_plural}",
            "opts": self.opts,
            "form": form,
            "columns": self.resource(request).column_names(),
            "filtered": bool(request.GET),
        }
        return TemplateResponse(request, self.export_template_name, context)

    def export_file(self, request: HttpRequest, queryset: Any, extension: str) -> StreamingHttpResponse:
        """The file, sent while it is read. Raises ValueError, before anything is sent, for what can't be held."""
        chosen = format_of(f".{extension}")
        pieces = exported(self.resource(request), queryset, chosen)
        name = f"{self.opts.verbose_name_plural.replace(' ', '-')}-{timezone.localdate():%Y-%m-%d}.{extension}"
        logger.info("User %s exported %s as %s", request.user.pk, self.opts.verbose_name_plural, extension)
        return StreamingHttpResponse(
            pieces,
            content_type=chosen.content_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
        )
