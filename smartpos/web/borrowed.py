"""Sentences of the framework that people read and that its own Bosnian lacks or says otherwise: named here, so that they are
collected and translated with ours. Nothing asks for this list but the test that holds it against what our forms can say.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

FIELDS = (
    _("Enter a valid email address."),
    _("Enter a valid UUID."),
    _("Enter a valid JSON."),
    _("Enter a valid duration."),
    _("Enter a complete value."),
    _("“%(pk)s” is not a valid value."),
    _("Null characters are not allowed."),
    _("The number of days must be between {min_days} and {max_days}."),
    _("No file was submitted."),
    _("No file was submitted. Check the encoding type on the form."),
    _("The submitted file is empty."),
    _("Upload a valid image. The file you uploaded was either not an image or a corrupted image."),
    _("Please either submit a file or check the clear checkbox, not both."),
    _("File extension “%(extension)s” is not allowed. Allowed extensions are: %(allowed_extensions)s."),
    _("Ensure this value is a multiple of step size %(limit_value)s."),
    _("Enter a valid domain name."),
)
COUNTED = (
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this filename has at most %(max)d character (it has %(length)d).",
        "Ensure this filename has at most %(max)d characters (it has %(length)d).",
        "max",
    ),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "min_length",
    ),
)
PASSWORDS = (
    _("The password is too similar to the %(verbose_name)s."),
    _("This password is too common."),
)
