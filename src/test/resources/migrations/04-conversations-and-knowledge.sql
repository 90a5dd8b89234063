
CREATE TABLE public.agent_account (
    id uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    password_hash text NOT NULL,
    role text NOT NULL,
    active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT agent_account_role_check CHECK ((role = ANY (ARRAY['agent'::text, 'admin'::text])))
);

CREATE TABLE public.agent_session (
    token_hash bytea NOT NULL,
    account_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_seen_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.answered_question (
    id bigint NOT NULL,
    reply_id uuid NOT NULL,
    question text NOT NULL,
    source text NOT NULL,
    source_id text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    context text DEFAULT ''::text NOT NULL,
    CONSTRAINT answered_question_source_check CHECK ((source = ANY (ARRAY['decision'::text, 'import'::text])))
);

ALTER TABLE public.answered_question ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.answered_question_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversation (
    id uuid NOT NULL,
    site_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    assignee_id uuid,
    last_sequence bigint DEFAULT 0 NOT NULL,
    last_public_sequence bigint DEFAULT 0 NOT NULL,
    customer_read bigint DEFAULT 0 NOT NULL,
    agent_read bigint DEFAULT 0 NOT NULL,
    last_text text DEFAULT ''::text NOT NULL,
    last_author text DEFAULT 'customer'::text NOT NULL,
    waiting_since timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT conversation_last_author_check CHECK ((last_author = ANY (ARRAY['customer'::text, 'agent'::text]))),
    CONSTRAINT conversation_status_check CHECK ((status = ANY (ARRAY['open'::text, 'resolved'::text])))
);

CREATE TABLE public.conversation_event (
    conversation_id uuid NOT NULL,
    sequence bigint NOT NULL,
    public_sequence bigint,
    kind text NOT NULL,
    author_kind text NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    client_id uuid,
    text text DEFAULT ''::text NOT NULL,
    status text,
    assignee_id uuid,
    assignee_name text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT conversation_event_author_kind_check CHECK ((author_kind = ANY (ARRAY['customer'::text, 'agent'::text, 'system'::text]))),
    CONSTRAINT conversation_event_kind_check CHECK ((kind = ANY (ARRAY['message'::text, 'note'::text, 'status'::text, 'assignee'::text]))),
    CONSTRAINT conversation_event_public_sequence_check CHECK ((public_sequence > 0)),
    CONSTRAINT conversation_event_sequence_check CHECK ((sequence > 0)),
    CONSTRAINT conversation_event_status_check CHECK ((status = ANY (ARRAY['open'::text, 'resolved'::text]))),
    CONSTRAINT note_is_internal CHECK (((kind = 'note'::text) = (public_sequence IS NULL)))
);

CREATE TABLE public.customer (
    id uuid NOT NULL,
    site_id uuid NOT NULL,
    external_id text,
    name text,
    email text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.dataset_example (
    dataset_id uuid NOT NULL,
    example_id bigint NOT NULL,
    split text NOT NULL,
    CONSTRAINT dataset_example_split_check CHECK ((split = ANY (ARRAY['train'::text, 'dev'::text])))
);

CREATE TABLE public.dataset_version (
    id uuid NOT NULL,
    number bigint NOT NULL,
    train_size integer NOT NULL,
    dev_size integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.dataset_version ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.dataset_version_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.decision (
    id uuid NOT NULL,
    impression_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    outcome text NOT NULL,
    reply_id uuid,
    "position" integer,
    reason text,
    text_sent text,
    edit_distance integer,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT decision_outcome_check CHECK ((outcome = ANY (ARRAY['sent'::text, 'edited'::text, 'rejected'::text, 'own-text'::text])))
);

CREATE TABLE public.example (
    id bigint NOT NULL,
    decision_id uuid NOT NULL,
    impression_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    query text NOT NULL,
    reply_id uuid,
    reply_text text NOT NULL,
    label double precision NOT NULL,
    excluded boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT example_label_check CHECK (((label >= (0)::double precision) AND (label <= (1)::double precision)))
);

ALTER TABLE public.example ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.example_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.flyway_schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);

CREATE TABLE public.impression (
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    trigger_sequence bigint NOT NULL,
    query text NOT NULL,
    question text NOT NULL,
    model_id uuid,
    knowledge_revision bigint NOT NULL,
    candidate_count integer NOT NULL,
    shown_count integer NOT NULL,
    took_millis double precision NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.impression_candidate (
    impression_id uuid NOT NULL,
    "position" integer NOT NULL,
    reply_id uuid NOT NULL,
    reply_version integer NOT NULL,
    first_stage double precision NOT NULL,
    memory double precision NOT NULL,
    model_logit double precision,
    probability double precision NOT NULL,
    shown boolean NOT NULL,
    CONSTRAINT impression_candidate_position_check CHECK (("position" > 0))
);

CREATE TABLE public.knowledge_revision (
    id boolean DEFAULT true NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT knowledge_revision_id_check CHECK (id)
);

CREATE TABLE public.model_promotion (
    id bigint NOT NULL,
    model_id uuid NOT NULL,
    promoted_by uuid,
    promoted_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.model_promotion ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.model_promotion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.model_version (
    id uuid NOT NULL,
    number bigint NOT NULL,
    parent_id uuid,
    origin text NOT NULL,
    directory text NOT NULL,
    sha256 text NOT NULL,
    metrics jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT model_version_origin_check CHECK ((origin = ANY (ARRAY['built-in'::text, 'training'::text, 'import'::text])))
);

ALTER TABLE public.model_version ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.model_version_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reply (
    id uuid NOT NULL,
    label text,
    title text NOT NULL,
    text text NOT NULL,
    language text DEFAULT 'en'::text NOT NULL,
    categories text[] DEFAULT '{}'::text[] NOT NULL,
    shortcode text,
    state text DEFAULT 'draft'::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    text_key text DEFAULT ''::text NOT NULL,
    CONSTRAINT reply_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'archived'::text])))
);

