// A draft's document and its rows: choosing by keyboard and pointer, units by a few letters. All of it works by plain forms too.
"use strict";

const list = document.querySelector(".passages");
const form = list.closest("form");
const sheet = document.querySelector(".sheet");
const unit = form.querySelector("#don-vi-chon");
const passages = [...list.querySelectorAll(":scope > li:not(.scan)")];
const boxes = passages.map((passage) => passage.querySelector("input"));
const sideBySide = matchMedia("(min-width: 1000px)");
let current = 0;
let from = 0;

// Puts both sides on the screen, and a part of one into what is seen of it.
const bring = (part, pane) => {
  const above = form.getBoundingClientRect().top - 8;
  if (above > 0) scrollBy(0, above);
  const [inner, outer] = [part.getBoundingClientRect(), pane.getBoundingClientRect()];
  if (inner.top < outer.top + 60 || inner.bottom > outer.bottom) pane.scrollTop += inner.top - outer.top - outer.height / 3;
};

const link = (parts, pane, scrolls) => {
  for (const old of document.querySelectorAll(".linked")) old.classList.remove("linked");
  for (const part of parts) part.classList.add("linked");
  if (scrolls && parts.length && sideBySide.matches) bring(parts[0], pane);
};
const rowsOf = (passage) => (passage.dataset.rows || "").split(" ").map((id) => id && document.getElementById(id)).filter(Boolean);

const count = () => {
  const n = boxes.filter((box) => box.checked).length;
  const told = form.querySelector(".count");
  told.textContent = n ? told.dataset.some.replace("#", n) : told.dataset.none;
};

// One box is in the way of the Tab key, not five hundred: arrows go from one to the next.
const goTo = (place, focuses = true) => {
  boxes[current].tabIndex = -1;
  current = Math.max(0, Math.min(place, boxes.length - 1));
  boxes[current].tabIndex = 0;
  if (focuses) {
    boxes[current].focus({ preventScroll: true });
    if (sideBySide.matches) bring(passages[current], list);
    else passages[current].scrollIntoView({ block: "nearest" });
  }
  link(rowsOf(passages[current]), sheet, focuses);
};
const choose = (first, last) => {
  const [low, high] = [Math.min(first, last), Math.max(first, last)];
  boxes.forEach((box, place) => { box.checked = low <= place && place <= high; });
  count();
};
for (const box of boxes) box.tabIndex = -1;

list.addEventListener("click", (pressed) => {
  const passage = pressed.target.closest("li");
  const place = passages.indexOf(passage);
  if (place < 0 || pressed.target.closest("a")) return;
  if (pressed.target.matches("input")) {
    if (pressed.shiftKey) choose(from, place); else from = place;
    goTo(place);
    count();
    return;
  }
  pressed.preventDefault();
  if (pressed.shiftKey) choose(from, place);
  else if (pressed.ctrlKey || pressed.metaKey) { boxes[place].checked = !boxes[place].checked; from = place; count(); }
  else { choose(place, place); from = place; }
  goTo(place);
});
list.addEventListener("mouseover", (over) => {
  const passage = over.target.closest("li");
  if (passage) link(rowsOf(passage), sheet, false);
});

const act = (what) => {
  if (!boxes.some((box) => box.checked)) boxes[current].checked = true;
  form.requestSubmit(form.querySelector(`button[value=${what}]`));
};
const nextUnread = (step) => {
  const order = [...passages.keys()].map((n) => (current + step * (n + 1) + 2 * passages.length) % passages.length);
  const place = order.find((at) => passages[at].classList.contains("unread"));
  if (place !== undefined) { from = place; goTo(place); }
};
const kinds = ["duty", "activity", "report", "heading", "background"];
const move = (place, extends_) => {
  goTo(place);
  if (extends_) choose(from, current); else from = current;
};
const keys = {
  ArrowDown: (pressed) => move(current + 1, pressed.shiftKey),
  ArrowUp: (pressed) => move(current - 1, pressed.shiftKey),
  PageDown: (pressed) => move(current + 10, pressed.shiftKey),
  PageUp: (pressed) => move(current - 10, pressed.shiftKey),
  Escape: () => { choose(1, 0); goTo(current); },
  Enter: () => { const [row] = rowsOf(passages[current]); row?.querySelector("a, summary")?.focus(); },
  "/": () => unit.focus(),
  n: () => nextUnread(1),
  p: () => nextUnread(-1),
  u: () => document.querySelector("#hoan-tac")?.requestSubmit(),
};
kinds.forEach((kind, place) => { keys[place + 1] = () => act(kind); });

