/**
 * Looks at pages with Lighthouse, as somebody signed in.
 *
 * node look.mjs FOLDER PORT «cookie header» form-factor PATH…
 *
 * A line of JSON per page: its path, the scores in hundredths, and what fails. The browser is the one of CHROME_PATH.
 */
import { pathToFileURL } from "node:url";

const [folder, port, cookie, formFactor, ...paths] = process.argv.slice(2);
const { default: lighthouse, desktopConfig } = await import(pathToFileURL(`${folder}/node_modules/lighthouse/core/index.js`).href);
const { launch } = await import(pathToFileURL(`${folder}/node_modules/chrome-launcher/dist/index.js`).href);

const chrome = await launch({
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
const options = {
  port: chrome.port,
  logLevel: "silent",
  onlyCategories: ["performance", "accessibility", "best-practices"],
  extraHeaders: { Cookie: cookie },
  disableStorageReset: true,
};
/** What an audit found first. */
function said({ details }) {
  const [item] = details?.items ?? [];
  return item ? JSON.stringify(item).slice(0, 300) : "";
}

const config = formFactor === "desktop" ? desktopConfig : undefined;
for (const path of paths) {
  const look = async () => (await lighthouse(`http://127.0.0.1:${port}${path}`, options, config)).lhr;
  const first = await look();
  // A busy machine loses a trace now and then.
  const lhr = first.runtimeError ? await look() : first;
  const scores = Object.fromEntries(Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)]));
  const failing = Object.entries(lhr.categories).flatMap(([name, { auditRefs }]) =>
    name === "performance" ? [] : auditRefs.filter(({ id, weight }) => weight && (lhr.audits[id].score ?? 1) < 1).map(({ id }) => `${id} ${said(lhr.audits[id])}`),
  );
  console.log(JSON.stringify({ path, scores, failing, at: lhr.finalDisplayedUrl, error: lhr.runtimeError?.message ?? "" }));
}
await chrome.kill();
