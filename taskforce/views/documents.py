"""The pages of documents, and their files."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from taskforce.filters import DocumentFilter
from taskforce.models import Document, Rendition
from untfsse.kit.pages.paging import list_page
from untfsse.kit.records.addresses import get_record_or_404


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """List documents, narrowed by the query string."""
    filters, page = list_page(request, DocumentFilter, Document.objects.for_page)
    return render(request, "taskforce/document_list.html", {"filters": filters, "page": page})


@require_safe
def document_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one document and where to read it in which language."""
    user = request.user
    document = get_record_or_404(Document.objects.for_detail, user, slug)
    return render(request, "taskforce/document_detail.html", {"document": document})


@require_safe
def document_file(request: HttpRequest, slug: str, language: str) -> HttpResponseBase:
    """Hand out the file of a document in a language, to those who may read it.

    Always as a download: a file of unknown making is not opened inside the portal.
    """
    document = get_record_or_404(Document.objects.all(), request.user, slug)
    renditions = Rendition.objects.visible_to(request.user).filter(document=document)
    rendition = renditions.filter(language=language).exclude(file="").first()
    if rendition is None:
        raise Http404
    try:
        content = rendition.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(
        content,
        as_attachment=True,
        filename=rendition.file_name or f"{document.slug}-{language}",
        content_type=rendition.media_type or "application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    if request.user.is_authenticated:
        patch_cache_control(answer, private=True, no_store=True)
    return answer
