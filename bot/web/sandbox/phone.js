// One phone: its chat, its command menu, its input.

import { calm, fill, make, texts, walk } from "./dom.js";
import { PATIENCE_MS, Refused, post } from "./server.js";

const ADDRESS = /(https?:\/\/[^\s<>]+)/;
let current = null; // the phone in hand: what arrives there needs no badge
for (const kind of ["pointerdown", "focusin"]) {
  document.addEventListener(kind, (event) => { current = event.target.closest(".phone"); }, { capture: true });
}

export class Phone {
  constructor(section) {
    this.key = section.dataset.phone;
    this.section = section;
    this.chat = section.querySelector(".chat");
    this.input = section.querySelector("textarea");
    this.menu = section.querySelector(".menu");
    this.opener = section.querySelector(".open-menu");
    this.manner = section.querySelector(".manner");
    this.note = section.querySelector(".note");
    this.badges = document.querySelectorAll(`[data-phone="${this.key}"] .badge, [data-tab="${this.key}"] .badge`);
    this.tab = document.querySelector(`[data-tab="${this.key}"]`);
    this.dots = make("p", { className: "typing", title: texts.typing }, make("i"), make("i"), make("i"));
    this.atBottom = true;
    this.unread = 0;
    this.day = null;
    this.commands = [];
    this.listen();
  }

