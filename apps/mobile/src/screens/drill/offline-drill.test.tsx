import { act, fireEvent, screen } from '@testing-library/react-native';
import { session } from '@/api/client';
import type { Execution } from '@/api/types';
import { useAhead } from '@/offline/ahead/ahead';
import { useAttempts } from '@/offline/attempts/attempts';
import { sendAttempts } from '@/offline/attempts/send';
import { useReadySnippets } from '@/offline/cache/cache';
import { offlineEngine } from '@/offline/engine/engine';
import { drafts } from '@/state/drafts';
import { snippetOf } from '@/testing/content';
import { beginTrial, logInAda, renderScreen, settle } from '@/testing/render-screen';
import { route } from '@/testing/router';
import { problem, server, sessionOf } from '@/testing/server';
import { DrillScreen } from './drill-screen';

// The editor itself needs a browser: what it is given, and what it tells, is that of a plain field.
jest.mock('@/editor/code-editor', () => {
  const { TextInput } = jest.requireActual('react-native');
  return {
    CodeEditor: ({ initialCode, onChange }: { initialCode: string; onChange: (code: string) => void }) => (
      <TextInput testID="code" defaultValue={initialCode} onChangeText={onChange} />
    ),
  };
});

jest.mock('@/offline/engine/engine', () => ({ offlineEngine: { isReady: jest.fn(), run: jest.fn() } }));

const engine = offlineEngine as jest.Mocked<typeof offlineEngine>;

const slug = 'two-sum-1';
const buggy = 'return numbers[1]';
const fixed = 'return numbers[0]';

const snippet = {
  ...snippetOf(slug),
  description: 'Finds the first number.',
  buggy_code: buggy,
  tests: [],
  hidden_test_count: 2,
  hint_count: 3,
  next: 'two-sum-2',
};

const execution: Execution = {
  execution_id: 'e1',
  status: 'completed',
  verdict: 'accepted',
  is_correct: true,
  passed: 3,
  total: 3,
  stdout: '',
  stderr: '',
  test_results: [],
};

const submitCall = `POST /api/v1/snippets/${slug}/submit`;
const runCall = `POST /api/v1/snippets/${slug}/execute`;
const syncCall = 'POST /api/v1/users/progress/sync';

const unreachable = () => {
  throw new TypeError('Failed to fetch');
};

function loseConnection() {
  for (const call of [submitCall, runCall, syncCall, 'GET /api/v1/users/next?language=python'])
    server.on(call, unreachable);
}

async function open() {
  server.on(`GET /api/v1/snippets/${slug}`, () => [200, snippet]);
  await renderScreen(<DrillScreen slug={slug} isAgain={false} />);
}

async function press(testID: string) {
  fireEvent.press(screen.getByTestId(testID));
  await settle();
}

async function submit(code = fixed) {
  fireEvent.changeText(screen.getByTestId('code'), code);
  await settle();
  await press('submit-button');
}

async function sendNow() {
  await act(() => sendAttempts());
  await settle();
}

const sentItems = () => server.calls(syncCall).map(({ body }) => (body as { items: object[] }).items);

/** The server judges all that it is sent. */
function answerSync(verdict: string, change: object = {}) {
  server.on(syncCall, ({ body }) => {
    const { items } = body as { items: { client_id: string }[] };
    return [
      200,
      {
        items: items.map(({ client_id }) => ({
          client_id,
          status: 'judged',
          verdict,
          points: verdict === 'accepted' ? 10 : 0,
          badges: [],
          ...change,
        })),
      },
    ];
  });
}

beforeEach(async () => {
  engine.isReady.mockResolvedValue(false);
  engine.run.mockReset();
  await drafts.remove(slug);
});