CREATE TABLE public.reply_version (
    reply_id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    language text NOT NULL,
    categories text[] NOT NULL,
    shortcode text,
    state text NOT NULL,
    changed_by uuid,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    label text
);

CREATE TABLE public.setup_link (
    token_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);

CREATE TABLE public.sign_in_failure (
    id bigint NOT NULL,
    email_hash bytea NOT NULL,
    address text NOT NULL,
    failed_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.sign_in_failure ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.sign_in_failure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.signing_key (
    id uuid NOT NULL,
    secret bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone
);

CREATE TABLE public.site (
    id uuid NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    allowed_origins text[] DEFAULT '{}'::text[] NOT NULL,
    color text DEFAULT '#0b57d0'::text NOT NULL,
    greeting_en text DEFAULT ''::text NOT NULL,
    greeting_zh text DEFAULT ''::text NOT NULL,
    identity_secret bytea,
    identity_required boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.training_point (
    run_id uuid NOT NULL,
    step integer NOT NULL,
    loss double precision NOT NULL,
    learning_rate double precision NOT NULL,
    pairs_per_second double precision NOT NULL,
    dev_metrics jsonb,
    at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.training_run (
    id uuid NOT NULL,
    number bigint NOT NULL,
    status text NOT NULL,
    trigger text NOT NULL,
    requested_by uuid,
    base_model_id uuid NOT NULL,
    dataset_id uuid NOT NULL,
    options jsonb DEFAULT '{}'::jsonb NOT NULL,
    worker text,
    attempt integer DEFAULT 0 NOT NULL,
    heartbeat_at timestamp with time zone,
    cancel_requested boolean DEFAULT false NOT NULL,
    step integer DEFAULT 0 NOT NULL,
    steps integer DEFAULT 0 NOT NULL,
    seconds_left double precision,
    result_model_id uuid,
    metrics jsonb DEFAULT '{}'::jsonb NOT NULL,
    error text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    CONSTRAINT training_run_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text]))),
    CONSTRAINT training_run_trigger_check CHECK ((trigger = ANY (ARRAY['manual'::text, 'schedule'::text])))
);

