import { useState } from 'react';
import { Pressable, StyleSheet, View } from 'react-native';
import { Icon } from '@/components/icon/icon';
import type { IconName } from '@/components/icon/icon-name';
import { Text } from '@/components/text';
import { shareLink } from '@/lib/share-link';
import type { ShareLink, ShareOutcome } from '@/lib/share-links';
import { radius, spacing, useAppTheme } from '@/theme/theme';

export const shareButtonWidth = 56;

interface ShareButtonProps {
  link: ShareLink;
  /** What is shared, for who does not see where the button is. */
  label: string;
  testID: string;
}

const words = { copied: 'Link copied', failed: "Couldn't share" } as const;
const icons = { copied: 'check', failed: 'alert-circle-outline' } as const satisfies Record<string, IconName>;

/** Shares a link, and says in its own place what came of it where the learner can't see that. */
export function ShareButton({ link, label, testID }: ShareButtonProps) {
  const { palette } = useAppTheme();
  const [outcome, setOutcome] = useState<ShareOutcome>(null);
  const color = outcome === null ? palette.primary : outcome === 'copied' ? palette.secondary : palette.error;
  return (
    <Pressable
      testID={testID}
      accessibilityRole="button"
      accessibilityLabel={outcome ? words[outcome] : label}
      onPress={() => void shareLink(link).then(setOutcome)}
      style={({ pressed }) => [styles.button, pressed && { backgroundColor: palette.surfaceVariant }]}
    >
      <Icon name={outcome ? icons[outcome] : 'share-variant-outline'} color={color} size={20} />
      <View accessibilityLiveRegion="polite">
        <Text variant="labelSmall" style={[styles.words, { color }]}>
          {outcome ? words[outcome] : 'Share'}
        </Text>
      </View>
    </Pressable>
  );
}

const lineHeight = 13;

const styles = StyleSheet.create({
  // With room for all that it may say, so that nothing moves when it does.
  button: {
    width: shareButtonWidth,
    minHeight: 20 + 2 * lineHeight + spacing.s,
    alignItems: 'center',
    justifyContent: 'center',
    borderRadius: radius.s,
  },
  words: { lineHeight, letterSpacing: 0, textAlign: 'center' },
});
