/** The fields of the forms that a refusal can be about; null is the form as a whole. */
export type FieldName = 'email' | 'password' | 'newPassword' | 'code' | null;

interface Row {
  /** The answer's; null where the app itself refuses, before it asks. */
  status: number | null;
  field: FieldName;
  message: string;
}

/** What the server refuses in a form, by its code, in words for the learner. */
const rows = {
  email_taken: {
    status: 409,
    field: 'email',
    message: 'There is an account with this address already. Log in instead.',
  },
  email_invalid: {
    status: 422,
    field: 'email',
    message: 'This is not a complete e-mail address, such as ada@example.org.',
  },
  password_missing: { status: null, field: 'password', message: 'Type your password.' },
  code_missing: { status: null, field: 'code', message: 'Type the code.' },
  password_too_short: { status: 422, field: 'newPassword', message: 'Take at least 8 characters.' },
  password_too_long: {
    status: 422,
    field: 'newPassword',
    message: 'Take at most 72 characters. Letters with accents and emoji count more than once.',
  },
  password_common: {
    status: 422,
    field: 'newPassword',
    message: 'This password is easy to guess. Take another one, a few words in a row for example.',
  },
  credentials_invalid: { status: 401, field: 'password', message: 'This is not the right password.' },
  code_invalid: {
    status: 401,
    field: 'code',
    message: 'This code is not right, or it was used before. Take the newest one.',
  },
  mfa_token_invalid: { status: 401, field: null, message: 'That took too long. Log in once more.' },
  token_invalid: {
    status: 422,
    field: null,
    message: 'This link does not work any more: it was used before, or it is too old.',
  },
  fresh_login_required: {
    status: 403,
    field: null,
    message: 'For this you have to have logged in just before. Log in once more.',
  },
  second_factor_required: {
    status: 403,
    field: null,
    message: 'Your account has to keep its second factor.',
  },
  provider_unavailable: {
    status: 503,
    field: null,
    message: 'This provider does not answer just now. Try again, or use e-mail and password.',
  },
  access_denied: { status: null, field: null, message: 'You did not let the provider tell who you are.' },
  state_invalid: { status: null, field: null, message: 'That took too long. Try once more.' },
  provider_failed: {
    status: null,
    field: null,
    message: 'The provider did not tell who you are. Try again, or use e-mail and password.',
  },
  email_unverified: {
    status: 403,
    field: null,
    message: 'The provider has not checked your e-mail address yet. Confirm it there first.',
  },
} as const satisfies Record<string, Row>;

export type FormCode = keyof typeof rows;

export interface FormRefusal extends Row {
  code: FormCode;
}

const isFormCode = (code: string): code is FormCode => Object.hasOwn(rows, code);

export const formRefusal = (code: FormCode): FormRefusal => ({ code, ...rows[code] });

/** How a provider's page was left, if that is in its words. */
export const providerRefusal = (code: string): FormRefusal =>
  formRefusal(isFormCode(code) ? code : 'provider_failed');

/** An answer's refusal, if it is one of a form's. */
export function formRefusalFrom(status: number, code: string | null): FormRefusal | null {
  return code !== null && isFormCode(code) && rows[code].status === status ? formRefusal(code) : null;
}
