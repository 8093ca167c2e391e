import { fireEvent, screen } from '@testing-library/react-native';
import type { Execution, Snippet } from '@/api/types';
import { renderScreen } from '@/testing/render-screen';
import { ResultsSheet } from './results-sheet';
import type { DrillState } from './use-drill';

const snippet = { slug: 'two-sum-1-python', language: 'python', tests: [], hidden_test_count: 2 };

const code = 'print(“hello”)';
const curly = "invalid character '“' (U+201C): did you mean '\"'?";

async function showResult({
  message = curly,
  line = 1 as number | null,
  now = code,
  verdict = 'compile_error',
}) {
  const error = { type: 'SyntaxError', message, line, traceback: '' };
  const execution = {
    execution_id: 'e1',
    status: 'completed',
    verdict,
    passed: 0,
    total: 1,
    test_results: [{ test_case: 1, hidden: false, passed: false, verdict, error }],
  };
  const drill = {
    sheet: 'results',
    lastRun: { execution: execution as Execution, isSubmit: false },
    setSheet: jest.fn(),
    run: jest.fn(),
    submit: jest.fn(),
    stepThrough: jest.fn(),
  };
  const onReplace = jest.fn();
  await renderScreen(
    <ResultsSheet
      snippet={snippet as unknown as Snippet}
      drill={drill as unknown as DrillState}
      repair={{ code: now, onReplace }}
      onGoToLine={jest.fn()}
    />,
  );
  return { drill, onReplace };
}

test('a curly quote is offered to be replaced, and nothing is run', async () => {
  const { drill, onReplace } = await showResult({});
  expect(screen.getByText('Replace all like it')).toBeTruthy();
  fireEvent.press(screen.getByTestId('replace-phone-characters'));
  expect(onReplace).toHaveBeenCalledWith({ character: '“', meant: '"' }, 1);
  expect(drill.run).not.toHaveBeenCalled();
  expect(drill.submit).not.toHaveBeenCalled();
});

test('what can’t be seen is offered to be deleted', async () => {
  const message = 'invalid character U+200B (zero-width space): delete it';
  const { onReplace } = await showResult({ message, line: 3, now: 'a = 1\n\nx\u200b = 1' });
  fireEvent.press(screen.getByText('Delete all like it'));
  expect(onReplace).toHaveBeenCalledWith({ character: '\u200b', meant: '' }, 3);
});

test.each([
  ['the error is another one', { message: "expected ':'" }],
  ['the character has no known meaning', { message: "invalid character '☃' (U+2603)", now: '☃' }],
  ['the code has changed since', { now: 'print("hello")' }],
  ['the line is not known', { line: null }],
  ['only another line has it', { line: 2, now: 'print(“hello)\nprint(1)' }],
  ['a test of readable code says the same', { verdict: 'runtime_error' }],
])('nothing is offered where %s', async (_, shown) => {
  await showResult(shown);
  expect(screen.getByText('SyntaxError')).toBeTruthy();
  expect(screen.queryByTestId('replace-phone-characters')).toBeNull();
});
