import type { ReactNode } from 'react';
import { ScrollView, StyleSheet, View } from 'react-native';
import { useSafeAreaInsets } from 'react-native-safe-area-context';
import { IconButton } from '@/components/icon-button';
import { Text } from '@/components/text';
import { contentWidth, radius, spacing, useAppTheme } from '@/theme/theme';
import { aboveScrim, Layer } from './layer';
import { SlideIn } from './slide-in/slide-in';

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

/** What comes up from the lower edge, with what belongs to the screen below. */
export function BottomSheet(props: BottomSheetProps) {
  const { isOpen, title, onClose, children, footer, isTall = false, testID } = props;
  const { palette } = useAppTheme();
  const insets = useSafeAreaInsets();
  return (
    <Layer label={title || 'Problem'} isOpen={isOpen} onClose={onClose} style={styles.room}>
      <SlideIn
        isOpen={isOpen}
        testID={testID}
        style={[
          styles.sheet,
          isTall && [styles.tall, { marginTop: spacing.s + insets.top }],
          { backgroundColor: palette.surface },
        ]}
      >
        <View style={styles.header}>
          <Text variant="titleLarge" accessibilityRole="header" style={styles.title}>
            {title}
          </Text>
          <IconButton icon="close" onPress={onClose} accessibilityLabel="Close" testID="close-sheet" />
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
      </SlideIn>
    </Layer>
  );
}

const styles = StyleSheet.create({
  room: { justifyContent: 'flex-end', alignItems: 'center' },
  sheet: {
    ...aboveScrim,
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
  scroll: { flexGrow: 0, flexShrink: 1 },
  content: { paddingHorizontal: spacing.l, paddingBottom: spacing.l, paddingTop: spacing.xs, gap: spacing.m },
  footer: { paddingHorizontal: spacing.l, paddingTop: spacing.m, borderTopWidth: 1, gap: spacing.s },
  noFooter: { borderTopWidth: 0, paddingTop: 0 },
});
