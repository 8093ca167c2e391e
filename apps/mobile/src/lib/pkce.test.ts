import { challengeOf, newVerifier } from './pkce';

test('the challenge is that of RFC 7636, appendix B', async () => {
  const challenge = await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
  expect(challenge).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
});

test('verifiers are of the allowed form, and never the same', () => {
  const verifiers = Array.from({ length: 100 }, newVerifier);
  for (const verifier of verifiers) expect(verifier).toMatch(/^[\w-]{43}$/);
  expect(new Set(verifiers).size).toBe(100);
});
