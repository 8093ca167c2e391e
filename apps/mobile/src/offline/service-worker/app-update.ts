import { create } from 'zustand';

/** How to go on with a newer version of the app, once there is one. */
export const useAppUpdate = create<{ reload: (() => void) | null }>()(() => ({ reload: null }));
