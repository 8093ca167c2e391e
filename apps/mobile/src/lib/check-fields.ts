import type { FormCode } from '@/api/form-refusals';

/** What a new password has to be, told before it is typed. */
export const passwordHint = 'At least 8 characters. A few words in a row are easy to keep and hard to guess.';

/** The server's limits; it has a list of common passwords besides. */
const shortestPassword = 8;
const longestPasswordBytes = 72;

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

export function checkNewPassword(password: string): FormCode | null {
  if ([...password].length < shortestPassword) return 'password_too_short';
  return utf8Length(password) > longestPasswordBytes ? 'password_too_long' : null;
}

/** Only what is no address at all; the server looks closer. */
export const checkEmail = (email: string): FormCode | null =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? null : 'email_invalid';

export const checkPresent = (value: string, code: FormCode): FormCode | null =>
  value.trim() === '' ? code : null;
