-- Who may use the service. Tokens and cookies are random, so that a plain SHA-256 is enough: neither can be found from what is stored.

create table api_tokens (
    id           uuid        primary key,                -- version 7
    name         text        not null,                   -- of the person; several tokens may share it, as while one replaces another
    hash         bytea       not null unique,            -- SHA-256 of the token
    scope        text        not null check (scope in ('read', 'submit', 'admin')),
    created_at   timestamptz not null,
    created_by   text,                                   -- name of the administrator; null: the command line or the first start
    expires_at   timestamptz,                            -- null: never
    revoked_at   timestamptz,
    last_used_at timestamptz                             -- to the minute
);

-- Cookies that tokens were exchanged for. A cookie is valid for as long as its token is, and at most until it expires itself.
create table api_sessions (
    hash       bytea       primary key,                  -- SHA-256 of the cookie's value
    token_id   uuid        references api_tokens on delete cascade, -- null: a token of the OpenID Connect provider, which said name and scope
    name       text,
    scope      text        check (scope in ('read', 'submit', 'admin')),
    created_at timestamptz not null,
    expires_at timestamptz not null,

    check ((token_id is null) = (name is not null and scope is not null)),
    check ((name is null) = (scope is null))
);
create index api_sessions_by_expiry on api_sessions (expires_at);
