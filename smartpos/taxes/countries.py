"""The standard rate of a country's tax on sales: what the set-up pre-fills (ONB-06). Pure; an owner may always overwrite it.

As of January 2026. Sources: European Commission, "Taxes in Europe" database and "VAT rates applied in the Member States of
the European Union"; OECD, "Consumption Tax Trends", table of VAT/GST rates; for the rest PwC, "Worldwide Tax Summaries"
(value added tax) and each country's own tax administration. Countries without one national rate (US: by state and city)
are not listed. Where it is charged, sub-national tax (CA: PST, HST) comes on top and is the owner's to add.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class CountryTax:
    """A country's name for the tax, its standard rate in per cent, and whether shelf prices carry it."""

    country: str
    name: str
    rate: Decimal
    inclusive: bool = True


# ISO 3166 alpha-2 (XK: Kosovo), the tax's short name as it stands on receipts there, per cent.
_TABLE: Final = """
AE VAT 5
AL TVSH 20
AM VAT 20
AR IVA 21
AT USt 20
AU GST 10
BA PDV 17
BE TVA 21
BG DDS 20
BH VAT 10
CA GST 5
CH MWST 8.1
CL IVA 19
CN VAT 13
CO IVA 19
CY FPA 19
CZ DPH 21
DE USt 19
DK Moms 25
EE KM 24
EG VAT 14
ES IVA 21
FI ALV 25.5
FR TVA 20
GB VAT 20
GE VAT 18
GR FPA 24
HR PDV 25
HU ÁFA 27
IE VAT 23
IL VAT 18
IN GST 18
IS VSK 24
IT IVA 22
JO GST 16
JP CT 10
KE VAT 16
KR VAT 10
LI MWST 8.1
LT PVM 21
LU TVA 17
LV PVN 21
MA TVA 20
MD TVA 20
ME PDV 21
MK DDV 18
MT VAT 18
MX IVA 16
NG VAT 7.5
NL BTW 21
NO MVA 25
NZ GST 15
PE IGV 18
PH VAT 12
PL VAT 23
PT IVA 23
RO TVA 21
RS PDV 20
SA VAT 15
SE Moms 25
SG GST 9
SI DDV 22
SK DPH 23
TH VAT 7
TN TVA 19
TR KDV 20
UA PDV 20
UY IVA 22
XK TVSH 18
ZA VAT 15
"""
# Where shelf prices are quoted without the tax.
_ADDED_ON_TOP: Final = frozenset({"CA"})

STANDARD: Final[dict[str, CountryTax]] = {
    code: CountryTax(code, name, Decimal(rate), inclusive=code not in _ADDED_ON_TOP)
    for code, name, rate in (line.split() for line in _TABLE.split("\n") if line)
}


def standard_tax(country: str) -> CountryTax | None:
    """The standard tax of a country by its ISO 3166 code; None where there is no one national rate, or none is known."""
    return STANDARD.get(country.upper())
