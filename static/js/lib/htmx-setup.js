// htmx under the content security policy: its HTML passes by a policy of its own name, code in attributes never runs.

/** @typedef {{createHTML: (text: string) => string}} HtmlPolicy */
/** @typedef {{initSecurity: (policy: HtmlPolicy, evaluate: () => never, construct: () => never) => void}} Internals */
/** @typedef {{registerExtension: (name: string, extension: {init: (api: Internals) => void}) => void}} Htmx */

const { htmx, trustedTypes } = /** @type {{htmx?: Htmx, trustedTypes?: {createPolicy: (name: string, rules: HtmlPolicy) => HtmlPolicy}}} */ (
  /** @type {unknown} */ (globalThis)
);

/** @returns {never} */
const refuse = () => {
  throw new Error("code in attributes is off");
};

const rules = { createHTML: (/** @type {string} */ text) => text };
const policy = trustedTypes ? trustedTypes.createPolicy("htmx", rules) : rules;
htmx?.registerExtension("trusted", { init: (api) => api.initSecurity(policy, refuse, refuse) });
