// The pad with the till's words and doors; what it says when a door stays shut.

import { pinPad } from "../../lib/pinpad.js";
import { Refusal } from "../api.js";
import { byCard, byPin } from "../session.js";
import { setting, till } from "../till.js";
import { t } from "../words.js";

/** What to say of a failure. @param {unknown} error */
export function sentence(error) {
  if (!(error instanceof Refusal)) throw error;
  if (error.status === 0) return t("unreachable");
  if (error.code === "too_many_tries") return t("locked", { seconds: error.seconds });
  if (error.code === "pin_unknown") return knownHere(t("pinUnknown"));
  return error.message || t("unreachable");
}

/** With no network only who entered a PIN here lately is known; whoever is not should read why. @param {string} words */
export const knownHere = (words) => (till.get().link === "offline" ? `${words} ${t("pinKnownHere")}` : words);

/** @param {string} label @returns {import("../../lib/pinpad.js").PadWords} */
export const padWords = (label) => ({ label, digit: (digit) => t("digit", { digit }), clear: t("clear"), erase: t("erase"), locked: (seconds) => t("locked", { seconds }) });

/** @param {(person: import("../till.js").Person) => void} next */
export function tillPad(next) {
  /** @param {(text: string) => Promise<import("../till.js").Person>} door */
  const through = (door) => async (/** @type {string} */ text) => {
    try {
      next(await door(text));
    } catch (error) {
      const words = sentence(error);
      if (error instanceof Refusal && error.code === "too_many_tries" && error.seconds) pad.lock(error.seconds);
      else pad.say(words);
    }
  };
  const cards = setting("pos.card_login", false);
  const pad = pinPad(padWords(t("pin")), { onPin: through(byPin), onCard: cards ? through(byCard) : undefined });
  return { ...pad, hint: cards ? t("orCard") : "" };
}
