import type { KeyValueStorage } from '@/storage/key-value-storage';
import { FailureError } from './failure';
import type { Session } from './types';

/** A session as it is kept on the device. */
interface StoredSession {
  accessToken: string;
  refreshToken: string;
  /** Milliseconds since 1970, on this device's clock. */
  expiresAt: number;
  userId: string;
}

interface SessionDependencies {
  storage: Pick<KeyValueStorage, 'read' | 'write' | 'remove'>;
  /** Starts an anonymous session (a trial). */
  start: () => Promise<Session>;
  /** Trades a refresh token, which works only once, for a new session. */
  refresh: (refreshToken: string) => Promise<Session>;
  now: () => number;
  /** Runs one task at a time on this device: other tabs wait too. */
  exclusively: <T>(task: () => Promise<T>) => Promise<T>;
  /** Told whenever the learner of this device becomes another one, or none. */
  onUserChange: (userId: string | null) => void;
}

export interface SessionKeeper {
  /** Loads what the device remembers. */
  restore: () => Promise<void>;
  /** A token that is valid now, if one is at hand; never asks the server. */
  tokenAtHand: () => string | null;
  /** A token that is valid now; starts or refreshes the session if need be. */
  token: () => Promise<string>;
  /** A token other than this one, which the server refused. */
  tokenInsteadOf: (refused: string) => Promise<string>;
  forget: () => Promise<void>;
}

const storageKey = 'session';

/** Tokens are renewed this long before they expire, so that none expires on its way. */
const marginMilliseconds = 30_000;

function parseSession(text: string | null): StoredSession | null {
  if (text === null) return null;
  try {
    return JSON.parse(text) as StoredSession;
  } catch {
    return null;
  }
}

function isRefusedRefreshToken(error: unknown): boolean {
  return error instanceof FailureError && error.failure.kind === 'server' && error.failure.status === 401;
}

export function createSessionKeeper(dependencies: SessionDependencies): SessionKeeper {
  const { storage, start, refresh, now, exclusively, onUserChange } = dependencies;
  let current: StoredSession | null = null;
  let renewal: Promise<StoredSession> | null = null;

  const isFresh = (session: StoredSession) => session.expiresAt - marginMilliseconds > now();

  function adopt(session: StoredSession | null) {
    const changed = session?.userId !== current?.userId;
    current = session;
    if (changed) onUserChange(session?.userId ?? null);
  }

  async function keep(session: Session): Promise<StoredSession> {
    const stored: StoredSession = {
      accessToken: session.access_token,
      refreshToken: session.refresh_token,
      expiresAt: now() + session.expires_in * 1000,
      userId: session.user.id,
    };
    await storage.write(storageKey, JSON.stringify(stored));
    adopt(stored);
    return stored;
  }

  async function refreshOrStart(refreshToken: string): Promise<Session> {
    try {
      return await refresh(refreshToken);
    } catch (error) {
      if (isRefusedRefreshToken(error)) return start();
      throw error;
    }
  }

  async function renewUnderLock(refused: string | null): Promise<StoredSession> {
    // Another tab may have renewed the session while this one waited.
    const stored = parseSession(await storage.read(storageKey));
    if (stored && stored.accessToken !== refused && isFresh(stored)) {
      adopt(stored);
      return stored;
    }
    return keep(stored ? await refreshOrStart(stored.refreshToken) : await start());
  }

  function renew(refused: string | null): Promise<StoredSession> {
    renewal ??= exclusively(() => renewUnderLock(refused)).finally(() => {
      renewal = null;
    });
    return renewal;
  }

  return {
    restore: async () => adopt(parseSession(await storage.read(storageKey))),
    tokenAtHand: () => (current && isFresh(current) ? current.accessToken : null),
    token: async () => {
      if (current && isFresh(current)) return current.accessToken;
      return (await renew(null)).accessToken;
    },
    tokenInsteadOf: async (refused) => {
      if (current && isFresh(current) && current.accessToken !== refused) return current.accessToken;
      return (await renew(refused)).accessToken;
    },
    forget: async () => {
      await storage.remove(storageKey);
      adopt(null);
    },
  };
}
