import { type Href, router } from 'expo-router';
import type { ReactNode } from 'react';
import { StyleSheet, View } from 'react-native';
import { PressableCard } from '@/components/card';
import { Icon } from '@/components/icon/icon';
import type { IconName } from '@/components/icon/icon-name';
import { shareButtonWidth } from '@/components/share/share-button';
import { Text } from '@/components/text';
import { wrappingTitle } from '@/lib/practice';
import { spacing, useAppTheme } from '@/theme/theme';

interface DrillCardProps {
  icon: IconName;
  caption: string;
  title: string;
  facts: string;
  isSolved?: boolean;
  /** Takes the place of the sign at the end; what says that it is solved is then at the beginning. */
  shareButton?: ReactNode;
  href: Href;
  testID: string;
}

/** A snippet that may be done besides what is next. */
export function DrillCard(props: DrillCardProps) {
  const { icon, caption, title, facts, isSolved = false, shareButton, href, testID } = props;
  const { palette } = useAppTheme();
  const solved = { name: 'check-circle', color: palette.secondary } as const;
  const begin = isSolved && shareButton ? solved : { name: icon, color: palette.primary };
  const end = isSolved ? solved : ({ name: 'chevron-right', color: palette.outline } as const);
  return (
    <View>
      <PressableCard
        testID={testID}
        label={`${caption}: ${title}, ${facts}${isSolved ? ', solved' : ''}`}
        onPress={() => router.push(href)}
        style={[styles.card, shareButton ? styles.besideShareButton : null]}
      >
        <Icon {...begin} size={22} />
        <View style={styles.texts}>
          <Text variant="labelMedium" style={{ color: palette.onSurfaceVariant }}>
            {caption}
          </Text>
          <Text variant="bodyLarge" style={styles.title}>
            {wrappingTitle(title)}
          </Text>
          <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
            {facts}
          </Text>
        </View>
        {!shareButton && <Icon {...end} />}
      </PressableCard>
      {shareButton && <View style={styles.shareButton}>{shareButton}</View>}
    </View>
  );
}

const styles = StyleSheet.create({
  card: { flexDirection: 'row', alignItems: 'center', gap: spacing.m, paddingVertical: spacing.m },
  besideShareButton: { paddingRight: shareButtonWidth + spacing.m },
  // On the card, not in it: screen readers do not find a button in a button.
  shareButton: {
    position: 'absolute',
    top: 0,
    bottom: 0,
    right: spacing.s,
    justifyContent: 'center',
  },
  texts: { flex: 1, minWidth: 0, gap: 2 },
  title: { fontWeight: '600', lineHeight: 21, letterSpacing: 0 },
});
