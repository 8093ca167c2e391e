import { useMutation } from '@tanstack/react-query';
import { router } from 'expo-router';
import { StyleSheet } from 'react-native';
import { answerOf, api } from '@/api/client';
import { Button } from '@/components/button';
import { FailurePanel } from '@/components/failure-panel';
import { Text } from '@/components/text';
import { TitledCard } from '@/components/titled-card';
import { saveFile } from '@/lib/save-file';
import { useAppTheme } from '@/theme/theme';
import { AccountScreenFrame } from './account-screen-frame';

export function DataScreen() {
  return (
    <AccountScreenFrame title="Your data">
      {() => (
        <>
          <Export />
          <Deletion />
        </>
      )}
    </AccountScreenFrame>
  );
}

function Export() {
  const { palette } = useAppTheme();
  const save = useMutation({
    mutationFn: async () => {
      const text = await answerOf(api.GET('/auth/me/export', { parseAs: 'text' }));
      await saveFile('bugdrill.json', text);
    },
  });
  return (
    <TitledCard title="A copy of everything">
      <Text variant="bodyMedium" style={{ color: palette.onSurfaceVariant }}>
        All that this server keeps of you, in one JSON file: your account, your submissions, your progress.
      </Text>
      <Button
        mode="contained-tonal"
        icon="download-outline"
        onPress={() => save.mutate()}
        loading={save.isPending}
        disabled={save.isPending}
        style={styles.start}
        testID="export-button"
      >
        Save the file
      </Button>
      {save.error && <FailurePanel error={save.error} onRetry={() => save.mutate()} />}
    </TitledCard>
  );
}

function Deletion() {
  const { palette } = useAppTheme();
  return (
    <TitledCard title="Delete your account">
      <Text variant="bodyMedium" style={{ color: palette.onSurfaceVariant }}>
        Removes all of it from this server, for good.
      </Text>
      <Button
        mode="outlined"
        icon="delete-outline"
        textColor={palette.error}
        onPress={() => router.push('/account/delete')}
        style={styles.start}
        testID="to-delete-account"
      >
        Delete your account
      </Button>
    </TitledCard>
  );
}

const styles = StyleSheet.create({
  start: { alignSelf: 'flex-start' },
});
