import type { ReactNode } from 'react';

// What the router's stack asks of its headers, toolbars and guarded screens, of which the app has none.

/** The children of a stack that may be visited: all. */
export const mapProtectedScreen = ({ children }: { children: ReactNode }) => ({ children });

/** The options of a stack's screens, as they are. */
export const validateStackPresentation = <Options>(options: Options) => options;
