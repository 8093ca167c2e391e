import type { paths } from './schema';

type Json<Answer> = Answer extends { content: { 'application/json': infer Body } } ? Body : never;
type Ok<Operation> = Operation extends { responses: { 200: infer Answer } } ? Json<Answer> : never;
type Body<Operation> = Operation extends { requestBody: { content: { 'application/json': infer Value } } }
  ? Value
  : never;

export type Session = Ok<paths['/auth/refresh']['post']>;
export type SecondFactorRequest = Json<paths['/auth/login']['post']['responses'][202]>;
export type Profile = Ok<paths['/auth/me']['get']>;
export type ProfileChange = Body<paths['/auth/me']['patch']>;
export type Setting = 'shows_streak' | 'is_on_leaderboards' | 'is_in_leagues';
export type DeviceSession = Ok<paths['/auth/sessions']['get']>['sessions'][number];

export type Pattern = Ok<paths['/api/v1/patterns']['get']>['data'][number];
export type SnippetSummary = Ok<paths['/api/v1/snippets']['get']>['data'][number];
export type Snippet = Ok<paths['/api/v1/snippets/{id}']['get']>;
export type VisibleTest = Snippet['tests'][number];
export type Difficulty = Snippet['difficulty'];
export type Language = Snippet['language'];

export type RunRequest = Body<paths['/api/v1/snippets/{id}/execute']['post']>;
type Submission = Ok<paths['/api/v1/executions/{id}']['get']>;
/** A run earns no badges, and does not speak of them. */
export type Execution = Omit<Submission, 'badges'> & Partial<Pick<Submission, 'badges'>>;
export type TestResult = NonNullable<Execution['test_results']>[number];
export type RunError = NonNullable<TestResult['error']>;
export type Verdict = TestResult['verdict'];
export type EditSize = NonNullable<Execution['edit']>;

export type Reveal = Ok<paths['/api/v1/snippets/{id}/give-up']['post']>;
export type WhyQuestion = Reveal['why_question'];
export type ReportReason = Body<paths['/api/v1/snippets/{id}/report']['post']>['reason'];

export type Progress = Ok<paths['/api/v1/users/progress']['get']>;
export type SnippetMark = Ok<paths['/api/v1/users/progress/snippets']['get']>['data'][number];
export type SnippetStatus = SnippetMark['status'];
export type SnippetState = Ok<paths['/api/v1/users/progress/snippets/{id}']['get']>;

export type NextDrill = Ok<paths['/api/v1/users/next']['get']>;
export type Drill = NonNullable<NextDrill['drill']>;
export type Daily = Ok<paths['/api/v1/snippets/daily']['get']>;
export type Activity = Ok<paths['/api/v1/users/progress/activity']['get']>;

export type Badge = Ok<paths['/api/v1/users/badges']['get']>['badges'][number];
export type BadgeName = Submission['badges'][number];

export type Leaderboard = Ok<paths['/api/v1/leaderboards/{period}']['get']>;
export type Placed = Leaderboard['entries'][number];
export type League = Ok<paths['/api/v1/leagues/current']['get']>;
export type Tier = League['tier'];

export type SyncRequest = Body<paths['/api/v1/users/progress/sync']['post']>;
export type SyncItem = SyncRequest['items'][number];
export type SyncedItem = Ok<paths['/api/v1/users/progress/sync']['post']>['items'][number];

export type TraceRequest = Body<paths['/api/v1/snippets/{id}/trace']['post']>;
export type Trace = NonNullable<Execution['trace']>;
export type Step = Trace['steps'][number];
export type Variable = NonNullable<Step['changed']>[number];
type Structure = NonNullable<Variable['structure']>;
export type StructureOf<Kind extends Structure['kind']> = Extract<Structure, { kind: Kind }>;
