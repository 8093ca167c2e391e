import type { ReactNode } from 'react';
import { RefreshControl, ScrollView, StyleSheet, View } from 'react-native';
import { useSafeAreaInsets } from 'react-native-safe-area-context';
import { IconButton } from '@/components/icon-button';
import { Text } from '@/components/text';
import { contentWidth, spacing, touchTarget, useAppTheme } from '@/theme/theme';
import { ConnectionNotice } from './offline/connection-notice';
import { UpdateNotice } from './offline/update-notice';

interface ScreenHeaderProps {
  title: string;
  onBack?: () => void;
  /** Buttons at the end. */
  children?: ReactNode;
  /** Below the title, in small print. */
  subtitle?: ReactNode;
}

export function ScreenHeader({ title, onBack, children, subtitle }: ScreenHeaderProps) {
  const insets = useSafeAreaInsets();
  return (
    <View
      style={[
        styles.header,
        onBack ? styles.headerWithBack : styles.headerPlain,
        { paddingTop: insets.top + (onBack ? spacing.xs : spacing.l) },
      ]}
    >
      {onBack && (
        <IconButton icon="arrow-left" onPress={onBack} accessibilityLabel="Back" testID="back-button" />
      )}
      <View style={styles.titles}>
        <Text
          variant={onBack ? 'titleMedium' : 'headlineMedium'}
          numberOfLines={2}
          accessibilityRole="header"
          style={[styles.title, onBack && styles.titleWithBack]}
        >
          {title}
        </Text>
        {subtitle}
      </View>
      {children}
    </View>
  );
}

interface ScreenProps {
  header: ReactNode;
  children: ReactNode;
  onRefresh?: () => void;
}

/** A scrolling screen below a header. */
export function Screen({ header, children, onRefresh }: ScreenProps) {
  const { palette } = useAppTheme();
  const insets = useSafeAreaInsets();
  return (
    <View role="main" style={[styles.screen, { backgroundColor: palette.background }]}>
      {header}
      <ScrollView
        // A button is pressed at the first touch, though the keyboard is open, which covers nothing that is typed in.
        keyboardShouldPersistTaps="handled"
        automaticallyAdjustKeyboardInsets
        contentContainerStyle={[styles.content, { paddingBottom: spacing.xxl + insets.bottom }]}
        refreshControl={onRefresh && <RefreshControl refreshing={false} onRefresh={onRefresh} />}
      >
        <UpdateNotice />
        <ConnectionNotice />
        {children}
      </ScrollView>
    </View>
  );
}

const centred = { width: '100%', maxWidth: contentWidth, alignSelf: 'center' } as const;

const styles = StyleSheet.create({
  screen: { flex: 1, minHeight: 0 },
  header: { ...centred, flexDirection: 'row', alignItems: 'center', minHeight: touchTarget + spacing.m },
  headerPlain: { paddingHorizontal: spacing.l, paddingBottom: spacing.xs },
  headerWithBack: { paddingHorizontal: spacing.xs, paddingBottom: spacing.xs },
  titles: { flex: 1, minWidth: 0 },
  title: { fontWeight: '700' },
  titleWithBack: { lineHeight: 20, letterSpacing: 0 },
  content: { ...centred, padding: spacing.l, paddingTop: spacing.s, gap: spacing.m },
});
