// After a sale: a reminder to ask for a Google review, with words for it (POS-57). It is read; nothing has to be pressed.

import { h, icon } from "../../lib/dom.js";
import { setting, till } from "../till.js";
import { t } from "../words.js";

/** The reminder, where the shop wants one; nothing in practice. */
export function reviewReminder() {
  if (till.get().training || !setting("pos.review_prompt", false)) return "";
  return h(
    "section",
    { class: "paid__review", id: "review", "aria-labelledby": "review-title" },
    h("h3", { id: "review-title" }, icon("star"), t("reviewAsk")),
    h("blockquote", {}, setting("pos.review_words", "") || t("reviewWords")),
    setting("module.employee_bonus", true) && h("p", { class: "caption", id: "review-bonus" }, t("reviewBonus")),
  );
}
