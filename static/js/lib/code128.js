// Code 128 (set B), the twin of printing/code128.py: the number of a receipt as bars.

const ALL =
  "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221223211" +
  "221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321112313132113" +
  "132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131311123311321331121" +
  "312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211241211" +
  "221114413111241112134111111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141" +
  "114113114311411113411311113141114131311141411131211412211214211232";
const STOP = "2331112";
const START_B = 104;
const QUIET = 10;
const SVG = "http://www.w3.org/2000/svg";

/**
 * Start, characters, check. Throws for what set B has no sign for.
 * @param {string} text
 */
function values(text) {
  const own = [...text].map((letter) => letter.charCodeAt(0) - 32);
  if (!own.length || own.some((value) => value < 0 || value > 94)) throw new RangeError("set B has printable ASCII only");
  const check = own.reduce((sum, value, index) => sum + (index + 1) * value, START_B) % 103;
  return [START_B, ...own, check];
}

/**
 * Where each bar begins and how wide it is, in modules, and the width of the whole with its quiet margins.
 * @param {string} text
 */
export function bars(text) {
  const widths = [...values(text).map((value) => ALL.slice(value * 6, value * 6 + 6)), STOP].join("");
  /** @type {[number, number][]} */
  const found = [];
  let place = QUIET;
  [...widths].forEach((digit, index) => {
    const width = Number(digit);
    if (index % 2 === 0) found.push([place, width]);
    place += width;
  });
  return { bars: found, width: place + QUIET };
}

/**
 * The bars as a picture.
 * @param {string} text
 */
export function barcode(text) {
  const drawn = bars(text);
  const picture = document.createElementNS(SVG, "svg");
  const set = (/** @type {Element} */ element, /** @type {Record<string, string | number>} */ attributes) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    return element;
  };
  set(picture, { class: "slip__code", viewBox: `0 0 ${drawn.width} 40`, preserveAspectRatio: "none", role: "img", "aria-label": text });
  for (const [x, width] of drawn.bars) picture.append(set(document.createElementNS(SVG, "rect"), { x, y: 0, width, height: 40 }));
  return picture;
}
