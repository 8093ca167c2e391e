import { useState } from 'react';
import { StyleSheet, View } from 'react-native';
import type { Language, Pattern } from '@/api/types';
import { Button } from '@/components/button';
import { Card } from '@/components/card';
import { CodeBlock } from '@/components/code-block';
import { Collapsible } from '@/components/collapsible';
import { Markdown } from '@/components/markdown/markdown';
import { firstParagraph } from '@/components/markdown/parse-markdown';
import { spacing } from '@/theme/theme';

interface AboutPatternProps {
  pattern: Pattern;
  language: Language;
  /** Whether the learner has begun the pattern; then the snippets are what they come for. */
  isBegun: boolean;
}

export function AboutPattern({ pattern, language, isBegun }: AboutPatternProps) {
  return (
    <Card style={styles.card}>
      <Collapsible title="About this pattern" isOpenAtFirst={!isBegun} testID="introduction">
        <Introduction text={pattern.introduction} isWhole={isBegun} />
      </Collapsible>
      <Collapsible title="Template" isOpenAtFirst={false} testID="template">
        <CodeBlock code={pattern.template[language]} language={language} />
      </Collapsible>
    </Card>
  );
}

interface IntroductionProps {
  text: string;
  /** Whether all of it is shown at once, rather than how it begins. */
  isWhole: boolean;
}

function Introduction({ text, isWhole }: IntroductionProps) {
  const [isExpanded, setExpanded] = useState(isWhole);
  if (isExpanded) return <Markdown source={text} />;
  return (
    <View style={styles.beginning}>
      <Markdown source={firstParagraph(text)} />
      <Button mode="text" compact onPress={() => setExpanded(true)} testID="read-more" style={styles.more}>
        Read more
      </Button>
    </View>
  );
}

const styles = StyleSheet.create({
  card: { paddingVertical: spacing.xs, gap: 0 },
  beginning: { marginBottom: -spacing.m },
  more: { alignSelf: 'flex-start', marginLeft: -spacing.s },
});
