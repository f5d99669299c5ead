// The page's one Trusted Types policy: addresses of our own scripts, nothing else.

/** @typedef {{createScriptURL: (url: string) => string}} Policy */

/** @param {string} url */
function ownScript(url) {
  if (new URL(url, location.href).origin !== location.origin) throw new TypeError("only our own scripts are loaded");
  return url;
}

const factory = /** @type {{trustedTypes?: {createPolicy: (name: string, rules: Policy) => Policy}}} */ (/** @type {unknown} */ (globalThis)).trustedTypes;
const policy = factory ? factory.createPolicy("pos", { createScriptURL: ownScript }) : { createScriptURL: ownScript };

/**
 * An address that `navigator.serviceWorker.register` accepts.
 * @param {string} url
 * @returns {string}
 */
export function scriptUrl(url) {
  return policy.createScriptURL(url);
}
