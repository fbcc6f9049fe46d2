"""Plain builders: each makes one saved, valid row, with whatever the test cares about given by name."""

from investigations.models import Source, Story, secrecy
from investigations.publishing.correct import correct
from investigations.publishing.publish import publish
from investigations.publishing.signatures import sign
from investigations.publishing.steps import approve, submit
from tests.builders.common import *  # noqa: F403
from tests.builders.confidential import *  # noqa: F403
from tests.builders.letters import *  # noqa: F403
from tests.builders.pages import *  # noqa: F403
from tests.builders.published import *  # noqa: F403
from tests.builders.records import *  # noqa: F403
from tests.builders.stories import *  # noqa: F403

__all__ = ["Source", "Story", "approve", "correct", "publish", "secrecy", "sign", "submit"]
