import type { ReactNode } from 'react';

/** The app sets the page's title by itself, and has nothing else to say in its head. */
export const Head = { Provider: ({ children }: { children: ReactNode }) => children };
