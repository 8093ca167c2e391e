// Timers, in a time of their own: it passes when nothing is left to do but to wait, and then at once. The host charges
// the code for it, as it does where Python sleeps. What is due when is told by waiting alone, not by how long the code
// takes: each run does the same.

const MAX_DELAY = 2 ** 31 - 1;
// When a test has its answer, so many more callbacks are called, for what they print: an interval may go on for ever.
const CALLBACKS_AFTER_THE_ANSWER = 1000;

// In milliseconds. As in Node.js, most times, one has passed before the first timer is looked at.
let now = 0;
let lastOrder = 0;
// Queues of the timers that are due at a time, by that time, and as a heap: the time that comes next is first. Timers
// that are cleared stay until then.
let queuesByTime = new MapClass();
let heap = newList();
let timersById = new MapClass();
let immediates = newList();
let nextImmediate = 0;
// How many of the immediates are called before timers are looked at again.
let immediatesOfTurn = 0;
let callbacksLeft = CALLBACKS_AFTER_THE_ANSWER;
// What a callback threw while there was nobody to catch it: nothing, or a list of one.
let uncaught = newList();

// Forgets what the test before left behind.
function prepareTimers() {
  callbacksLeft = CALLBACKS_AFTER_THE_ANSWER;
  if (uncaught.length > 0) uncaught = newList();
  if (lastOrder === 0) return;
  lastOrder = now = nextImmediate = immediatesOfTurn = 0;
  queuesByTime = new MapClass();
  heap = newList();
  timersById = new MapClass();
  immediates = newList();
}

// ---- the queues ---------------------------------------------------------------------------------------------------

// Timers that are due at the same time are called in the order in which they were set.
function enqueueTimer(timer, order, due) {
  let queue = mapGet(queuesByTime, due);
  if (queue === undefined) {
    queue = { __proto__: null, due, entries: newList(), next: 0 };
    mapSet(queuesByTime, due, queue);
    addToHeap(queue);
  }
  push(queue.entries, timer);
  push(queue.entries, order);
}

function addToHeap(queue) {
  const { due } = queue;
  let position = heap.length;
  while (position > 0) {
    const above = (position - 1) >> 1;
    if (heap[above].due < due) break;
    heap[position] = heap[above];
    position = above;
  }
  heap[position] = queue;
}

// Removes the queue that is due first.
function removeFromHeap() {
  mapDelete(queuesByTime, heap[0].due);
  const last = heap[heap.length - 1];
  heap.length--;
  if (heap.length === 0) return;
  let position = 0;
  for (;;) {
    let below = 2 * position + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && heap[below + 1].due < heap[below].due) below++;
    if (heap[below].due >= last.due) break;
    heap[position] = heap[below];
    position = below;
  }
  heap[position] = last;
}

// The timer that is due first, taken out of its queue where it is due by now; null where there is none.
function nextTimer() {
  while (heap.length > 0) {
    const queue = heap[0];
    const { entries } = queue;
    for (; queue.next < entries.length; queue.next += 2) {
      const timer = entries[queue.next];
      if (!isDue(timer, entries[queue.next + 1])) continue;
      if (queue.due <= now) {
        entries[queue.next] = null;
        queue.next += 2;
      }
      return timer;
    }
    removeFromHeap();
  }
  return null;
}

// ---- what learners get --------------------------------------------------------------------------------------------

class Timeout {
  #callback;
  #values;
  #delay;
  #isRepeated;
  // Where it stands among all timers; 0 where it is not waiting.
  #order = 0;
  #isCleared = false;

  constructor(callback, delay, values, isRepeated) {
    if (typeof callback !== "function") throw invalidType("callback", "of type function", callback);
    const milliseconds = +delay;
    this.#callback = callback;
    this.#values = values;
    this.#delay = milliseconds >= 1 && milliseconds <= MAX_DELAY ? floor(milliseconds) : 1;
    this.#isRepeated = isRepeated;
    this.#start();
  }

  #start() {
    this.#order = ++lastOrder;
    enqueueTimer(this, this.#order, now + this.#delay);
  }

