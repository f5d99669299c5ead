// Before selling: enrol, PIN, float.

import { fill, h } from "../../lib/dom.js";
import { call } from "../api.js";
import { startAnew } from "../kept.js";
import { chooseLanguage, refresh } from "../sync.js";
import { closedHere } from "../shift-over.js";
import { till } from "../till.js";
import { languageNow, t } from "../words.js";
import { sentence, tillPad } from "./pin.js";

export { sentence };

/**
 * A labelled field with its error beside it.
 * @param {string} label
 * @param {Record<string, string | boolean>} attributes
 */
export function field(label, attributes) {
  const id = String(attributes.id);
  const input = h("input", { class: "input input--large", "aria-describedby": `${id}-error`, ...attributes });
  const error = h("p", { class: "field__error", id: `${id}-error`, role: "alert" });
  const say = (/** @type {string} */ text) => {
    error.textContent = text;
    input.setAttribute("aria-invalid", text ? "true" : "false");
    if (text) input.focus();
  };
  return { input, say, element: h("div", { class: "field" }, h("label", { class: "field__label", for: id }, label), input, error) };
}

/** @param {HTMLElement} host @param {(Node | string | false)[]} content */
export function gate(host, ...content) {
  fill(host, h("main", { class: "gate" }, h("div", { class: "card gate__card" }, ...content)));
}

/** The other language, and the screen anew in it. @param {() => void} again */
function languageButton(again) {
  const other = languageNow() === "bs" ? "en" : "bs";
  const act = async () => {
    await chooseLanguage(other);
    again();
  };
  return h("button", { class: "button button--quiet", type: "button", lang: other, onclick: () => void act() }, t("language"));
}

/** What this device would best be called, until somebody knows better: «Windows», «Android». */
function kindOfDevice() {
  const agent = /** @type {{ userAgentData?: { platform?: string } }} */ (navigator).userAgentData;
  return agent?.platform || navigator.platform || "";
}

/** @param {HTMLElement} host @param {() => void} next */
export function enrolScreen(host, next) {
  const code = field(t("code"), { id: "code", autocomplete: "off", autocapitalize: "characters", required: true, value: new URLSearchParams(location.search).get("code") ?? "" });
  const name = field(t("deviceName"), { id: "name", autocomplete: "off", required: true, maxlength: "80", value: kindOfDevice() });
  const form = h(
    "form",
    {
      class: "gate__form",
      novalidate: true,
      onsubmit: async (/** @type {Event} */ event) => {
        event.preventDefault();
        name.say(name.input.value.trim() ? "" : t("deviceNameMissing"));
        code.say(code.input.value.trim() ? "" : t("codeMissing"));
        if (!code.input.value.trim() || !name.input.value.trim()) return;
        try {
          await call("enrol", { code: code.input.value, name: name.input.value });
          await startAnew();
          // the former device's shift and cart are none of this one's
          closedHere(till.get().shift?.id ?? "");
          till.set({ shift: null, lines: [], customer: null, orders: [], exchange: null });
          await refresh();
          history.replaceState(null, "", "/pos/");
          next();
        } catch (error) {
          code.say(sentence(error));
        }
      },
    },
    code.element,
    name.element,
    h("button", { class: "button button--primary button--large button--wide", type: "submit" }, t("enrol")),
  );
  gate(host, h("h1", {}, t("enrol")), h("p", {}, t("enrolHelp")), !isSecureContext && h("p", { class: "banner banner--warn" }, t("insecure")), form, languageButton(() => enrolScreen(host, next)));
  if (code.input.value) name.input.select();
  else code.input.focus();
}

/** @param {HTMLElement} host @param {() => void} next */
export function pinScreen(host, next) {
  const pad = tillPad(() => next());
  const place = till.get().place;
  gate(
    host,
    h("div", { class: "gate__head" }, h("h1", {}, place?.store.name ?? "SmartPOS"), h("p", { class: "gate__place" }, place ? `${place.terminal.name} · ${place.device.series}` : "")),
    pad.element,
    pad.hint && h("p", { class: "gate__place" }, pad.hint),
    languageButton(() => pinScreen(host, next)),
  );
  pad.focus();
}

/** Another tab holds the till. @param {HTMLElement} host */
export function busyScreen(host) {
  gate(host, h("h1", {}, t("anotherTab")), h("p", {}, t("anotherTabHelp")), h("button", { class: "button button--primary", type: "button", onclick: () => location.reload() }, t("retry")));
}

/** Nothing kept and no server. @param {HTMLElement} host */
export function unreachableScreen(host) {
  gate(host, h("h1", {}, t("unreachable")), h("button", { class: "button button--primary", type: "button", onclick: () => location.reload() }, t("retry")));
}

