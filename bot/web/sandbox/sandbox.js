// The sandbox page: the server tells what is the case, the phones and the calendar show it.

import { Calendar } from "./calendar.js";
import { byId, texts } from "./dom.js";
import { DraftPanel } from "./draft.js";
import { Phone } from "./phone.js";
import { follow } from "./server.js";

const phones = [...document.querySelectorAll(".phone")].map((section) => new Phone(section));
const calendar = new Calendar();
const draft = new DraftPanel();
let epoch = null;

function show(state) {
  if (epoch !== null && epoch !== state.epoch) {
    location.reload(); // the program was started anew: other codes, empty chats
    return;
  }
  calendar.show(state);
  draft.show(state);
  for (const phone of phones) phone.show(state, epoch === null);
  epoch = state.epoch;
}

function lost(yes) {
  byId("banner").hidden = !yes;
  byId("banner").textContent = yes ? texts.offline : "";
}

for (const chosen of phones) {
  chosen.tab.addEventListener("click", () => {
    for (const phone of phones) phone.choose(phone === chosen);
  });
}
follow(show, lost);
