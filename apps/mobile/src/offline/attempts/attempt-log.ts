import type { KeyValueStorage } from '@/storage/key-value-storage';
import type { Attempt, Outcome } from './attempt';

/**
 * The attempts that are not sent, in the order in which they were made, and the answers that were not seen yet. Entries
 * are added and removed, never changed; each has a number, since clocks can be put back.
 */
export interface AttemptLog {
  /** Adds one at the end. One that is there already stays where it is. */
  append: (attempt: Attempt) => Promise<void>;
  pending: () => Promise<Attempt[]>;
  outcomes: () => Promise<Outcome[]>;
  /** Puts the answer in the attempt's place. */
  settle: (outcome: Outcome) => Promise<void>;
  /** Removes answers that were seen. */
  dismiss: (clientIds: string[]) => Promise<void>;
  /** What was made without an account belongs to this one from now on. */
  claim: (owner: string) => Promise<void>;
  removeWhere: (isGone: (owner: string | null) => boolean) => Promise<void>;
}

interface Entry<Value> {
  key: string;
  value: Value;
}

const attemptPrefix = 'attempt:';
const outcomePrefix = 'outcome:';

const numberOf = (key: string) => Number(key.split(':')[1]);

const tailOf = (number: number, clientId: string) => `${String(number).padStart(12, '0')}:${clientId}`;

function parse<Value>(text: string): Value | null {
  try {
    return JSON.parse(text) as Value;
  } catch {
    // Half written, or not ours: nothing can be sent of it.
    return null;
  }
}

type Storage = Pick<KeyValueStorage, 'write' | 'remove' | 'entries'>;

export function createAttemptLog(
  storage: Storage,
  exclusively: <T>(task: () => Promise<T>) => Promise<T>,
): AttemptLog {
  async function entries<Value>(prefix: string): Promise<Entry<Value>[]> {
    const found = await storage.entries(prefix);
    return found.flatMap(([key, text]) => {
      const value = parse<Value>(text);
      return value === null ? [] : [{ key, value }];
    });
  }

  const attempts = () => entries<Attempt>(attemptPrefix);
  const outcomes = () => entries<Outcome>(outcomePrefix);
  const everything = async () => [...(await attempts()), ...(await outcomes())];

  async function removeAll(gone: Entry<Attempt | Outcome>[]) {
    for (const { key } of gone) await storage.remove(key);
  }

  return {
    append: (attempt) =>
      exclusively(async () => {
        const known = await everything();
        if (known.some(({ value }) => value.clientId === attempt.clientId)) return;
        const number = 1 + Math.max(0, ...known.map(({ key }) => numberOf(key)));
        await storage.write(attemptPrefix + tailOf(number, attempt.clientId), JSON.stringify(attempt));
      }),
    pending: async () => {
      // A page that was left between the two steps of settling leaves both the attempt and its answer.
      const settled = new Set((await outcomes()).map(({ value }) => value.clientId));
      return (await attempts()).map(({ value }) => value).filter(({ clientId }) => !settled.has(clientId));
    },
    outcomes: async () => (await outcomes()).map(({ value }) => value),
    settle: (outcome) =>
      exclusively(async () => {
        const found = (await attempts()).filter(({ value }) => value.clientId === outcome.clientId);
        // The answer first: the attempt must not leave without it.
        for (const { key } of found) {
          const tail = tailOf(numberOf(key), outcome.clientId);
          await storage.write(outcomePrefix + tail, JSON.stringify(outcome));
        }
        await removeAll(found);
      }),
    dismiss: (clientIds) =>
      exclusively(async () => {
        const isGone = ({ value }: Entry<Attempt | Outcome>) => clientIds.includes(value.clientId);
        const seen = (await outcomes()).filter(isGone);
        const settled = (await attempts()).filter(({ value }) =>
          seen.some((entry) => entry.value.clientId === value.clientId),
        );
        await removeAll([...settled, ...seen]);
      }),
    claim: (owner) =>
      exclusively(async () => {
        for (const { key, value } of await everything()) {
          if (value.owner === null) await storage.write(key, JSON.stringify({ ...value, owner }));
        }
      }),
    removeWhere: (isGone) =>
      exclusively(async () => removeAll((await everything()).filter(({ value }) => isGone(value.owner)))),
  };
}
