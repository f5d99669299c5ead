// A manager's yes: asked of the server; with no network, of the verifiers that this device made of managers' PINs.

import { Refusal, call } from "./api.js";
import { questions } from "./deals.js";
import { approver } from "./identity.js";
import { till } from "./till.js";

const PATIENCE = 5000;

/**
 * @param {string} pin
 * @param {import("./deals.js").Need[]} needs
 * @param {string} subject the act: the operation that the cart will be
 * @param {string} reason
 * @param {string} [by] who must say it; anybody with the right where it is left out
 * @returns {Promise<import("./deals.js").Approval[]>}
 */
export async function approve(pin, needs, subject, reason, by) {
  const asked = questions(needs);
  try {
    const given = [];
    for (const { code, amounts, scopes } of asked) {
      const { approval } = await call("approve", { pin, code, subject, actor: till.get().person?.id, reason, amounts, ...(by && { by }) }, PATIENCE);
      given.push({ by: approval.by.id, name: approval.by.name, code, reason, offline: false, amounts, scopes });
    }
    return given;
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 0) throw error;
    const { id, name } = await approver(pin, asked.map(({ code }) => code), by);
    return asked.map(({ code, amounts, scopes }) => ({ by: id, name, code, reason, offline: true, amounts, scopes }));
  }
}
