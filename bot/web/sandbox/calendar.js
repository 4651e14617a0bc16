// The calendar: today, the days worth a visit, the month. It only moves forward.

import { byId, fill, make, texts, walk } from "./dom.js";
import { Refused, hurry, post } from "./server.js";

const utc = (iso) => new Date(`${iso}T00:00Z`); // days are counted in UTC so that no browser's zone shifts them
const isoDay = (moment) => moment.toISOString().slice(0, 10);
const parts = (moment) => ({ d: moment.getUTCDate(), m: moment.getUTCMonth() + 1, y: moment.getUTCFullYear() });
const UPCOMING = 5;

export class Calendar {
  constructor() {
    this.today = "";
    this.marks = [];
    this.dialog = byId("month");
    for (const button of document.querySelectorAll("[data-days]")) {
      button.addEventListener("click", () => this.move({ days: Number(button.dataset.days) }));
    }
    byId("next-due").addEventListener("click", () => this.move({ to: this.nextDue().on }));
    byId("open-month").addEventListener("click", () => this.open());
    byId("previous-month").addEventListener("click", () => this.turn(-1));
    byId("next-month").addEventListener("click", () => this.turn(1));
    byId("days").addEventListener("keydown", (event) =>
      walk(event, byId("days"), { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }));
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close(); // beside the card
    });
  }

  nextDue() {
    return this.marks.find((mark) => mark.due && mark.on > this.today);
  }

  async move(body) {
    this.dialog.close();
    this.busy(true);
    hurry(); // show the days pass by while the program is on its way
    try {
      await post("/api/clock", body);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      byId("clock").textContent = error.message;
    }
  }

  busy(moving) {
    document.body.classList.toggle("moving", moving);
    for (const button of document.querySelectorAll(".moves button, #marks button")) button.disabled = moving;
    if (!moving) byId("next-due").disabled = !this.nextDue();
  }

  show({ now, marks, moving }) {
    byId("today").textContent = now.label;
    byId("clock").textContent = moving ? texts.moving : now.clock;
    if (now.day !== this.today || JSON.stringify(marks) !== JSON.stringify(this.marks)) {
      this.today = now.day;
      this.marks = marks;
      this.listMarks();
      if (this.dialog.open) this.draw();
    }
    this.busy(moving);
  }

  listMarks() {
    const ahead = this.marks.filter((mark) => mark.on > this.today).slice(0, UPCOMING);
    const chips = ahead.map((mark) => this.dayButton(mark.on, mark.due ? "due" : "", ...this.words(mark)));
    byId("marks").replaceChildren(...(chips.length ? chips : [make("p", {}, texts.no_marks)]));
  }

  words({ on, label }) {
    return [make("b", {}, fill(texts.short_day, parts(utc(on)))), make("span", {}, label)];
  }

  dayButton(on, className, ...children) {
    const button = make("button", { type: "button", className, data: { to: on } }, ...children);
    button.addEventListener("click", () => this.move({ to: on }));
    return button;
  }

  open() {
    this.month = `${this.today.slice(0, 7)}-01`;
    this.draw();
    this.dialog.showModal();
    byId("days").querySelector("button:enabled")?.focus();
  }

  turn(step) {
    const month = utc(this.month);
    month.setUTCMonth(month.getUTCMonth() + step);
    this.month = isoDay(month);
    this.draw();
  }

  draw() {
    const first = utc(this.month);
    const { m, y } = parts(first);
    byId("month-title").textContent = fill(texts.month, { m, y });
    const blanks = Array.from({ length: (first.getUTCDay() + 6) % 7 }, () => make("span"));
    const days = [];
    for (const day = first; day.getUTCMonth() + 1 === m; day.setUTCDate(day.getUTCDate() + 1)) {
      days.push(this.dayOfMonth(isoDay(day), day.getUTCDay()));
    }
    byId("days").replaceChildren(...blanks, ...days);
    const here = this.marks.filter((mark) => mark.on.startsWith(this.month.slice(0, 7)));
    byId("legend").replaceChildren(...here.map((mark) =>
      make("li", { className: mark.due ? "due" : "" }, ...this.words(mark))));
  }

  dayOfMonth(on, weekday) {
    const marks = this.marks.filter((mark) => mark.on === on);
    const kinds = [
      weekday % 6 === 0 && "weekend", on === this.today && "today",
      marks.length && "marked", marks.some((mark) => mark.due) && "due",
    ];
    const button = this.dayButton(on, kinds.filter(Boolean).join(" "), String(Number(on.slice(8))));
    button.disabled = on <= this.today;
    if (on === this.today) button.setAttribute("aria-current", "date");
    const day = fill(texts.short_day, parts(utc(on)));
    button.title = button.ariaLabel = [fill(texts.go_to, { day }), ...marks.map((mark) => mark.label)].join(", ");
    return button;
  }
}