ALTER TABLE public.training_run ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.training_run_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.training_schedule (
    id boolean DEFAULT true NOT NULL,
    enabled boolean DEFAULT false NOT NULL,
    cron text DEFAULT '0 3 * * *'::text NOT NULL,
    time_zone text DEFAULT 'UTC'::text NOT NULL,
    minimum_examples integer DEFAULT 50 NOT NULL,
    next_fire_at timestamp with time zone,
    CONSTRAINT training_schedule_id_check CHECK (id)
);

INSERT INTO public.agent_account (id, email, name, password_hash, role, active, created_at) VALUES ('00000000-0000-4000-8000-0000000000a1', 'anna@shop.example', 'Anna', '$2a$04$none', 'agent', true, '2026-11-23 22:00:00+00');

INSERT INTO public.answered_question (id, reply_id, question, source, source_id, created_at, revision, context) OVERRIDING SYSTEM VALUE VALUES (1, '00000000-0000-4000-8000-0000000000f1', 'Can I send it back?', 'decision', '00000000-0000-4000-8000-000000000021', '2026-11-23 22:01:00+00', 0, '');

INSERT INTO public.conversation (id, site_id, customer_id, status, assignee_id, last_sequence, last_public_sequence, customer_read, agent_read, last_text, last_author, waiting_since, created_at, updated_at) VALUES ('00000000-0000-4000-8000-0000000000e1', '00000000-0000-4000-8000-0000000000b1', '00000000-0000-4000-8000-0000000000d1', 'open', NULL, 3, 2, 0, 0, 'Within 30 days.', 'agent', NULL, '2026-11-23 22:00:00+00', '2026-11-23 22:01:00+00');

INSERT INTO public.conversation_event (conversation_id, sequence, public_sequence, kind, author_kind, author_id, author_name, client_id, text, status, assignee_id, assignee_name, created_at) VALUES ('00000000-0000-4000-8000-0000000000e1', 1, 1, 'message', 'customer', '00000000-0000-4000-8000-0000000000d1', 'Li Wei', '00000000-0000-4000-8000-000000000001', '我可以退货吗？', NULL, NULL, NULL, '2026-11-23 22:00:00+00');
INSERT INTO public.conversation_event (conversation_id, sequence, public_sequence, kind, author_kind, author_id, author_name, client_id, text, status, assignee_id, assignee_name, created_at) VALUES ('00000000-0000-4000-8000-0000000000e1', 2, NULL, 'note', 'agent', '00000000-0000-4000-8000-0000000000a1', 'Anna', '00000000-0000-4000-8000-000000000002', 'Bought in May', NULL, NULL, NULL, '2026-11-23 22:00:30+00');
INSERT INTO public.conversation_event (conversation_id, sequence, public_sequence, kind, author_kind, author_id, author_name, client_id, text, status, assignee_id, assignee_name, created_at) VALUES ('00000000-0000-4000-8000-0000000000e1', 3, 2, 'message', 'agent', '00000000-0000-4000-8000-0000000000a1', 'Anna', '00000000-0000-4000-8000-000000000003', 'Within 30 days.', NULL, NULL, NULL, '2026-11-23 22:01:00+00');

INSERT INTO public.customer (id, site_id, external_id, name, email, created_at) VALUES ('00000000-0000-4000-8000-0000000000d1', '00000000-0000-4000-8000-0000000000b1', NULL, 'Li Wei', NULL, '2026-11-23 22:00:00+00');

INSERT INTO public.dataset_example (dataset_id, example_id, split) VALUES ('00000000-0000-4000-8000-000000000031', 1, 'train');

INSERT INTO public.dataset_version (id, number, train_size, dev_size, created_at) OVERRIDING SYSTEM VALUE VALUES ('00000000-0000-4000-8000-000000000031', 1, 1, 0, '2026-11-23 23:00:00+00');

