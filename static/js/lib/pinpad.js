// The pad for a PIN: four dots, keys for fingers, the keyboard wherever the focus is. Enter sends, so does the fourth digit.
// A burst that is longer than a PIN and ends with Enter is a card, never a PIN.

import { fill, h, icon, isField } from "./dom.js";

// A scanner is quicker than this between two keys, and a hand is not.
const BURST = 50;
const SETTLE = 160;
const DIGITS = 4;

/**
 * @typedef {object} PadWords
 * @property {string} label
 * @property {(digit: string) => string} digit
 * @property {string} clear
 * @property {string} erase
 * @property {(seconds: number) => string} locked
 */
/** @typedef {{element: HTMLElement, focus: () => void, say: (text: string) => void, lock: (seconds: number) => void}} Pad */

/**
 * @param {PadWords} words
 * @param {{onPin: (pin: string) => Promise<void>, onCard?: (card: string) => Promise<void>}} acts
 * @returns {Pad}
 */
export function pinPad(words, { onPin, onCard }) {
  const input = h("input", { class: "pad__input", id: "pin", type: "password", inputmode: "numeric", autocomplete: "off", maxlength: DIGITS, "aria-describedby": "pin-error" });
  const dots = h("div", { class: "pad__dots", "aria-hidden": "true" }, ...Array.from({ length: DIGITS }, () => h("span")));
  const error = h("p", { class: "field__error pad__error", id: "pin-error", role: "alert" });
  const keys = [..."123456789", "C", "0", "⌫"].map((key) => padKey(key, words, (changed) => ((input.value = changed(input.value)), settle())));
  let burst = "";
  let last = 0;
  let busy = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const draw = () => [...dots.children].forEach((dot, index) => dot.classList.toggle("pad__dot--full", index < input.value.length));
  const settle = () => {
    if (input.value) say("");
    draw();
    clearTimeout(timer);
    if (input.value.length === DIGITS) timer = setTimeout(() => (burst.length > DIGITS ? empty() : void send()), SETTLE);
  };
  const empty = () => {
    input.value = "";
    burst = "";
    draw();
  };
  const say = (/** @type {string} */ text) => {
    error.textContent = text;
    input.setAttribute("aria-invalid", text ? "true" : "false");
  };
  /** @param {(text: string) => Promise<void>} act @param {string} text */
  const run = async (act, text) => {
    clearTimeout(timer);
    if (busy) return;
    busy = true;
    dots.setAttribute("data-busy", "");
    try {
      await act(text);
    } finally {
      busy = false;
      dots.removeAttribute("data-busy");
      empty();
    }
  };
  const send = async () => input.value.length === DIGITS && run(onPin, input.value);

  /** @param {KeyboardEvent} event */
  const typed = (event) => {
    if (!element.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isField(event.target) && event.target !== input) return;
    event.stopPropagation();
    const quick = event.timeStamp - last < BURST;
    last = event.timeStamp;
    if (event.key.length === 1) {
      burst = quick ? burst + event.key : event.key;
      clearTimeout(timer);
      if (event.target !== input && !input.disabled && /^[0-9]$/.test(event.key)) {
        event.preventDefault();
        input.value = (input.value + event.key).slice(0, DIGITS);
      }
      queueMicrotask(settle);
    } else if (event.key === "Enter" && (event.target === input || !(event.target instanceof HTMLButtonElement))) {
      event.preventDefault();
      const card = quick && burst.length > DIGITS ? burst : "";
      if (!card) return void send();
      clearTimeout(timer);
      empty();
      if (onCard) void run(onCard, card);
    } else if (event.key === "Backspace" && event.target !== input) {
      input.value = input.value.slice(0, -1);
      settle();
    }
  };
  // before everybody else: under a lock the keys of what lies beneath are dead
  addEventListener("keydown", typed, true);
  input.addEventListener("input", () => {
    input.value = input.value.replace(/\D/g, "");
    settle();
  });

  /** Count the seconds down; nothing is taken meanwhile. @param {number} seconds */
  const lock = (seconds) => {
    for (const key of [input, ...keys]) key.disabled = seconds > 0;
    if (seconds <= 0) {
      say("");
      return input.focus();
    }
    say(words.locked(seconds));
    setTimeout(() => element.isConnected && lock(seconds - 1), 1000);
  };

  const element = h("div", { class: "pad" }, h("label", { class: "field__label pad__label", for: "pin" }, words.label), h("div", { class: "pad__field" }, input, dots), error, h("div", { class: "keypad" }, ...keys));
  return { element, focus: () => input.focus(), say, lock };
}

/**
 * @param {string} key
 * @param {PadWords} words
 * @param {(change: (value: string) => string) => void} change
 */
function padKey(key, words, change) {
  const label = key === "C" ? words.clear : key === "⌫" ? words.erase : words.digit(key);
  const press = () => change((value) => (key === "C" ? "" : key === "⌫" ? value.slice(0, -1) : (value + key).slice(0, DIGITS)));
  const button = h("button", { class: key === "C" || key === "⌫" ? "key key--quiet" : "key", type: "button", "aria-label": label, onclick: press });
  fill(button, key === "⌫" ? icon("delete") : key);
  return button;
}
