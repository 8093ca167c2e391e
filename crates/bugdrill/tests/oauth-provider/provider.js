// Two authorization servers for the tests: one speaks OpenID Connect, as Google does, the other one has GitHub's paths
// and API. Both are `oidc-provider`, which knows nothing of bugdrill. The log-in page asks nobody: it logs in whom
// `login_hint` names, or `somebody`, and denies for `nobody`. What is below `/test` is for the tests, which write accounts there.
//
//   node provider.js <the time> <the origin of the app> [<a port> <another one>]
//
// Prints its addresses as a line of JSON, and ends when its standard input does.
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const [, , time, app, ...ports] = process.argv;

// The clock of the tests stands still, so this one does.
let milliseconds = Date.parse(time);
globalThis.Date = class extends Date {
  constructor(...parts) {
    super(...(parts.length === 0 ? [milliseconds] : parts));
  }

  static now() {
    return milliseconds;
  }
};
const { default: Provider } = await import('oidc-provider');

/** By subject: its `claims`, and perhaps `emails`, the `idTokenLifetime` in seconds, or an `idToken` to give instead. */
const accounts = new Map();

/** How often each path was asked for, of both servers. */
const requests = new Map();

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' };
}

function createProvider(issuer, { id, ...options }) {
  const provider = new Provider(issuer, {
    clients: [id, `another-${id}`].map((client) => ({
      client_id: client,
      client_secret: `SECRET-of-${client}`,
      redirect_uris: [`${app}/auth/oauth/${id}`],
      token_endpoint_auth_method: options.authentication,
    })),
    // Google's ID tokens have the address, too.
    conformIdTokenClaims: false,
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['tests'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, subject) => ({
      accountId: subject,
      claims: () => ({ sub: subject, ...accounts.get(subject)?.claims }),
    }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    jwks: { keys: [signingKey()] },
    // Who is logged in consents.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope([...oidc.requestParamScopes].join(' '));
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    routes: options.routes,
    scopes: options.scopes,
    ttl: {
      AccessToken: 3600,
      AuthorizationCode: 60,
      Grant: 3600,
      IdToken: ({ oidc }) => accounts.get(oidc.account.accountId)?.idTokenLifetime ?? 3600,
      Interaction: 3600,
      Session: 3600,
    },
  });
  provider.use(async (context, next) => {
    await next();
    const replacement = accounts.get(context.oidc?.account?.accountId)?.idToken;
    if (context.oidc?.route === 'token' && replacement) context.body.id_token = replacement;
  });
  return provider;
}

function answerJson(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function answerInteraction(provider, request, response) {
  const { params } = await provider.interactionDetails(request, response);
  const result =
    params.login_hint === 'nobody'
      ? { error: 'access_denied', error_description: 'SECRET-TEXT-OF-THE-PROVIDER' }
      : { login: { accountId: params.login_hint ?? 'somebody' } };
  await provider.interactionFinished(request, response, result);
}

/** GitHub's API, as far as a log-in needs it. */
async function answerApi(provider, request, response, path) {
  if (!request.headers['user-agent']) return answerJson(response, 403, { message: 'Who asks?' });
  const bearer = request.headers.authorization?.match(/^Bearer (.+)$/)?.[1];
  const token = bearer && (await provider.AccessToken.find(bearer));
  if (!token) return answerJson(response, 401, { message: 'Bad credentials' });
  const { claims, emails } = accounts.get(token.accountId);
  if (path === '/api/user') return answerJson(response, 200, claims);
  if (path === '/api/user/emails' && token.scopes.has('user:email')) return answerJson(response, 200, emails);
  return answerJson(response, 404, { message: 'Not Found' });
}

async function serve(options) {
  const server = createServer();
  server.listen(Number(ports.shift() ?? 0), '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  let provider = createProvider(issuer, options);

  async function answerTest(request, response, path) {
    const body = await text(request);
    if (path === '/test/requests') return answerJson(response, 200, Object.fromEntries(requests));
    if (path === '/test/clock') milliseconds = Date.parse(body);
    // The same provider, with other keys.
    else if (path === '/test/rotate') provider = createProvider(issuer, options);
    else accounts.set(path.replace('/test/accounts/', ''), JSON.parse(body));
    return answerJson(response, 200, {});
  }

  server.on('request', async (request, response) => {
    const path = request.url.split('?')[0];
    requests.set(path, (requests.get(path) ?? 0) + 1);
    try {
      if (path.startsWith('/test/')) await answerTest(request, response, path);
      else if (path.startsWith('/interaction/')) await answerInteraction(provider, request, response);
      else if (path.startsWith('/api/')) await answerApi(provider, request, response, path);
      else await provider.callback()(request, response);
    } catch (error) {
      console.error(error);
      answerJson(response, 500, { error: 'server_error' });
    }
  });
  return issuer;
}

const google = await serve({
  id: 'google',
  authentication: 'client_secret_basic',
  scopes: ['openid', 'email', 'profile'],
});
const github = await serve({
  id: 'github',
  authentication: 'client_secret_post',
  routes: { authorization: '/login/oauth/authorize', token: '/login/oauth/access_token' },
  scopes: ['read:user', 'user:email'],
});
console.log(JSON.stringify({ google, github }));
process.stdin.on('end', () => process.exit()).resume();
