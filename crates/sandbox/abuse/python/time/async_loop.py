# @SAYS@ An event loop that never runs dry.
# @EXPECTED@ time_limit
import asyncio


async def solve(value):
    while True:
        await asyncio.sleep(0)
