// Whether the server can be reached: one line when it cannot, and one when it can again.
"use strict";

const EVERY = 3000; // ms between looks whether the server is there; untested
const PATIENCE = 5000; // ms for its answer; untested
const SPOKEN = 4000; // ms that a line stays; untested
const fetched = window.fetch;
let away = false;
let silence = 0;

const warning = () => document.getElementById("away");

function warn(name, seconds = "") {
  if (warning()) warning().textContent = name && warning().dataset[name].replace("{seconds}", seconds);
}

async function look() {
  if (document.hidden || !warning()) return;
  const signal = AbortSignal.timeout(PATIENCE);
  const there = await fetched("/healthz", { cache: "no-store", credentials: "omit", signal }).then(({ ok }) => ok, () => false);
  if (there !== away) return;
  away = !there;
  warn(away ? "unreachable" : "");
  if (there) say(warning().dataset.reached);
}

// A line that is gone after a while.
function say(words) {
  document.getElementById("said").textContent = words;
  clearTimeout(silence);
  silence = setTimeout(() => document.getElementById("said").replaceChildren(), SPOKEN);
}

(async function watch() {
  await look();
  setTimeout(watch, EVERY);
})();
for (const kind of ["online", "offline"]) addEventListener(kind, look);
document.addEventListener("visibilitychange", look);
