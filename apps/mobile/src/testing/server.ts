/** A request as the server of a test gets it. */
export interface ReceivedRequest {
  call: string;
  body: unknown;
  token: string | null;
}

export type Reply = [status: number, body?: unknown, headers?: Record<string, string>];

type Handler = (request: ReceivedRequest) => Reply | Promise<Reply>;

/** Answers calls such as `POST /auth/login`; what nobody wrote an answer for is not found. */
function createTestServer() {
  const replies = new Map<string, Handler>();
  const received: ReceivedRequest[] = [];

  async function fetch(input: Request): Promise<Response> {
    const { pathname, search } = new URL(input.url);
    const text = await input.text();
    const request: ReceivedRequest = {
      call: `${input.method} ${pathname}${search}`,
      body: text === '' ? null : JSON.parse(text),
      token: input.headers.get('Authorization')?.replace('Bearer ', '') ?? null,
    };
    received.push(request);
    const reply = replies.get(request.call);
    const [status, body, headers] = reply ? await reply(request) : [404, { code: 'not_found' }];
    const isEmpty = body === undefined;
    return new Response(isEmpty ? null : JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json', ...(isEmpty && { 'Content-Length': '0' }), ...headers },
    });
  }

  return {
    fetch,
    received,
    /** The requests of one kind so far. */
    calls: (call: string) => received.filter((request) => request.call === call),
    on: (call: string, reply: Handler) => {
      replies.set(call, reply);
    },
    reset: () => {
      replies.clear();
      received.length = 0;
    },
  };
}

export const server = createTestServer();

/** An error answer, as far as the app reads it. */
export const problem = (status: number, code: string): Reply => [status, { status, code, detail: code }];

export const sessionOf = (userId: string, isTrial: boolean) => ({
  access_token: `token-of-${userId}`,
  token_type: 'Bearer',
  expires_in: 900,
  refresh_token: `refresh-of-${userId}`,
  user: {
    id: userId,
    is_trial: isTrial,
    trial_snippets_remaining: isTrial ? 5 : null,
    role: 'user' as const,
  },
});

export const profileOf = (userId: string, change: object = {}) => ({
  id: userId,
  email: 'ada@example.org',
  email_verified: true,
  display_name: null,
  role: 'user' as const,
  is_trial: false,
  preferred_language: 'javascript',
  time_zone: 'Europe/London',
  has_password: true,
  second_factor: false,
  identities: [],
  created_at: '2026-11-24T12:00:00Z',
  shows_streak: true,
  is_on_leaderboards: true,
  is_in_leagues: false,
  ...change,
});