  #clear() {
    this.#order = 0;
    this.#isCleared = true;
  }

  refresh() {
    if (!this.#isCleared) this.#start();
    return this;
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }

  hasRef() {
    return true;
  }

  close() {
    this.#clear();
    return this;
  }

  [primitiveSymbol]() {
    mapSet(timersById, this.#order, this);
    return this.#order;
  }

  static isDue(timer, order) {
    return timer.#order === order;
  }

  static call(timer) {
    const order = timer.#order;
    try {
      apply(timer.#callback, timer, timer.#values);
    } finally {
      // Unless it was cleared or started anew.
      if (timer.#order === order) {
        if (timer.#isRepeated) timer.#start();
        else timer.#order = 0;
      }
    }
  }

  static clear(timer) {
    if (timer !== null && typeof timer === "object" && #order in timer) timer.#clear();
    else if (mapHas(timersById, +timer)) mapGet(timersById, +timer).#clear();
  }
}

class Immediate {
  #callback;
  #values;
  #isWaiting = true;

  constructor(callback, values) {
    if (typeof callback !== "function") throw invalidType("callback", "of type function", callback);
    this.#callback = callback;
    this.#values = values;
    lastOrder ||= 1;
    push(immediates, this);
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }

  hasRef() {
    return true;
  }

  static call(immediate) {
    if (!immediate.#isWaiting) return;
    immediate.#isWaiting = false;
    apply(immediate.#callback, immediate, immediate.#values);
  }

  static clear(immediate) {
    if (immediate !== null && typeof immediate === "object" && #isWaiting in immediate) immediate.#isWaiting = false;
  }
}

const { isDue, call: callTimer, clear: clearTimer } = Timeout;
const { call: callImmediate, clear: clearImmediate } = Immediate;
for (const name of ["isDue", "call", "clear"]) delete Timeout[name];
for (const name of ["call", "clear"]) delete Immediate[name];
const enqueue = queueMicrotask;

const timerFunctions = {
  setTimeout(callback, delay, ...values) {
    return new Timeout(callback, delay, values, false);
  },
  setInterval(callback, delay, ...values) {
    return new Timeout(callback, delay, values, true);
  },
  setImmediate(callback, ...values) {
    return new Immediate(callback, values);
  },
  clearTimeout(timer) {
    clearTimer(timer);
  },
  clearInterval(timer) {
    clearTimer(timer);
  },
  clearImmediate(immediate) {
    clearImmediate(immediate);
  },
  queueMicrotask(callback) {
    if (typeof callback !== "function") throw invalidType("callback", "of type function", callback);
    enqueue(() => {
      try {
        apply(callback, undefined, []);
      } catch (error) {
        if (uncaught.length === 0) push(uncaught, error);
      }
    });
  },
};
for (const name of keysOf(timerFunctions)) publish(root, name, timerFunctions[name]);

// ---- what guest.c calls -------------------------------------------------------------------------------------------

// Calls what is due next; called where no job is left. Returns whether something was, or the test's answer where it
// ends with an error. `isAnswered` says that there is an answer, which nothing changes any more.
function callNext(isAnswered) {
  try {
    if (uncaught.length > 0) throw uncaught[0];
    return (!isAnswered || callbacksLeft-- > 0) && callDue(!isAnswered);
  } catch (error) {
    if (!isAnswered) return failure(error);
    uncaught = newList();
    try {
      printLine(2, "Uncaught " + inspect(error));
    } catch {
      // It cannot be shown.
    }
    return true;
  }
}

function callDue(isCharged) {
  if (lastOrder === 0) return false;
  if (now === 0) {
    wait(1, isCharged);
    now = 1;
  }
  for (;;) {
    if (immediatesOfTurn > 0) {
      immediatesOfTurn--;
      const immediate = immediates[nextImmediate];
      immediates[nextImmediate++] = null;
      if (nextImmediate === immediates.length) immediates.length = nextImmediate = 0;
      callImmediate(immediate);
      return true;
    }
    const timer = nextTimer();
    if (timer !== null && heap[0].due <= now) {
      callTimer(timer);
      return true;
    }
    if (nextImmediate < immediates.length) {
      immediatesOfTurn = immediates.length - nextImmediate;
    } else if (timer !== null) {
      wait(heap[0].due - now, isCharged);
      now = heap[0].due;
    } else return false;
  }
}
