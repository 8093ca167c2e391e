
CREATE TABLE audit_log (
    id uuid NOT NULL,
    event character varying NOT NULL,
    actor_id uuid,
    subject_id uuid,
    details text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE login_challenges (
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    trial_user_id uuid,
    client character varying,
    attempts integer NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE mailed_tokens (
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    purpose character varying NOT NULL,
    email character varying NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE oauth_flows (
    state_hash bytea NOT NULL,
    provider character varying NOT NULL,
    nonce character varying NOT NULL,
    pkce_verifier character varying NOT NULL,
    client_challenge character varying NOT NULL,
    return_to character varying NOT NULL,
    trial_user_id uuid,
    code_hash bytea,
    identity text,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE pattern_categories (
    id integer NOT NULL,
    name character varying NOT NULL,
    slug character varying NOT NULL,
    description text NOT NULL,
    icon_url character varying,
    order_index integer NOT NULL,
    introduction text NOT NULL,
    template text NOT NULL
);

CREATE TABLE recovery_codes (
    user_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE refresh_tokens (
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    family_id uuid NOT NULL,
    parent_hash bytea,
    used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    family_expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE reports (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    snippet_id uuid NOT NULL,
    snippet_revision integer NOT NULL,
    reason character varying NOT NULL,
    comment text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE reviews (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    pattern_id integer NOT NULL,
    snippet_id uuid NOT NULL,
    rating character varying NOT NULL,
    hints_revealed integer NOT NULL,
    failed_submits integer NOT NULL,
    edit_tokens integer,
    within_edit_budget boolean,
    first_exposure boolean NOT NULL,
    quick boolean,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE seaql_migrations (
    version character varying NOT NULL,
    applied_at bigint NOT NULL
);

CREATE TABLE sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    client character varying,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    authenticated_at timestamp with time zone NOT NULL,
    second_factor boolean NOT NULL
);

CREATE TABLE signing_keys (
    id character varying NOT NULL,
    generation integer NOT NULL,
    private_key bytea NOT NULL,
    signs_from timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE snippets (
    id uuid NOT NULL,
    slug character varying NOT NULL,
    pattern_id integer NOT NULL,
    "position" integer NOT NULL,
    title character varying NOT NULL,
    description text NOT NULL,
    difficulty character varying NOT NULL,
    language character varying NOT NULL,
    correct_code text NOT NULL,
    buggy_code text NOT NULL,
    bug_type character varying NOT NULL,
    bug_explanation text NOT NULL,
    why_question text NOT NULL,
    test_cases text NOT NULL,
    hint_1 text NOT NULL,
    hint_2 text NOT NULL,
    hint_3 text NOT NULL,
    signature text NOT NULL,
    comparison text NOT NULL,
    checker text,
    limits text NOT NULL,
    edit_budget integer NOT NULL,
    time_estimate_minutes integer NOT NULL,
    exercise_id character varying NOT NULL,
    bug_id character varying NOT NULL,
    origin character varying NOT NULL,
    revision integer NOT NULL,
    content_hash character varying NOT NULL,
    created_by uuid,
    status character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

CREATE TABLE submissions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    snippet_id uuid NOT NULL,
    snippet_revision integer NOT NULL,
    code text NOT NULL,
    idempotency_key character varying,
    status character varying NOT NULL,
    claims integer NOT NULL,
    lease_expires_at timestamp with time zone,
    result text,
    created_at timestamp with time zone NOT NULL,
    completed_at timestamp with time zone
);

CREATE TABLE user_identities (
    provider character varying NOT NULL,
    subject character varying NOT NULL,
    user_id uuid NOT NULL,
    email character varying,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE user_pattern_progress (
    user_id uuid NOT NULL,
    pattern_id integer NOT NULL,
    snippets_attempted integer NOT NULL,
    snippets_solved integer NOT NULL,
    total_attempts integer NOT NULL,
    last_practiced_at timestamp with time zone,
    next_review_at timestamp with time zone,
    mastery_level integer NOT NULL
);

CREATE TABLE user_snippet_attempts (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    snippet_id uuid NOT NULL,
    snippet_revision integer NOT NULL,
    submitted_code text NOT NULL,
    is_correct boolean NOT NULL,
    verdict character varying NOT NULL,
    execution_time_ms integer NOT NULL,
    test_cases_passed integer NOT NULL,
    test_cases_total integer NOT NULL,
    hints_used integer NOT NULL,
    attempt_number integer NOT NULL,
    edit_tokens integer NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE user_snippets (
    user_id uuid NOT NULL,
    snippet_id uuid NOT NULL,
    status character varying NOT NULL,
    attempts integer NOT NULL,
    hints_revealed integer NOT NULL,
    last_code text,
    started_at timestamp with time zone NOT NULL,
    solved_at timestamp with time zone,
    given_up_at timestamp with time zone
);

CREATE TABLE users (
    id uuid NOT NULL,
    email character varying,
    password_hash character varying,
    display_name character varying,
    role character varying NOT NULL,
    preferred_language character varying,
    time_zone character varying,
    created_at timestamp with time zone NOT NULL,
    last_login_at timestamp with time zone,
    is_trial boolean NOT NULL,
    trial_snippets_remaining integer NOT NULL,
    email_verified_at timestamp with time zone,
    totp_secret bytea,
    totp_confirmed_at timestamp with time zone,
    totp_last_step bigint
);

INSERT INTO pattern_categories VALUES (1, 'Pattern 1', 'pattern-1', '', NULL, 1, '', '{"python":"","javascript":""}');
INSERT INTO pattern_categories VALUES (2, 'Pattern 2', 'pattern-2', '', NULL, 2, '', '{"python":"","javascript":""}');

INSERT INTO refresh_tokens VALUES ('\x0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a', '019bc186-de00-7c6e-b372-fe94f82bdaa6', '019bc186-de00-754c-9a58-fbbee87f5384', NULL, NULL, NULL, '2026-01-22 12:00:00+00', '2026-04-15 12:00:00+00', '2026-01-15 12:00:00+00');
INSERT INTO refresh_tokens VALUES ('\x0101010101010101010101010101010101010101010101010101010101010101', '019bc186-de00-7000-8000-000000019e37', '019bc186-de00-78dd-a6e5-fd29f0551715', NULL, '2026-01-15 12:00:00+00', NULL, '2026-01-22 12:00:00+00', '2026-04-15 12:00:00+00', '2026-01-15 12:00:00+00');
INSERT INTO refresh_tokens VALUES ('\x0202020202020202020202020202020202020202020202020202020202020202', '019bc186-de00-7000-8000-000000019e37', '019bc186-de00-78dd-a6e5-fd29f0551715', '\x0101010101010101010101010101010101010101010101010101010101010101', NULL, NULL, '2026-01-22 12:00:00+00', '2026-04-15 12:00:00+00', '2026-01-15 12:00:00+00');

INSERT INTO reports VALUES ('019bc188-c040-7e2a-813e-f8e8d8d3cc62', '019bc186-de00-7000-8000-000000019e37', '00000000-0000-0000-0000-000000000001', 1, 'other', 'It''s "wrong"
', '2026-01-15 12:02:03.456+00');

INSERT INTO reviews VALUES ('019bc188-c040-71bb-8dcb-fa53e0a98ff3', '019bc186-de00-7000-8000-000000019e37', 2, '00000000-0000-0000-0000-000000000004', 'again', 0, 0, NULL, NULL, true, NULL, '2026-01-15 12:02:03.456+00');
INSERT INTO reviews VALUES ('019bc188-c040-7708-a824-f612c9274540', '019bc186-de00-7000-8000-000000019e37', 1, '00000000-0000-0000-0000-000000000001', 'good', 1, 1, 1, true, true, true, '2026-01-15 12:02:03.456+00');

INSERT INTO seaql_migrations VALUES ('m0001_main_job', 1795518102);
INSERT INTO seaql_migrations VALUES ('m0002_accounts', 1795900397);

INSERT INTO sessions VALUES ('019bc186-de00-78dd-a6e5-fd29f0551715', '019bc186-de00-7000-8000-000000019e37', NULL, '2026-01-15 12:00:00+00', '2026-01-15 12:00:00+00', '2026-04-15 12:00:00+00', '2026-01-15 12:00:00+00', false);
INSERT INTO sessions VALUES ('019bc186-de00-754c-9a58-fbbee87f5384', '019bc186-de00-7c6e-b372-fe94f82bdaa6', NULL, '2026-01-15 12:00:00+00', '2026-01-15 12:00:00+00', '2026-04-15 12:00:00+00', '2026-01-15 12:00:00+00', false);

INSERT INTO snippets VALUES ('00000000-0000-0000-0000-000000000001', 'snippet-1', 1, 1, 'Title', '', 'medium', 'python', 'right', 'wrong', 'off_by_one', '', '{"question":"","choices":["a","b","c"]}', '[{"id":"a","input":{},"expected":1,"hidden":false}]', '1', '2', '3', '{"function":"f","parameters":[],"returns":"int"}', '{"mode":"exact","target":"return"}', NULL, '{"test_cpu_ms":500,"run_cpu_ms":3000,"wall_ms":10000,"memory_bytes":134217728,"stdout_bytes":65536,"stderr_bytes":65536,"result_bytes":1048576}', 3, 2, 'exercise', 'bug-1', 'pack', 1, '167173a5a331f6586d9d7c9619a1fd341a71f397e00a0362af2c36621cb5609a', NULL, 'active', '2026-01-15 12:00:00+00', '2026-01-15 12:00:00+00');
INSERT INTO snippets VALUES ('00000000-0000-0000-0000-000000000002', 'snippet-2', 1, 2, 'Title', '', 'medium', 'python', 'right', 'wrong', 'off_by_one', '', '{"question":"","choices":["a","b","c"]}', '[{"id":"a","input":{},"expected":1,"hidden":false}]', '1', '2', '3', '{"function":"f","parameters":[],"returns":"int"}', '{"mode":"exact","target":"return"}', NULL, '{"test_cpu_ms":500,"run_cpu_ms":3000,"wall_ms":10000,"memory_bytes":134217728,"stdout_bytes":65536,"stderr_bytes":65536,"result_bytes":1048576}', 3, 2, 'exercise', 'bug-2', 'pack', 1, '53968aed83e8c5c2399e80113a33e4934fb82835ca11735d9dd50cfe9d3c7222', NULL, 'active', '2026-01-15 12:00:00+00', '2026-01-15 12:00:00+00');
INSERT INTO snippets VALUES ('00000000-0000-0000-0000-000000000003', 'snippet-3', 1, 3, 'Title', '', 'medium', 'python', 'right', 'wrong', 'off_by_one', '', '{"question":"","choices":["a","b","c"]}', '[{"id":"a","input":{},"expected":1,"hidden":false}]', '1', '2', '3', '{"function":"f","parameters":[],"returns":"int"}', '{"mode":"exact","target":"return"}', NULL, '{"test_cpu_ms":500,"run_cpu_ms":3000,"wall_ms":10000,"memory_bytes":134217728,"stdout_bytes":65536,"stderr_bytes":65536,"result_bytes":1048576}', 3, 2, 'exercise', 'bug-3', 'pack', 1, 'ae2f529277548ec4ae2b16156bc75a3162986568676088d9969310a89e3382b9', NULL, 'active', '2026-01-15 12:00:00+00', '2026-01-15 12:00:00+00');
INSERT INTO snippets VALUES ('00000000-0000-0000-0000-000000000004', 'snippet-4', 2, 1, 'Title', '', 'medium', 'python', 'right', 'wrong', 'off_by_one', '', '{"question":"","choices":["a","b","c"]}', '[{"id":"a","input":{},"expected":1,"hidden":false}]', '1', '2', '3', '{"function":"f","parameters":[],"returns":"int"}', '{"mode":"exact","target":"return"}', NULL, '{"test_cpu_ms":500,"run_cpu_ms":3000,"wall_ms":10000,"memory_bytes":134217728,"stdout_bytes":65536,"stderr_bytes":65536,"result_bytes":1048576}', 3, 2, 'exercise', 'bug-4', 'pack', 1, 'e1f9afa9f5e4d3712feb8871c461fc802bc1ff412a90e6af2f763091714b4c74', NULL, 'active', '2026-01-15 12:00:00+00', '2026-01-15 12:00:00+00');
INSERT INTO snippets VALUES ('00000000-0000-0000-0000-000000000005', 'snippet-5', 2, 2, 'Title', '', 'medium', 'python', 'right', 'wrong', 'off_by_one', '', '{"question":"","choices":["a","b","c"]}', '[{"id":"a","input":{},"expected":1,"hidden":false}]', '1', '2', '3', '{"function":"f","parameters":[],"returns":"int"}', '{"mode":"exact","target":"return"}', NULL, '{"test_cpu_ms":500,"run_cpu_ms":3000,"wall_ms":10000,"memory_bytes":134217728,"stdout_bytes":65536,"stderr_bytes":65536,"result_bytes":1048576}', 3, 2, 'exercise', 'bug-5', 'pack', 1, '874a2435a0a0331b3c851ff69eff4926223bee0d73126f2271e6362153fd05c9', NULL, 'active', '2026-01-15 12:00:00+00', '2026-01-15 12:00:00+00');
INSERT INTO snippets VALUES ('00000000-0000-0000-0000-000000000006', 'snippet-6', 2, 3, 'Title', '', 'medium', 'python', 'right', 'wrong', 'off_by_one', '', '{"question":"","choices":["a","b","c"]}', '[{"id":"a","input":{},"expected":1,"hidden":false}]', '1', '2', '3', '{"function":"f","parameters":[],"returns":"int"}', '{"mode":"exact","target":"return"}', NULL, '{"test_cpu_ms":500,"run_cpu_ms":3000,"wall_ms":10000,"memory_bytes":134217728,"stdout_bytes":65536,"stderr_bytes":65536,"result_bytes":1048576}', 3, 2, 'exercise', 'bug-6', 'pack', 1, 'fb1de6e46d80c7394f357baedc990e7c283a5fe2a0c637ad421ee5d8df23752d', NULL, 'active', '2026-01-15 12:00:00+00', '2026-01-15 12:00:00+00');

INSERT INTO submissions VALUES ('01900000-0000-7000-8000-000000000001', '019bc186-de00-7000-8000-000000019e37', '00000000-0000-0000-0000-000000000001', 1, 'def f():
    return ''1 é''
', 'key-1', 'completed', 1, NULL, '{"verdict":"wrong_answer","tests":[{"verdict":"wrong_answer","actual":{"b":1.0,"a":[-0.0,1e+300,null]},"error":null,"stdout":"\u0000é\n","stdout_truncated":false,"cpu_us":1500}],"stderr":"","stderr_truncated":false,"cpu_us":2500,"peak_memory_bytes":1}', '2026-01-15 12:02:03.456+00', '2026-01-15 12:02:03.456+00');
INSERT INTO submissions VALUES ('01900000-0000-7000-8000-000000000002', '019bc186-de00-7000-8000-000000019e37', '00000000-0000-0000-0000-000000000001', 1, 'def f():
    return ''2 é''
', 'key-2', 'completed', 1, NULL, '{"verdict":"accepted","tests":[{"verdict":"accepted","actual":{"b":1.0,"a":[-0.0,1e+300,null]},"error":null,"stdout":"\u0000é\n","stdout_truncated":false,"cpu_us":1500}],"stderr":"","stderr_truncated":false,"cpu_us":2500,"peak_memory_bytes":1}', '2026-01-15 12:02:03.456+00', '2026-01-15 12:02:03.456+00');
INSERT INTO submissions VALUES ('01900000-0000-7000-8000-000000000003', '019bc186-de00-7000-8000-000000019e37', '00000000-0000-0000-0000-000000000001', 1, 'def f():
    return ''3 é''
', 'key-3', 'running', 1, '2026-01-15 12:03:03.456+00', NULL, '2026-01-15 12:02:03.456+00', NULL);

INSERT INTO user_pattern_progress VALUES ('019bc186-de00-7000-8000-000000019e37', 1, 1, 1, 2, '2026-01-15 12:02:03.456+00', NULL, 0);

INSERT INTO user_snippet_attempts VALUES ('01900000-0000-7000-8000-000000000001', '019bc186-de00-7000-8000-000000019e37', '00000000-0000-0000-0000-000000000001', 1, 'def f():
    return ''1 é''
', false, 'wrong_answer', 2, 0, 1, 1, 1, 1, '2026-01-15 12:02:03.456+00');
INSERT INTO user_snippet_attempts VALUES ('01900000-0000-7000-8000-000000000002', '019bc186-de00-7000-8000-000000019e37', '00000000-0000-0000-0000-000000000001', 1, 'def f():
    return ''2 é''
', true, 'accepted', 2, 1, 1, 1, 2, 1, '2026-01-15 12:02:03.456+00');

INSERT INTO user_snippets VALUES ('019bc186-de00-7000-8000-000000019e37', '00000000-0000-0000-0000-000000000004', 'given_up', 0, 0, NULL, '2026-01-15 12:02:03.456+00', NULL, '2026-01-15 12:02:03.456+00');
INSERT INTO user_snippets VALUES ('019bc186-de00-7000-8000-000000019e37', '00000000-0000-0000-0000-000000000001', 'solved', 2, 1, 'def f():
    return ''2 é''
', '2026-01-15 12:02:03.456+00', '2026-01-15 12:02:03.456+00', NULL);

INSERT INTO users VALUES ('019bc186-de00-7c6e-b372-fe94f82bdaa6', NULL, NULL, NULL, 'user', NULL, NULL, '2026-01-15 12:00:00+00', '2026-01-15 12:00:00+00', true, 3, NULL, NULL, NULL, NULL);
INSERT INTO users VALUES ('019bc186-de00-7000-8000-000000019e37', NULL, NULL, NULL, 'user', NULL, NULL, '2026-01-15 12:00:00+00', '2026-01-15 12:00:00+00', true, 3, NULL, NULL, NULL, NULL);

ALTER TABLE ONLY audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY login_challenges
    ADD CONSTRAINT login_challenges_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY mailed_tokens
    ADD CONSTRAINT mailed_tokens_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY oauth_flows
    ADD CONSTRAINT oauth_flows_pkey PRIMARY KEY (state_hash);

ALTER TABLE ONLY pattern_categories
    ADD CONSTRAINT pattern_categories_pkey PRIMARY KEY (id);

ALTER TABLE ONLY recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, code_hash);

ALTER TABLE ONLY refresh_tokens
    ADD CONSTRAINT refresh_tokens_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY reports
    ADD CONSTRAINT reports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY reviews
    ADD CONSTRAINT reviews_pkey PRIMARY KEY (id);

ALTER TABLE ONLY seaql_migrations
    ADD CONSTRAINT seaql_migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY signing_keys
    ADD CONSTRAINT signing_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY snippets
    ADD CONSTRAINT snippets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY submissions
    ADD CONSTRAINT submissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY user_identities
    ADD CONSTRAINT user_identities_pkey PRIMARY KEY (provider, subject);

ALTER TABLE ONLY user_pattern_progress
    ADD CONSTRAINT user_pattern_progress_pkey PRIMARY KEY (user_id, pattern_id);

ALTER TABLE ONLY user_snippet_attempts
    ADD CONSTRAINT user_snippet_attempts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY user_snippets
    ADD CONSTRAINT user_snippets_pkey PRIMARY KEY (user_id, snippet_id);

ALTER TABLE ONLY users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

CREATE INDEX idx_audit_log_created_at ON audit_log USING btree (created_at);

CREATE INDEX idx_audit_log_subject_id_created_at ON audit_log USING btree (subject_id, created_at);

CREATE INDEX idx_login_challenges_expires_at ON login_challenges USING btree (expires_at);

CREATE INDEX idx_login_challenges_trial_user_id ON login_challenges USING btree (trial_user_id);

CREATE INDEX idx_login_challenges_user_id ON login_challenges USING btree (user_id);

CREATE INDEX idx_mailed_tokens_expires_at ON mailed_tokens USING btree (expires_at);

CREATE INDEX idx_mailed_tokens_user_id_purpose ON mailed_tokens USING btree (user_id, purpose);

CREATE UNIQUE INDEX idx_oauth_flows_code_hash ON oauth_flows USING btree (code_hash);

CREATE INDEX idx_oauth_flows_expires_at ON oauth_flows USING btree (expires_at);

CREATE INDEX idx_oauth_flows_trial_user_id ON oauth_flows USING btree (trial_user_id);

CREATE UNIQUE INDEX idx_pattern_categories_slug ON pattern_categories USING btree (slug);

CREATE INDEX idx_refresh_tokens_expires_at ON refresh_tokens USING btree (expires_at);

CREATE INDEX idx_refresh_tokens_family_id ON refresh_tokens USING btree (family_id);

CREATE INDEX idx_refresh_tokens_parent_hash ON refresh_tokens USING btree (parent_hash);

CREATE INDEX idx_refresh_tokens_user_id ON refresh_tokens USING btree (user_id);

CREATE INDEX idx_reports_snippet_id ON reports USING btree (snippet_id);

CREATE INDEX idx_reports_user_id ON reports USING btree (user_id);

CREATE INDEX idx_reviews_user_id_pattern_id_created_at ON reviews USING btree (user_id, pattern_id, created_at);

CREATE INDEX idx_sessions_expires_at ON sessions USING btree (expires_at);

CREATE INDEX idx_sessions_user_id_last_used_at ON sessions USING btree (user_id, last_used_at);

CREATE UNIQUE INDEX idx_signing_keys_generation ON signing_keys USING btree (generation);

CREATE INDEX idx_snippets_difficulty ON snippets USING btree (difficulty);

CREATE INDEX idx_snippets_pattern_id_language_position ON snippets USING btree (pattern_id, language, "position");

CREATE UNIQUE INDEX idx_snippets_slug ON snippets USING btree (slug);

CREATE INDEX idx_snippets_status ON snippets USING btree (status);

CREATE INDEX idx_submissions_completed_at ON submissions USING btree (completed_at);

CREATE INDEX idx_submissions_status_lease_expires_at ON submissions USING btree (status, lease_expires_at);

CREATE UNIQUE INDEX idx_submissions_user_id_idempotency_key ON submissions USING btree (user_id, idempotency_key);

CREATE INDEX idx_user_identities_user_id ON user_identities USING btree (user_id);

CREATE INDEX idx_user_snippet_attempts_created_at ON user_snippet_attempts USING btree (created_at) WHERE (submitted_code <> ''::text);

CREATE INDEX idx_user_snippet_attempts_is_correct ON user_snippet_attempts USING btree (is_correct);

CREATE INDEX idx_user_snippet_attempts_snippet_id ON user_snippet_attempts USING btree (snippet_id);

CREATE INDEX idx_user_snippet_attempts_user_id_snippet_id ON user_snippet_attempts USING btree (user_id, snippet_id);

CREATE INDEX idx_user_snippets_snippet_id ON user_snippets USING btree (snippet_id);

CREATE INDEX idx_user_snippets_started_at ON user_snippets USING btree (started_at) WHERE (last_code IS NOT NULL);

CREATE UNIQUE INDEX idx_users_email ON users USING btree (email);

CREATE INDEX idx_users_is_trial_last_login_at ON users USING btree (is_trial, last_login_at);

ALTER TABLE ONLY login_challenges
    ADD CONSTRAINT login_challenges_trial_user_id_fkey FOREIGN KEY (trial_user_id) REFERENCES users(id) ON DELETE SET NULL;

ALTER TABLE ONLY login_challenges
    ADD CONSTRAINT login_challenges_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

ALTER TABLE ONLY mailed_tokens
    ADD CONSTRAINT mailed_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

ALTER TABLE ONLY oauth_flows
    ADD CONSTRAINT oauth_flows_trial_user_id_fkey FOREIGN KEY (trial_user_id) REFERENCES users(id) ON DELETE CASCADE;

ALTER TABLE ONLY recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

ALTER TABLE ONLY refresh_tokens
    ADD CONSTRAINT refresh_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

ALTER TABLE ONLY reports
    ADD CONSTRAINT reports_snippet_id_fkey FOREIGN KEY (snippet_id) REFERENCES snippets(id) ON DELETE RESTRICT;

ALTER TABLE ONLY reports
    ADD CONSTRAINT reports_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

ALTER TABLE ONLY reviews
    ADD CONSTRAINT reviews_pattern_id_fkey FOREIGN KEY (pattern_id) REFERENCES pattern_categories(id) ON DELETE RESTRICT;

ALTER TABLE ONLY reviews
    ADD CONSTRAINT reviews_snippet_id_fkey FOREIGN KEY (snippet_id) REFERENCES snippets(id) ON DELETE RESTRICT;

ALTER TABLE ONLY reviews
    ADD CONSTRAINT reviews_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

ALTER TABLE ONLY sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

ALTER TABLE ONLY snippets
    ADD CONSTRAINT snippets_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL;

ALTER TABLE ONLY snippets
    ADD CONSTRAINT snippets_pattern_id_fkey FOREIGN KEY (pattern_id) REFERENCES pattern_categories(id) ON DELETE RESTRICT;

ALTER TABLE ONLY submissions
    ADD CONSTRAINT submissions_snippet_id_fkey FOREIGN KEY (snippet_id) REFERENCES snippets(id) ON DELETE RESTRICT;

ALTER TABLE ONLY submissions
    ADD CONSTRAINT submissions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

ALTER TABLE ONLY user_identities
    ADD CONSTRAINT user_identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

ALTER TABLE ONLY user_pattern_progress
    ADD CONSTRAINT user_pattern_progress_pattern_id_fkey FOREIGN KEY (pattern_id) REFERENCES pattern_categories(id) ON DELETE RESTRICT;

ALTER TABLE ONLY user_pattern_progress
    ADD CONSTRAINT user_pattern_progress_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

ALTER TABLE ONLY user_snippet_attempts
    ADD CONSTRAINT user_snippet_attempts_snippet_id_fkey FOREIGN KEY (snippet_id) REFERENCES snippets(id) ON DELETE RESTRICT;

ALTER TABLE ONLY user_snippet_attempts
    ADD CONSTRAINT user_snippet_attempts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

ALTER TABLE ONLY user_snippets
    ADD CONSTRAINT user_snippets_snippet_id_fkey FOREIGN KEY (snippet_id) REFERENCES snippets(id) ON DELETE RESTRICT;

ALTER TABLE ONLY user_snippets
    ADD CONSTRAINT user_snippets_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

