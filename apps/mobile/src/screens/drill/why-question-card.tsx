import { useState } from 'react';
import { Pressable, StyleSheet, View } from 'react-native';
import type { WhyQuestion } from '@/api/types';
import { Icon } from '@/components/icon/icon';
import { Markdown } from '@/components/markdown/markdown';
import { SectionTitle } from '@/components/section-title';
import { Text } from '@/components/text';
import { radius, spacing, touchTarget, useAppTheme } from '@/theme/theme';

interface WhyQuestionCardProps {
  question: WhyQuestion;
  onAnswer: (choice: number) => void;
}

export function WhyQuestionCard({ question, onAnswer }: WhyQuestionCardProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  return (
    <View style={styles.card} testID="why-question">
      <SectionTitle>Why was it wrong?</SectionTitle>
      <Markdown source={question.question} />
      <View style={styles.choices} accessibilityRole="radiogroup">
        {question.choices.map((choice, index) => (
          <Choice
            key={choice}
            text={choice}
            index={index}
            isChosen={chosen === index}
            isRight={index === question.answer}
            isAnswered={chosen !== null}
            onChoose={() => {
              setChosen(index);
              onAnswer(index);
            }}
          />
        ))}
      </View>
      {chosen !== null && (
        <Text variant="labelLarge" aria-live="polite" testID="why-feedback">
          {chosen === question.answer ? 'Right, that was it.' : 'Not quite. The marked answer is the cause.'}
        </Text>
      )}
    </View>
  );
}

interface ChoiceProps {
  text: string;
  index: number;
  isChosen: boolean;
  isRight: boolean;
  isAnswered: boolean;
  onChoose: () => void;
}

function Choice({ text, index, isChosen, isRight, isAnswered, onChoose }: ChoiceProps) {
  const { palette } = useAppTheme();
  const isMarkedRight = isAnswered && isRight;
  const isMarkedWrong = isChosen && !isRight;
  return (
    <Pressable
      testID={`why-choice-${index}`}
      accessibilityRole="radio"
      aria-checked={isChosen}
      aria-disabled={isAnswered}
      disabled={isAnswered}
      onPress={onChoose}
      style={({ pressed }) => [
        styles.choice,
        { borderColor: palette.outlineVariant },
        pressed && { backgroundColor: palette.surfaceVariant },
        isMarkedRight && { borderColor: palette.secondary, backgroundColor: palette.code.added },
        isMarkedWrong && { borderColor: palette.error, backgroundColor: palette.code.removed },
      ]}
    >
      <View style={styles.choiceText}>
        <Markdown source={text} />
      </View>
      {isMarkedRight && <Icon name="check-circle" color={palette.secondary} />}
      {isMarkedWrong && <Icon name="close-circle" color={palette.error} />}
    </Pressable>
  );
}

const styles = StyleSheet.create({
  card: { gap: spacing.s },
  choices: { gap: spacing.s, paddingTop: spacing.xs },
  choice: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.s,
    minHeight: touchTarget,
    borderWidth: 1,
    borderRadius: radius.m,
    paddingHorizontal: spacing.m,
    paddingVertical: spacing.s + 2,
  },
  choiceText: { flex: 1, minWidth: 0 },
});
