// Riječi zvona na bosanskom; texts.bell.js ima iste ključeve.

export const bsBell = {
  bell: "Obavijesti",
  bellNew: "Obavijesti, novih: {count}",
  bellNone: "Nema obavijesti.",
  bellOffline: "Obavijesti stižu s mrežom. Prodaja ide dalje.",
  bellRead: "Označi sve kao pročitano",
};
