import { create } from 'zustand';
import { type Learner, nobody } from '@/api/session';

/** The learner of this device, as the session keeper says. */
export const useSessionStore = create<Learner>()(() => nobody);

/** The learner's id; null for a newcomer. */
export const useUserId = () => useSessionStore((state) => state.userId);

/** Whether the learner has an account and is logged in. */
export const useHasAccount = () => useSessionStore((state) => state.userId !== null && !state.isTrial);
