// The pad with the till's words and doors; what it says when a door stays shut.

import { pinPad } from "../../lib/pinpad.js";
import { Refusal } from "../api.js";
import { byCard, byPin } from "../session.js";
import { setting } from "../till.js";
import { t } from "../words.js";

/** With no network only who entered a PIN here lately is known; whoever is not reads why. */
export const NOT_HERE = "pin_not_here";

/** What to say of a failure. @param {unknown} error */
export function sentence(error) {
  if (!(error instanceof Refusal)) throw error;
  if (error.status === 0) return t("unreachable");
  if (error.code === "too_many_tries") return t("locked", { seconds: error.seconds });
  if (error.code === "pin_unknown") return t("pinUnknown");
  if (error.code === NOT_HERE) return `${t("pinUnknown")} ${t("pinKnownHere")}`;
  return error.message || t("unreachable");
}

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
