// Whom the shop knows by name, as the cache holds them: found by words, by card.

import { fold } from "./folding.js";

/**
 * @typedef {object} Customer
 * @property {string} id
 * @property {string} name
 * @property {string} phone
 * @property {string} email
 * @property {string} card
 * @property {string} company
 * @property {string} tax_number
 * @property {string} address with the city
 * @property {string} street the address alone
 * @property {string} city
 * @property {boolean} enrolled in the loyalty programme
 * @property {number} points as last heard
 * @property {string} words
 */

/** @type {WeakMap<object, Customer[]>} */
const made = new WeakMap();

/**
 * Everybody of a cache by name, made once.
 * @param {{customers: Record<string, any[]>}} catalog
 */
export function customersOf(catalog) {
  const known = made.get(catalog) ?? Object.entries(catalog.customers).map(([id, row]) => customerOf(id, row)).sort((a, b) => a.name.localeCompare(b.name, "hr"));
  made.set(catalog, known);
  return known;
}

/** @param {string} id @param {any[]} row @returns {Customer} */
function customerOf(id, [name, phone, email, card, city, company, tax_number = "", street = "", enrolled = false, points = 0]) {
  const words = ` ${fold(`${name} ${company} ${email} ${phone} ${phone.replace(/\D/g, "")} ${card} ${city}`)}`;
  return { id, name, phone, email, card, company, city, tax_number, street, address: [street, city].filter(Boolean).join(", "), enrolled, points, words };
}

/**
 * Customers of whom every word of the query begins a word.
 * @param {Customer[]} customers
 * @param {string} query
 * @param {number} most
 */
export function findCustomers(customers, query, most) {
  const words = fold(query).split(" ").filter(Boolean);
  const found = [];
  for (const customer of customers) {
    if (!words.every((word) => customer.words.includes(` ${word}`))) continue;
    found.push(customer);
    if (found.length === most) break;
  }
  return found;
}

/**
 * The row of the cache that says so of somebody.
 * @param {Record<string, string>} contact
 * @param {boolean} enrolled
 * @param {number} points
 */
export const rowOf = ({ name, phone, email, card, city, company, tax_number, address }, enrolled, points) => [name, phone, email, card, city, company, tax_number, address, enrolled, points];

/** Whose card this is. @param {Customer[]} customers @param {string} code */
export function byCard(customers, code) {
  const card = code.replace(/\s/g, "");
  return card ? customers.find((customer) => customer.card === card) : undefined;
}
