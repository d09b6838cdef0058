"""Let people use the site while it is harmed, and find what was lost or doubled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from threading import Event
from time import monotonic, sleep
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.test import Client
from wagtail.models import Page, Revision

from accounts.models import User
from accounts.roles import communications_group
from mailing.models import OutgoingMessage
from news.models import NewsPage
from press.inquiries.models.inquiry import Inquiry
from publishing.models import PublishedDocument, WebhookDelivery, WebhookSubscription
from tests.admin_forms import body_data
from tests.mail_server import mails_in
from tests.press_inquiries import address, typed
from tests.press_machine import UNSETTLED, let_time_pass
from tests.webhook_deliveries import make_due
from tests.webhook_receiver import Receiver, wait_until

from .clients import OK, Editor, Journalists, Partner, Read, Reader, ask
from .site import Fault, Site, recovered

PAGES = ["/ar/", "/en/", "/fr/", "/en/news/", "/ar/الأخبار/", "/fr/espace-presse/", "/sitemap.xml"]
_CALM_SECONDS = 3.0


class Size(NamedTuple):
    """How many use the site, and for how many seconds each fault lasts."""

    readers: int
    editors: int
    journalists: int


class Harm(NamedTuple):
    fault: Fault
    seconds: float

    @property
    def name(self) -> str:
        return self.fault.__name__.replace("_", " ")


@dataclass
class Trial:
    """A site in use. `readings`: for each fault, what readers got from its beginning until the site had recovered."""

    site: Site
    receiver: Receiver
    readers: list[Reader]
    editors: list[Editor]
    journalists: list[Journalists]
    partner: Partner

    def run(self, harms: list[Harm]) -> dict[str, list[Read]]:
        """Harm the site in turn, and return what readers got from the beginning of each fault until it was over."""
        done, moments = Event(), [monotonic()]
        people: list[Any] = [*self.readers, *self.editors, *self.journalists, self.partner]
        with ThreadPoolExecutor(len(people)) as pool:
            at_work = [pool.submit(each.work, done) for each in people]
            try:
                for harm in harms:
                    sleep(_CALM_SECONDS)
                    moments.append(monotonic())
                    harm.fault(self.site, harm.seconds)
                    recovered(self.site, ["/en/press/inquiry/", "/api/v1/news"])
                sleep(_CALM_SECONDS)
            finally:
                done.set()
            for each in at_work:
                each.result()
        moments.append(monotonic())
        reads = [read for reader in self.readers for read in reader.answers]
        return {
            harm.name: [read for read in reads if begun <= read.begun < ended]
            for harm, begun, ended in zip(harms, moments[1:-1], moments[2:], strict=True)
        }

    def settle(self) -> None:
        """Wait until the worker has sent all that waits, and the partner knows the newest."""
        # The server that this process was connected to is gone.
        connection.close()
        wait_until(_is_settled, 180)
        self.partner.catch_up()

    def losses(self) -> list[str]:
        """Return what was lost or doubled."""
        return [*self._of_publications(), *self._of_inquiries(), *self._of_mail(), *self._of_changes()]

    def _of_publications(self) -> Iterator[str]:
        for editor in self.editors:
            page = Page.objects.get(pk=editor.page)
            told = [title for title, is_told in editor.said if is_told]
            if not told:
                yield f"{editor.name} could publish nothing"
                continue
            after = [title for title, _ in editor.said[[title for title, _ in editor.said].index(told[-1]) :]]
            if page.title not in after:
                yield f"{page.title} is public instead of one of {after}"
            if f">{page.title}<" not in _text(self.site, page):
                yield f"{page.url} does not show {page.title}"
            stored = Counter(Revision.objects.for_instance(page).values_list("content__title", flat=True))
            yield from (f"{title} is stored {stored[title]} times" for title in told if stored[title] != 1)

    def _of_inquiries(self) -> Iterator[str]:
        stored: Counter[str] = Counter()
        references: dict[str, str] = {}
        for inquiry in Inquiry.objects.all():
            stored[inquiry.email] += 1
            references[inquiry.email] = str(inquiry.reference)
        for sender in self.journalists:
            for email in sender.tried:
                if stored[email] > 1 or (email in sender.confirmed and not stored[email]):
                    yield f"the inquiry of {email} is stored {stored[email]} times"
            for email, reference in sender.confirmed.items():
                if references.get(email) != reference:
                    yield f"{email} was told {reference}, and {references.get(email)} is stored"

    def _of_mail(self) -> Iterator[str]:
        """No mail goes out twice, and what did not go out is known to be uncertain (decision 9)."""
        status = OutgoingMessage.Status
        arrived = Counter(str(mail["Message-ID"]) for mail in mails_in(self.site.machine.journal))
        yield from (f"mail {message} arrived {number} times" for message, number in arrived.items() if number > 1)
        for message in OutgoingMessage.objects.all():
            if message.status == status.SENT and message.message_id not in arrived:
                yield f"mail {message.message_id} is said to be sent and never arrived"
            if message.status not in (status.SENT, status.UNCERTAIN):
                yield f"mail {message.message_id} is {message.status}"

    def _of_changes(self) -> Iterator[str]:
        """A partner who asks knows every content as it is; one who is told has every message, by its number."""
        copied = {(entry.key.content_id, entry.key.locale): entry.etag for entry in self.partner.store.entries.values()}
        public = {(str(row.content_id), row.locale): row.digest for row in PublishedDocument.objects.filter(removal="")}
        yield from (
            f"the partner's copy of {key} is not the newest" for key in public if copied.get(key) != public[key]
        )
        yield from (f"the partner still has {key}" for key in copied.keys() - public.keys())
        received = {message.id for message in self.receiver.received}
        for delivery in WebhookDelivery.objects.all():
            if delivery.webhook_id not in received:
                yield f"message {delivery.seq} ({delivery.status}) was not received"


def _text(site: Site, page: Page) -> str:
    answer = ask(site.place, "GET", str(page.url))
    assert answer.status == OK
    return answer.body.decode()


def _is_settled() -> bool:
    """Return whether all is sent. Polls slowly: without its claim, work passes from worker to worker."""
    let_time_pass()
    make_due()
    sleep(2)
    waiting = WebhookDelivery.objects.filter(status=WebhookDelivery.Status.WAITING)
    return not OutgoingMessage.objects.filter(status__in=UNSETTLED).exists() and not waiting.exists()


@contextmanager
def trial(site: Site, size: Size) -> Iterator[Trial]:
    """Yield a trial whose people are ready, on a site that keeps the pages that are read."""
    with ExitStack() as stack:
        receiver = stack.enter_context(Receiver())
        WebhookSubscription.objects.create(name="A partner", url=receiver.url)
        site.keep(PAGES)
        yield Trial(
            site,
            receiver,
            [Reader(site.place, PAGES) for _ in range(size.readers)],
            _editors(site, size.editors),
            [Journalists(site.place, address("en"), number, _form_of) for number in range(size.journalists)],
            Partner(f"http://{site.place}"),
        )


def _form_of(email: str) -> dict[str, str]:
    return typed(email=email)


def _editors(site: Site, number: int) -> list[Editor]:
    pages = NewsPage.objects.live().filter(locale__language_code="en").order_by("pk")[:number]
    return [
        Editor(
            site.place, _signed_in(f"editor-{page.pk}"), page.pk, page.get_parent().pk, body_data(page), str(page.pk)
        )
        for page in pages
    ]


def _signed_in(name: str) -> str:
    """Return the cookies of a new member of the communications staff."""
    user = User.objects.create_user(name, f"{name}@example.org", "a password of the tests")
    user.groups.add(communications_group())
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={'a' * 32}"
