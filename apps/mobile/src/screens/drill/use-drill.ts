import type { UseMutationResult } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { failureFromError } from '@/api/failure';
import type {
  BadgeName,
  EditSize,
  Execution,
  Reveal,
  RunRequest,
  Snippet,
  SnippetState,
  TraceRequest,
  WhyQuestion,
} from '@/api/types';
import { drafts } from '@/state/drafts';
import { setPreference, usePreferences } from '@/state/preferences';
import { useGiveUp, useRevealHint } from '@/state/queries/assistance';
import { type Submitted, useRun, useSubmit } from '@/state/queries/execution';
import type { AgainState } from './use-again';
import type { CodeState } from './use-code';

export type SheetName =
  | 'results'
  | 'queued'
  | 'hints'
  | 'solution'
  | 'report'
  | 'trial'
  | 'logged-out'
  | 'failure'
  | 'trace';

export interface LastRun {
  execution: Execution;
  isSubmit: boolean;
}

/** What is done with the code as it is. */
type CodeAction<Result> = Pick<UseMutationResult<Result, Error, RunRequest>, 'mutate'>;

interface Problem {
  error: Error;
  retry: () => void;
}

/** What is shown once a snippet is solved or given up. */
export interface Solution {
  explanation: string;
  whyQuestion: WhyQuestion;
  correctCode: string;
  /** The size of the learner's fix, just after it was submitted. */
  edit: EditSize | null;
  /** What it earned. */
  points: number | null;
  badges: BadgeName[];
  /** Whether the submission counted as a solve, rather than repeat one. */
  isCounted: boolean;
  isJustSolved: boolean;
}

function firstErrorLine(execution: Execution): number | null {
  const error = execution.test_results?.find((result) => result.error?.line != null)?.error;
  return error?.line ?? null;
}

function solutionOf(lastRun: LastRun | null, reveal: Reveal | null): Solution | null {
  const { explanation, why_question, correct_code, edit, points, badges, rating } = lastRun?.execution ?? {};
  if (lastRun?.isSubmit && lastRun.execution.is_correct && explanation && why_question && correct_code) {
    return {
      explanation,
      whyQuestion: why_question,
      correctCode: correct_code,
      edit: edit ?? null,
      points: points ?? null,
      badges: badges ?? [],
      isCounted: rating != null,
      isJustSolved: true,
    };
  }
  if (!reveal) return null;
  return {
    explanation: reveal.explanation,
    whyQuestion: reveal.why_question,
    correctCode: reveal.correct_code,
    edit: null,
    points: null,
    badges: [],
    isCounted: false,
    isJustSolved: false,
  };
}

/** Everything that can be done with a snippet besides typing. */
export function useDrill(
  snippet: Snippet,
  state: SnippetState | undefined,
  code: CodeState,
  again: AgainState,
) {
  const { slug, language, revision } = snippet;
  const [sheet, setSheet] = useState<SheetName | null>(null);
  const [lastRun, setLastRun] = useState<LastRun | null>(null);
  const [givenUp, setGivenUp] = useState<Reveal | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [preliminary, setPreliminary] = useState<Execution | null>(null);
  const [traced, setTraced] = useState<TraceRequest | null>(null);
  const [startedAt] = useState(() => new Date().toISOString());
  const running = useRun(snippet);
  const submitting = useSubmit(snippet, startedAt);
  const revealing = useRevealHint(slug);
  const givingUp = useGiveUp(slug);
  // A second tap may come before the first one is rendered.
  const isBusy = useRef(false);
  const hints = state?.hints ?? [];

  function fail(error: Error, retry: () => void) {
    const { kind } = failureFromError(error);
    if (kind === 'trial-exhausted') return setSheet('trial');
    if (kind === 'logged-out') return setSheet('logged-out');
    setProblem({ error, retry });
    setSheet('failure');
  }

  function finish(execution: Execution, isSubmit: boolean) {
    const isSolved = isSubmit && execution.is_correct === true;
    setLastRun({ execution, isSubmit });
    code.setErrorLine(firstErrorLine(execution));
    setSheet(isSolved ? 'solution' : 'results');
    if (!isSolved) return;
    void drafts.remove(slug);
    again.end();
    forgetBookmark(slug);
  }

  function finishSubmit(submitted: Submitted) {
    if (submitted.kind === 'judged') return finish(submitted.execution, true);
    const { preliminary } = submitted;
    setPreliminary(preliminary);
    if (preliminary) {
      setLastRun({ execution: preliminary, isSubmit: false });
      code.setErrorLine(firstErrorLine(preliminary));
    }
    setSheet('queued');
  }

  function start<Result>(action: CodeAction<Result>, onResult: (result: Result) => void, retry: () => void) {
    if (isBusy.current) return;
    isBusy.current = true;
    setSheet(null);
    action.mutate(
      { code: code.code, language, revision },
      {
        onSettled: () => {
          isBusy.current = false;
        },
        onSuccess: onResult,
        onError: (error) => fail(error, retry),
      },
    );
  }

  const run = () => start(running, (execution) => finish(execution, false), run);
  const submit = () => start(submitting, finishSubmit, submit);

  function revealHint(tier: number) {
    revealing.mutate(tier, {
      onSuccess: () => again.setHintCount(tier),
      onError: (error) => fail(error, () => revealHint(tier)),
    });
  }

  function giveUp() {
    givingUp.mutate(undefined, {
      onSuccess: (reveal) => {
        setGivenUp(reveal);
        again.end();
        forgetBookmark(slug);
        setSheet('solution');
      },
      onError: (error) => fail(error, giveUp),
    });
  }

  function stepThrough(testCase: number) {
    setTraced({ code: code.code, language, revision, test_case: testCase });
    setSheet('trace');
  }

  return {
    sheet,
    setSheet,
    lastRun,
    preliminary,
    traced,
    stepThrough,
    problem,
    run,
    submit,
    revealHint,
    giveUp,
    isRunning: running.isPending,
    isSubmitting: submitting.isPending,
    isRevealing: revealing.isPending,
    isGivingUp: givingUp.isPending,
    hints: again.isAgain ? hints.slice(0, again.hintCount) : hints,
    solution: solutionOf(lastRun, givenUp ?? (again.isAgain ? null : (state?.reveal ?? null))),
  };
}

export type DrillState = ReturnType<typeof useDrill>;

function forgetBookmark(slug: string) {
  if (usePreferences.getState().bookmark?.slug === slug) setPreference({ bookmark: null });
}
