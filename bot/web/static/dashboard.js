// The pages work without this. It fills in the key of a link, filters lists, and opens what an address names.
"use strict";

const key = document.querySelector("#key");
if (key && location.hash.length > 1) {
  key.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
  key.form.querySelector("button").focus();
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
for (const box of document.querySelectorAll("input[data-filters]")) {
  const rows = [...document.querySelectorAll(`${box.dataset.filters} > *`)].map((row) => [row, plain(row.textContent)]);
  box.addEventListener("input", () => {
    const wanted = plain(box.value).trim();
    for (const [row, text] of rows) row.hidden = !text.includes(wanted);
  });
  box.closest("[hidden]")?.removeAttribute("hidden");
}

const open = () => {
  const named = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (named) named.querySelector("details")?.setAttribute("open", "");
};
addEventListener("hashchange", open);
open();

// A second press of the same button sends nothing; the server would not do it twice either.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (sent) => {
    if (form.dataset.sent) sent.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

for (const choice of document.querySelectorAll("select[data-goes]")) {
  choice.addEventListener("change", () => choice.form.submit());
}
