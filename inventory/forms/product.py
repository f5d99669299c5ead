"""The product form: the product itself, its variants, and what stores do differently. One save for all of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inventory.forms.category import CategoryField
from inventory.forms.stores import StoreRows
from inventory.forms.variants import VariantRows
from inventory.models import Category, ModifierGroup, Product, Unit
from inventory.selectors.categories import flat
from inventory.types import ProductDetails, VariantInput
from smartpos.errors import DomainError
from smartpos.media.services import own_picture
from smartpos.people.models import Store
from smartpos.taxes.models import TaxProfile
from smartpos.web.forms import NumberField, OfficeForm


class ProductForm(OfficeForm):
    """Checks the fields; the service checks the rules. `variants` and `stores` are its rows."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    picture = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    name = forms.CharField(label=_("Product Name"), max_length=120)
    category = CategoryField(
        label=_("Category"), queryset=Category.everywhere.none(), required=False, empty_label=_("Uncategorised")
    )
    price = NumberField(label=_("Price"))
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.everywhere.none(), to_field_name="uuid", empty_label=None,
        help_text=_("Decides whether fractions are sold: by the piece, by weight."),
    )  # fmt: skip
    tax_profile = forms.ModelChoiceField(
        label=_("Tax Rate"), queryset=TaxProfile.everywhere.none(), to_field_name="uuid", empty_label=None
    )
    description = forms.CharField(
        label=_("Description"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For menus and the web shop."),
    )  # fmt: skip
    favourite = forms.BooleanField(label=_("Favourite"), required=False, help_text=_("Stands in the till's first tab."))
    min_stock = NumberField(label=_("Minimum stock"), places=3, shown=0, required=False)
    max_stock = NumberField(label=_("Maximum stock"), places=3, shown=0, required=False)
    groups = forms.ModelMultipleChoiceField(
        label=_("Modifiers"), queryset=ModifierGroup.everywhere.none(), required=False, to_field_name="uuid",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, product: Product | None = None, stores: Sequence[Store] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.product = product
        self.variants = VariantRows(self.data if self.is_bound else None, product=product)
        self.stores = StoreRows(self.data if self.is_bound else None, product=product, stores=stores)
        self.nodes = flat()
        self.fields["category"].offer(self.nodes)  # type: ignore[attr-defined]
        self.choose("unit", Unit.objects.order_by("pk"))
        kept = Q(pk=product.tax_profile_id) if product else Q()
        self.choose("tax_profile", TaxProfile.objects.filter(Q(active=True) | kept).order_by("-default", "name", "pk"))
        self.choose("groups", ModifierGroup.objects.filter(active=True).order_by("name", "pk"))

    def choose(self, name: str, rows: Any) -> None:
        """Offer these rows of the business."""
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def colours(self) -> dict[str, str]:
        """The colour of each category, for the tile's preview."""
        return {str(node.category.uuid): node.category.colour for node in self.nodes}

    @property
    def parts(self) -> Sequence[OfficeForm]:
        """Its variants, and what stores do differently."""
        return [*self.variants.left, *self.stores.rows]

    def is_valid(self) -> bool:
        """The form and all of its rows."""
        parts = [super().is_valid(), self.variants.is_valid(), self.stores.is_valid()]
        return all(parts)

    def clean_picture(self) -> str:
        """A picture that this business has put up."""
        key: str = self.cleaned_data["picture"]
        if key and (self.product is None or key != self.product.picture) and own_picture(key) is None:
            raise forms.ValidationError(_("This picture is not there any more. Choose it again."))
        return key

    def inputs(self) -> list[VariantInput]:
        """The variants as the service takes them, with their stores."""
        return self.variants.inputs(self.stores)

    def details(self) -> ProductDetails:
        """The rest of the product."""
        data = self.cleaned_data
        return ProductDetails(
            description=data["description"], min_stock=data["min_stock"], max_stock=data["max_stock"],
            favourite=data["favourite"], picture=data["picture"],
        )  # fmt: skip

    def refuse(self, error: DomainError) -> None:
        """A refusal that names a variant's field stands in that row."""
        if not self.variants.refuse(error):
            super().refuse(error)
        self.refused = error.status
