import { formColumn, spacing } from '@/theme/theme';
import { FormContext, type FormProps } from './form-context';

/** Password managers look for a form, and keep what was sent with it. */
export function Form({ label, form, onSubmit, children }: FormProps) {
  return (
    <FormContext value={{ form, onSubmit }}>
      <form
        aria-label={label}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
        style={{ ...formColumn, display: 'flex', flexDirection: 'column', gap: spacing.xs }}
      >
        {children}
      </form>
    </FormContext>
  );
}
