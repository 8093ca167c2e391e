import { QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen } from '@testing-library/react-native';
import { api } from '@/api/client';
import type { Execution } from '@/api/types';
import { recorded } from '@/debugger/recorded/recorded';
import { queryClient } from '@/state/queries/query-client';
import { Surroundings } from '@/testing/surroundings';
import { TraceSheet } from './trace-sheet';

// There is no server here: what it answers is written below.
jest.mock('@/api/client', () => ({
  ...jest.requireActual('@/api/client'),
  api: { POST: jest.fn(), GET: jest.fn() },
}));
// Jest has no dynamic import.
jest.mock('@/debugger/use-debugger', () => ({
  useDebugger: () => ({ data: jest.requireActual('@/debugger/debugger').Debugger, error: null }),
}));
jest.mock('@/editor/load-editor', () => ({
  loadEditor: async () => jest.requireActual('@/editor/highlight'),
}));

const post = api.POST as jest.Mock;
const get = api.GET as jest.Mock;

const { code, language, trace } = recorded.searchRotated;
const traced = { code, language, revision: 3, test_case: 2 };

const execution = (change: Partial<Execution>): Execution => ({
  execution_id: 'e1',
  status: 'completed',
  passed: 0,
  total: 1,
  stdout: '',
  stderr: '',
  test_results: [],
  ...change,
});

const ok = (change: Partial<Execution>) => ({ data: execution(change), response: { ok: true, status: 200 } });
const refused = (status: number, error: object, headers = {}) => ({
  error,
  response: { ok: false, status, headers: new Headers(headers) },
});

async function open() {
  const setSheet = jest.fn();
  const onGoToLine = jest.fn();
  const onReplace = jest.fn();
  render(
    <QueryClientProvider client={queryClient}>
      <Surroundings>
        <TraceSheet
          slug="search-1-python"
          drill={{ sheet: 'trace', traced, setSheet }}
          repair={{ code: '“', onReplace }}
          onGoToLine={onGoToLine}
        />
      </Surroundings>
    </QueryClientProvider>,
  );
  await settle();
  return { setSheet, onGoToLine, onReplace };
}

const settle = (milliseconds = 10) => act(() => jest.advanceTimersByTimeAsync(milliseconds));

beforeEach(() => {
  jest.useFakeTimers();
  post.mockReset();
  get.mockReset();
  queryClient.clear();
});

afterEach(() => {
  queryClient.clear();
  jest.useRealTimers();
});

test('waits for a run that is queued, then shows its steps', async () => {
  post.mockResolvedValue(ok({ status: 'queued' }));
  get.mockResolvedValueOnce(ok({ status: 'running' })).mockResolvedValueOnce(ok({ trace }));
  await open();
  expect(screen.getByLabelText('Running the test')).toBeTruthy();
  await settle(3000);
  expect(screen.getByTestId('debugger')).toBeTruthy();
  expect(post).toHaveBeenCalledWith('/api/v1/snippets/{id}/trace', {
    params: { path: { id: 'search-1-python' } },
    body: traced,
  });
  expect(get).toHaveBeenCalledTimes(2);
});

test('the same code is not run again', async () => {
  post.mockResolvedValue(ok({ trace }));
  await open();
  screen.unmount();
  await open();
  expect(screen.getByTestId('debugger')).toBeTruthy();
  expect(post).toHaveBeenCalledTimes(1);
});

test.each([
  [503, { code: 'queue_full' }, 'Many are running code just now'],
  [429, { code: 'rate_limited' }, 'A short break'],
  [
    409,
    { code: 'execution_superseded', detail: 'A newer run of yours took the place of this one.' },
    "That didn't work",
  ],
  [409, { code: 'snippet_changed' }, 'This snippet was updated'],
])('%i %j is explained', async (status, problem, title) => {
  post.mockResolvedValue(refused(status, problem, { 'Retry-After': '1' }));
  await open();
  expect(screen.getByText(title)).toBeTruthy();
});

test('without a connection it can be tried again', async () => {
  post.mockRejectedValueOnce(new TypeError('Failed to fetch')).mockResolvedValueOnce(ok({ trace }));
  await open();
  expect(screen.getByText("Can't reach the server")).toBeTruthy();
  fireEvent.press(screen.getByTestId('retry-button'));
  await settle();
  expect(screen.getByTestId('debugger')).toBeTruthy();
});

test('code that can’t be read has no steps, but a line to go to', async () => {
  const error = { type: 'SyntaxError', message: "expected ':'", line: 1, traceback: '' };
  const result = { test_case: 2, hidden: false, passed: false, verdict: 'compile_error', error } as const;
  post.mockResolvedValue(
    ok({ verdict: 'compile_error', test_results: [result], trace: { steps: [], is_truncated: false } }),
  );
  const { onGoToLine, setSheet } = await open();
  expect(screen.getByText(/there is a syntax error/)).toBeTruthy();
  fireEvent.press(screen.getByTestId('go-to-line'));
  expect(onGoToLine).toHaveBeenCalledWith(1);
  fireEvent.press(screen.getByTestId('back-to-code'));
  expect(setSheet).toHaveBeenCalledWith(null);
});

test('a curly quote in code that can’t be read is offered to be replaced', async () => {
  const message = "invalid character '“' (U+201C): did you mean '\"'?";
  const error = { type: 'SyntaxError', message, line: 1, traceback: '' };
  const result = { test_case: 2, hidden: false, passed: false, verdict: 'compile_error', error } as const;
  post.mockResolvedValue(
    ok({ verdict: 'compile_error', test_results: [result], trace: { steps: [], is_truncated: false } }),
  );
  const { onReplace } = await open();
  fireEvent.press(screen.getByTestId('replace-phone-characters'));
  expect(onReplace).toHaveBeenCalledWith({ character: '“', meant: '"' }, 1);
});

test('a run of no function of the learner’s says so', async () => {
  post.mockResolvedValue(ok({ trace: { steps: [], is_truncated: false } }));
  await open();
  expect(screen.getByTestId('no-steps')).toHaveTextContent(/nothing to step through/);
});
