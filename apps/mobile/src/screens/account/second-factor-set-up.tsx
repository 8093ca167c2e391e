import { useState } from 'react';
import { Linking, Platform, StyleSheet, View } from 'react-native';
import { answerOf, api } from '@/api/client';
import { Button } from '@/components/button';
import { Card } from '@/components/card';
import { CopyButton } from '@/components/copy-button';
import { Form } from '@/components/form/form';
import { FormField } from '@/components/form/form-field';
import { FormIntro } from '@/components/form/form-intro';
import { SubmitButton } from '@/components/form/submit-button';
import { useSubmission } from '@/components/form/use-submission';
import { Text } from '@/components/text';
import { checkPresent } from '@/lib/check-fields';
import { codeFontFamily, formColumn, spacing, useAppTheme } from '@/theme/theme';
import { QrCode } from './qr-code';

export interface SecondFactorSecret {
  secret: string;
  /** For authenticator apps, by a QR code or a link. */
  uri: string;
}

interface SecondFactorSetUpProps {
  secret: SecondFactorSecret;
  onTurnedOn: (recoveryCodes: string[]) => void;
}

/** A browser does not tell whether there is an app. */
const canOpenApp = Platform.OS !== 'web';

/** In groups of four, for those who type it. */
const inGroups = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret;

export function SecondFactorSetUp({ secret, onTurnedOn }: SecondFactorSetUpProps) {
  const { palette } = useAppTheme();
  const [code, setCode] = useState('');
  const form = useSubmission();

  const submit = () =>
    form.submit(async () => {
      const body = { code: code.trim() };
      onTurnedOn((await answerOf(api.POST('/auth/totp/confirm', { body }))).recovery_codes);
    }, [checkPresent(code, 'code_missing')]);

  return (
    <>
      <FormIntro
        text={`Scan this with your authenticator app. On the same phone, ${canOpenApp ? 'open it there or ' : ''}copy the secret.`}
      />
      <Card style={styles.card}>
        <View style={styles.code}>
          <QrCode text={secret.uri} width={200} />
        </View>
        <Text
          selectable
          style={[styles.secret, { color: palette.onSurface }]}
          accessibilityLabel={`Secret: ${secret.secret}`}
          testID="second-factor-secret"
        >
          {inGroups(secret.secret)}
        </Text>
        <View style={styles.buttons}>
          <CopyButton label="Copy the secret" text={secret.secret} testID="copy-secret" />
          {canOpenApp && (
            <Button
              mode="outlined"
              icon="open-in-new"
              onPress={() => void Linking.openURL(secret.uri).catch(() => undefined)}
            >
              Open in the app
            </Button>
          )}
        </View>
      </Card>
      <Form label="Second factor" form={form} onSubmit={submit}>
        <FormField
          kind="code"
          label="Code"
          value={code}
          onChangeText={setCode}
          hint="The six digits that the app shows now."
          testID="second-factor-code"
        />
        <SubmitButton label="Turn it on" testID="confirm-second-factor" />
      </Form>
    </>
  );
}

const styles = StyleSheet.create({
  card: { ...formColumn, gap: spacing.m, alignItems: 'center' },
  code: { borderRadius: spacing.s, overflow: 'hidden' },
  secret: { fontFamily: codeFontFamily, fontSize: 15, lineHeight: 24, textAlign: 'center', maxWidth: 216 },
  buttons: { flexDirection: 'row', flexWrap: 'wrap', justifyContent: 'center', gap: spacing.s },
});
