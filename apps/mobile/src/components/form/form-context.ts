import { createContext, type ReactNode, use } from 'react';
import type { Submission } from './use-submission';

interface SentForm {
  form: Submission;
  /** What its button does, and the keyboard's key. */
  onSubmit: () => void;
}

export interface FormProps extends SentForm {
  /** What it is for, to screen readers. */
  label: string;
  children: ReactNode;
}

export const FormContext = createContext<SentForm | null>(null);

/** The form that a field or a button stands in. */
export function useForm(): SentForm {
  const form = use(FormContext);
  if (!form) throw new Error('This has to stand in a form.');
  return form;
}
