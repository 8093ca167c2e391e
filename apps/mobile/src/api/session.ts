import type { KeyValueStorage } from '@/storage/key-value-storage';
import { FailureError } from './failure';
import type { SecondFactorRequest, Session } from './types';

/** Whom this device works for. */
export interface Learner {
  /** Null until something is done that the server has to remember. */
  userId: string | null;
  isTrial: boolean;
  /** The account's session is over, though the learner did not log out: it expired, or was ended elsewhere. */
  hasEnded: boolean;
}

export const nobody: Learner = { userId: null, isTrial: false, hasEnded: false };

/** A session as this device knows it. */
interface KnownSession {
  userId: string;
  isTrial: boolean;
  hasEnded?: boolean;
  accessToken: string | null;
  /** Milliseconds since 1970, on this device's clock. */
  expiresAt: number;
  /** Null where it is in a cookie, which no script can read. */
  refreshToken: string | null;
}

interface SessionDependencies {
  storage: Pick<KeyValueStorage, 'read' | 'write' | 'remove'>;
  /** Whether the refresh token lives in a cookie: then no token is ever stored. */
  usesCookie: boolean;
  /** Starts an anonymous session (a trial). */
  start: () => Promise<Session>;
  /** Trades a refresh token, which works only once, for a new session; null is the one in the cookie. */
  refresh: (refreshToken: string | null) => Promise<Session>;
  /** Ends a session on the server. */
  end: (refreshToken: string | null) => Promise<void>;
  now: () => number;
  /** Runs one task at a time on this device: other tabs wait too. */
  exclusively: <T>(task: () => Promise<T>) => Promise<T>;
  /** Told whenever the device works for another learner, or on other terms. */
  onLearnerChange: (learner: Learner) => void;
  /** Has the other tabs `reread`. */
  tellOtherTabs: () => void;
}

export interface SessionKeeper {
  /** Loads what the device remembers, at the start and when another tab has changed it. */
  restore: () => Promise<void>;
  /** A token that is valid now; starts or refreshes the session if need be. */
  token: () => Promise<string>;
  /** A token other than this one, which the server refused. */
  tokenInsteadOf: (refused: string) => Promise<string>;
  /** Asks with the trial's token, if there is a trial, whose progress comes along where the learner logs in. */
  withTrial: <T>(ask: (trialToken: string | null) => Promise<T>) => Promise<T>;
  /**
   * Asks for a session and goes on with it. `ask` is given the trial's token. What the server still wants to know
   * instead, if anything, is given back.
   */
  logIn: (ask: LogInCall) => Promise<SecondFactorRequest | null>;
  /** Ends the session, on the server too. */
  logOut: () => Promise<void>;
  /** Goes on as a newcomer, whatever becomes of the session. */
  forget: () => Promise<void>;
}

export type LogInCall = (trialToken: string | null) => Promise<Session | SecondFactorRequest>;

const storageKey = 'session';

/** Tokens are renewed this long before they expire, so that none expires on its way. */
const marginMilliseconds = 30_000;

function parseSession(text: string | null): KnownSession | null {
  if (text === null) return null;
  try {
    // What was written before there were accounts is a trial.
    const stored = JSON.parse(text) as Pick<KnownSession, 'userId'> & Partial<KnownSession>;
    return { isTrial: true, accessToken: null, expiresAt: 0, refreshToken: null, ...stored };
  } catch {
    return null;
  }
}

function learnerOf(session: KnownSession | null): Learner {
  if (!session) return nobody;
  const { userId, isTrial, hasEnded = false } = session;
  return hasEnded ? { ...nobody, hasEnded } : { userId, isTrial, hasEnded };
}

const isSame = (one: Learner, other: Learner) =>
  one.userId === other.userId && one.isTrial === other.isTrial && one.hasEnded === other.hasEnded;

function isRefused(error: unknown): boolean {
  return error instanceof FailureError && error.failure.kind === 'server' && error.failure.status === 401;
}

