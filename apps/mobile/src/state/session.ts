import { create } from 'zustand';

interface SessionState {
  /** The learner of this device; null until something is done that the server has to remember. */
  userId: string | null;
}

export const useSessionStore = create<SessionState>()(() => ({ userId: null }));