  listen() {
    this.section.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.say(this.input.value);
    });
    this.input.addEventListener("keydown", (event) => this.typed(event));
    this.input.addEventListener("input", () => this.writing());
    this.opener.addEventListener("click", () => this.toggleMenu(this.menu.hidden));
    this.menu.addEventListener("keydown", (event) => walk(event, this.menu, { ArrowUp: -1, ArrowDown: 1 }));
    this.section.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.menu.hidden) {
        this.toggleMenu(false);
        this.input.focus();
      }
    });
    this.section.querySelector("input[type=file]").addEventListener("change", (event) => this.attach(event.target));
    this.note?.querySelector("button").addEventListener("click", (event) => this.join(event.target.dataset.code));
    this.section.querySelector(".examples")?.addEventListener("click", (event) => {
      if (event.target.matches("button")) this.write(event.target.textContent);
    });
    this.manner.addEventListener("change", async () => {
      const wanted = { phone: this.key, manner: this.manner.value };
      if (!(await this.sent("/api/shown-as", wanted))) this.manner.value = this.shownAs;
    });
    this.chat.addEventListener("scroll", () => {
      this.atBottom = this.chat.scrollTop + this.chat.clientHeight > this.chat.scrollHeight - 8;
    });
    new ResizeObserver(() => this.atBottom && this.toBottom()).observe(this.chat);
    for (const kind of ["pointerdown", "focusin"]) this.section.addEventListener(kind, () => this.seen());
  }

  // -- saying

  async say(text) {
    if (!text.trim()) return;
    this.write("");
    if (!(await this.sent("/api/say", { phone: this.key, text })) && !this.input.value) this.write(text);
  }

  async sent(path, body) {
    this.toggleMenu(false);
    this.problem(null);
    try {
      await post(path, body);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.problem(error.message);
      return false;
    }
    return true;
  }

  async join(code) {
    const command = `/start ${code}`;
    for (let end = 1; end <= command.length && !calm.matches; end += 1) {
      this.input.value = command.slice(0, end);
      await new Promise((resume) => setTimeout(resume, 18));
    }
    await this.say(command);
  }

  async press(button, data) {
    if (button.ariaBusy === "true") return; // not `disabled`: the keyboard would lose its place
    button.ariaBusy = "true";
    const taken = await this.sent("/api/press", { phone: this.key, data });
    button.ariaBusy = "false";
    button.classList.toggle("pressed", taken);
  }

  async attach(picker) {
    const form = new FormData();
    form.append("phone", this.key);
    form.append("file", picker.files[0]);
    picker.value = "";
    const caption = this.input.value;
    form.append("text", caption);
    this.write("");
    if (!(await this.sent("/api/file", form)) && !this.input.value) this.write(caption);
  }

  typed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.say(this.input.value);
    }
    if (event.key === "ArrowUp" && !this.menu.hidden) {
      event.preventDefault();
      this.menu.querySelector("button:last-of-type")?.focus();
    }
  }

  write(text) {
    this.input.value = text;
    this.writing();
    if (text) this.input.focus();
  }

  writing() {
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight + 2}px`; // 2: its border
    this.toggleMenu(/^\/\S*$/.test(this.input.value));
  }

  // -- showing

  show(state, first) {
    const { joined, menu, manner, has_menu: hasMenu } = state.phones[this.key];
    if (manner !== this.shownAs) this.manner.value = this.shownAs = manner;
    this.opener.hidden = !hasMenu;
    this.section.querySelector(".status .clock").textContent = state.now.clock;
    if (this.note) {
      this.note.classList.toggle("used", joined);
      this.note.inert = joined;
    }
    if (JSON.stringify(menu) !== JSON.stringify(this.commands)) {
      this.commands = menu;
      if (!this.menu.hidden) this.toggleMenu(true);
    }
    const news = state.messages.filter((message) => message.phone === this.key);
    if (news.length) this.add(news, first);
  }

  add(news, first) {
    this.chat.querySelector(".empty")?.remove();
    this.waiting(false);
    const bubbles = news.map((message) => this.bubble(message));
    this.waiting(!first && news.at(-1).mine);
    if (!first) for (const bubble of bubbles) bubble.classList.add("new");
    if (first) this.toBottom();
    else this.toNews(bubbles[0]);
    if (!first && !this.watched()) this.count(this.unread + news.filter((message) => !message.mine).length);
  }

  toBottom() {
    this.chat.scrollTo({ top: this.chat.scrollHeight, behavior: "instant" });
  }

  /** Scroll to the end, but not so far that the beginning of what is new would be passed over. */
  toNews(bubble) {
    const top = Math.min(this.chat.scrollHeight - this.chat.clientHeight, bubble.offsetTop - 12);
    this.chat.scrollTo({ top, behavior: calm.matches ? "instant" : "smooth" });
  }

  bubble(message) {
    if (message.at.day !== this.day) {
      this.day = message.at.day;
      this.chat.append(make("p", { className: "day" }, message.at.label));
    }
    const pictures = message.files.filter((file) => file.picture).map((file) => this.file(file));
    const papers = message.files.filter((file) => !file.picture).map((file) => this.file(file));
    const text = make("div", { className: "text" }, ...message.runs.map(run));
    const time = make("span", { className: "time" }, message.at.clock);
    const words = message.runs.length ? [text] : [];
    const body = make("div", { className: "body" }, ...pictures, ...words, ...papers, time);
    const element = make("div", { className: message.mine ? "message mine" : "message" }, body);
    for (const row of message.choices) {
      element.append(make("div", { className: "row" }, ...row.map((choice) => this.choice(choice))));
    }
    for (const row of message.links) element.append(make("div", { className: "row links" }, ...row.map(button)));
    this.chat.append(element);
    return element;
  }

  choice({ label, data }) {
    const button = make("button", { type: "button" }, label);
    button.addEventListener("click", () => this.press(button, data));
    return button;
  }

  file({ name, size, href, picture }) {
    if (picture) {
      const image = make("img", { src: href, alt: fill(texts.picture, { name }) });
      return make("a", { className: "picture", href, target: "_blank" }, image);
    }
    const words = make("span", {}, make("b", {}, name), make("small", {}, size));
    const kind = make("span", { className: "kind" }, name.includes(".") ? name.split(".").pop().slice(0, 4) : "?");
    return make("a", { className: "file", href, title: fill(texts.download, { name }) }, kind, words);
  }

  waiting(on) {
    clearTimeout(this.patience);
    this.dots.remove();
    if (!on) return;
    this.chat.append(this.dots);
    this.patience = setTimeout(() => this.dots.remove(), PATIENCE_MS);
  }

  toggleMenu(wanted) {
    const open = wanted && !this.opener.hidden;
    this.menu.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    if (!open) return;
    const begun = this.input.value.startsWith("/") ? this.input.value.slice(1) : "";
    const fitting = this.commands.filter((entry) => entry.command.startsWith(begun));
    const buttons = fitting.map(({ command, description }) => {
      const button = make("button", { type: "button" }, make("b", {}, `/${command}`), make("span", {}, description));
      button.addEventListener("click", () => this.say(`/${command}`));
      return button;
    });
    this.menu.replaceChildren(...buttons);
    if (!this.commands.length) this.menu.append(make("p", {}, texts.menu_empty));
    else if (!fitting.length) this.menu.hidden = true;
  }

  problem(sentence) {
    const line = this.section.querySelector(".problem");
    line.hidden = sentence === null;
    line.textContent = sentence ?? "";
  }

  /** On a narrow screen one phone is shown, chosen by its tab. */
  choose(chosen) {
    this.section.classList.toggle("chosen", chosen);
    this.tab.setAttribute("aria-pressed", String(chosen));
    if (chosen) this.seen();
  }

  watched() {
    return current === this.section && this.section.offsetParent !== null;
  }

  seen() {
    if (this.unread) this.count(0);
  }

  count(unread) {
    this.unread = unread;
    this.section.classList.toggle("ringing", unread > 0);
    for (const badge of this.badges) {
      badge.hidden = unread === 0;
      badge.title = fill(texts.unread, { n: unread });
      badge.textContent = this.tab.contains(badge) ? unread : badge.title;
    }
  }
}

/** A button of a letter: a link to a page on which it is confirmed. */
function button({ label, url }) {
  return make("a", { href: url, target: "_blank", rel: "noopener" }, label);
}

function run([style, text]) {
  let node = document.createDocumentFragment();
  node.append(...text.split(ADDRESS).map(linked));
  for (const tag of style) node = make(tag === "b" ? "b" : "i", {}, node);
  return node;
}

/** Messengers make links of addresses; every second piece between them is one. */
function linked(piece, place) {
  return place % 2 ? make("a", { href: piece, target: "_blank", rel: "noopener" }, piece) : piece;
}