INSERT INTO public.decision (id, impression_id, conversation_id, agent_id, outcome, reply_id, "position", reason, text_sent, edit_distance, created_at) VALUES ('00000000-0000-4000-8000-000000000021', '00000000-0000-4000-8000-000000000012', '00000000-0000-4000-8000-0000000000e1', '00000000-0000-4000-8000-0000000000a1', 'sent', '00000000-0000-4000-8000-0000000000f1', 1, NULL, 'Within 30 days.', NULL, '2026-11-23 22:01:00+00');

INSERT INTO public.example (id, decision_id, impression_id, conversation_id, query, reply_id, reply_text, label, excluded, created_at) OVERRIDING SYSTEM VALUE VALUES (1, '00000000-0000-4000-8000-000000000021', '00000000-0000-4000-8000-000000000012', '00000000-0000-4000-8000-0000000000e1', 'Can I send it back?', '00000000-0000-4000-8000-0000000000f1', 'Within 30 days.', 1, false, '2026-11-23 22:01:00+00');

INSERT INTO public.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) VALUES (1, '1', 'identity and site', 'SQL', 'V1__identity_and_site.sql', 956620625, 'replyloop', '2026-11-28 03:09:25.141843', 212, true);
INSERT INTO public.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) VALUES (2, '2', 'conversation', 'SQL', 'V2__conversation.sql', -1109431392, 'replyloop', '2026-11-28 03:09:25.540126', 170, true);
INSERT INTO public.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) VALUES (3, '3', 'knowledge', 'SQL', 'V3__knowledge.sql', 1253200701, 'replyloop', '2026-11-28 03:09:25.762847', 144, true);
INSERT INTO public.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) VALUES (4, '4', 'model', 'SQL', 'V4__model.sql', 791232171, 'replyloop', '2026-11-28 03:09:25.979156', 47, true);
INSERT INTO public.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) VALUES (5, '5', 'suggestion and feedback', 'SQL', 'V5__suggestion_and_feedback.sql', -1457387141, 'replyloop', '2026-11-28 03:09:26.0511', 64, true);
INSERT INTO public.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) VALUES (6, '6', 'training', 'SQL', 'V6__training.sql', -1903061490, 'replyloop', '2026-11-28 03:09:26.152056', 52, true);
INSERT INTO public.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) VALUES (7, '20', 'one conversation per customer', 'SQL', 'V20__one_conversation_per_customer.sql', 729043533, 'replyloop', '2026-11-28 03:09:26.248686', 19, true);
INSERT INTO public.flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) VALUES (8, '30', 'knowledge revision', 'SQL', 'V30__knowledge_revision.sql', -1710869131, 'replyloop', '2026-11-28 03:09:26.307667', 57, true);

INSERT INTO public.impression (id, conversation_id, trigger_sequence, query, question, model_id, knowledge_revision, candidate_count, shown_count, took_millis, created_at) VALUES ('00000000-0000-4000-8000-000000000012', '00000000-0000-4000-8000-0000000000e1', 1, 'Can I send it back?', 'Can I send it back?', '00000000-0000-4000-8000-000000000011', 1, 1, 1, 12.5, '2026-11-23 22:00:01+00');

INSERT INTO public.impression_candidate (impression_id, "position", reply_id, reply_version, first_stage, memory, model_logit, probability, shown) VALUES ('00000000-0000-4000-8000-000000000012', 1, '00000000-0000-4000-8000-0000000000f1', 1, 1.5, 0, 2.5, 0.9, true);

INSERT INTO public.knowledge_revision (id, revision) VALUES (true, 0);

INSERT INTO public.model_promotion (id, model_id, promoted_by, promoted_at) OVERRIDING SYSTEM VALUE VALUES (1, '00000000-0000-4000-8000-000000000011', NULL, '2026-11-23 22:00:00+00');

INSERT INTO public.model_version (id, number, parent_id, origin, directory, sha256, metrics, created_at) OVERRIDING SYSTEM VALUE VALUES ('00000000-0000-4000-8000-000000000011', 1, NULL, 'built-in', 'built-in-1', 'abc', '{}', '2026-11-23 22:00:00+00');

