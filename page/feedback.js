// What a reader says of an answer: sent when a button is pressed, taken back when it is pressed
// again; a note may follow. Gradio lets neither states nor boxes through, so they are made here.
"use strict";

new MutationObserver(() => {
  for (const box of document.querySelectorAll(".feedback:not(:has(textarea))")) prepare(box);
}).observe(document.documentElement, { childList: true, subtree: true });

function prepare(box) {
  const label = box.querySelector("label");
  const note = document.createElement("textarea");
  note.id = label.htmlFor;
  note.maxLength = 2000;
  note.rows = 1;
  label.after(note);
  box.querySelector("[role=group]").setAttribute("aria-label", box.title);
  box.removeAttribute("title");
  for (const button of box.querySelectorAll(".up, .down"))
    button.setAttribute("aria-pressed", "false");
  const said = opinions()[keyOf(box)];
  if (said) show(box, said);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".feedback button");
  if (!button) return;
  const box = button.closest(".feedback");
  if (button.matches(".keep")) sendFeedback(box, pressedIn(box));
  else sendFeedback(box, button.getAttribute("aria-pressed") === "true" ? null : button.className);
});

const pressedIn = (box) => box.querySelector("[aria-pressed=true]")?.className ?? null;

async function sendFeedback(box, verdict) {
  const note = verdict ? box.querySelector("textarea").value : "";
  const response = await fetch(`/${location.pathname.split("/")[1]}/feedback`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ key: keyOf(box), verdict, note }),
  }).catch(() => null);
  const told = await response?.json().catch(() => null);
  box.querySelector("[role=status]").textContent = told?.line ?? ""; // else away.js says why
  if (!response?.ok) return;
  remember(keyOf(box), { verdict, note });
  show(box, { verdict, note });
  box.scrollIntoView({ block: "nearest" }); // what was said is not under #foot
}

function show(box, { verdict, note }) {
  for (const button of box.querySelectorAll("[aria-pressed]"))
    button.setAttribute("aria-pressed", String(button.className === verdict));
  box.querySelector(".note").hidden = !verdict;
  box.querySelector("textarea").value = note;
}

// What was said of answers, for when their conversation is opened again; history.js keeps those.

const OPINIONS = "depeche.opinions"; // {key: {verdict, note}}
const keyOf = (box) => box.id.replace("feedback-", "");

function opinions() {
  try {
    return JSON.parse(localStorage.getItem(OPINIONS)) ?? {};
  } catch {
    return {}; // damaged, or the browser keeps nothing
  }
}

function remember(key, said) {
  const all = opinions();
  if (said?.verdict) all[key] = said;
  else delete all[key];
  try {
    if (Object.keys(all).length) localStorage.setItem(OPINIONS, JSON.stringify(all));
    else localStorage.removeItem(OPINIONS);
  } catch {} // no room: it is only not shown again
}

function forgetOpinions(conversation) {
  for (const [, key] of conversation.matchAll(/feedback-([\w-]+)/g)) remember(key, null);
}
