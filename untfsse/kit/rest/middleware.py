"""The doors of machines (API, feeds, calendar): open to all, no cookie, errors in one shape."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import patch_vary_headers

from untfsse.kit.kept import ASK_AGAIN
from untfsse.kit.rest.problems import PROBLEM_TYPE, BadParameterError, problem

API = "/api/"
MACHINES = re.compile(r"/api/v[0-9]+/|.*/feed/$|.*\.ics$")
PREFLIGHT_SECONDS = 86_400
KEPT = [
    "Allow",
    "Cache-Control",
    "Content-Language",
    "Content-Security-Policy",
    "Retry-After",
    "Vary",
]
"""Headers that an error keeps when it gets its shape."""
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Location, Retry-After",
}
PREFLIGHT = {
    **OPEN,
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
}


class ApiMiddleware:
    """Opens what machines read to pages of other sites, and gives its errors one shape.

    No session and no cookie passes, so that any origin may read it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.conditions = ConditionalGetMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; complete the answer if it is one for machines."""
        path = request.path_info
        is_machine = MACHINES.match(path) is not None
        if not (is_machine or path.startswith(API)):
            return self.get_response(request)
        if is_machine:
            request.COOKIES = {}
            if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
                return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=PREFLIGHT)
        response = self.get_response(request)
        if is_machine and getattr(request, "kept_answer", "") != "given":
            response = self.let_keep(request, response)
        is_error = response.status_code >= 400
        if is_error and not settings.DEBUG:
            response = self.shape_error(request, response)
        if is_machine or is_error:
            for name, value in (PREFLIGHT if request.method == "OPTIONS" else OPEN).items():
                response[name] = value
            patch_vary_headers(response, ["Accept-Encoding"])
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Answer a parameter that a feed or the calendar does not understand."""
        if not isinstance(error, BadParameterError):
            return None
        facts = problem(request, error.status_code, str(error.detail), error.errors)
        return JsonResponse(facts, status=error.status_code, content_type=PROBLEM_TYPE)

    def let_keep(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Let an answer be kept by who asks each time, under conditions, whether it still holds."""
        if response.status_code != HTTPStatus.OK or request.method == "OPTIONS":
            return response
        response["Cache-Control"] = ASK_AGAIN
        return self.conditions.process_response(request, response)

    def shape_error(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Replace an error page that was made outside the API's own views."""
        if response.headers.get("Content-Type", "").startswith(PROBLEM_TYPE):
            return response
        status = response.status_code
        shaped = JsonResponse(problem(request, status), status=status, content_type=PROBLEM_TYPE)
        for name in KEPT:
            if name in response.headers:
                shaped[name] = response.headers[name]
        return shaped
