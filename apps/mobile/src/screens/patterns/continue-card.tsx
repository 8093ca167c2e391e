import { router } from 'expo-router';
import { Pressable, StyleSheet, View } from 'react-native';
import { Text } from 'react-native-paper';
import type { Language, Pattern, Progress } from '@/api/types';
import { Icon } from '@/components/icon/icon';
import { firstOpenSnippet, markBySlug, solvedOf, wrappingTitle } from '@/lib/practice';
import { usePreferences } from '@/state/preferences';
import { countSnippets } from '@/state/queries/patterns';
import { useSnippetMarks } from '@/state/queries/progress';
import { useSnippets } from '@/state/queries/snippets';
import { radius, spacing, useAppTheme } from '@/theme/theme';

interface ContinueCardProps {
  patterns: Pattern[];
  language: Language;
  progress: Progress | undefined;
}

interface Suggestion {
  slug: string;
  title: string;
  patternName: string;
  isNew: boolean;
}

/** The snippet that was left open, else the first one of the first pattern that is not finished. */
function useSuggestion({ patterns, language, progress }: ContinueCardProps): Suggestion | null {
  const bookmark = usePreferences((state) => state.bookmark);
  const isBookmarked = bookmark?.language === language;
  const unfinished = patterns.find((pattern) => {
    const total = countSnippets(pattern, language);
    return solvedOf(pattern, progress) < total;
  });
  const snippets = useSnippets(unfinished?.slug ?? '', language, unfinished !== undefined && !isBookmarked);
  const marks = useSnippetMarks(unfinished?.slug);
  if (bookmark && isBookmarked) return { ...bookmark, isNew: false };
  const snippet = firstOpenSnippet(snippets.data ?? [], markBySlug(marks.data?.data));
  return (
    snippet && { slug: snippet.slug, title: snippet.title, patternName: snippet.pattern_name, isNew: true }
  );
}

export function ContinueCard(props: ContinueCardProps) {
  const { palette } = useAppTheme();
  const suggestion = useSuggestion(props);
  if (props.patterns.length === 0) return null;
  const caption = !suggestion || suggestion.isNew ? 'Start here' : 'Continue';
  return (
    <Pressable
      testID="continue-card"
      accessibilityRole="button"
      accessibilityLabel={suggestion ? `${caption}: ${suggestion.title}` : caption}
      disabled={!suggestion}
      onPress={() => suggestion && router.push({ pathname: '/drill/[id]', params: { id: suggestion.slug } })}
      style={({ pressed }) => [styles.card, { backgroundColor: palette.primary }, pressed && styles.pressed]}
    >
      <View style={styles.texts}>
        <Text variant="labelMedium" style={[styles.caption, { color: palette.onPrimary }]}>
          {caption}
        </Text>
        <Text variant="titleMedium" numberOfLines={2} style={[styles.title, { color: palette.onPrimary }]}>
          {suggestion ? wrappingTitle(suggestion.title) : ' '}
        </Text>
        <Text variant="bodySmall" numberOfLines={1} style={{ color: palette.onPrimary }}>
          {suggestion?.patternName ?? ' '}
        </Text>
      </View>
      <View style={[styles.button, { backgroundColor: palette.onPrimary }]}>
        <Icon name="play" color={palette.primary} size={26} />
      </View>
    </Pressable>
  );
}

const styles = StyleSheet.create({
  card: {
    flexDirection: 'row',
    alignItems: 'center',
    borderRadius: radius.l,
    padding: spacing.l,
    gap: spacing.m,
  },
  pressed: { opacity: 0.85 },
  texts: { flex: 1, minWidth: 0, minHeight: 64, gap: 2, justifyContent: 'center' },
  caption: { opacity: 0.85 },
  title: { fontWeight: '700' },
  button: {
    width: 48,
    height: 48,
    borderRadius: radius.pill,
    alignItems: 'center',
    justifyContent: 'center',
  },
});
