"""REST asked by schemathesis with whatever its description allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from rag.doors.access import open_access
from rag.server import doors

if TYPE_CHECKING:
    from promises import Cases, Promise

    from rag.chain import Chain

EXAMPLES = 5_000  # requests, of all operations together
# A language has to be one, a question must have words: rules that no JSON Schema says.
RULES = [positive_data_acceptance]


def test_nothing_that_may_be_asked_breaks_the_server(
    chain: Chain, cases: Cases, promise: Promise
) -> None:
    application = doors(chain, open_access(chain.library.folder, "127.0.0.1"))
    schema = schemathesis.openapi.from_asgi("/openapi.json", application)
    found: list[Any] = list(schema.get_all_operations())
    operations = [operation.ok() for operation in found]
    assert len(operations) >= 12
    each = cases(4, -(-EXAMPLES // len(operations)))
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(
            max_examples=each,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def asked(case: Any) -> None:  # noqa: ANN401 - schemathesis ships no type of it
            case.call_and_validate(excluded_checks=RULES)

        asked()
    promise(
        "REST: what its description allows, and more",
        f"0 crashes, every answer as described, in {EXAMPLES:,} requests",
        f"0 in {each} requests to each of {len(operations)} operations",
    )
