import { useState } from 'react';
import { StyleSheet, View } from 'react-native';
import { answerOf, api } from '@/api/client';
import { Button } from '@/components/button';
import { Form } from '@/components/form/form';
import { FormField } from '@/components/form/form-field';
import { FormIntro } from '@/components/form/form-intro';
import { SubmitButton } from '@/components/form/submit-button';
import { useSubmission } from '@/components/form/use-submission';
import { Icon } from '@/components/icon/icon';
import { SectionTitle } from '@/components/section-title';
import { checkPresent } from '@/lib/check-fields';
import { formColumn, spacing, useAppTheme } from '@/theme/theme';

interface SecondFactorOnProps {
  /** Whoever may change content has to keep it. */
  isNeeded: boolean;
  onNewCodes: (codes: string[]) => void;
  onTurnedOff: () => void;
}

export function SecondFactorOn({ isNeeded, onNewCodes, onTurnedOff }: SecondFactorOnProps) {
  const { palette } = useAppTheme();
  const [code, setCode] = useState('');
  const form = useSubmission();
  const body = { code: code.trim() };
  const missing = [checkPresent(code, 'code_missing')];

  const renew = () =>
    form.submit(async () => {
      onNewCodes((await answerOf(api.POST('/auth/totp/recovery-codes', { body }))).recovery_codes);
    }, missing);

  const turnOff = () =>
    form.submit(async () => {
      await answerOf(api.DELETE('/auth/totp', { body }));
      onTurnedOff();
    }, missing);

  return (
    <>
      <View style={styles.state}>
        <Icon name="check-circle" color={palette.secondary} />
        <SectionTitle testID="second-factor-on">The second factor is on</SectionTitle>
      </View>
      <FormIntro
        text={
          isNeeded
            ? 'Your role needs it. A code of your app gives you new recovery codes; the old ones stop working.'
            : 'A code of your app gives you new recovery codes, in place of the old ones, or turns the second factor off.'
        }
      />
      <Form label="Second factor" form={form} onSubmit={renew}>
        <FormField
          kind="code"
          label="Code"
          value={code}
          onChangeText={setCode}
          hint="The six digits that the app shows now."
          testID="second-factor-code"
        />
        <SubmitButton label="Get new recovery codes" testID="renew-recovery-codes" />
        {!isNeeded && (
          <Button
            textColor={palette.error}
            onPress={turnOff}
            disabled={form.isBusy}
            testID="turn-off-second-factor"
          >
            Turn it off
          </Button>
        )}
      </Form>
    </>
  );
}

const styles = StyleSheet.create({
  state: { ...formColumn, flexDirection: 'row', alignItems: 'center', gap: spacing.s },
});
