// When the server refuses what the page sends, or is not there (reach.js): one line, in the page's
// language where Gradio would speak English. Gradio loads the page anew once a server is back that it had lost;
// what was typed and shown is there again then.
"use strict";

const LEFT = "depeche.left"; // what was typed and shown, in this tab alone
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
  const left = { id: shown, draft: document.querySelector("#ask textarea").value };
  try {
    sessionStorage.setItem(LEFT, JSON.stringify(left));
  } catch {} // the browser keeps nothing
});

function restore() {
  const left = JSON.parse(sessionStorage.getItem(LEFT) ?? "null");
  if (!left) return;
  sessionStorage.removeItem(LEFT);
  if (left.id) reopen(left.id);
  const box = document.querySelector("#ask textarea");
  box.value = left.draft;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
