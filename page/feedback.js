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
    body: JSON.stringify({ key: box.id.replace("feedback-", ""), verdict, note }),
  }).catch(() => null);
  const told = await response?.json().catch(() => null);
  box.querySelector("[role=status]").textContent = told?.line ?? told?.detail ?? "…";
  if (!response?.ok) return;
  for (const button of box.querySelectorAll("[aria-pressed]"))
    button.setAttribute("aria-pressed", String(button.className === verdict));
  box.querySelector(".note").hidden = !verdict;
}
