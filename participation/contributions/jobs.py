"""What is done for discussions every night."""

from participation.contributions.actions.standing import forget_former_standings
from participation.foundation.jobs import every_day

every_day(forget_former_standings)
