import type { Execution, Language, Snippet } from '@/api/types';

/** A run's result, in the shape in which the server tells it. */
export type ExecutionResult = Execution;

/** Runs code on a snippet's visible tests without the server. */
export interface OfflineEngine {
  /** Whether code of this language can be run now, without a network. */
  isReady(language: Language): Promise<boolean>;
  /** The run's result, in the shape in which the server tells it. */
  run(snippet: Snippet, code: string, signal?: AbortSignal): Promise<ExecutionResult>;
}
