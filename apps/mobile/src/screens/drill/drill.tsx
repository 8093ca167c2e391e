import { useEffect } from 'react';
import { KeyboardAvoidingView, Platform, StyleSheet, useWindowDimensions, View } from 'react-native';
import type { Snippet, SnippetState } from '@/api/types';
import { BottomSheet } from '@/components/bottom-sheet';
import { DifficultyBadge } from '@/components/difficulty-badge';
import { FailurePanel } from '@/components/failure-panel';
import { ScreenHeader } from '@/components/screen';
import { SessionEnded } from '@/components/session-ended';
import { Text } from '@/components/text';
import { CodeEditor } from '@/editor/code-editor';
import type { EditorAction } from '@/editor/editor-command';
import { goBack } from '@/lib/go-back';
import type { PhoneCharacter } from '@/lib/phone-characters';
import { wrappingTitle } from '@/lib/practice';
import { trialNote } from '@/lib/trial';
import { useVisibleHeight } from '@/lib/use-visible-height';
import { setPreference, usePreferences } from '@/state/preferences';
import { contentWidth, spacing, useAppTheme } from '@/theme/theme';
import { ActionBar } from './action-bar';
import { DrillMenu } from './drill-menu';
import { DrillNotices } from './drill-notices';
import { HintsSheet } from './hints-sheet';
import { LastRunBar } from './last-run-bar';
import { QueuedSheet } from './queued-sheet';
import { ReportSheet } from './report-sheet';
import { ResultsSheet } from './results-sheet';
import { SlowRunNote } from './slow-run-note';
import { SolutionSheet } from './solution-sheet';
import { Statement } from './statement';
import { TokenPalette } from './token-palette';
import { TraceSheet } from './trace-sheet';
import { TrialEndedBar, TrialSheet } from './trial-sheet';
import { useAgain } from './use-again';
import type { Beginning } from './use-beginning';
import { useCode } from './use-code';
import { useDrill } from './use-drill';
import { useShortcuts } from './use-shortcuts';

interface DrillProps {
  snippet: Snippet;
  state: SnippetState | undefined;
  beginning: Beginning;
}

/** Below this height there is no room for anything above the code and its keys, as over an open keyboard. */
const compactHeight = 520;

/** What is above the code elsewhere is beside it on a phone that lies on its side, and wherever there is room for both. */
const sideBySide = { width: 640, height: 300 };
const widthForBoth = 900;

/** Below this height the statement makes room as soon as the code is touched. */
const heightForStatement = 700;

/** Below these heights a further row of keys would leave too little of the code in sight. */
const heightForTwoRows = 560;
const heightForThreeRows = 760;

/** Who has a keyboard, on the screen or on the desk, needs the keys less. */
function rowsOfKeys(height: number, hasKeyboard: boolean): 1 | 2 | 3 {
  if (hasKeyboard || height < heightForTwoRows) return 1;
  return height < heightForThreeRows ? 2 : 3;
}

function useBookmark({ slug, title, pattern_name, language }: Snippet, isOpen: boolean) {
  useEffect(() => {
    if (isOpen) setPreference({ bookmark: { slug, title, patternName: pattern_name, language } });
  }, [slug, title, pattern_name, language, isOpen]);
}

