import { useRef, useState } from 'react';
import { type Failure, failureFromError } from '@/api/failure';
import { type FieldName, type FormCode, formRefusal } from '@/api/form-refusals';

export interface Submission {
  isBusy: boolean;
  /** What went wrong with the form as a whole. */
  failure: Failure | null;
  /** What is wrong with one field. */
  errorOf: (field: FieldName) => string | undefined;
  /** Goes up with each attempt, so that a field knows whether its error is about what stands in it. */
  attempt: number;
  /** Sends once, however often it is called meanwhile; not at all if there is something `wrong` already. */
  submit: (send: () => Promise<unknown>, wrong?: (FormCode | null)[]) => Promise<void>;
}

const isAboutField = (failure: Failure) => failure.kind === 'form' && failure.refusal.field !== null;

/** The sending of a form. `words` says what a code means here, where that is not what it means elsewhere. */
export function useSubmission(words: Partial<Record<FormCode, string>> = {}): Submission {
  const [{ failures, attempt }, setOutcome] = useState<{ failures: Failure[]; attempt: number }>({
    failures: [],
    attempt: 0,
  });
  const [isBusy, setBusy] = useState(false);
  // A second tap may come before the first one is rendered.
  const isUnderWay = useRef(false);

  const setFailures = (found: Failure[]) =>
    setOutcome((last) => ({ failures: found, attempt: last.attempt + 1 }));

  async function submit(send: () => Promise<unknown>, wrong: (FormCode | null)[] = []) {
    if (isUnderWay.current) return;
    const codes = wrong.filter((code) => code !== null);
    setFailures(codes.map((code) => ({ kind: 'form', refusal: formRefusal(code) })));
    if (codes.length > 0) return;
    isUnderWay.current = true;
    setBusy(true);
    try {
      await send();
    } catch (error) {
      setFailures([failureFromError(error)]);
    } finally {
      isUnderWay.current = false;
      setBusy(false);
    }
  }

  function errorOf(field: FieldName) {
    for (const failure of failures) {
      if (failure.kind === 'form' && failure.refusal.field === field) {
        return words[failure.refusal.code] ?? failure.refusal.message;
      }
    }
    return undefined;
  }

  const failure = failures.find((found) => !isAboutField(found)) ?? null;
  return { isBusy, failure, errorOf, attempt, submit };
}
