"""An independent checker of what the suite left in its store.

It reads documents as they lie in the databases, with its own reading of the rules written out by hand: it
imports no service, no policy, no procedure and no rule. Only the check of the history's chain is the
store's own.
"""

from deploy.demo.checker.check import check, check_uri
from deploy.demo.checker.violation import KINDS, Violation

__all__ = ["KINDS", "Violation", "check", "check_uri"]
