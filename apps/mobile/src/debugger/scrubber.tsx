import { useRef, useState } from 'react';
import { type GestureResponderEvent, StyleSheet, View } from 'react-native';
import { touchTarget, useAppTheme } from '@/theme/theme';

interface ScrubberProps {
  /** Counted from 0. */
  position: number;
  count: number;
  /** What is said of the position. */
  text: string;
  onMove: (position: number) => void;
}

const knob = 20;

/** On the web, the browser must not scroll instead; styles of phones don't know it. */
const unscrolled: object = { touchAction: 'none' };

/** Goes to any step at once. The keyboard's keys are the debugger's. */
export function Scrubber({ position, count, text, onMove }: ScrubberProps) {
  const { palette } = useAppTheme();
  const [width, setWidth] = useState(0);
  // How far the track's beginning is from the page's.
  const left = useRef(0);
  const last = Math.max(1, count - 1);
  const done = `${(position / last) * 100}%` as const;

  function moveTo(pageX: number) {
    const part = (pageX - left.current - knob / 2) / Math.max(1, width - knob);
    onMove(Math.round(Math.min(1, Math.max(0, part)) * (count - 1)));
  }

  function grab({ nativeEvent: { pageX, locationX } }: GestureResponderEvent) {
    left.current = pageX - locationX;
    moveTo(pageX);
  }

  return (
    <View
      testID="scrubber"
      role="slider"
      accessible
      tabIndex={0}
      aria-label="Step"
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={position + 1}
      aria-valuetext={text}
      accessibilityActions={[{ name: 'increment' }, { name: 'decrement' }]}
      onAccessibilityAction={({ nativeEvent: { actionName } }) =>
        onMove(position + (actionName === 'increment' ? 1 : -1))
      }
      onLayout={({ nativeEvent: { layout } }) => setWidth(layout.width)}
      onStartShouldSetResponder={() => true}
      onMoveShouldSetResponder={() => true}
      onResponderTerminationRequest={() => false}
      onResponderGrant={grab}
      onResponderMove={({ nativeEvent }) => moveTo(nativeEvent.pageX)}
      style={[styles.place, unscrolled]}
    >
      <View style={[styles.track, { backgroundColor: palette.outlineVariant }]}>
        <View style={[styles.done, { width: done, backgroundColor: palette.primary }]} />
        <View style={[styles.knob, { left: done, backgroundColor: palette.primary }]} />
      </View>
    </View>
  );
}

const styles = StyleSheet.create({
  place: {
    flex: 1,
    height: touchTarget,
    justifyContent: 'center',
    paddingHorizontal: knob / 2,
    cursor: 'pointer',
  },
  track: { height: 4, borderRadius: 2, pointerEvents: 'none' },
  done: { height: 4, borderRadius: 2 },
  knob: {
    position: 'absolute',
    top: 2 - knob / 2,
    marginLeft: -knob / 2,
    width: knob,
    height: knob,
    borderRadius: knob / 2,
  },
});
