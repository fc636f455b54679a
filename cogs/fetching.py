"""Files that people bring are fetched within bounds: no more bytes than may be, and no longer than may be."""

import aiohttp
import discord

from bot.domain.plan_files import BadPlanFile, Fault, because

PATIENCE = aiohttp.ClientTimeout(total=20)  # seconds; a quarter of a megabyte takes less than one
CHUNK = 1 << 16
LOST = because("Discord did not give me the file. It can be brought once more.")


async def fetched(file: discord.Attachment, most: int) -> bytes:
    """The file, or of a larger one so much that its size shows: what Discord says of it is not relied on.

    Raises BadPlanFile where it does not come.
    """
    data = bytearray()
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session, session.get(file.url) as answer:
            answer.raise_for_status()
            async for chunk in answer.content.iter_chunked(CHUNK):
                data += chunk
                if len(data) > most:
                    break
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        raise BadPlanFile((Fault(None, "", LOST),)) from None
    return bytes(data[: most + 1])
