"""The forms of a page, as a person with a browser's tools would fill them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from uuid import UUID

PLAUSIBLE = {"email": "walk@a.example", "password": "correct horse battery", "name": "Walk"}


@dataclass
class Field:
    """A control: its name, its value, and what else could be chosen."""

    name: str
    value: str = ""
    options: list[str] = field(default_factory=list)

    @property
    def holds_an_id(self) -> bool:
        """Whether it names a thing: a UUID now or among the choices, or a choice of keys."""
        known = [value for value in (self.value, *self.options) if value]
        return any(map(is_uuid, known)) or (bool(self.options) and bool(known) and all(v.isdigit() for v in known))


@dataclass
class Form:
    """A form of a page; what is not said is the page itself and GET."""

    action: str = ""
    method: str = "get"
    fields: list[Field] = field(default_factory=list)

    def data(self) -> dict[str, str]:
        """As it stands on the page, with something plausible in what is empty."""
        return {f.name: f.value or ("" if f.options else PLAUSIBLE.get(f.name, "1")) for f in self.fields}


def is_uuid(text: str) -> bool:
    """Whether a text is a UUID as URLs and forms write it."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form" or "hx-post" in values:
            self.form = Form(
                values.get("hx-post") or values.get("action", ""),
                "post" if "hx-post" in values else values.get("method", "get"),
            )
            self.forms.append(self.form)
        elif self.form is None or not (values.get("name") or tag == "option"):
            return
        elif tag == "option" and self.select is not None:
            self.select.options.append(values.get("value", ""))
            if "selected" in values or not self.select.value:
                self.select.value = values.get("value", "")
        elif tag in {"input", "textarea", "select", "button"}:
            made = Field(values["name"], values.get("value", ""))
            self.form.fields.append(made)
            self.select = made if tag == "select" else self.select

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        if tag == "select":
            self.select = None


def forms_of(html: str) -> list[Form]:
    """Every form of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
