// When the server refuses what the page sends, or is not there (reach.js): one line, in the page's
// language where Gradio would speak English. Gradio loads the page anew once a server is back that
// it had lost; what was typed, ticked and shown is there again then.
"use strict";

const LEFT = "depeche.left"; // what was typed, ticked and shown, in this tab alone
let heeded = null; // Gradio's message that was looked into last

const message = () => document.querySelector(".toast-body"); // Gradio's own, not shown

// Whatever the page sends passes here.
window.fetch = async (...asked) => {
  try {
    const response = await fetched(...asked);
    heed(response, String(asked[0].url ?? asked[0]));
    return response;
  } catch (error) {
    look(); // nobody answered, or Gradio itself ended it
    throw error;
  }
};

function heed(response, address) {
  if (address.includes("/run/predict")) setTimeout(restore); // the first: Gradio takes events now
  const sent = address.includes("/queue/join");
  if (response.status === 401 || response.url.includes("/signin")) warn("expired");
  else if ([429, 503].includes(response.status))
    warn("later", response.headers.get("Retry-After") ?? 5);
  else if ([502, 504].includes(response.status)) look(); // a proxy speaks for it
  else if (sent) warn(response.ok ? "" : "unsent");
}

new MutationObserver(async () => {
  if (!message() || message() === heeded) return;
  heeded = message();
  await look();
  if (!warning().textContent) warn("unsent");
}).observe(document.documentElement, { childList: true, subtree: true });

// What was typed and shown when the page was left in such a state

addEventListener("pagehide", () => {
  if (!warning()?.textContent && !message()) return;
  if (kept().value) keep(kept().value);
  const left = { id: shown, draft: document.querySelector("#ask textarea").value, filters: {} };
  for (const input of filters()) if (isSet(input)) left.filters[nameOf(input)] = input.value;
  try {
    sessionStorage.setItem(LEFT, JSON.stringify(left));
  } catch {} // the browser keeps nothing
});

function restore() {
  const left = JSON.parse(sessionStorage.getItem(LEFT) ?? "null");
  if (!left) return;
  sessionStorage.removeItem(LEFT);
  if (left.id) reopen(left.id);
  type(document.querySelector("#ask textarea"), left.draft);
  narrow(left.filters ?? {}); // a page of before the server was renewed kept none
}

const filters = () => document.querySelectorAll("#filters input, #filters textarea");
const isSet = (input) => (input.type === "checkbox" ? input.checked : input.value);
const nameOf = (input) => input.closest("label").textContent.trim();

function narrow(wanted, tries = 50) { // what can be ticked comes a moment later
  for (const input of filters()) {
    const value = wanted[nameOf(input)];
    if (value === undefined) continue;
    delete wanted[nameOf(input)];
    if (input.type === "checkbox") input.click();
    else type(input, value);
  }
  if (Object.keys(wanted).length && tries) setTimeout(narrow, 100, wanted, tries - 1);
}

function type(box, words) {
  box.value = words;
  for (const kind of ["input", "blur"]) box.dispatchEvent(new Event(kind, { bubbles: true }));
}
