import { ScrollView, StyleSheet } from 'react-native';
import { failureFromError } from '@/api/failure';
import { Button } from '@/components/button';
import { Card } from '@/components/card';
import { FailurePanel } from '@/components/failure-panel';
import { Message } from '@/components/message';
import { SectionTitle } from '@/components/section-title';
import { SnippetRow } from '@/components/snippet-row';
import { markBySlug } from '@/lib/practice';
import { useAhead } from '@/offline/ahead/ahead';
import { useReadySnippets } from '@/offline/cache/cache';
import { useSnippetMarks } from '@/state/queries/progress';
import { useSnippetsBySlug } from '@/state/queries/snippets';
import { contentWidth, spacing } from '@/theme/theme';

const offeredCount = 5;

interface NotOnDeviceProps {
  error: Error;
  onRetry: () => void;
}

/** Takes the place of a snippet that can't be had: without a connection, those that are on the device are offered. */
export function NotOnDevice({ error, onRetry }: NotOnDeviceProps) {
  if (failureFromError(error).kind !== 'offline') return <FailurePanel error={error} onRetry={onRetry} />;
  return (
    <ScrollView contentContainerStyle={styles.content}>
      <Message
        icon="cloud-off-outline"
        title="Not on this device"
        text="This snippet was not loaded yet, and the server can't be reached."
        testID="not-on-device"
      >
        <Button mode="contained-tonal" onPress={onRetry} testID="retry-button">
          Try again
        </Button>
      </Message>
      <ReadySnippets />
    </ScrollView>
  );
}

function ReadySnippets() {
  const chosen = useAhead((state) => state.chosen);
  const ready = useReadySnippets((state) => state.bySlug);
  const slugs = [...new Set([...chosen, ...ready.keys()])].filter((slug) => ready.has(slug));
  const snippets = useSnippetsBySlug(slugs.slice(0, offeredCount));
  const marks = markBySlug(useSnippetMarks().data?.data);
  if (snippets.length === 0) return null;
  return (
    <>
      <SectionTitle>These are ready</SectionTitle>
      <Card style={styles.list} testID="ready-snippets">
        {snippets.map((snippet, index) => (
          <SnippetRow
            key={snippet.slug}
            snippet={snippet}
            mark={marks.get(snippet.slug)}
            isFirst={index === 0}
          />
        ))}
      </Card>
    </>
  );
}

const styles = StyleSheet.create({
  content: {
    padding: spacing.l,
    gap: spacing.m,
    width: '100%',
    maxWidth: contentWidth,
    alignSelf: 'center',
  },
  list: { padding: 0, gap: 0, overflow: 'hidden' },
});
