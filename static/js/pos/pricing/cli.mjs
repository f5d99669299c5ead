// node static/js/pos/pricing/cli.mjs: one JSON request per line, one JSON answer per line (docs/pricing.md).

import { answer } from "./answer.mjs";

const NEWLINE = 10;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @param {Buffer} line */
function reply(line) {
  let text = "";
  try {
    text = decoder.decode(line);
  } catch {
    // Not UTF-8: as malformed as an empty line.
  }
  process.stdout.write(`${JSON.stringify(answer(text))}\n`);
}

let rest = Buffer.alloc(0);
for await (const chunk of process.stdin) {
  rest = rest.length ? Buffer.concat([rest, chunk]) : chunk;
  for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
    reply(rest.subarray(0, end));
    rest = rest.subarray(end + 1);
  }
}
if (rest.length) reply(rest);
