import { type ReactNode, useEffect, useState } from 'react';
import { Animated, Easing, Modal, Platform, Pressable, ScrollView, StyleSheet, View } from 'react-native';
import { IconButton, Text } from 'react-native-paper';
import { useSafeAreaInsets } from 'react-native-safe-area-context';
import { contentWidth, radius, spacing, touchTarget, useAppTheme } from '@/theme/theme';

interface BottomSheetProps {
  isOpen: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Stays at the bottom while the rest scrolls. */
  footer?: ReactNode;
  /** Takes nearly the whole screen, and leaves to its children how they fill it. */
  isTall?: boolean;
  testID?: string;
}

const slideDistance = 40;

function useSlide(isOpen: boolean): Animated.Value {
  const [offset] = useState(() => new Animated.Value(slideDistance));
  useEffect(() => {
    if (!isOpen) return;
    offset.setValue(slideDistance);
    Animated.timing(offset, {
      toValue: 0,
      duration: 180,
      easing: Easing.out(Easing.cubic),
      useNativeDriver: Platform.OS !== 'web',
    }).start();
  }, [isOpen, offset]);
  return offset;
}

/**
 * On the web it goes at once. While it fades it would hold the focus, and at its end give it to the button that opened
 * it, even when the learner is typing again by then.
 */
export function BottomSheet(props: BottomSheetProps) {
  const { isOpen, title, onClose, children, footer, isTall = false, testID } = props;
  const { palette } = useAppTheme();
  const insets = useSafeAreaInsets();
  const translateY = useSlide(isOpen);
  return (
    <Modal
      aria-label={title || 'Problem'}
      visible={isOpen}
      transparent
      animationType={isOpen || Platform.OS !== 'web' ? 'fade' : 'none'}
      onRequestClose={onClose}
      statusBarTranslucent
    >
      <View style={styles.room}>
        <Pressable
          style={styles.scrim}
          onPress={onClose}
          accessibilityLabel="Close"
          accessibilityRole="button"
        />
        <Animated.View
          testID={testID}
          style={[
            styles.sheet,
            isTall && [styles.tall, { marginTop: spacing.s + insets.top }],
            { backgroundColor: palette.surface, transform: [{ translateY }] },
          ]}
        >
          <View style={styles.header}>
            <Text variant="titleLarge" accessibilityRole="header" style={styles.title}>
              {title}
            </Text>
            <IconButton
              icon="close"
              onPress={onClose}
              accessibilityLabel="Close"
              testID="close-sheet"
              style={styles.close}
            />
          </View>
          {isTall ? (
            children
          ) : (
            <>
              <ScrollView style={styles.scroll} contentContainerStyle={styles.content}>
                {children}
              </ScrollView>
              <View
                style={[
                  styles.footer,
                  { paddingBottom: spacing.m + insets.bottom, borderColor: palette.outlineVariant },
                  footer ? null : styles.noFooter,
                ]}
              >
                {footer}
              </View>
            </>
          )}
        </Animated.View>
      </View>
    </Modal>
  );
}

const styles = StyleSheet.create({
  room: { flex: 1, justifyContent: 'flex-end', alignItems: 'center' },
  scrim: { position: 'absolute', inset: 0, backgroundColor: '#0A0A14', opacity: 0.5 },
  sheet: {
    width: '100%',
    maxWidth: contentWidth,
    maxHeight: '86%',
    borderTopLeftRadius: radius.l + 6,
    borderTopRightRadius: radius.l + 6,
    paddingTop: spacing.s,
  },
  tall: { flex: 1, maxHeight: '100%', maxWidth: 1120 },
  header: {
    flexDirection: 'row',
    alignItems: 'center',
    paddingTop: spacing.xs,
    paddingLeft: spacing.l,
    paddingRight: spacing.xs,
  },
  title: { flex: 1, fontWeight: '700' },
  close: { margin: 0, width: touchTarget, height: touchTarget },
  scroll: { flexGrow: 0, flexShrink: 1 },
  content: { paddingHorizontal: spacing.l, paddingBottom: spacing.l, paddingTop: spacing.xs, gap: spacing.m },
  footer: { paddingHorizontal: spacing.l, paddingTop: spacing.m, borderTopWidth: 1, gap: spacing.s },
  noFooter: { borderTopWidth: 0, paddingTop: 0 },
});
