/**
 * All that needs CodeMirror or its parsers, behind one lazy door. Two doors would share modules, and what two
 * lazy chunks share is loaded with the first page.
 */
export { default as EditorDom } from './editor-dom';
export { highlight } from './highlight';
