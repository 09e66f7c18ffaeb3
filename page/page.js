// What Gradio's chat lacks: a new question goes to the top, a marker takes the focus to its card,
// messages are read out as what they say and not as their HTML, and one answer is written at a time.
"use strict";

const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
const language = location.pathname.split("/")[1]; // Gradio would name the browser's
let asked = 0;

new MutationObserver(() => {
  if (document.documentElement.lang !== language) document.documentElement.lang = language;
  for (const message of document.querySelectorAll("#messages [data-testid][aria-label]"))
    message.removeAttribute("aria-label");
  document.querySelector("#messages [role=log]")?.setAttribute("aria-label", "Conversation");
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
  const marker = event.target.closest("a.marker");
  const card = marker && document.getElementById(marker.hash.slice(1));
  if (card) {
    event.preventDefault();
    document.querySelector(".card.shown")?.classList.remove("shown");
    card.classList.add("shown");
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest", behavior });
  } else if (
    event.target.closest("#edit") ||
    (event.detail === 0 && event.target.closest("#send, #stop, #renew"))
  ) {
    document.querySelector("#ask textarea")?.focus(); // the button pressed by key may disappear
  }
});

const keepFromSending = (event) => {
  const sends = event.key === "Enter" && !event.shiftKey && event.target.matches("#ask textarea");
  if (sends && document.getElementById("stop")) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
};
for (const kind of ["keydown", "keypress"]) document.addEventListener(kind, keepFromSending, true);
