// Barcodes by the device's camera (POS-05): the browser's own reader, else the one that is fetched when it is needed.

import { scriptUrl } from "../lib/trusted.js";

/** @typedef {{detect: (source: HTMLVideoElement) => Promise<{rawValue: string}[]>}} Reader */

const FORMATS = ["ean_13", "ean_8", "upc_a", "upc_e", "code_128", "code_39", "itf", "qr_code", "data_matrix"];
const EVERY = 120;
// A code that stays in sight is one glance; it counts again once it was away this long.
const GLANCE = 1500;
const VENDOR = new URL("../../vendor/", import.meta.url).href;

/** Why there is no camera, as a key of the till's words. */
export class NoCamera extends Error {
  /** @param {"cameraInsecure" | "cameraDenied" | "cameraNone" | "cameraFailed"} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** The back camera's picture. @returns {Promise<MediaStream>} */
export async function openStream() {
  if (!isSecureContext || !navigator.mediaDevices) throw new NoCamera("cameraInsecure");
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: "environment", width: { ideal: 1280 } } });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    if (name === "NotAllowedError" || name === "SecurityError") throw new NoCamera("cameraDenied");
    throw new NoCamera(name === "NotFoundError" || name === "OverconstrainedError" ? "cameraNone" : "cameraFailed");
  }
}

/** @returns {Promise<Reader>} */
export async function openReader() {
  const Own = /** @type {any} */ (globalThis).BarcodeDetector;
  const known = (await Own?.getSupportedFormats?.()) ?? [];
  if (known.includes("ean_13")) return new Own({ formats: FORMATS.filter((format) => known.includes(format)) });
  const { BarcodeDetector, prepareZXingModule } = await fetched();
  prepareZXingModule({ overrides: { locateFile: (/** @type {string} */ path) => `${VENDOR}${path}` } });
  return new BarcodeDetector({ formats: FORMATS });
}

/** @type {Promise<any> | undefined} */
let fetching;

function fetched() {
  fetching ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = scriptUrl(`${VENDOR}barcode-detector.js`);
    script.addEventListener("load", () => resolve(/** @type {any} */ (globalThis).BarcodeDetectionAPI));
    script.addEventListener("error", () => {
      fetching = undefined;
      reject(new NoCamera("cameraFailed"));
    });
    document.head.append(script);
  });
  return fetching;
}

/** Codes as they come into sight, each once a glance. Pure but for its clock. */
export class Glance {
  /** @type {Map<string, number>} */
  seen = new Map();

  /** The codes that are new at this moment. @param {string[]} codes @param {number} now milliseconds */
  fresh(codes, now) {
    const found = [...new Set(codes)].filter((code) => now - (this.seen.get(code) ?? -Infinity) > GLANCE);
    for (const code of codes) this.seen.set(code, now);
    return found;
  }
}

/**
 * Look until told to stop.
 * @param {HTMLVideoElement} video
 * @param {Reader} reader
 * @param {(code: string) => void} onCode
 * @returns {() => void}
 */
export function watch(video, reader, onCode) {
  const glance = new Glance();
  let over = false;
  const step = async () => {
    if (over) return;
    const found = video.readyState >= 2 ? await reader.detect(video).catch(() => []) : [];
    const codes = found.map(({ rawValue }) => rawValue).filter(Boolean);
    if (!over) for (const code of glance.fresh(codes, performance.now())) onCode(code);
    setTimeout(() => void step(), EVERY);
  };
  void step();
  return () => (over = true);
}