export function createSessionKeeper(dependencies: SessionDependencies): SessionKeeper {
  const { storage, usesCookie, start, refresh, end, now, exclusively, onLearnerChange, tellOtherTabs } =
    dependencies;
  let current: KnownSession | null = null;
  let renewal: Promise<string> | null = null;
  let lastTask: Promise<unknown> = Promise.resolve();

  const tokenAtHand = () =>
    current && !current.hasEnded && current.expiresAt - marginMilliseconds > now()
      ? current.accessToken
      : null;

  /** One after the other in this tab, even where the platform has no lock for all tabs. */
  function alone<T>(task: () => Promise<T>): Promise<T> {
    const result = lastTask.then(() => exclusively(task));
    lastTask = result.catch(() => undefined);
    return result;
  }

  const stored = async () => parseSession(await storage.read(storageKey));

  function adopt(session: KnownSession | null) {
    const before = learnerOf(current);
    const after = learnerOf(session);
    current = session;
    if (!isSame(before, after)) onLearnerChange(after);
  }

  async function keep(session: KnownSession | null) {
    const before = learnerOf(await stored());
    if (session) {
      const { accessToken, refreshToken, expiresAt, ...learner } = session;
      const kept = usesCookie ? learner : { ...learner, accessToken, refreshToken, expiresAt };
      await storage.write(storageKey, JSON.stringify(kept));
    } else {
      await storage.remove(storageKey);
    }
    adopt(session);
    if (!isSame(before, learnerOf(session))) tellOtherTabs();
  }

  async function keepAnswer(session: Session): Promise<string> {
    await keep({
      userId: session.user.id,
      isTrial: session.user.is_trial,
      accessToken: session.access_token,
      expiresAt: now() + session.expires_in * 1000,
      refreshToken: session.refresh_token ?? null,
    });
    return session.access_token;
  }

  /** A trial whose token is refused is gone, and another begins; an account's learner has to log in again. */
  async function endUnasked(session: KnownSession): Promise<string> {
    if (session.isTrial) return keepAnswer(await start());
    await keep({ ...session, accessToken: null, refreshToken: null, expiresAt: 0, hasEnded: true });
    throw new FailureError({ kind: 'logged-out' });
  }

  async function renewAlone(asking: KnownSession | null, refused: string | null): Promise<string> {
    const known = await stored();
    // What was asked for one learner never goes out for another, who came in another tab meanwhile.
    if (asking && asking.userId !== known?.userId) {
      adopt(known);
      throw new FailureError({ kind: 'learner-changed' });
    }
    if (!known) return keepAnswer(await start());
    if (known.hasEnded) {
      adopt(known);
      throw new FailureError({ kind: 'logged-out' });
    }
    if (!usesCookie) adopt(known);
    const atHand = tokenAtHand();
    const isToBeMoved = usesCookie && known.refreshToken !== null;
    if (atHand && atHand !== refused && !isToBeMoved) return atHand;
    let renewed: Session;
    try {
      renewed = await refresh(known.refreshToken);
    } catch (error) {
      if (isRefused(error)) return endUnasked(known);
      throw error;
    }
    return keepAnswer(renewed);
  }

  function renew(refused: string | null): Promise<string> {
    const asking = current;
    renewal ??= alone(() => renewAlone(asking, refused)).finally(() => {
      renewal = null;
    });
    return renewal;
  }

  const token = async () => tokenAtHand() ?? renew(null);

  const trialToken = async () => (current?.isTrial ? token() : null);

  /**
   * Nobody has the token of an account's former session any more. The server itself ends what a cookie replaces, and a
   * trial is merged into the account.
   */
  function endReplaced(former: KnownSession | null) {
    if (usesCookie || !former || former.isTrial || former.hasEnded) return;
    // Logged in is logged in: what can't be ended expires.
    end(former.refreshToken).catch(() => undefined);
  }

  /** A trial that is gone is no reason not to log in. */
  function askWith<T>(trial: string | null, ask: (trialToken: string | null) => Promise<T>): Promise<T> {
    return ask(trial).catch((error: unknown) => {
      if (trial && isRefused(error)) return ask(null);
      throw error;
    });
  }

  return {
    restore: async () => {
      const known = await stored();
      adopt(known);
      // A trial of the time when tokens were stored: its token goes into the cookie, and out of the storage.
      if (usesCookie && known?.refreshToken) renew(null).catch(() => undefined);
    },
    token,
    tokenInsteadOf: async (refused) => {
      const atHand = tokenAtHand();
      return atHand && atHand !== refused ? atHand : renew(refused);
    },
    withTrial: async (ask) => askWith(await trialToken(), ask),
    logIn: async (ask) => {
      const trial = await trialToken();
      return alone(async () => {
        const former = await stored();
        const answer = await askWith(trial, ask);
        if ('mfa_required' in answer) return answer;
        await keepAnswer(answer);
        endReplaced(former);
        return null;
      });
    },
    logOut: () =>
      alone(async () => {
        const known = await stored();
        try {
          if (known && !known.hasEnded) await end(known.refreshToken);
        } catch (error) {
          if (!isRefused(error)) throw error;
        }
        await keep(null);
      }),
    forget: () => alone(() => keep(null)),
  };
}
