"""The attacker's machine, and what a page does that it must not: for test_payloads.py."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from loopback import QuietHandler, answering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

LINES = (Path(__file__).parent / "data/payloads.txt").read_text(encoding="utf-8").splitlines()
# What runs says so, by the name of its frame; nothing in the way of a dialog.
ALERT = "window.ran = []; window.alert = () => { top.ran.push(window.name); };"
FRAMES = """(payloads) => payloads.forEach(([number, payload]) => {
  const frame = document.createElement("iframe");
  frame.name = String(number);
  frame.srcdoc = `<!doctype html><body><main>${payload}</main>`;
  frame.onload = () => frame.contentDocument?.querySelector("a, button")?.click();
  document.body.append(frame);
})"""
# All that an answer or an article is made of.
FOREIGN = """() => {
  const ours = new Set(["a", "article", "aside", "bdi", "blockquote", "button", "cite", "div", "h1",
    "h2", "h3", "h4", "li", "main", "mark", "p", "q", "section", "span", "strong", "time", "ul"]);
  const own = /^(#source-|\\/fr\\/(article|library\\/delete)\\?|https:\\/\\/gazette\\.example\\/)/;
  const places = ".asked, .answer, .notice, #viewer, .plain .article, .articles, .outcomes, "
    + ".title, #history ul, #quote";
  const shown = [...document.querySelectorAll(places)]
    .flatMap((place) => [...place.querySelectorAll("*")]);
  return shown.filter((element) => !ours.has(element.localName)
    || [...element.attributes].some((each) => /^(on|style$|src|ping)/.test(each.name))
    || (element.hasAttribute("href") && !own.test(element.getAttribute("href"))))
    .map((element) => element.outerHTML.slice(0, 200));
}"""


@dataclass
class Sink:
    """The machine that nothing may reach: its address, and what it was asked for."""

    port: int
    asked: list[str] = field(default_factory=list)

    def payloads(self) -> list[str]:
        """Each calls this machine by its own number."""
        return [
            line.replace("{sink}", f"http://127.0.0.1:{self.port}/{number}")
            .replace("{port}", str(self.port))
            .replace("{number}", str(number))
            for number, line in enumerate(LINES)
        ]


@dataclass
class Watch:
    """What a page does that it must not, from now on."""

    page: Page
    sink: Sink
    opened: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sink.asked.clear()
        self.page.add_init_script(ALERT)
        self.page.on("popup", lambda popup: self.opened.append(popup.url))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def saw_nothing(self, own: str) -> None:
        self.page.wait_for_timeout(50)
        assert not self.opened
        assert not self.sink.asked
        assert self.page.evaluate("window.ran") == []
        assert self.page.evaluate(FOREIGN) == []
        assert self.page.url.startswith(own)
        assert [url for url in self.requests if not url.startswith((own, "data:"))] == []


@contextmanager
def listening() -> Iterator[Sink]:
    class Handler(QuietHandler):
        def do_GET(self) -> None:
            if self.path != "/":  # else it is the page that has the payloads as markup
                opened.asked.append(self.path)
            self.send_response(204 if self.path != "/" else 200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET

    with answering(Handler) as address:
        opened = Sink(int(address.rpartition(":")[2]))
        yield opened