INSERT INTO public.reply (id, label, title, text, language, categories, shortcode, state, version, created_at, updated_at, revision, text_key) VALUES ('00000000-0000-4000-8000-0000000000f1', 'returns', 'Returns', 'Within 30 days.', 'en', '{orders}', 'returns', 'published', 1, '2026-11-23 22:00:00+00', '2026-11-23 22:00:00+00', 0, '');

INSERT INTO public.reply_version (reply_id, version, title, text, language, categories, shortcode, state, changed_by, changed_at, label) VALUES ('00000000-0000-4000-8000-0000000000f1', 1, 'Returns', 'Within 30 days.', 'en', '{orders}', 'returns', 'published', '00000000-0000-4000-8000-0000000000a1', '2026-11-23 22:00:00+00', NULL);

INSERT INTO public.signing_key (id, secret, created_at, retired_at) VALUES ('00000000-0000-4000-8000-0000000000c1', '\x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', '2026-11-23 22:00:00+00', NULL);

INSERT INTO public.site (id, key, name, allowed_origins, color, greeting_en, greeting_zh, identity_secret, identity_required, created_at) VALUES ('00000000-0000-4000-8000-0000000000b1', 'site-of-november', 'Shop', '{https://shop.example}', '#0b57d0', 'Hello', '', NULL, false, '2026-11-23 22:00:00+00');

INSERT INTO public.training_point (run_id, step, loss, learning_rate, pairs_per_second, dev_metrics, at) VALUES ('00000000-0000-4000-8000-000000000041', 1, 0.5, 3e-05, 40, NULL, '2026-11-23 23:05:00+00');

INSERT INTO public.training_run (id, number, status, trigger, requested_by, base_model_id, dataset_id, options, worker, attempt, heartbeat_at, cancel_requested, step, steps, seconds_left, result_model_id, metrics, error, created_at, started_at, finished_at) OVERRIDING SYSTEM VALUE VALUES ('00000000-0000-4000-8000-000000000041', 1, 'succeeded', 'manual', NULL, '00000000-0000-4000-8000-000000000011', '00000000-0000-4000-8000-000000000031', '{}', NULL, 0, NULL, false, 0, 0, NULL, NULL, '{}', NULL, '2026-11-23 23:00:00+00', NULL, '2026-11-23 23:10:00+00');

INSERT INTO public.training_schedule (id, enabled, cron, time_zone, minimum_examples, next_fire_at) VALUES (true, false, '0 3 * * *', 'UTC', 50, NULL);

SELECT pg_catalog.setval('public.answered_question_id_seq', 1, true);

SELECT pg_catalog.setval('public.dataset_version_number_seq', 1, true);

SELECT pg_catalog.setval('public.example_id_seq', 1, true);

SELECT pg_catalog.setval('public.model_promotion_id_seq', 1, true);

SELECT pg_catalog.setval('public.model_version_number_seq', 1, true);

SELECT pg_catalog.setval('public.sign_in_failure_id_seq', 1, false);

SELECT pg_catalog.setval('public.training_run_number_seq', 1, true);

ALTER TABLE ONLY public.agent_account
    ADD CONSTRAINT agent_account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agent_session
    ADD CONSTRAINT agent_session_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.answered_question
    ADD CONSTRAINT answered_question_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.answered_question
    ADD CONSTRAINT answered_question_source_source_id_key UNIQUE (source, source_id);

ALTER TABLE ONLY public.conversation_event
    ADD CONSTRAINT conversation_event_client_id_key UNIQUE (client_id);

ALTER TABLE ONLY public.conversation_event
    ADD CONSTRAINT conversation_event_pkey PRIMARY KEY (conversation_id, sequence);

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customer
    ADD CONSTRAINT customer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.customer
    ADD CONSTRAINT customer_site_id_external_id_key UNIQUE (site_id, external_id);

