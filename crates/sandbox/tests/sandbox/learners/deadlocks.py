# Programs that wait for what nothing can bring, or look as if they did: each with how its test ends.
# ---- a lock is taken twice
# {"raised": "RuntimeError", "message": "deadlock: waiting for a Lock which nothing can release", "line": 5}
import threading
lock = threading.Lock()
def f():
    with lock:
        with lock:
            return 1
# ---- a lock is taken twice by its method
# {"raised": "RuntimeError", "message": "deadlock: waiting for a Lock which nothing can release", "line": 5}
from threading import Lock
def f():
    lock = Lock()
    lock.acquire()
    lock.acquire()
# ---- a lock whose owner does not wait for ever
# {"returned": [[true, false, false, true]]}
import threading
def f():
    lock = threading.Lock()
    return [lock.acquire(), lock.acquire(False), lock.acquire(timeout=0.01), lock.locked()]
# ---- a lock that the same code may take again
# {"returned": [true]}
import threading
def f():
    lock = threading.RLock()
    with lock, lock:
        return True
# ---- an empty queue
# {"raised": "RuntimeError", "message": "deadlock: waiting for a Queue which nothing can release", "line": 3}
import queue
def f():
    return queue.Queue().get()
# ---- an empty queue that is asked for a moment only
# {"raised": "Empty", "message": "", "line": 3}
import queue
def f():
    return queue.PriorityQueue().get(timeout=0.01)
# ---- a full queue
# {"raised": "RuntimeError", "message": "deadlock: waiting for a LifoQueue which nothing can release", "line": 5}
import queue
def f():
    full = queue.LifoQueue(1)
    full.put(1)
    full.put(2)
# ---- tasks of a queue that nobody ends
# {"raised": "RuntimeError", "message": "deadlock: waiting for a Queue which nothing can release", "line": 5}
from queue import Queue
def f():
    tasks = Queue()
    tasks.put(1)
    tasks.join()
# ---- an empty simple queue
# {"raised": "RuntimeError", "message": "deadlock: waiting for a SimpleQueue which nothing can release", "line": 3}
import queue
def f():
    return queue.SimpleQueue().get()
# ---- an event that nobody sets
# {"raised": "RuntimeError", "message": "deadlock: waiting for an Event which nothing can release", "line": 3}
import threading
def f():
    threading.Event().wait()
# ---- a condition of which nobody notifies
# {"raised": "RuntimeError", "message": "deadlock: waiting for a Condition which nothing can release", "line": 5}
import threading
def f():
    changed = threading.Condition()
    with changed:
        changed.wait()
# ---- a semaphore without a place
# {"raised": "RuntimeError", "message": "deadlock: waiting for a Semaphore which nothing can release", "line": 3}
import threading
def f():
    threading.Semaphore(0).acquire()
# ---- a barrier that nobody else comes to
# {"raised": "RuntimeError", "message": "deadlock: waiting for a Barrier which nothing can release", "line": 3}
import threading
def f():
    threading.Barrier(2).wait()
# ---- a result that nobody computes
# {"raised": "RuntimeError", "message": "deadlock: waiting for a Future which nothing can release", "line": 3}
import concurrent.futures
def f():
    concurrent.futures.Future().result()
# ---- a queue that is used as it should be
# {"returned": [[1, 2]]}
import queue
def f():
    tasks = queue.Queue(2)
    for task in (1, 2):
        tasks.put(task)
    return [tasks.get(), tasks.get()]
# ---- a thread
# {"raised": "RuntimeError", "message": "can't start new thread: code here runs in one thread", "line": 3}
import threading
def f():
    threading.Thread(target=print).start()
# ---- a pool of threads
# {"raised": "RuntimeError", "message": "can't start new thread: code here runs in one thread", "line": 4}
from concurrent.futures import ThreadPoolExecutor
def f():
    with ThreadPoolExecutor() as pool:
        return list(pool.map(abs, [1]))
# ---- a future that nobody sets
# {"raised": "RuntimeError", "message": "deadlock: waiting for a Future which nothing can release", "line": 3}
import asyncio
async def f():
    await asyncio.get_running_loop().create_future()
# ---- a future in a task that another gathers
# {"raised": "RuntimeError", "message": "deadlock: waiting for a Future which nothing can release", "line": 3}
import asyncio
async def waits():
    await asyncio.Event().wait()
async def f():
    await asyncio.gather(asyncio.sleep(0.01), asyncio.create_task(waits()))
# ---- an asynchronous lock is taken twice, and the error is caught
# {"returned": ["deadlock: waiting for a Future which nothing can release"]}
import asyncio
async def f():
    lock = asyncio.Lock()
    async with lock:
        try:
            await lock.acquire()
        except RuntimeError as error:
            return str(error)
# ---- an asynchronous queue that somebody fills later
# {"returned": [7]}
import asyncio
async def f():
    tasks = asyncio.Queue()
    async def fill():
        await asyncio.sleep(0.01)
        await tasks.put(7)
    filling = asyncio.create_task(fill())
    value = await tasks.get()
    await filling
    return value
# ---- an asynchronous wait that has a limit
# {"returned": ["too late"]}
import asyncio
async def f():
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 0.01)
    except TimeoutError:
        return "too late"
