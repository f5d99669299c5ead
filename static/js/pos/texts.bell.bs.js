// Riječi zvona na bosanskom; texts.bell.js ima iste ključeve.

export const bsBell = {
  bell: "Obavijesti",
  bellNew: "Obavijesti, novih: {count}",
  bellNone: "Ovdje vam ništa nije javljeno.",
  bellOffline: "Obavijesti stižu s mrežom. Prodaja ide dalje.",
  bellRead: "Označi sve kao pročitano",
};
