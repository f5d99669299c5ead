// Texts as they are looked for.

const LETTERS = /** @type {Record<string, string>} */ ({ đ: "d", ß: "ss", ø: "o", ł: "l" });
const PLAIN = /^[\x20-\x7e]*$/;

/** Lower case without marks; đ is found as d and as dj. @param {string} text */
export function fold(text) {
  const lower = text.toLowerCase();
  const bare = PLAIN.test(lower)
    ? lower
    : lower
        .replace(/[đßøł]/g, (letter) => LETTERS[letter])
        .normalize("NFKD")
        .replace(/\p{M}/gu, "");
  return bare.replace(/dj/g, "d").replace(/\s+/g, " ").trim();
}
