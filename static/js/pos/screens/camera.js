// The camera's sheet: what it sees, what it read, and typing where there is no camera.

import { fill, h } from "../../lib/dom.js";
import { openSheet, topSheet } from "../../lib/sheet.js";
import { NoCamera, openReader, openStream, watch } from "../camera.js";
import { noteError } from "../heartbeat.js";
import { till } from "../till.js";
import { countOf } from "../cart.js";
import { counted, t } from "../words.js";
import { taken } from "./adding.js";
import { field } from "./gate.js";

export async function openCamera() {
  if (topSheet()) return;
  const video = h("video", { class: "camera__picture", playsinline: true, muted: true, "aria-label": t("cameraScan") });
  const said = h("p", { class: "camera__said", role: "status" }, t("cameraStarts"));
  /** @type {MediaStream | undefined} */
  let stream;
  let stop = () => {};
  const end = () => {
    stop();
    for (const track of stream?.getTracks() ?? []) track.stop();
    off();
  };
  const sheet = openSheet({ title: t("cameraScan"), closeLabel: t("close"), name: "camera", body: [h("div", { class: "camera" }, video), said, typed()], onClose: end });
  const off = till.watch(["lines"], ({ lines }) => fill(said, counted("ticketCount", countOf(lines))));
  try {
    [stream] = await Promise.all([openStream(), openReader()]);
    if (!sheet.element.open) return end();
    video.srcObject = stream;
    await video.play();
    fill(said, t("cameraHold"));
    // a question that a code raised (which size, how much) lies above, and no further code is read beneath it
    stop = watch(video, await openReader(), (code) => topSheet() === sheet && taken(code));
  } catch (error) {
    if (!(error instanceof NoCamera)) noteError(error);
    video.parentElement?.remove();
    fill(said, t(error instanceof NoCamera ? error.reason : "cameraFailed"));
    said.className = "banner banner--warn";
  }
}

/** A code by hand, for the label that no camera reads. */
function typed() {
  const code = field(t("cameraType"), { id: "camera-code", autocomplete: "off", inputmode: "numeric", enterkeyhint: "done" });
  const add = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (code.input.value.trim()) taken(code.input.value);
    code.input.value = "";
  };
  return h("form", { class: "camera__typed", onsubmit: add }, code.element, h("button", { class: "button button--large", type: "submit" }, t("add")));
}
