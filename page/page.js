// What Gradio's chat lacks: a new question goes to the top, a marker takes the focus to its card,
// and messages are read out as what they say, not as their HTML.
"use strict";

const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
let asked = 0;

new MutationObserver(() => {
  for (const message of document.querySelectorAll("#messages [data-testid][aria-label]"))
    message.removeAttribute("aria-label");
  document.querySelector("#messages [role=log]")?.setAttribute("aria-label", "Conversation");
  const questions = document.querySelectorAll(".asked");
  if (questions.length > asked)
    questions[questions.length - 1].scrollIntoView({ block: "start", behavior });
  asked = questions.length;
}).observe(document.documentElement, { childList: true, subtree: true });

document.addEventListener("click", (event) => {
  const marker = event.target.closest("a.marker");
  const card = marker && document.getElementById(marker.hash.slice(1));
  if (card) {
    event.preventDefault();
    document.querySelector(".card.shown")?.classList.remove("shown");
    card.classList.add("shown");
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest", behavior });
  } else if (event.detail === 0 && event.target.closest("#send, #stop, #renew")) {
    document.querySelector("#ask textarea")?.focus(); // the button pressed by key may disappear
  }
});
