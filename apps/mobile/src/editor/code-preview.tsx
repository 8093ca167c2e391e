import type { CodePreviewProps } from './code-preview-props';

/** Phones have the editor with the app: nothing is shown in its place for the moment that it takes to start. */
export function CodePreview(_props: CodePreviewProps) {
  return null;
}
