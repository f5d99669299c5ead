"""What the journal tells the kernel: its checks."""

from smartpos.audit.checks import declare_check
from smartpos.operations import checks

declare_check("operations are as they came", checks.altered_operations)
declare_check("no operation is missing untold", checks.counts)
