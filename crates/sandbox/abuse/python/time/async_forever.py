# @SAYS@ Awaits something that never happens.
# @EXPECTED@ runtime_error
import asyncio


async def solve(value):
    await asyncio.Event().wait()
