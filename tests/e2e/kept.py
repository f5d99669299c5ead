"""What a till keeps in its browser, read past its own scripts."""

from typing import Any

from playwright.sync_api import Page

READ = """async (name) => {
  const open = indexedDB.open("smartpos-till");
  await new Promise((done) => (open.onsuccess = done));
  const get = open.result.transaction("kv").objectStore("kv").get(name);
  await new Promise((done) => (get.onsuccess = done));
  open.result.close();
  return get.result;
}"""


def kept(page: Page, name: str) -> Any:
    """The value of that name among what is kept."""
    return page.evaluate(READ, name)
