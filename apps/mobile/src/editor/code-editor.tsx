import { lazy, Suspense, useMemo } from 'react';
import { StyleSheet, View } from 'react-native';
import { codeFontFamily, useAppTheme } from '@/theme/theme';
import { CodePreview } from './code-preview';
import type { EditorProps } from './editor-dom';
import { loadEditor } from './load-editor';

const LazyEditor = lazy(async () => ({ default: (await loadEditor()).EditorDom }));

interface CodeEditorProps extends Omit<EditorProps, 'look' | 'dom'> {
  fontSize: number;
}

const webViewSettings = { scrollEnabled: false, style: { flex: 1 } };

export function CodeEditor({ fontSize, ...props }: CodeEditorProps) {
  const theme = useAppTheme();
  const colors = theme.palette.code;
  const look = useMemo(
    () => ({ colors, isDark: theme.dark, fontFamily: codeFontFamily, fontSize }),
    [colors, theme.dark, fontSize],
  );
  return (
    <View style={[styles.frame, { backgroundColor: colors.background }]}>
      <Suspense fallback={<CodePreview code={props.initialCode} language={props.language} look={look} />}>
        <LazyEditor {...props} look={look} dom={webViewSettings} />
      </Suspense>
    </View>
  );
}

const styles = StyleSheet.create({ frame: { flex: 1, minHeight: 0, overflow: 'hidden' } });