ALTER TABLE ONLY public.dataset_example
    ADD CONSTRAINT dataset_example_pkey PRIMARY KEY (dataset_id, example_id);

ALTER TABLE ONLY public.dataset_version
    ADD CONSTRAINT dataset_version_number_key UNIQUE (number);

ALTER TABLE ONLY public.dataset_version
    ADD CONSTRAINT dataset_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.example
    ADD CONSTRAINT example_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);

ALTER TABLE ONLY public.impression_candidate
    ADD CONSTRAINT impression_candidate_pkey PRIMARY KEY (impression_id, "position");

ALTER TABLE ONLY public.impression
    ADD CONSTRAINT impression_conversation_id_trigger_sequence_key UNIQUE (conversation_id, trigger_sequence);

ALTER TABLE ONLY public.impression
    ADD CONSTRAINT impression_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.knowledge_revision
    ADD CONSTRAINT knowledge_revision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.model_promotion
    ADD CONSTRAINT model_promotion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.model_version
    ADD CONSTRAINT model_version_directory_key UNIQUE (directory);

ALTER TABLE ONLY public.model_version
    ADD CONSTRAINT model_version_number_key UNIQUE (number);

ALTER TABLE ONLY public.model_version
    ADD CONSTRAINT model_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reply
    ADD CONSTRAINT reply_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reply_version
    ADD CONSTRAINT reply_version_pkey PRIMARY KEY (reply_id, version);

ALTER TABLE ONLY public.setup_link
    ADD CONSTRAINT setup_link_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.sign_in_failure
    ADD CONSTRAINT sign_in_failure_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.signing_key
    ADD CONSTRAINT signing_key_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.site
    ADD CONSTRAINT site_key_key UNIQUE (key);

ALTER TABLE ONLY public.site
    ADD CONSTRAINT site_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.training_point
    ADD CONSTRAINT training_point_pkey PRIMARY KEY (run_id, step);

ALTER TABLE ONLY public.training_run
    ADD CONSTRAINT training_run_number_key UNIQUE (number);

ALTER TABLE ONLY public.training_run
    ADD CONSTRAINT training_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.training_schedule
    ADD CONSTRAINT training_schedule_pkey PRIMARY KEY (id);

CREATE UNIQUE INDEX agent_account_email ON public.agent_account USING btree (lower(email));

CREATE INDEX agent_session_account ON public.agent_session USING btree (account_id);

CREATE INDEX answered_question_reply ON public.answered_question USING btree (reply_id);

CREATE INDEX answered_question_revision ON public.answered_question USING btree (revision);

CREATE INDEX conversation_assignee ON public.conversation USING btree (assignee_id, status, updated_at DESC);

CREATE UNIQUE INDEX conversation_event_public ON public.conversation_event USING btree (conversation_id, public_sequence) WHERE (public_sequence IS NOT NULL);

CREATE INDEX conversation_inbox ON public.conversation USING btree (status, updated_at DESC, id);

CREATE UNIQUE INDEX conversation_of_customer ON public.conversation USING btree (customer_id);

CREATE INDEX decision_conversation ON public.decision USING btree (conversation_id);

CREATE UNIQUE INDEX decision_one_answer ON public.decision USING btree (impression_id) WHERE (outcome <> 'rejected'::text);

CREATE UNIQUE INDEX decision_one_rejection ON public.decision USING btree (impression_id, reply_id) WHERE (outcome = 'rejected'::text);

CREATE INDEX example_conversation ON public.example USING btree (conversation_id);

CREATE UNIQUE INDEX example_once ON public.example USING btree (decision_id, reply_text);

CREATE INDEX flyway_schema_history_s_idx ON public.flyway_schema_history USING btree (success);

CREATE INDEX reply_label ON public.reply USING btree (label);

CREATE INDEX reply_revision ON public.reply USING btree (revision);

CREATE UNIQUE INDEX reply_shortcode ON public.reply USING btree (lower(shortcode)) WHERE ((shortcode IS NOT NULL) AND (state <> 'archived'::text));

