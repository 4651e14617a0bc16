// The page works without this. It keeps what is typed while the network is gone, and sends it when asked again.
"use strict";

const KEPT = "nhacviec-loi";
const form = document.querySelector("form[data-keeps]");
const box = form.querySelector("textarea");
const offline = form.querySelector("[data-offline]");

try {
  box.value = box.value || localStorage.getItem(KEPT) || "";
  box.addEventListener("input", () => localStorage.setItem(KEPT, box.value));
} catch { /* a browser that keeps nothing: the text stands in the box all the same */ }

const forget = () => {
  try {
    localStorage.removeItem(KEPT);
  } catch { /* nothing was kept */ }
};

for (const each of document.querySelectorAll("form[method=post]")) {
  each.addEventListener("submit", async (event) => {
    event.preventDefault();
    delete each.dataset.sent;
    if (each.dataset.busy) return;
    each.dataset.busy = "yes";
    try {
      const answer = await fetch(each.action, { method: "POST", body: new FormData(each, event.submitter) });
      if (answer.ok && answer.redirected) {
        if (each === form) forget();
        const at = new URL(answer.url);
        if (at.pathname === location.pathname) {
          history.replaceState(null, "", "#moi");
          location.reload();
        } else {
          location.assign(answer.url);
        }
        return;
      }
      each.dataset.busy = "";
      HTMLFormElement.prototype.submit.call(each); // shows the server's own sentence
    } catch {
      each.dataset.busy = "";
      offline.hidden = false;
      offline.scrollIntoView({ block: "nearest" });
    }
  });
}
// How far a file has been read is looked up again, unless somebody is typing.
if (document.querySelector("[data-awaits]")) {
  setInterval(() => { if (!box.value && document.activeElement !== box) location.reload(); }, 5000);
}
addEventListener("online", () => { offline.hidden = true; });
document.querySelector("#moi")?.scrollIntoView({ block: "center" });
