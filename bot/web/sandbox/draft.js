// The panel of a plan that waits to be confirmed: its rows, the doubtful ones first, edited in place.

import { byId, fill, make, texts } from "./dom.js";
import { Refused, get, post } from "./server.js";

export class DraftPanel {
  constructor() {
    this.dialog = byId("draft");
    this.phone = null;
    this.plan = 0;
    for (const button of document.querySelectorAll(".open-draft")) {
      button.addEventListener("click", () => this.open(button.closest(".phone").dataset.phone));
    }
    this.chooser = byId("draft-plan");
    this.chooser.addEventListener("change", () => this.choose(Number(this.chooser.value)));
    byId("draft-confirm").addEventListener("click", () => this.confirm());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close(); // beside the card
    });
  }

  show({ drafts }) {
    this.drafts = drafts;
    for (const button of document.querySelectorAll(".open-draft")) {
      const count = drafts[button.closest(".phone").dataset.phone]?.length ?? 0;
      button.hidden = count === 0;
      button.textContent = count > 1 ? `${texts.draft} (${count})` : texts.draft;
    }
    if (!this.dialog.open) return;
    if (this.mine().some(({ plan }) => plan === this.plan)) this.list();
    else this.dialog.close(); // confirmed in the chat
  }

  mine() {
    return this.drafts[this.phone] ?? [];
  }

  /** Offer the drafts to choose from, where there are several. */
  list() {
    const offered = this.mine().map(({ plan, name }) => new Option(name, plan, false, plan === this.plan));
    const same = offered.length === this.chooser.length && offered.every((one, n) => one.value === this.chooser[n].value);
    if (!same) this.chooser.replaceChildren(...offered);
    this.chooser.parentElement.hidden = offered.length < 2;
  }

  async open(phone) {
    this.phone = phone;
    if (!(await this.choose(this.mine()[0].plan))) return;
    this.dialog.showModal();
    byId("draft-items").querySelector("input, button")?.focus();
  }

  async choose(plan) {
    this.plan = plan;
    this.tell("");
    this.list();
    this.chooser.value = plan;
    byId("draft-items").replaceChildren();
    return this.load();
  }

  /** Fetch and show the draft anew; what is typed and not saved stays, but in the row that was `saved`. */
  async load(saved) {
    return this.tried(async () => {
      const draft = await get(`/api/draft?phone=${encodeURIComponent(this.phone)}&plan=${this.plan}`);
      if (draft.plan !== this.plan) return; // another one has been chosen meanwhile
      byId("draft-name").textContent = draft.name === draft.title ? draft.name : `${draft.name} · ${draft.title}`;
      const rows = draft.items.map((item) => this.item(item));
      for (const input of byId("draft-items").querySelectorAll("input")) {
        if (input.form.dataset.key === saved || input.value === input.defaultValue) continue;
        const row = rows.find((one) => one.dataset.key === input.form.dataset.key); // typed, not saved yet
        if (row?.elements[input.name]) row.elements[input.name].value = input.value;
      }
      byId("draft-items").replaceChildren(...rows);
    });
  }

  item(item) {
    const form = make("form", { className: item.doubt ? "item doubtful" : "item", data: { key: item.key } });
    form.setAttribute("aria-label", fill(texts.draft_row, { n: item.number }));
    const words = item.doubt || `${item.number}. ${[item.section, item.text].filter(Boolean).join(" · ")}`;
    form.append(make("p", {}, words));
    for (const [name, label] of [["units", texts.draft_units], ["dates", texts.draft_dates]]) {
      if (item[name] === null) continue;
      const input = make("input", { name, value: item[name], defaultValue: item[name], autocomplete: "off" });
      form.append(make("label", {}, make("span", {}, label), input));
    }
    const buttons = make("div", { className: "buttons" });
    if (form.elements.length) buttons.append(make("button", {}, texts.draft_save));
    if (item.right) {
      const right = make("button", { type: "button" }, texts.draft_right);
      right.addEventListener("click", () => this.save(form, { right: true }));
      buttons.append(right);
    }
    if (item.drop) buttons.append(this.dropper(form));
    form.append(buttons);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.saveChanges(form);
    });
    return form;
  }

  /** A button that leaves the row out: pressed twice, since that cannot be taken back. */
  dropper(form) {
    const drop = make("button", { type: "button", className: "drop" }, texts.draft_drop);
    const sure = (yes) => {
      drop.classList.toggle("sure", yes);
      drop.textContent = yes ? texts.draft_drop_sure : texts.draft_drop;
    };
    drop.addEventListener("click", () => {
      if (drop.classList.contains("sure")) this.save(form, { drop: true });
      else sure(true);
    });
    drop.addEventListener("blur", () => sure(false));
    return drop;
  }

  saveChanges(form) {
    const changed = [...form.querySelectorAll("input")].filter((input) => input.value !== input.defaultValue);
    if (changed.length) this.save(form, Object.fromEntries(changed.map(({ name, value }) => [name, value])));
  }

  async save(form, changes) {
    const { key } = form.dataset;
    const place = [...form.parentElement.children].indexOf(form);
    const body = { phone: this.phone, plan: this.plan, key, ...changes };
    const taken = await this.tried(async () => this.tell((await post("/api/draft", body)).told));
    if (taken && (await this.load(key))) this.focus(key, place);
  }

  /** Stand where one stood: on the same row, or on what has taken the place of one that is settled. */
  focus(key, place) {
    const rows = byId("draft-items").children;
    const row = [...rows].find((one) => one.dataset.key === key) ?? rows[Math.min(place, rows.length - 1)];
    row?.querySelector("input, button")?.focus();
  }

  async confirm() {
    const body = { phone: this.phone, plan: this.plan };
    if (await this.tried(() => post("/api/draft/confirm", body))) this.dialog.close();
  }

  async tried(deed) {
    try {
      await deed();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.tell(error.message, true);
      return false;
    }
    return true;
  }

  tell(sentence, wrong = false) {
    byId("draft-told").textContent = sentence;
    byId("draft-told").classList.toggle("wrong", wrong);
  }
}
