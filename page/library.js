// Adding files to the library: sent some at a time, with how far that is (half of it is the sending,
// half the reading) and what became of each.
"use strict";

const TOGETHER = 20; // files in one request, so that the library is made ready once for all
const TOGETHER_BYTES = 10e6;
const form = document.getElementById("upload");
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const files = [...document.getElementById("files").files];
  if (!files.length) return tell(form.dataset.none);
  const button = form.querySelector("button");
  button.disabled = true;
  form.querySelector(".outcomes").replaceChildren();
  await sendAll(files);
  button.disabled = false;
  form.reset();
});

async function sendAll(files) {
  const progress = form.querySelector("progress");
  const counts = { stored: 0, left: 0 };
  progress.hidden = false;
  progress.value = 0;
  let done = 0;
  for (const some of parts(files, counts)) {
    const share = (sent, read) => {
      progress.value = (done + (sent + read) / 2 * some.length) / files.length;
      const line = sent < 1 ? form.dataset.sending : form.dataset.reading;
      tell(line.replace("{done}", done).replace("{all}", files.length));
    };
    await sendSome(some, share, (row) => showOutcome(row, counts));
    done += some.length;
  }
  progress.hidden = true;
  const sum = form.dataset.sum.replace("{stored}", counts.stored).replace("{left}", counts.left);
  tell(sum);
  if (counts.stored) await refresh();
}

// Files that are not too large, in parts of some megabytes.
function parts(files, counts) {
  const found = [];
  let bytes = Infinity;
  for (const file of files) {
    if (file.size > Number(form.dataset.largest)) {
      showOutcome({ file: file.name, kind: "refused", line: form.dataset.large }, counts);
      continue;
    }
    if (bytes + file.size > TOGETHER_BYTES || found.at(-1).length === TOGETHER) {
      found.push([]);
      bytes = 0;
    }
    found.at(-1).push(file);
    bytes += file.size;
  }
  return found;
}

function sendSome(files, share, show, tries = 10) {
  return new Promise((resolve) => {
    const failed = () => {
      show({ file: files.map((file) => file.name).join(", "), kind: "failed", line: "" });
      resolve();
    };
    const request = new XMLHttpRequest();
    const told = new Set(); // the files of which something was said
    let read = 0;
    const readOn = () => {
      const whole = request.responseText.lastIndexOf("\n") + 1;
      for (const line of request.responseText.slice(read, whole).split("\n")) {
        if (!line) continue;
        show(JSON.parse(line));
        told.add(JSON.parse(line).file);
      }
      read = whole;
      share(1, Math.min(told.size / files.length, 1));
    };
    request.open("POST", form.getAttribute("action"));
    request.upload.onprogress = (event) => share(event.loaded / event.total, 0);
    request.onprogress = () => request.status === 200 && readOn();
    request.onerror = failed;
    request.onload = () => {
      const wait = Number(request.getResponseHeader("Retry-After"));
      if (wait && tries)
        setTimeout(() => sendSome(files, share, show, tries - 1).then(resolve), wait * 1000);
      else if (request.status !== 200) failed();
      else resolve(readOn());
    };
    const data = new FormData();
    for (const file of files) data.append("files", file);
    share(0, 0);
    request.send(data);
  });
}

// What the page says of the library, as it is now; the form and what it told stay.
async function refresh() {
  const html = await fetch(location.href).then((response) => response.text(), () => "");
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const ours = [...document.querySelectorAll("main > section")];
  for (const section of fresh.querySelectorAll("main > section")) {
    const name = section.getAttribute("aria-labelledby");
    const old = ours.find((each) => each.getAttribute("aria-labelledby") === name);
    if (old && name !== "add") old.replaceWith(section);
  }
}

function showOutcome({ file, kind, line }, counts) {
  if (kind === "stored") counts.stored += 1;
  else if (kind !== "unchanged") counts.left += 1;
  const item = document.createElement("li");
  item.className = kind;
  const name = document.createElement("bdi");
  name.textContent = file;
  item.append(name, ` ${form.dataset[kind]}${line ? form.dataset.colon : ""}${line}`);
  form.querySelector(".outcomes").append(item);
}

const tell = (line) => {
  const status = form.querySelector("[role=status]");
  if (status.textContent !== line) status.textContent = line;
};
