// What Gradio's chat lacks: a new question goes to the top, a marker shows its quote and opens its
// article beside the chat, messages are read out as what they say and not as their HTML, and one
// answer is written at a time.
"use strict";

const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
const language = location.pathname.split("/")[1]; // Gradio would name the browser's
let asked = 0;

new MutationObserver(() => {
  if (document.documentElement.lang !== language) document.documentElement.lang = language;
  for (const message of document.querySelectorAll("#messages [data-testid][aria-label]"))
    message.removeAttribute("aria-label");
  document.querySelector("#messages [role=log]")?.setAttribute("aria-label", "Conversation");
  for (const link of document.querySelectorAll("#masthead a[target]")) link.removeAttribute("target");
  for (const group of document.querySelectorAll("#filters fieldset:not([aria-label])"))
    group.setAttribute("aria-label", group.querySelector("span").textContent.trim());
  if (!document.querySelector("#narrow[aria-expanded]")) showFilters(false);
  const questions = document.querySelectorAll(".asked");
  if (questions.length > asked)
    questions[questions.length - 1].scrollIntoView({ block: "start", behavior });
  asked = questions.length;
}).observe(document.documentElement, {
  attributeFilter: ["lang"],
  childList: true,
  subtree: true,
});

document.addEventListener("click", (event) => {
  const link = linkToArticle(event.target);
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    openArticle(link, event.target.closest("a") ?? link);
  } else if (event.target.closest("#viewer .close")) {
    closeArticle();
  } else if (event.target.closest("#narrow")) {
    showFilters(event.target.closest("#narrow").getAttribute("aria-expanded") !== "true");
  } else if (
    event.target.closest("#edit") ||
    (event.detail === 0 && event.target.closest("#send, #stop, #again, #renew"))
  ) {
    document.querySelector("#ask textarea")?.focus(); // the button pressed by key may disappear
  }
});

const keepFromSending = (event) => {
  const sends = event.key === "Enter" && !event.shiftKey && event.target.matches("#ask textarea");
  if (sends && (away || !document.getElementById("send"))) { // or an answer is being written
    event.preventDefault();
    event.stopImmediatePropagation();
  }
};
for (const kind of ["keydown", "keypress"]) document.addEventListener(kind, keepFromSending, true);

function showFilters(open, focus = false) {
  const button = document.getElementById("narrow");
  button?.setAttribute("aria-expanded", open);
  if (focus) button.focus();
}

// The article beside the chat

const cardOf = (marker) => document.getElementById(marker.hash.slice(1));
let opener = null; // what the focus returns to
let wanted = ""; // the article asked for last; slower answers to earlier clicks are dropped

function linkToArticle(target) {
  const link = target.closest("a");
  if (link?.matches(".marker")) return cardOf(link)?.querySelector("a.read");
  if (link) return link.matches(".answer .read, .card .read") ? link : null;
  return String(getSelection()) ? null : target.closest(".card")?.querySelector("a.read");
}

async function openArticle(link, from) {
  wanted = link.href;
  hideQuote();
  const html = await fetch(link.href).then((response) => response.text(), () => "");
  const article = new DOMParser().parseFromString(html, "text/html").querySelector(".article");
  if (!article || wanted !== link.href) return;
  const viewer = document.getElementById("viewer") ?? document.createElement("aside");
  viewer.id = "viewer";
  viewer.tabIndex = 0; // it scrolls
  viewer.setAttribute("aria-label", article.getAttribute("aria-label"));
  viewer.replaceChildren(...article.childNodes);
  viewer.querySelector("h1").replaceWith(belowOurs(viewer.querySelector("h1")));
  document.body.append(viewer);
  document.querySelector(".answer .shown, .card.shown")?.classList.remove("shown");
  link.closest(".card, li").classList.add("shown");
  opener = from;
  const mark = viewer.querySelector("mark") ?? viewer;
  mark.focus({ preventScroll: true });
  viewer.scrollTop += mark.getBoundingClientRect().top - viewer.getBoundingClientRect().top
    - (mark === viewer ? 0 : viewer.clientHeight / 3);
  from.scrollIntoView({ block: "nearest", behavior }); // not under the article
}

function belowOurs(heading) { // beside the chat it is not the page's own any more
  const lower = Object.assign(document.createElement("h2"), { lang: heading.lang });
  lower.append(...heading.childNodes);
  return lower;
}

function closeArticle() {
  wanted = "";
  if (!document.getElementById("viewer")) return;
  document.getElementById("viewer").remove();
  document.querySelector(".answer .shown, .card.shown")?.classList.remove("shown");
  (opener?.isConnected ? opener : document.querySelector("#ask textarea"))?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (document.getElementById("quote")) hideQuote();
  else if (event.target.closest("#filters")) showFilters(false, true);
  else closeArticle();
});

// The quote beside its marker, while the pointer or the focus is on one of the two

function showQuote(marker) {
  const words = cardOf(marker)?.querySelector("mark");
  if (!words) return;
  hideQuote();
  const quote = document.createElement("div");
  quote.id = "quote";
  quote.setAttribute("role", "tooltip");
  quote.lang = words.closest("[lang]").lang;
  quote.textContent = words.textContent;
  (document.querySelector("main") ?? document.body).append(quote);
  marker.setAttribute("aria-describedby", "quote");
  const { left, top, bottom } = marker.getBoundingClientRect();
  const origin = (quote.offsetParent ?? document.documentElement).getBoundingClientRect();
  const fitting = Math.max(8, Math.min(left, innerWidth - quote.offsetWidth - 24));
  quote.style.left = `${fitting - origin.left}px`;
  // Only now is its height the last one: its place decides how its lines break.
  const above = top > quote.offsetHeight;
  quote.style.top = `${(above ? top - quote.offsetHeight : bottom) - origin.top}px`;
}

function hideQuote() {
  document.getElementById("quote")?.remove();
  document.querySelector("a.marker[aria-describedby]")?.removeAttribute("aria-describedby");
}

const onMarker = (event) => event.target.closest?.("a.marker");
const keepsQuote = (event) => event.target.closest?.("#quote") || onMarker(event);
document.addEventListener("focusin", (event) => {
  if (!onMarker(event)) hideQuote();
  else if (event.target.matches(":focus-visible")) showQuote(event.target);
});
document.addEventListener("mouseover", (event) => {
  if (onMarker(event)) showQuote(onMarker(event));
  else if (!keepsQuote(event) && !document.activeElement.matches("a.marker")) hideQuote();
});
