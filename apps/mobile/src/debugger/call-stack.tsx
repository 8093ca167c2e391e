import { Fragment, useRef } from 'react';
import { Pressable, ScrollView, StyleSheet, Text } from 'react-native';
import { Icon } from '@/components/icon/icon';
import { codeFontFamily, radius, spacing, touchTarget, useAppTheme } from '@/theme/theme';
import type { Frame } from './replay';

interface CallStackProps {
  frames: readonly Frame[];
  /** The index of the call whose variables are shown. */
  chosen: number;
  onChoose: (index: number) => void;
}

/** Of a deep recursion only its beginning and its end are shown. */
const shownAtStart = 1;
const shownAtEnd = 6;

/** The calls that have not ended, the outermost first. */
export function CallStack({ frames, chosen, onChoose }: CallStackProps) {
  const { palette } = useAppTheme();
  const scroll = useRef<ScrollView>(null);
  const left = frames.length - shownAtStart - shownAtEnd;
  const isCut = left > 1;
  return (
    <ScrollView
      ref={scroll}
      horizontal
      showsHorizontalScrollIndicator={false}
      style={styles.stack}
      contentContainerStyle={styles.content}
      onContentSizeChange={() => scroll.current?.scrollToEnd({ animated: false })}
      role="group"
      accessibilityLabel="Calls"
      testID="call-stack"
    >
      {frames.map((frame, index) => {
        const isLeftOut = isCut && index >= shownAtStart && index < frames.length - shownAtEnd;
        if (isLeftOut && index > shownAtStart) return null;
        const color = index === chosen ? palette.onPrimaryContainer : palette.onSurfaceVariant;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a call is its depth
          <Fragment key={index}>
            {index > 0 && <Icon name="chevron-right" size={16} color={palette.outline} />}
            {isLeftOut ? (
              <Text style={[styles.name, { color: palette.onSurfaceVariant }]}>+{left}</Text>
            ) : (
              <Pressable
                testID={`frame-${index + 1}`}
                accessibilityRole="button"
                aria-label={`${frame.function}, call ${index + 1} of ${frames.length}`}
                aria-selected={index === chosen}
                onPress={() => onChoose(index)}
                style={styles.frame}
              >
                <Text
                  numberOfLines={1}
                  style={[
                    styles.name,
                    { color },
                    index === chosen && { backgroundColor: palette.primaryContainer },
                  ]}
                >
                  {frame.function}
                </Text>
              </Pressable>
            )}
          </Fragment>
        );
      })}
    </ScrollView>
  );
}

const styles = StyleSheet.create({
  stack: { flexGrow: 0 },
  content: { alignItems: 'center', paddingHorizontal: spacing.m, minHeight: touchTarget },
  frame: { minHeight: touchTarget, minWidth: touchTarget, justifyContent: 'center', alignItems: 'center' },
  name: {
    fontFamily: codeFontFamily,
    fontSize: 12.5,
    lineHeight: 18,
    paddingHorizontal: 6,
    paddingVertical: 3,
    borderRadius: radius.s,
    overflow: 'hidden',
    maxWidth: 180,
  },
});
