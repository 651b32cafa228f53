"""A real SMTP server on loopback that does what a test tells it."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.running_site import free_port

# To write down every word of a conversation takes longer than the conversation.
logging.getLogger("mail.log").setLevel(logging.WARNING)

# What it may do with a mail, and where in the conversation.
ACCEPT = "accept"
MOODS = (
    *(ACCEPT, "later at rcpt", "never at rcpt", "later at data", "never at data"),
    *("hang at rcpt", "hang at data", "hang up at rcpt", "hang up at data", "hang up after data"),
)


@dataclass(frozen=True)
class Taken:
    """A mail that the server answered for with 250."""

    sender: str
    receivers: tuple[str, ...]
    message: EmailMessage

    @property
    def message_id(self) -> str:
        return self.message["Message-ID"]


class MailServer:
    def __init__(self, host: str = "127.0.0.1") -> None:
        self.host, self.port = host, free_port()
        # Asked at each receiver.
        self.mood: Callable[[], str] = lambda: ACCEPT
        # Told when it falls silent, for whoever waits with a mail.
        self.when_hanging: Callable[[], None] = lambda: None
        # It answers no receiver before so many conversations have come as far.
        self.together = 1
        self._taken: list[Taken] = []
        self._peers: set = set()
        self._all_are_there = asyncio.Event()
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self, hostname=self.host, port=self.port, ready_timeout=30)
        self._controller.start()

    def stop(self) -> None:
        """As if the machine were off: connections are refused."""
        self._controller.stop()

    def taken(self) -> list[Taken]:
        """What it took, once every conversation is over: it may go on when the sender is gone."""
        loop = self._controller.loop
        if loop.is_running():
            asyncio.run_coroutine_threadsafe(_conversations_end(), loop).result(timeout=60)
        return self._taken

    def copies(self) -> Counter[str]:
        """How often each mail was taken."""
        return Counter(mail.message_id for mail in self.taken())

    @property
    def conversations(self) -> int:
        """How many came as far as a receiver."""
        return len(self._peers)

    async def handle_RCPT(  # noqa: N802 (the name that aiosmtpd calls)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list
    ) -> str:
        self._peers.add(session.peer)
        if len(self._peers) >= self.together:
            self._all_are_there.set()
        await self._all_are_there.wait()
        session.mood = self.mood()
        refusal = await self._refusal(server, session.mood, "rcpt")
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        refusal = await self._refusal(server, session.mood, "data")
        if refusal:
            return refusal
        message = message_from_bytes(envelope.content, policy=policy.default)
        self._taken.append(Taken(envelope.mail_from, tuple(envelope.rcpt_tos), message))
        if session.mood == "hang up after data":
            # It has the mail; whoever sent it cannot know.
            server.transport.abort()
        return "250 OK"

    async def _refusal(self, server: SMTP, mood: str, where: str) -> str:
        if mood == f"later at {where}":
            return "451 Come back later, someone@secret.example"
        if mood == f"never at {where}":
            return "550 Nobody of that name, someone@secret.example"
        if mood == f"hang at {where}":
            self.when_hanging()
            # Until the sender hangs up, which cancels this conversation.
            await asyncio.get_running_loop().create_future()
        if mood == f"hang up at {where}":
            server.transport.abort()
            return "451 Gone"
        return ""


async def _conversations_end() -> None:
    """Each conversation is a task of the server, from the first word to the last."""
    while others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others)
