"""Where scans are kept, and how they go: the row first, the file once that is sure."""

from participation.contributions.paper.models import PaperForm
from participation.foundation import files, outbox


def forget_scan(form: PaperForm) -> None:
    """Cuts a form from its scan and queues the end of the file; without scan, does nothing."""
    if form.scan_file is None:
        return
    outbox.queue("paper.delete_scan", file=form.scan_file)
    form.scan_file = form.scan_purge_on = None


@outbox.handles("paper.delete_scan")
def delete_scan(*, file: str) -> None:
    """Deletes the file of a scan that no form has any more; once more does nothing."""
    files.delete_scan(file)
