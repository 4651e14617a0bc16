"""A bare python-telegram-bot: writes one row for each message, commits it, replies. Run by load.py."""

import asyncio
import sys

import aiosqlite
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def main(path: str, token: str, url: str) -> None:
    """Answer until killed."""
    async with aiosqlite.connect(path) as file:
        await file.execute("PRAGMA journal_mode=WAL")
        await file.execute("PRAGMA synchronous=FULL")
        await file.execute("CREATE TABLE said (chat INTEGER, text TEXT)")
        await file.commit()

        async def write(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
            message = update.effective_message
            if message is None:
                return
            await file.execute("INSERT INTO said VALUES (?, ?)", (message.chat_id, message.text))
            await file.commit()
            await message.reply_text(f"Đã ghi: {message.text}")

        app = Application.builder().token(token).base_url(f"{url}/bot").build()
        app.add_handler(MessageHandler(filters.ALL, write))
        async with app:
            await app.start()
            if app.updater is not None:
                await app.updater.start_polling()
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
