/** Loads the editor and the highlighter: on the web they are a chunk of their own. */
export const loadEditor = () => import('./editor-chunk');
