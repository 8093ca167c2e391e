/** Loads the debugger: on the web it is a chunk of its own. */
export const loadDebugger = () => import('./debugger');
