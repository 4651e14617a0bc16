// Small helpers for the page. Texts from people become text nodes only: nothing makes HTML out of a string.

export const texts = JSON.parse(document.getElementById("texts").textContent);
export const calm = matchMedia("(prefers-reduced-motion: reduce)");
export const byId = (id) => document.getElementById(id);
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);

/** Make an element with properties, data-* attributes under `data`, and children that are nodes or plain text. */
export function make(tag, properties = {}, ...children) {
  const { data = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  Object.assign(element.dataset, data);
  element.append(...children);
  return element;
}

/** Move the focus among a list's buttons, by so many steps as the pressed key stands for. */
export function walk(event, list, steps) {
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...list.querySelectorAll("button:enabled")];
  buttons[buttons.indexOf(document.activeElement) + step]?.focus();
}