const typing = (target) => target.matches("textarea, select, input:not([type=checkbox])");
document.addEventListener("keydown", (pressed) => {
  const undoes = (pressed.ctrlKey || pressed.metaKey) && pressed.key.toLowerCase() === "z";
  if (typing(pressed.target) || pressed.altKey || ((pressed.ctrlKey || pressed.metaKey) && !undoes)) return;
  const inList = pressed.target === document.body || list.contains(pressed.target);
  const key = undoes ? "u" : pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  if (!keys[key] || (key.length > 1 && !inList)) return;
  pressed.preventDefault();
  keys[key](pressed);
});
list.addEventListener("change", count);
list.addEventListener("focusin", (come) => {
  const place = boxes.indexOf(come.target);
  if (place >= 0 && place !== current) goTo(place, false);
});

// From a row to its passage.
const show = (row) => {
  const passage = document.getElementById(row.dataset.passage);
  if (!passage) return;
  link([passage], list, true);
};
sheet.addEventListener("click", (pressed) => {
  const row = pressed.target.closest("[data-passage]");
  if (row && !pressed.target.closest("a, button, input, textarea, summary, label")) show(row);
});
sheet.addEventListener("focusin", (come) => {
  const row = come.target.closest("[data-passage]");
  if (row && !come.target.matches("a")) show(row);
});

// Units by a few letters: each piece typed begins a word of the name or holds initials; marks do not count.
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
const names = [...form.querySelectorAll("#don-vi option")].map((option) => {
  const words = folded(option.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return { name: option.value, words, initials: words.map((word) => word[0]).join(""), short: folded(option.label) };
});
const offer = form.querySelector("#don-vi-goi-y");
unit.removeAttribute("list");
for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", offer.id]]) unit.setAttribute(name, value);

const fits = (one, pieces) => {
  const joined = pieces.join("");
  if (one.short === joined || one.initials.startsWith(joined)) return true;
  let at = 0;
  return pieces.every((piece) => {
    for (; at < one.words.length; at += 1) {
      if (one.words[at].startsWith(piece)) { at += 1; return true; }
      if (piece.length > 1 && one.initials.startsWith(piece, at)) { at += piece.length; return true; }
    }
    return false;
  });
};
const close = () => {
  offer.hidden = true;
  offer.replaceChildren();
  unit.setAttribute("aria-expanded", "false");
  unit.removeAttribute("aria-activedescendant");
};
const mark = (place) => {
  [...offer.children].forEach((one, at) => one.setAttribute("aria-selected", String(at === place)));
  const marked = offer.children[place];
  if (!marked) return;
  unit.setAttribute("aria-activedescendant", marked.id);
  marked.scrollIntoView({ block: "nearest" });
};
const marked = () => [...offer.children].findIndex((one) => one.getAttribute("aria-selected") === "true");
const take = (name) => {
  const before = unit.value.split(",").slice(0, -1).map((part) => part.trim());
  unit.value = [...before, name].join(", ");
  close();
};
unit.addEventListener("input", () => {
  const pieces = folded(unit.value.split(",").at(-1)).split(/\s+/).filter(Boolean);
  close();
  if (!pieces.length) return;
  names.filter((one) => fits(one, pieces)).slice(0, 8).forEach((one, place) => {
    const choice = document.createElement("li");
    choice.id = `goi-y-${place}`;
    choice.setAttribute("role", "option");
    choice.textContent = one.name;
    choice.addEventListener("mousedown", (pressed) => { pressed.preventDefault(); take(one.name); });
    offer.append(choice);
  });
  if (!offer.children.length) return;
  offer.hidden = false;
  unit.setAttribute("aria-expanded", "true");
  mark(0);
});
unit.addEventListener("keydown", (pressed) => {
  const open = !offer.hidden;
  if (pressed.key === "ArrowDown" && open) mark(Math.min(marked() + 1, offer.children.length - 1));
  else if (pressed.key === "ArrowUp" && open) mark(Math.max(marked() - 1, 0));
  else if (pressed.key === "Enter" && open) take(offer.children[marked()].textContent);
  else if (pressed.key === "Enter") goTo(current);
  else if (pressed.key === "Escape" && open) close();
  else if (pressed.key === "Escape") goTo(current);
  else return;
  pressed.preventDefault();
});
unit.addEventListener("blur", close);

const arrive = () => {
  const place = passages.findIndex((passage) => `#${passage.id}` === location.hash);
  if (place >= 0) { from = place; goTo(place); }
};
addEventListener("hashchange", arrive);
addEventListener("load", () => setTimeout(arrive)); // a browser that has gone to the passage takes the focus away
goTo(0, false);
link([], sheet, false);
count();
