import type { ReactNode } from 'react';

export interface FormProps {
  /** What it is for, to screen readers. */
  label: string;
  onSubmit: () => void;
  children: ReactNode;
}
