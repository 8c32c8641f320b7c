"""What is done for summaries outside any page: the files in which they are carried away."""

from participation.activity.models import Event
from participation.activity.reading import reads_events
from participation.foundation import outbox
from participation.foundation.jobs import at_start, every_day
from participation.summaries.queries import published_summaries

PRINT = "summary.print"
# What may change a word that a file says: a text that goes or comes back, an appeal, a person who leaves.
OF_TEXTS = ("contribution.", "appeal.decided")
OF_PEOPLE = ("person.erased",)


@outbox.handles(PRINT)
def print_summary(*, summary: int) -> None:
    """Makes the files of a summary that are missing; once more makes none."""
    # What sets pages weighs more than the rest of the product: the worker alone ever loads it.
    from participation.summaries.printing.making import make_files

    make_files(summary)


@reads_events("summaries.print")
def print_again(event: Event) -> None:
    """Queues the summaries in which a text may have gone, or a name."""
    if event.action.startswith(OF_TEXTS) and event.action != "contribution.submitted":
        queue_prints(event.project_id)
    elif event.action in OF_PEOPLE:
        queue_prints(None)


@at_start
@every_day
def print_what_is_missing() -> None:
    """Queues every published summary: what is there stays, what a backup or a new edition lacks is made."""
    queue_prints(None)


def queue_prints(project_id: int | None) -> None:
    """Queues the published summaries of a project, or all of them."""
    for number in published_summaries(project_id):
        outbox.queue(PRINT, summary=number)
