// Talking to the server; a lost network is an error like any other.

/** An answer that says no, with a sentence for the cashier; status 0: no answer at all. */
export class Refusal extends Error {
  /** @param {number} status @param {{code?: string, message?: string, seconds?: number}} [error] */
  constructor(status, error = {}) {
    super(error.message ?? "");
    this.status = status;
    this.code = error.code ?? "";
    this.seconds = error.seconds ?? 0;
  }
}

/** What every request of a till says. */
export const headers = () => ({ "X-SmartPOS-Till": "1", "Accept-Language": document.documentElement.lang });

/**
 * @param {string} path
 * @param {unknown} [body] makes it a POST
 * @param {number} [patience] milliseconds
 */
export async function call(path, body, patience = 10_000) {
  const options = { signal: AbortSignal.timeout(patience), headers: headers() };
  let response;
  try {
    response = await fetch(`/pos/${path}`, body === undefined ? options : { ...options, method: "POST", headers: { ...options.headers, "Content-Type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    throw new Refusal(0);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, answer.error);
  return answer;
}
