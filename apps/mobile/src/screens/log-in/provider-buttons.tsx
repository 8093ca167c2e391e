import { StyleSheet, View } from 'react-native';
import { describeFailure } from '@/api/failure';
import { Button } from '@/components/button';
import { useSubmission } from '@/components/form/use-submission';
import type { IconName } from '@/components/icon/icon-name';
import { Text } from '@/components/text';
import type { LogInResult } from '@/state/log-in';
import { logInWithProvider } from '@/state/oauth-flow';
import { useProviders } from '@/state/queries/account';
import { formColumn, spacing, useAppTheme } from '@/theme/theme';

interface ProviderButtonsProps {
  /** The app's path to come back to on the web, where the page is left. */
  returnTo: string;
  onLoggedIn: (result: LogInResult) => void;
  /** Only these; all that the server knows otherwise. */
  only?: string[];
}

const icons: Record<string, IconName> = { google: 'google', github: 'github' };

/** Log-in by the providers that this server knows. They come last, so that nothing moves when they are known. */
export function ProviderButtons({ returnTo, onLoggedIn, only }: ProviderButtonsProps) {
  const { palette } = useAppTheme();
  const form = useSubmission();
  const providers = useProviders().data?.filter(({ id }) => !only || only.includes(id)) ?? [];
  if (providers.length === 0) return null;

  const visit = (provider: string) =>
    form.submit(async () => {
      const result = await logInWithProvider(provider, returnTo);
      if (result !== undefined) onLoggedIn(result);
    });

  return (
    <View style={styles.providers}>
      {!only && (
        <View style={styles.or}>
          <View style={[styles.line, { backgroundColor: palette.outlineVariant }]} />
          <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
            or
          </Text>
          <View style={[styles.line, { backgroundColor: palette.outlineVariant }]} />
        </View>
      )}
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          mode="outlined"
          icon={icons[id]}
          disabled={form.isBusy}
          onPress={() => void visit(id)}
          testID={`provider-${id}`}
        >
          Go on with {name}
        </Button>
      ))}
      {form.failure && (
        <Text
          variant="bodyMedium"
          style={{ color: palette.error }}
          accessibilityRole="alert"
          testID="provider-failure"
        >
          {describeFailure(form.failure).message}
        </Text>
      )}
    </View>
  );
}

const styles = StyleSheet.create({
  providers: { ...formColumn, gap: spacing.m },
  or: { flexDirection: 'row', alignItems: 'center', gap: spacing.m },
  line: { flex: 1, height: StyleSheet.hairlineWidth },
});
