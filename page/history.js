// Conversations: kept in this browser and nowhere else, listed, opened again, deleted, exported.
// The hidden box #kept holds the one that is shown, as page/turns.py writes it.
"use strict";

const LIST = "depeche.conversations"; // [{id, title, date}], the newest first
const ONE = "depeche.conversation."; // and its id
const PLACES = { fr: "fr-FR", en: "en-GB" }; // day before month, as in answers
const MOST = 200; // conversations; untested
let shown = null; // the id of the conversation that is shown
let seen = ""; // what #kept held when it was kept last

const frame = () => document.getElementById("history");
const kept = () => document.querySelector("#kept textarea");

function listed() {
  try {
    return JSON.parse(localStorage.getItem(LIST)) ?? [];
  } catch {
    return []; // damaged, or the browser keeps nothing
  }
}

new MutationObserver(() => {
  if (frame() && !frame().dataset.filled) fill();
  const box = kept();
  if (!box || box.value === seen || document.getElementById("stop")) return;
  seen = box.value;
  if (seen) keep(seen);
  else shown = null;
  fill();
}).observe(document.documentElement, { childList: true, subtree: true });

function keep(text) {
  shown ??= Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
  const title = JSON.parse(text)[0].question;
  const date = listed().find((one) => one.id === shown)?.date ?? new Date().toISOString();
  const others = listed().filter((one) => one.id !== shown);
  for (const dropped of others.splice(MOST - 1)) drop(dropped.id);
  for (;;) {
    try {
      localStorage.setItem(ONE + shown, text);
      localStorage.setItem(LIST, JSON.stringify([{ id: shown, title, date }, ...others]));
      return;
    } catch {
      if (!others.length) return say(frame().dataset.full);
      drop(others.pop().id); // the oldest makes room
    }
  }
}

function reopen(id) {
  const text = localStorage.getItem(ONE + id);
  if (!text) return forget(id);
  closeArticle();
  [shown, seen] = [id, text];
  kept().value = text;
  kept().dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => document.getElementById("reopen").click()); // when Gradio knows of the text
  fill();
  fold();
}

function drop(id) {
  forgetOpinions(localStorage.getItem(ONE + id) ?? "");
  localStorage.removeItem(ONE + id);
}

function forget(id) {
  drop(id);
  localStorage.setItem(LIST, JSON.stringify(listed().filter((one) => one.id !== id)));
  if (id === shown) document.getElementById("renew").click();
  fill();
  (frame().querySelector("ul button") ?? frame()).focus();
}

function forgetAll() {
  if (!confirm(frame().dataset.sure)) return;
  for (const { id } of listed()) drop(id);
  localStorage.removeItem(LIST);
  if (shown) document.getElementById("renew").click();
  fill();
  frame().focus();
}

function fill() {
  frame().dataset.filled = "yes";
  const list = frame().querySelector("ul");
  list.replaceChildren(...listed().map(line));
  for (const name of [".all", ".note"]) frame().querySelector(name).hidden = !list.children.length;
  frame().querySelector(".none").hidden = list.children.length > 0;
}

function line({ id, title, date }) {
  const day = new Date(date).toLocaleDateString(PLACES[language], { dateStyle: "medium" });
  const opener = button(title, "open", () => reopen(id));
  opener.append(Object.assign(document.createElement("time"), { dateTime: date, textContent: day }));
  if (id === shown) opener.setAttribute("aria-current", "true");
  const remover = button("×", "delete", () => forget(id));
  remover.setAttribute("aria-label", frame().dataset.delete.replace("{title}", () => title));
  const item = document.createElement("li");
  item.append(opener, remover);
  return item;
}

function button(words, name, pressed) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", textContent: words, className: name });
  made.addEventListener("click", pressed);
  return made;
}

// Export and copying

async function download(format) {
  const sent = { method: "POST", body: kept().value };
  const answer = await fetch(`/${language}/export?format=${format}`, sent).catch(() => null);
  if (!answer?.ok) return say(frame().dataset.failed);
  const name = /filename="(.+)"/.exec(answer.headers.get("Content-Disposition"))[1];
  const address = URL.createObjectURL(await answer.blob());
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

async function copy(turn) {
  const text = JSON.parse(kept().value)[turn - 1].plain;
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else copySelected(text);
  say(frame().dataset.copied);
}

function copySelected(text) { // where the page is not served by https, nor from this machine
  const from = document.activeElement;
  const box = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
  from.focus();
}

// On a narrow page the list is folded away

function unfold() {
  frame().classList.add("unfolded");
  frame().focus();
}

function fold() {
  if (!frame()?.matches(".unfolded")) return false;
  frame().classList.remove("unfolded");
  document.getElementById("conversations").focus();
  return true;
}

document.addEventListener("click", ({ target }) => {
  const format = target.closest("#history [data-format]")?.dataset.format;
  if (format) download(format);
  else if (target.closest(".copy")) copy(Number(target.closest(".copy").id.split("-")[1]));
  else if (target.closest("#conversations")) unfold();
  else if (target.closest("#history .close")) fold();
  else if (target.closest("#history .all")) forgetAll();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && fold()) event.stopPropagation();
});
addEventListener("storage", () => frame() && fill());