CREATE INDEX reply_state ON public.reply USING btree (state, updated_at DESC);

CREATE INDEX reply_text_key ON public.reply USING btree (text_key);

CREATE INDEX sign_in_failure_address ON public.sign_in_failure USING btree (address, failed_at);

CREATE INDEX sign_in_failure_email ON public.sign_in_failure USING btree (email_hash, failed_at);

CREATE INDEX training_run_queue ON public.training_run USING btree (status, created_at);

ALTER TABLE ONLY public.agent_session
    ADD CONSTRAINT agent_session_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.agent_account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.answered_question
    ADD CONSTRAINT answered_question_reply_id_fkey FOREIGN KEY (reply_id) REFERENCES public.reply(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES public.agent_account(id);

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES public.customer(id);

ALTER TABLE ONLY public.conversation_event
    ADD CONSTRAINT conversation_event_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.site(id);

ALTER TABLE ONLY public.customer
    ADD CONSTRAINT customer_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.site(id);

ALTER TABLE ONLY public.dataset_example
    ADD CONSTRAINT dataset_example_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES public.dataset_version(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.dataset_example
    ADD CONSTRAINT dataset_example_example_id_fkey FOREIGN KEY (example_id) REFERENCES public.example(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES public.agent_account(id);

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_impression_id_fkey FOREIGN KEY (impression_id) REFERENCES public.impression(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_reply_id_fkey FOREIGN KEY (reply_id) REFERENCES public.reply(id);

ALTER TABLE ONLY public.example
    ADD CONSTRAINT example_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.example
    ADD CONSTRAINT example_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decision(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.example
    ADD CONSTRAINT example_impression_id_fkey FOREIGN KEY (impression_id) REFERENCES public.impression(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.example
    ADD CONSTRAINT example_reply_id_fkey FOREIGN KEY (reply_id) REFERENCES public.reply(id);

ALTER TABLE ONLY public.impression_candidate
    ADD CONSTRAINT impression_candidate_impression_id_fkey FOREIGN KEY (impression_id) REFERENCES public.impression(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.impression_candidate
    ADD CONSTRAINT impression_candidate_reply_id_fkey FOREIGN KEY (reply_id) REFERENCES public.reply(id);

ALTER TABLE ONLY public.impression
    ADD CONSTRAINT impression_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES public.conversation(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.impression
    ADD CONSTRAINT impression_model_id_fkey FOREIGN KEY (model_id) REFERENCES public.model_version(id);

ALTER TABLE ONLY public.model_promotion
    ADD CONSTRAINT model_promotion_model_id_fkey FOREIGN KEY (model_id) REFERENCES public.model_version(id);

ALTER TABLE ONLY public.model_promotion
    ADD CONSTRAINT model_promotion_promoted_by_fkey FOREIGN KEY (promoted_by) REFERENCES public.agent_account(id);

ALTER TABLE ONLY public.model_version
    ADD CONSTRAINT model_version_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.model_version(id);

ALTER TABLE ONLY public.reply_version
    ADD CONSTRAINT reply_version_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES public.agent_account(id);

ALTER TABLE ONLY public.reply_version
    ADD CONSTRAINT reply_version_reply_id_fkey FOREIGN KEY (reply_id) REFERENCES public.reply(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.training_point
    ADD CONSTRAINT training_point_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.training_run(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.training_run
    ADD CONSTRAINT training_run_base_model_id_fkey FOREIGN KEY (base_model_id) REFERENCES public.model_version(id);

ALTER TABLE ONLY public.training_run
    ADD CONSTRAINT training_run_dataset_id_fkey FOREIGN KEY (dataset_id) REFERENCES public.dataset_version(id);

ALTER TABLE ONLY public.training_run
    ADD CONSTRAINT training_run_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.agent_account(id);

ALTER TABLE ONLY public.training_run
    ADD CONSTRAINT training_run_result_model_id_fkey FOREIGN KEY (result_model_id) REFERENCES public.model_version(id);

