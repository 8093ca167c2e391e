import { type RefObject, useId, useState } from 'react';
import { Platform, StyleSheet, type TextInput, type TextInputProps, View } from 'react-native';
import type { FieldName } from '@/api/form-refusals';
import { IconButton } from '@/components/icon-button';
import { Text } from '@/components/text';
import { TextField } from '@/components/text-field';
import { passwordHint } from '@/lib/check-fields';
import { spacing, useAppTheme } from '@/theme/theme';
import { useForm } from './form-context';
import type { Submission } from './use-submission';

type FieldKind = 'email' | 'password' | 'new-password' | 'code' | 'recovery-code' | 'name';

const plainText = { autoCapitalize: 'none', autoCorrect: false, spellCheck: false } as const;

/** The keyboard for each kind, and what the device may fill in by itself. */
const inputs: Record<FieldKind, TextInputProps> = {
  email: { ...plainText, inputMode: 'email', autoComplete: 'username', textContentType: 'username' },
  password: { ...plainText, autoComplete: 'current-password', textContentType: 'password' },
  'new-password': {
    ...plainText,
    autoComplete: 'new-password',
    textContentType: 'newPassword',
    passwordRules: 'minlength: 8; maxlength: 72;',
  },
  code: {
    ...plainText,
    inputMode: 'numeric',
    autoComplete: 'one-time-code',
    textContentType: 'oneTimeCode',
    maxLength: 8,
  },
  'recovery-code': { ...plainText, autoComplete: 'off', textContentType: 'none', maxLength: 64 },
  name: {
    autoCapitalize: 'words',
    autoCorrect: false,
    autoComplete: 'nickname',
    textContentType: 'nickname',
  },
};

/** What each kind is called in the form's refusals. */
const names: Record<FieldKind, FieldName> = {
  email: 'email',
  password: 'password',
  'new-password': 'newPassword',
  code: 'code',
  'recovery-code': 'code',
  name: null,
};

interface FormFieldProps {
  kind: FieldKind;
  label: string;
  value: string;
  onChangeText: (value: string) => void;
  /** Below the field until there is an error to tell. */
  hint?: string;
  /** The field that the keyboard goes on to; without one its key submits. */
  next?: RefObject<TextInput | null>;
  ref?: RefObject<TextInput | null>;
  autoFocus?: boolean;
  maxLength?: number;
  testID: string;
}

/** The browser's way to say what belongs to a field; native apps read it out as a hint. */
function describedBy(id: string, error: string | undefined, hint: string | undefined) {
  return Platform.OS === 'web'
    ? { 'aria-describedby': id, 'aria-invalid': error !== undefined }
    : { accessibilityHint: error ?? hint };
}

/** What the last attempt said of this field, until what stands in it is changed. */
function useError(form: Submission, name: FieldName, value: string): string | undefined {
  const [refused, setRefused] = useState({ attempt: form.attempt, value });
  if (refused.attempt !== form.attempt) setRefused({ attempt: form.attempt, value });
  return refused.value === value ? form.errorOf(name) : undefined;
}

/** One line to type in, with room below for what is wrong with it, so that nothing moves when it is said. */
export function FormField(props: FormFieldProps) {
  const { kind, label, value, onChangeText, next, ref, testID } = props;
  const { form, onSubmit } = useForm();
  const error = useError(form, names[kind], value);
  const hint = props.hint ?? (kind === 'new-password' ? passwordHint : undefined);
  const { palette } = useAppTheme();
  const noteId = useId();
  const [isShown, setShown] = useState(false);
  const isSecret = kind === 'password' || kind === 'new-password';
  const goesOn = next && Platform.OS !== 'web';
  return (
    <View>
      <TextField
        label={label}
        value={value}
        onChangeText={onChangeText}
        hasError={error !== undefined}
        secureTextEntry={isSecret && !isShown}
        onSubmitEditing={goesOn ? () => next.current?.focus() : onSubmit}
        submitBehavior="submit"
        enterKeyHint={goesOn ? 'next' : 'go'}
        autoFocus={props.autoFocus}
        ref={ref}
        testID={testID}
        {...inputs[kind]}
        {...(props.maxLength ? { maxLength: props.maxLength } : {})}
        {...describedBy(noteId, error, hint)}
      >
        {isSecret && (
          <IconButton
            icon={isShown ? 'eye-off-outline' : 'eye-outline'}
            color={error === undefined ? undefined : palette.error}
            onPress={() => setShown(!isShown)}
            accessibilityLabel={isShown ? 'Hide the password' : 'Show the password'}
            testID={`${testID}-show`}
          />
        )}
      </TextField>
      <View nativeID={noteId} style={styles.note}>
        {error !== undefined ? (
          <Text
            variant="bodySmall"
            style={{ color: palette.error }}
            accessibilityRole="alert"
            accessibilityLiveRegion="polite"
            testID={`${testID}-error`}
          >
            {error}
          </Text>
        ) : (
          hint && (
            <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
              {hint}
            </Text>
          )
        )}
      </View>
    </View>
  );
}

const styles = StyleSheet.create({
  note: { minHeight: 38, paddingHorizontal: spacing.l, paddingTop: spacing.xs },
});