export function Drill({ snippet, state, beginning }: DrillProps) {
  const { palette } = useAppTheme();
  const visibleHeight = useVisibleHeight();
  const { height, width } = useWindowDimensions();
  const { fontSize, softKeyboard } = usePreferences();
  const again = useAgain(snippet.slug, beginning.isAgain);
  const code = useCode(snippet, beginning.code, again.draftName);
  const drill = useDrill(snippet, state, code, again);
  const isFinished = drill.solution !== null || state?.status === 'solved' || state?.status === 'given_up';
  useBookmark(snippet, !isFinished);
  useShortcuts(drill);

  const freeHeight = visibleHeight ?? height;
  const isCompact = freeHeight < compactHeight;
  const isBeside = freeHeight >= sideBySide.height && width >= (isCompact ? sideBySide.width : widthForBoth);
  const isCodeTouched = code.offers !== null || code.code !== beginning.code;
  const isAvailable = state?.is_available ?? true;

  function backToCode(action: EditorAction) {
    drill.setSheet(null);
    // Until the sheet is gone it takes the focus back.
    setTimeout(() => code.send(action));
  }

  const goToLine = (line: number) => backToCode({ kind: 'go-to-line', line });
  const repair = {
    code: code.code,
    onReplace: (blamed: PhoneCharacter, line: number) =>
      backToCode({ kind: 'replace-phone-characters', blamed, line }),
  };

  return (
    <KeyboardAvoidingView
      role="main"
      behavior={Platform.OS === 'ios' ? 'padding' : undefined}
      style={[
        styles.screen,
        { backgroundColor: palette.background },
        isBeside && styles.sideBySide,
        visibleHeight !== undefined && { height: visibleHeight, flex: undefined },
      ]}
    >
      <View style={isBeside && styles.beside}>
        {(!isCompact || isBeside) && (
          <>
            <ScreenHeader
              title={wrappingTitle(snippet.title)}
              onBack={() => goBack({ pathname: '/patterns/[slug]', params: { slug: snippet.pattern } })}
              subtitle={<Facts snippet={snippet} state={state} />}
            >
              <DrillMenu
                onReset={() => code.send({ kind: 'set-code', code: snippet.buggy_code })}
                onReport={() => drill.setSheet('report')}
                onShowSolution={drill.solution && (() => drill.setSheet('solution'))}
              />
            </ScreenHeader>
            <Statement
              snippet={snippet}
              isFilling={isBeside}
              makesRoom={isCodeTouched && !isBeside && freeHeight < heightForStatement}
            />
          </>
        )}
      </View>
      <View style={[styles.work, isBeside && styles.workBeside]}>
        <View style={[styles.editor, { borderColor: palette.outlineVariant }]}>
          <CodeEditor
            initialCode={beginning.code}
            language={snippet.language}
            label={`Code of ${snippet.title}`}
            fontSize={fontSize}
            softKeyboard={softKeyboard}
            errorLine={code.errorLine}
            command={code.command}
            onChange={code.onChange}
            onOffers={code.onOffers}
          />
          <SlowRunNote isRunning={drill.isRunning || drill.isSubmitting} />
        </View>
        {drill.lastRun && !isCompact && (
          <LastRunBar
            lastRun={drill.lastRun}
            onPress={() => drill.setSheet(drill.solution?.isJustSolved ? 'solution' : 'results')}
          />
        )}
        <TokenPalette
          offers={code.offers}
          softKeyboard={softKeyboard}
          rows={rowsOfKeys(freeHeight, softKeyboard || width >= contentWidth)}
          onAction={code.send}
        />
        {!isCompact && <DrillNotices slug={snippet.slug} />}
        {isAvailable ? (
          <ActionBar drill={drill} />
        ) : (
          <TrialEndedBar onPress={() => drill.setSheet('trial')} />
        )}
      </View>

      <ResultsSheet snippet={snippet} drill={drill} repair={repair} onGoToLine={goToLine} />
      <QueuedSheet snippet={snippet} drill={drill} />
      <TraceSheet slug={snippet.slug} drill={drill} repair={repair} onGoToLine={goToLine} />
      <HintsSheet snippet={snippet} drill={drill} />
      <SolutionSheet snippet={snippet} drill={drill} />
      <ReportSheet
        slug={snippet.slug}
        isOpen={drill.sheet === 'report'}
        onClose={() => drill.setSheet(null)}
      />
      <TrialSheet isOpen={drill.sheet === 'trial'} onClose={() => drill.setSheet(null)} />
      <BottomSheet
        isOpen={drill.sheet === 'logged-out'}
        title="You are logged out"
        onClose={() => drill.setSheet(null)}
        testID="logged-out-sheet"
      >
        <SessionEnded onChoose={() => drill.setSheet(null)} />
      </BottomSheet>
      <BottomSheet
        isOpen={drill.sheet === 'failure'}
        title=""
        onClose={() => drill.setSheet(null)}
        testID="failure-sheet"
      >
        {drill.problem && <FailurePanel error={drill.problem.error} onRetry={drill.problem.retry} />}
      </BottomSheet>
    </KeyboardAvoidingView>
  );
}

function Facts({ snippet, state }: { snippet: Snippet; state: SnippetState | undefined }) {
  const { palette } = useAppTheme();
  const remaining = state?.trial_snippets_remaining;
  return (
    <View style={styles.facts}>
      <DifficultyBadge difficulty={snippet.difficulty} />
      <Text
        variant="bodySmall"
        numberOfLines={1}
        style={[styles.factText, { color: palette.onSurfaceVariant }]}
      >
        {remaining == null ? snippet.pattern_name : trialNote(remaining)}
      </Text>
    </View>
  );
}

const styles = StyleSheet.create({
  screen: { flex: 1, minHeight: 0 },
  sideBySide: {
    flexDirection: 'row',
    width: '100%',
    maxWidth: 2 * contentWidth,
    alignSelf: 'center',
  },
  beside: { flex: 2, minWidth: 0, minHeight: 0 },
  work: { flex: 3, minWidth: 0, minHeight: 0 },
  workBeside: { maxWidth: contentWidth },
  facts: { flexDirection: 'row', alignItems: 'center', gap: spacing.s },
  factText: { flexShrink: 1 },
  editor: {
    flex: 1,
    minHeight: 80,
    width: '100%',
    maxWidth: contentWidth,
    alignSelf: 'center',
    borderTopWidth: 1,
    borderBottomWidth: 1,
  },
});
