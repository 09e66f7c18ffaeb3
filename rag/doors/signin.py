"""The form where a reader of the chat page gives the token, once; a cookie keeps it.

Plain HTML, without a script, in French and English.
"""

from typing import Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from rag.doors.access import COOKIE, SIGN_IN, Access
from rag.doors.lockout import client_of

KEPT: Final = 30 * 24 * 3600  # seconds, the browser keeps the token; revoking works at once
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Without a referrer, a browser does not say either from which site a form is sent.
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_FORM: Final = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Dépêche</title><link rel="icon" href="/page.svg"><style>
:root {{ color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }}
body {{ max-width: 24rem; margin: 15vh auto; padding: 0 1rem }}
input, button {{ font: inherit; box-sizing: border-box; width: 100% }}
input, button {{ padding: .5rem; margin: .5rem 0 }}
</style></head><body><main><h1>Dépêche</h1>
<form method="post" action="{action}"><label for="token">{label}</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
<p role="alert">{told}</p><button>{enter}</button></form></main></body></html>
"""
_TEXTS: Final = {
    "fr": {
        "label": "Votre jeton d’accès",
        "enter": "Entrer",
        "wrong": "Ce jeton n’est pas valable.",
        "locked": "Trop d’essais ; revenez dans un quart d’heure.",
    },
    "en": {
        "label": "Your access token",
        "enter": "Enter",
        "wrong": "This token is not valid.",
        "locked": "Too many tries; come back in a quarter of an hour.",
    },
}

router = APIRouter(include_in_schema=False)


@router.get(SIGN_IN)
def form(request: Request) -> Response:
    """The form."""
    return _form(request, "", 200)


@router.post(SIGN_IN)
async def sign_in(request: Request) -> Response:
    """Keep a token that is known in a cookie, and lead to the page."""
    access: Access = request.app.state.access
    client = client_of(request.scope)
    wait = access.lockout.seconds(client)
    if wait:
        return _form(request, "locked", 429, {"Retry-After": str(wait)})
    words = parse_qs((await request.body()).decode(errors="replace")).get("token", [""])[0].strip()
    if access.tokens.find(words) is None:
        access.lockout.wrong(client)
        return _form(request, "wrong", 401)
    response = RedirectResponse("/", 303)
    response.set_cookie(
        COOKIE,
        words,
        max_age=KEPT,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


@router.post("/signout")
def sign_out() -> Response:
    """Forget the cookie."""
    response = RedirectResponse(SIGN_IN, 303)
    response.delete_cookie(COOKIE)
    return response


def _form(
    request: Request, told: str, status: int, headers: dict[str, str] | None = None
) -> Response:
    language = "en" if request.headers.get("accept-language", "").startswith("en") else "fr"
    texts = _TEXTS[language] | {"": ""}
    html = _FORM.format(
        language=language,
        action=SIGN_IN,
        label=texts["label"],
        enter=texts["enter"],
        told=texts[told],
    )
    return HTMLResponse(html, status, _HEADERS | (headers or {}))
