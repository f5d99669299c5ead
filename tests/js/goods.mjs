// Catalogues for tests.

import { Catalog, packed } from "../../static/js/pos/catalog.js";

/** What a till has after a whole snapshot. */
export function catalogOf(news) {
  const { cache, pack } = packed(news);
  return new Catalog(cache, pack);
}
