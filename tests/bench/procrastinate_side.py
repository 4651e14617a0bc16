"""The other side of `scale`'s queue: procrastinate, each job a function that does nothing.

A script for an environment of its own (build/bench, see peers.txt): CONNINFO JOBS; prints jobs a second of
the best number of jobs at once.
"""

import asyncio
import sys
import time

from procrastinate import App, PsycopgConnector

AT_ONCE = (1, 10, 30)


async def main(conninfo: str, jobs: int) -> float:
    """Return how many jobs a second are done."""
    app = App(connector=PsycopgConnector(conninfo=conninfo))

    @app.task(name="nothing")  # type: ignore[untyped-decorator,unused-ignore]
    async def nothing(number: int) -> None:
        return

    best = 0.0
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        for at_once in AT_ONCE:
            await nothing.batch_defer_async(*({"number": number} for number in range(jobs)))
            began = time.monotonic()
            await app.run_worker_async(
                concurrency=at_once, wait=False, listen_notify=False, install_signal_handlers=False
            )
            best = max(best, jobs / (time.monotonic() - began))
    return best


if __name__ == "__main__":
    sys.stdout.write(f"{asyncio.run(main(sys.argv[1], int(sys.argv[2])))}\n")
