"""The server by hand: prints what the bot says; a line typed is a user's message, "!label" a press."""

import sys
import threading

import typer

from tests.botapi.api import TOKEN, BotApi
from tests.botapi.chats import Message
from tests.botapi.users import User


def main(port: int = 9090, token: str = TOKEN, user: int = 1001, name: str = "Lan") -> None:
    """Serve one bot on http://127.0.0.1:PORT, with one user at this terminal."""
    with BotApi(port=port, token=token) as api:
        person = api.user(user, name)
        typer.echo(f"{api.url}  token {api.token}")
        threading.Thread(target=_listen, args=[person], daemon=True).start()
        for line in map(str.strip, sys.stdin):
            try:
                if line.startswith("!"):
                    person.presses(line[1:])
                elif line:
                    person.types(line)
            except AssertionError as impossible:
                typer.echo(str(impossible))


def _listen(person: User) -> None:
    printed = 0

    def is_new(_: Message) -> bool:
        return len(person.chat.shown) > printed

    while True:
        try:
            person.wait_for(where=is_new, anywhere=True, timeout=3600)
        except AssertionError:
            continue
        for message in person.chat.shown[printed:]:
            printed += 1
            rows = ["[" + "] [".join(button.text for button in row) + "]" for row in message.buttons]
            typer.echo("\n".join([f"#{message.id} {message.text}", *rows]))


if __name__ == "__main__":
    typer.run(main)
