// The answer for those who hear the page: each of its sentences once, as soon as it stands. The
// conversation itself is written anew with each sentence, and would be read out from its beginning.
"use strict";

let heard = []; // lines of the last answer
let answering = -1; // which question is or was being answered, from 1

new MutationObserver(() => {
  document.querySelector("#messages [role=log]")?.setAttribute("aria-live", "off");
  const region = document.getElementById("aloud");
  const turns = document.querySelectorAll("#messages .asked").length;
  const writing = !document.getElementById("send");
  if (!region || !(writing || turns === answering)) return;
  const again = heard.length > 1 && document.querySelector("#messages .notice.waiting");
  if (turns !== answering || again) {
    [heard, answering] = [[], turns];
    region.replaceChildren();
  }
  for (const line of toHear()) {
    if (heard.includes(line)) continue;
    heard.push(line);
    region.append(Object.assign(document.createElement("p"), { textContent: line }));
  }
}).observe(document.documentElement, { childList: true, subtree: true });

// A conversation opened again, or a new one, is not read.
document.addEventListener("click", ({ target }) => {
  if (target.closest("#reopen, #renew")) answering = -1;
}, true);

// What stands below the last question: a notice, or the answer and what it holds for.
function toHear() {
  const last = [...document.querySelectorAll("#messages .notice, #messages .answer")].at(-1);
  const inside = ".label, .text p, :scope > .facts";
  const parts = last?.matches(".notice") ? [last] : last?.querySelectorAll(inside) ?? [];
  return [...parts].map((part) => part.textContent.trim());
}
