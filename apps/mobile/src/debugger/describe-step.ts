import type { Step } from '@/api/types';

/** What a step says in words. */
export function describeStep({ event, line, function: name, text }: Step): string {
  switch (event) {
    case 'call':
      return `${name} is called`;
    case 'line':
      return `Next: line ${line}`;
    case 'return':
      return text == null ? `${name} is left by the exception` : `${name} returns ${text}`;
    case 'exception':
      return text ?? 'An exception';
  }
}

/** The values that the step has brought, as assignments. Of a call they are its arguments. */
export function describeChanges({ changed = [] }: Step): string {
  return changed.map(({ name, text }) => `${name} = ${text}`).join(', ');
}
