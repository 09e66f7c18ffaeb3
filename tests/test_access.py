"""Who comes in: tokens, rights, lock-out, names and origins, on every route of the application."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.errors import InputError
from page.texts import ENGLISH, FRENCH
from rag.doors.access import PUBLIC, open_access
from rag.doors.lockout import TRIES
from rag.doors.tokens import FILE, Tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import ClientOf, Done, OpenPage, Serving
    from starlette.testclient import TestClient

    from rag.chain import Chain

ROOT = Path(__file__).parents[1]
# Prints (method, path) of every route of the whole application, parameters filled in. In a process
# of its own, since Gradio leaves an event loop behind.
ROUTES = """
import json, re, sys
from pathlib import Path
from starlette.routing import Mount
import app
from rag.doors.access import open_access
from rag.chain import open_chain

def routes(found):
    for route in found:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes(inner.routes)
        elif isinstance(route, Mount):
            yield "GET", f"{route.path}/"
            yield "POST", f"{route.path}/gradio_api/queue/join"
        else:
            path = re.sub(r"\\{[^}]*\\}", "x", route.path)
            yield from ((method, path) for method in route.methods or {"POST"})

library = Path(sys.argv[1])
whole = app.page(open_chain(library), open_access(library, "127.0.0.1"))
print(json.dumps(list(routes(whole.routes))))
"""
ASKED = {"question": "Combien de loups vivent en Haute-Aune ?"}
ARTICLE = {"articles": [{"id": "z", "text": "Le zorglub bleu mesure 12 mètres."}]}


def bearer(words: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {words}"}


@pytest.fixture
def tokens(chain: Chain) -> Tokens:
    return Tokens(chain.library.folder)


@pytest.fixture
def reader(tokens: Tokens) -> str:
    return tokens.add("Ana", "reader")


@pytest.fixture
def client(client_of: ClientOf, chain: Chain, reader: str) -> TestClient:
    """Of a server where tokens are required."""
    assert reader
    return client_of(chain, open_access(chain.library.folder, "127.0.0.1", token_required=True))


def test_every_route_that_is_not_public_wants_a_token(client: TestClient, chain: Chain) -> None:
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ROUTES, str(chain.library.folder)],
        cwd=ROOT, capture_output=True, check=True, encoding="utf-8",
    ).stdout  # fmt: skip
    known = {(method, path) for method, path in json.loads(said.splitlines()[-1])}
    assert {("POST", "/v1/ask"), ("DELETE", "/v1/articles/x"), ("POST", "/mcp"), ("GET", "/fr/"),
            ("GET", "/metrics"), ("GET", "/openapi.json")} <= known  # fmt: skip
    closed = {(method, path) for method, path in known if path not in PUBLIC}
    for method, path in sorted(closed):
        refused = client.request(method, path, follow_redirects=False)
        assert refused.status_code == 401, (method, path)
        assert refused.headers["www-authenticate"] == "Bearer"
    assert len(closed) > 12
    assert client.get("/healthz").status_code == 200


def test_a_reader_may_ask_and_not_change(client: TestClient, reader: str) -> None:
    assert client.post("/v1/ask", json=ASKED, headers=bearer(reader)).status_code == 200
    added = client.post("/v1/articles", json=ARTICLE, headers=bearer(reader))
    deleted = client.delete("/v1/articles/z", headers=bearer(reader))
    assert (added.status_code, deleted.status_code) == (403, 403)
    assert "editor" in added.json()["detail"]


def test_an_editor_may_change(client: TestClient, tokens: Tokens) -> None:
    editor = bearer(tokens.add("Bo", "editor"))
    assert client.post("/v1/articles", json=ARTICLE, headers=editor).status_code == 201
    assert client.delete("/v1/articles/z", headers=editor).status_code == 204


def test_a_revoked_token_is_worthless_at_once(
    client: TestClient, tokens: Tokens, reader: str
) -> None:
    assert client.get("/v1/status", headers=bearer(reader)).status_code == 200
    tokens.revoke("Ana")
    assert client.get("/v1/status", headers=bearer(reader)).status_code == 401


def test_wrong_tokens_lock_out(client: TestClient, reader: str) -> None:
    for number in range(TRIES):
        assert client.get("/v1/status", headers=bearer(f"no{number}")).status_code == 401
    locked = client.get("/v1/status", headers=bearer(reader))
    assert locked.status_code == 429
    assert int(locked.headers["retry-after"]) > 60
    assert client.post("/signin", data={"token": reader}).status_code == 429


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil"])
def test_another_name_is_refused(client_of: ClientOf, chain: Chain, host: str) -> None:
    client = client_of(chain)
    for method, path in (("POST", "/v1/ask"), ("POST", "/mcp"), ("GET", "/"), ("GET", "/healthz")):
        refused = client.request(method, path, headers={"Host": host})
        assert refused.status_code == 421, path


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:7860", "[::1]:7860", "LOCALHOST:1"])
def test_its_own_names_are_not(client_of: ClientOf, chain: Chain, host: str) -> None:
    client = client_of(chain)
    headers = {"Host": host, "Origin": f"http://{host}"}
    assert client.get("/v1/status", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:3000", "http://127.0.0.1.evil"]
)
def test_a_page_of_another_site_may_not_call(
    client_of: ClientOf, chain: Chain, origin: str
) -> None:
    client = client_of(chain)
    of_the_page = ("/fr/gradio_api/queue/join", "/fr/export", "/fr/feedback", "/signin", "/signout")
    for path in ("/v1/ask", "/mcp", "/v1/articles", *of_the_page):
        refused = client.post(path, json=ASKED, headers={"Origin": origin})
        assert refused.status_code == 403, path
        assert "access-control-allow-origin" not in refused.headers


def test_a_site_that_is_allowed_may_call(
    client_of: ClientOf, chain: Chain, tokens: Tokens, reader: str
) -> None:
    assert tokens
    origins = ["https://desk.example/"]
    access = open_access(chain.library.folder, "127.0.0.1", origins=origins)
    client = client_of(chain, access)
    asks = {"Origin": "https://desk.example", "Access-Control-Request-Method": "POST"}
    assert client.options("/v1/ask", headers=asks).status_code == 200
    headers = {"Origin": "https://desk.example", "Host": "desk.example"}
    assert client.post("/v1/ask", json=ASKED, headers=headers).status_code == 401
    answered = client.post("/v1/ask", json=ASKED, headers=headers | bearer(reader))
    assert answered.status_code == 200
    assert answered.headers["access-control-allow-origin"] == "https://desk.example"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "news.example"])
def test_a_public_address_without_a_token_is_refused(corpus_library: Path, host: str) -> None:
    with pytest.raises(InputError, match="depeche token add NAME"):
        open_access(corpus_library, host)
    with pytest.raises(InputError, match="depeche token add NAME"):
        open_access(corpus_library, "127.0.0.1", token_required=True)
    with pytest.raises(InputError, match="depeche token add NAME"):
        open_access(corpus_library, "127.0.0.1", origins=["https://news.example"])


def test_on_any_address_any_address_is_its_name_and_no_foreign_name(
    client_of: ClientOf, chain: Chain, reader: str
) -> None:
    client = client_of(chain, open_access(chain.library.folder, "0.0.0.0"))
    for host, status in (("192.0.2.7:80", 200), ("[2001:db8::1]", 200), ("evil.example", 421)):
        got = client.get("/v1/status", headers=bearer(reader) | {"Host": host})
        assert got.status_code == status, host


@pytest.mark.parametrize("origin", ["desk.example", "ftp://x", "https://", "https://x/path"])
def test_an_origin_that_is_none_is_refused(corpus_library: Path, origin: str) -> None:
    with pytest.raises(InputError, match="is no origin"):
        open_access(corpus_library, "127.0.0.1", origins=[origin])


def test_of_a_token_only_the_hash_is_kept(tokens: Tokens, reader: str) -> None:
    file = tokens._path
    assert file.name == FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert reader.encode() not in file.read_bytes()
    assert reader not in str(tokens.all())
    found = tokens.find(reader)
    assert found
    assert (found.name, found.right) == ("Ana", "reader")
    assert tokens.find("") is None


def test_the_command_makes_lists_and_revokes(depeche: Callable[..., Done], chain: Chain) -> None:
    library = ("--library", chain.library.folder)
    made = depeche("token", "add", "Ana", "--editor", *library)
    assert made.code == 0
    assert made.out.startswith("depeche_")
    assert depeche("token", "list", *library).out.split("\t")[:2] == ["Ana", "editor"]
    again = depeche("token", "add", "Ana", *library)
    assert again.code == 2
    assert "revoke it first" in again.err
    assert depeche("token", "revoke", "Ana", *library).code == 0
    assert depeche("token", "revoke", "Ana", *library).code == 2
    assert depeche("token", "list", *library).out == ""
    assert depeche("token", "add", "Ana", "--library", "nowhere").code == 2


def test_signing_in_is_kept_in_a_cookie_until_signing_out(client: TestClient, reader: str) -> None:
    page = {"Accept": "text/html"}
    sent = client.get("/v1/status?x=1", headers=page, follow_redirects=False)
    assert sent.headers["location"] == "/signin?to=%2Fv1%2Fstatus%3Fx%3D1"
    form = {"token": reader, "to": "/en/library?words=loup"}
    entered = client.post("/signin", data=form, follow_redirects=False)
    assert (entered.status_code, entered.headers["location"]) == (303, form["to"])
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert client.get("/v1/status").status_code == 200
    asked = client.get("/signout?to=/en/library")  # a link, a picture: nothing happens yet
    assert "Sign out?" in asked.text
    assert "form-action 'self'" in asked.headers["content-security-policy"]
    for origin in ("https://evil.example", "null"):
        assert client.post("/signout", headers={"Origin": origin}).status_code == 403
    assert client.get("/v1/status").status_code == 200
    own = {"Origin": "http://127.0.0.1"}
    left = client.post("/signout", data={"to": "/en/"}, headers=own)
    assert "You are signed out." in left.text
    assert not client.cookies
    assert client.get("/v1/status").status_code == 401


def test_who_has_no_valid_token_any_more_may_sign_out_too(client: TestClient) -> None:
    client.cookies.set("depeche", "revoked")
    for _ in range(TRIES + 1):
        assert client.get("/signout").status_code == 200
    assert client.post("/signout", follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    "to", ["//evil.example/", "https://evil.example/fr/", "/fr/\\evil", "/v1/x", "/fr/\r\nx: y", ""]
)
def test_signing_in_leads_to_no_other_site(client: TestClient, reader: str, to: str) -> None:
    form, headers = {"token": reader, "to": to}, {"Accept-Language": "de, fr;q=0.5"}
    entered = client.post("/signin", data=form, headers=headers, follow_redirects=False)
    assert entered.headers["location"] == "/fr/"


def test_the_page_opens_with_a_token_until_signing_out(
    open_page: OpenPage, serving: Serving, chain: Chain, tokens: Tokens, reader: str
) -> None:
    library = str(chain.library.folder)
    with serving("app.py", "--port", "0", "--token-required", "--library", library) as address:
        page = open_page()
        page.goto(f"{address}/fr/")
        assert page.url.startswith(f"{address}/signin?")
        page.get_by_label("Votre jeton d’accès").fill("depeche_wrong")
        page.get_by_role("button", name="Entrer").click()
        page.get_by_text("n’est pas valable").wait_for()
        page.get_by_label("Votre jeton d’accès").fill(reader)
        page.get_by_role("button", name="Entrer").click()
        box = page.get_by_role("textbox", name=FRENCH.question)
        box.fill("Combien de manifestants à Port-Armelin ?")
        page.keyboard.press("Enter")
        page.locator(".answer").wait_for()
        page.locator("#send").wait_for()
        [cookie] = page.context.cookies()
        assert cookie["httpOnly"]
        assert cookie["sameSite"] == "Lax"
        # What is typed outlives a token that is revoked.
        tokens.revoke("Ana")
        box.fill("Et à Valbrenne ?")
        page.keyboard.press("Enter")
        page.get_by_role("alert").get_by_text(FRENCH.expired).wait_for()
        page.reload()
        page.get_by_label("Votre jeton d’accès").fill(tokens.add("Bo", "reader"))
        page.keyboard.press("Enter")
        page.locator(".answer").wait_for()
        assert box.input_value() == "Et à Valbrenne ?"
        page.goto(f"{address}/en/library")
        page.get_by_role("link", name=ENGLISH.leave).press("Enter")
        page.get_by_role("button", name=ENGLISH.leave).press("Enter")
        page.get_by_role("status").get_by_text("You are signed out.").wait_for()
        assert page.context.cookies() == []
        page.goto(f"{address}/en/")
        page.get_by_label("Your access token").wait_for()
