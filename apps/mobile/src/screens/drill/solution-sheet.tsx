import { useState } from 'react';
import { StyleSheet, View } from 'react-native';
import type { EditSize, Snippet } from '@/api/types';
import { badgeIconSize } from '@/components/badge/badge-icon';
import { BottomSheet } from '@/components/bottom-sheet';
import { Button } from '@/components/button';
import { Icon } from '@/components/icon/icon';
import { ListenButton } from '@/components/listen-button';
import { Markdown } from '@/components/markdown/markdown';
import { SectionTitle } from '@/components/section-title';
import { Text } from '@/components/text';
import { useAnswerWhy } from '@/state/queries/assistance';
import { radius, spacing, useAppTheme } from '@/theme/theme';
import { CodeDiff } from './code-diff';
import { DailySolved } from './daily-solved';
import { DayCounted } from './day-counted';
import { EarnedBadges } from './earned-badges';
import type { DrillState, Solution } from './use-drill';
import { useGoOn } from './use-go-on';
import { WhyQuestionCard } from './why-question-card';

interface SolutionSheetProps {
  snippet: Snippet;
  drill: DrillState;
}

export function SolutionSheet({ snippet, drill }: SolutionSheetProps) {
  const { solution } = drill;
  return (
    <BottomSheet
      isOpen={drill.sheet === 'solution' && solution !== null}
      title={solution?.isJustSolved ? 'Fixed!' : 'The solution'}
      onClose={() => drill.setSheet(null)}
      testID="solution-sheet"
      footer={<NextButton snippet={snippet} />}
    >
      {solution && (
        <SolutionContent
          solution={solution}
          snippet={snippet}
          testCount={drill.lastRun?.execution.total ?? 0}
        />
      )}
    </BottomSheet>
  );
}

function NextButton({ snippet }: { snippet: Snippet }) {
  const { goOn, isAsking } = useGoOn(snippet);
  return (
    <Button
      mode="contained"
      icon="arrow-right"
      loading={isAsking}
      disabled={isAsking}
      onPress={goOn}
      testID="next-button"
    >
      Next drill
    </Button>
  );
}

interface SolutionContentProps {
  solution: Solution;
  snippet: Snippet;
  testCount: number;
}

function SolutionContent({ solution, snippet, testCount }: SolutionContentProps) {
  // Naming the cause before reading it is what makes it stick; who gave up has no fix of their own to explain.
  const [isAnswered, setAnswered] = useState(!solution.isJustSolved);
  const { mutate: keepAnswer } = useAnswerWhy(snippet.slug);
  return (
    <>
      {solution.isJustSolved && (
        <>
          <Celebration testCount={testCount} solution={solution} />
          <DailySolved snippet={snippet} />
        </>
      )}
      <EarnedBadges badges={solution.badges} />
      {solution.isJustSolved && (
        <WhyQuestionCard
          question={solution.whyQuestion}
          onAnswer={(choice) => {
            setAnswered(true);
            keepAnswer(choice);
          }}
        />
      )}
      {isAnswered && (
        <View style={styles.explanation} testID="explanation">
          <View style={styles.head}>
            <SectionTitle>What was wrong</SectionTitle>
            <ListenButton text={solution.explanation} label="the explanation" />
          </View>
          <Markdown source={solution.explanation} />
          <SectionTitle>The fix</SectionTitle>
          <CodeDiff before={snippet.buggy_code} after={solution.correctCode} />
        </View>
      )}
    </>
  );
}

function describeEdit({ tokens, budget, within_budget }: EditSize): string {
  const changed = `${tokens} ${tokens === 1 ? 'token' : 'tokens'} changed`;
  return within_budget
    ? `${changed}, budget ${budget}`
    : `${changed}, budget ${budget}: a smaller fix is enough`;
}

interface CelebrationProps {
  testCount: number;
  solution: Solution;
}

function Celebration({ testCount, solution }: CelebrationProps) {
  const { palette } = useAppTheme();
  const { edit, points, isCounted } = solution;
  return (
    <View
      style={[styles.celebration, { backgroundColor: palette.secondaryContainer }]}
      accessibilityRole="alert"
    >
      <Icon name="trophy-outline" color={palette.onSecondaryContainer} size={badgeIconSize} />
      <View style={styles.celebrationTexts}>
        <Text variant="titleMedium" style={[styles.title, { color: palette.onSecondaryContainer }]}>
          All {testCount} tests pass
        </Text>
        {edit && (
          <Text variant="bodyMedium" style={{ color: palette.onSecondaryContainer }}>
            {describeEdit(edit)}
          </Text>
        )}
        {points !== null && points > 0 && (
          <Text
            variant="bodyMedium"
            style={{ color: palette.onSecondaryContainer }}
            testID="points"
          >{`+${points} points`}</Text>
        )}
        {isCounted && <DayCounted />}
      </View>
    </View>
  );
}

const styles = StyleSheet.create({
  explanation: { gap: spacing.m },
  head: { flexDirection: 'row', alignItems: 'center', justifyContent: 'space-between' },
  title: { fontWeight: '700' },
  celebration: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.m,
    borderRadius: radius.m,
    padding: spacing.l,
  },
  celebrationTexts: { flex: 1, minWidth: 0 },
});
