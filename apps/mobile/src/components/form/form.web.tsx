import { spacing } from '@/theme/theme';
import type { FormProps } from './form-props';

/** Password managers look for a form, and keep what was sent with it. */
export function Form({ label, onSubmit, children }: FormProps) {
  return (
    <form
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      style={{
        display: 'flex',
        flexDirection: 'column',
        width: '100%',
        maxWidth: 440,
        alignSelf: 'center',
        gap: spacing.xs,
      }}
    >
      {children}
    </form>
  );
}
