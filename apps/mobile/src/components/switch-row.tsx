import { Platform, Pressable, StyleSheet, View } from 'react-native';
import { Text } from '@/components/text';
import { radius, spacing, touchTarget, useAppTheme } from '@/theme/theme';
import { NotChanged } from './not-changed';

interface SwitchRowProps {
  title: string;
  /** What it does, in a line. */
  text: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  /** Why it is as it was before. */
  error: Error | null;
  testID: string;
}

interface KeyPress {
  key: string;
  repeat: boolean;
  preventDefault: () => void;
}

/** On the web the space bar presses only what is a button, but everybody expects it to turn a switch. */
function turnedBySpaceBar(turn: () => void) {
  if (Platform.OS !== 'web') return {};
  const onKeyDown = (event: KeyPress) => {
    if (event.key !== ' ') return;
    event.preventDefault();
    if (!event.repeat) turn();
  };
  return { onKeyDown };
}

/** Something that is on or off. All of the line turns it. */
export function SwitchRow({ title, text, isOn, onChange, error, testID }: SwitchRowProps) {
  const { palette } = useAppTheme();
  const turn = () => onChange(!isOn);
  return (
    <View>
      <Pressable
        testID={testID}
        accessibilityRole="switch"
        aria-checked={isOn}
        onPress={turn}
        style={({ pressed }) => [styles.row, pressed && { backgroundColor: palette.surfaceVariant }]}
        {...turnedBySpaceBar(turn)}
      >
        <View style={styles.texts}>
          <Text variant="bodyLarge">{title}</Text>
          <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
            {text}
          </Text>
        </View>
        <Track isOn={isOn} />
      </Pressable>
      <NotChanged error={error} testID={`${testID}-error`} />
    </View>
  );
}

function Track({ isOn }: { isOn: boolean }) {
  const { palette } = useAppTheme();
  const [track, thumb] = isOn ? [palette.primary, palette.onPrimary] : [palette.surface, palette.outline];
  return (
    <View
      style={[
        styles.track,
        isOn ? styles.on : styles.off,
        { backgroundColor: track, borderColor: isOn ? track : thumb },
      ]}
    >
      <View style={[styles.thumb, { backgroundColor: thumb }]} />
    </View>
  );
}

const styles = StyleSheet.create({
  // Wider than what it holds, so that the ring around what has the focus does not touch the words.
  row: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.m,
    minHeight: touchTarget,
    marginHorizontal: -spacing.s,
    paddingHorizontal: spacing.s,
    paddingVertical: spacing.xs,
    borderRadius: radius.s,
  },
  texts: { flex: 1, minWidth: 0, gap: 2 },
  track: { width: 48, height: 28, borderRadius: radius.pill, borderWidth: 2, padding: 3 },
  on: { alignItems: 'flex-end' },
  off: { alignItems: 'flex-start' },
  thumb: { width: 18, height: 18, borderRadius: radius.pill },
});