describe('without a connection', () => {
  beforeEach(async () => {
    await beginTrial();
    await open();
    loseConnection();
  });

  test('a submission is kept and said not to be sent', async () => {
    await submit();
    expect(screen.getByTestId('queued-sheet')).toHaveTextContent(/It counts once you are online/);
    expect(screen.queryByTestId('preliminary')).toBeNull();
    await press('back-to-code');
    expect(screen.getByTestId('offline-notice')).toHaveTextContent('Offline · 1 attempt not sent');
    expect(useAttempts.getState().pending).toMatchObject([
      { slug, snippetId: snippet.id, revision: 1, code: fixed, owner: null },
    ]);
  });

  test('the same code is kept once, other code beside it', async () => {
    await submit();
    await submit();
    expect(useAttempts.getState().pending).toHaveLength(1);
    await submit('return numbers[2]');
    expect(useAttempts.getState().pending.map(({ code }) => code)).toEqual([fixed, 'return numbers[2]']);
  });

  test('what runs here is told as preliminary', async () => {
    engine.isReady.mockResolvedValue(true);
    engine.run.mockResolvedValue(execution);
    await submit();
    expect(screen.getByTestId('preliminary')).toHaveTextContent(
      /On this device all 3 visible tests pass. The server tries 2 hidden tests too. Its verdict is the one/,
    );
    expect(useAttempts.getState().pending[0]?.preliminary).toEqual({ passed: 3, total: 3 });
  });

  test('a run says that it needs a connection, where it does', async () => {
    engine.run.mockImplementation(async () => {
      const { FailureError } = jest.requireActual('@/api/failure');
      throw new FailureError({ kind: 'cannot-run-offline', language: 'python' });
    });
    await press('run-button');
    expect(screen.getByTestId('failure')).toHaveTextContent(/Running Python needs a connection/);
  });

  test('a run is made here, where it can be', async () => {
    engine.isReady.mockResolvedValue(true);
    engine.run.mockResolvedValue({ ...execution, is_correct: false, passed: 1, verdict: 'wrong_answer' });
    await press('run-button');
    expect(screen.getByTestId('results-sheet')).toHaveTextContent(/1 of 3 tests pass/);
  });

  test('the next drill is one that is on the device', async () => {
    const ready = { revision: 1, answeredAt: 0, size: 1 };
    useReadySnippets.setState({ bySlug: new Map([['stack-1', ready]]) });
    useAhead.setState({ chosen: [slug, 'stack-1'] });
    await submit();
    await press('next-button');
    expect(route.replace).toHaveBeenCalledWith({ pathname: '/drill/[id]', params: { id: 'stack-1' } });
  });
});

describe('with the connection back', () => {
  test('a submission is sent once', async () => {
    await beginTrial();
    await open();
    loseConnection();
    await submit();
    answerSync('accepted');
    await sendNow();
    expect(sentItems()).toMatchObject([[{ snippet_id: snippet.id, revision: 1, code: fixed }]]);
    expect(server.calls(syncCall)[0]?.token).toBe('token-of-trial');
    expect(screen.getByTestId('drill-outcome')).toHaveTextContent('Solved. +10 points');
    // What is solved begins anew.
    expect(await drafts.read(slug)).toBeNull();
    await sendNow();
    expect(server.calls(syncCall)).toHaveLength(1);
    await press('dismiss-drill-outcome');
    expect(screen.queryByTestId('drill-outcome')).toBeNull();
  });

  test('the server’s verdict is the one that counts', async () => {
    engine.isReady.mockResolvedValue(true);
    engine.run.mockResolvedValue(execution);
    await beginTrial();
    await open();
    loseConnection();
    await submit();
    answerSync('wrong_answer');
    await sendNow();
    expect(screen.getByTestId('drill-outcome')).toHaveTextContent(
      'Wrong answer. Not solved yet. It passed here, but a hidden test fails.',
    );
    expect((await drafts.read(slug))?.code).toBe(fixed);
  });

  test('what is refused is told with its reason', async () => {
    await beginTrial();
    await open();
    loseConnection();
    await submit();
    answerSync('', { status: 'refused', verdict: null, reason: 'trial_exhausted' });
    await sendNow();
    expect(screen.getByTestId('drill-outcome')).toHaveTextContent(
      /Not counted. Your trial snippets were used/,
    );
    expect(useAttempts.getState().pending).toEqual([]);
  });

  test('what was made before is sent before what is submitted now', async () => {
    await beginTrial();
    await open();
    loseConnection();
    await submit('return numbers[2]');
    answerSync('wrong_answer');
    server.on(submitCall, () => [200, { ...execution, badges: [] }]);
    await submit(fixed);
    const calls = server.received
      .map(({ call }) => call)
      .filter((call) => [submitCall, syncCall].includes(call));
    expect(calls.slice(-2)).toEqual([syncCall, submitCall]);
  });
});

describe('the learner', () => {
  test('has what was made by another account neither shown nor sent', async () => {
    await logInAda();
    await open();
    loseConnection();
    await submit();
    expect(useAttempts.getState().pending).toMatchObject([{ owner: 'ada' }]);
    await act(() => session.logIn(async () => sessionOf('bob', false)));
    answerSync('accepted');
    await sendNow();
    expect(server.calls(syncCall)).toEqual([]);
    expect(screen.getByTestId('queued-sheet')).toBeTruthy();
    expect(useAttempts.getState().pending).toHaveLength(1);
  });
});

test('a refusal is a refusal, and queues nothing', async () => {
  await beginTrial();
  await open();
  server.on(submitCall, () => problem(503, 'queue_full'));
  await submit();
  expect(screen.getByTestId('failure-sheet')).toBeTruthy();
  expect(useAttempts.getState().pending).toEqual([]);
});
