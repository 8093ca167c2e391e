import type { Language } from '@/api/types';
import type { EditorLook } from './code-mirror';

export interface CodePreviewProps {
  code: string;
  language: Language;
  look: EditorLook;
}
