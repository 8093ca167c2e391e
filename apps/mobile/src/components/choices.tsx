import { Pressable, StyleSheet, View } from 'react-native';
import { Text } from '@/components/text';
import { radius, spacing, touchTarget, useAppTheme } from '@/theme/theme';

interface ChoicesProps<Value> {
  label: string;
  options: { value: Value; label: string }[];
  chosen: Value | null;
  onChoose: (value: Value) => void;
  /** Each choice is named by this and its value. */
  testID: string;
}

/** A few choices of which one holds. */
export function Choices<Value extends string | number>(props: ChoicesProps<Value>) {
  const { label, options, chosen, onChoose, testID } = props;
  return (
    <View style={styles.choices} accessibilityRole="radiogroup" accessibilityLabel={label}>
      {options.map((option) => (
        <Choice
          key={option.value}
          label={option.label}
          isChosen={chosen === option.value}
          onChoose={() => onChoose(option.value)}
          testID={`${testID}-${option.value}`}
        />
      ))}
    </View>
  );
}

interface ChoiceProps {
  label: string;
  isChosen: boolean;
  onChoose: () => void;
  testID: string;
}

function Choice({ label, isChosen, onChoose, testID }: ChoiceProps) {
  const { palette } = useAppTheme();
  return (
    <Pressable
      testID={testID}
      accessibilityRole="radio"
      aria-checked={isChosen}
      onPress={onChoose}
      style={[
        styles.choice,
        isChosen
          ? { backgroundColor: palette.primary, borderColor: palette.primary }
          : { backgroundColor: palette.surface, borderColor: palette.outlineVariant },
      ]}
    >
      <Text variant="labelLarge" style={{ color: isChosen ? palette.onPrimary : palette.onSurfaceVariant }}>
        {label}
      </Text>
    </Pressable>
  );
}

const styles = StyleSheet.create({
  choices: { flexDirection: 'row', flexWrap: 'wrap', gap: spacing.s },
  choice: {
    minHeight: touchTarget,
    minWidth: touchTarget,
    paddingHorizontal: spacing.m,
    borderRadius: radius.pill,
    borderWidth: 1,
    alignItems: 'center',
    justifyContent: 'center',
  },
});
