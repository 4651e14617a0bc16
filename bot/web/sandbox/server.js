// Talking with the program: what is done here is posted, what is the case is asked for again and again.

import { texts } from "./dom.js";

const POLL_MS = 1000;
const HURRY_MS = 200; // while an answer or a move of the calendar is under way
export const PATIENCE_MS = 4000;

/** Something was not taken; the message is the sentence to show. */
export class Refused extends Error {}

export async function post(path, body) {
  const answer = await asked(path, { method: "POST", ...packed(body) });
  hurry();
  return answer;
}

export const get = (path) => asked(path);

async function asked(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused(texts.not_sent);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.error ?? texts.not_sent);
  return answer;
}

function packed(body) {
  if (body instanceof FormData) return { body };
  return { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

let look = null;
let lost = null;
let last = 0;
let timer = 0;
let hurryUntil = 0;
let asking = false;

/** Call `show(state)` with each new state; `failed(true)` while the program does not answer. */
export function follow(show, failed) {
  look = show;
  lost = failed;
  ask();
}

/** Ask at once, and often for a while: something is under way. */
export function hurry() {
  hurryUntil = performance.now() + PATIENCE_MS;
  ask();
}

async function ask() {
  if (asking) return;
  asking = true;
  clearTimeout(timer);
  try {
    const response = await fetch(`/api/state?after=${last}`, { signal: AbortSignal.timeout(5000) });
    if (!response.ok) throw new Error(response.statusText);
    const state = await response.json();
    if (state.moving) hurryUntil = performance.now() + PATIENCE_MS;
    last = Math.max(last, ...state.messages.map((message) => message.id));
    lost(false);
    look(state);
  } catch (error) {
    console.info(error);
    lost(true);
  } finally {
    asking = false;
    timer = setTimeout(ask, performance.now() < hurryUntil ? HURRY_MS : POLL_MS);
  }
}
