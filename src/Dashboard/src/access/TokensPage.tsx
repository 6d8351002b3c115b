import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ensureOk, unwrap } from '../api/client';
import type { AccessToken } from '../api/types';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { DataTable } from '../design/DataTable';
import { ConfirmDialog } from '../design/Dialog';
import { Loaded } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import { errorMessage } from '../design/Problem';
import { useNow } from '../navigation/useNow';
import { ago, bytes, dateTime, integer } from '../text/format';
import { text } from '../text/text';
import { NewToken } from './NewToken';
import { usePermissions } from './permissions';
import { sessionQuery, useSession } from './session';
import './access.css';

const t = text.access.tokens;

const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/tokens', { signal })),
  staleTime: 0,
});

/** The API tokens: a form for a new one, and a list. */
export function TokensPage() {
  const may = usePermissions();
  return (
    <>
      <div>
        <PageTitle>{t.title}</PageTitle>
        <p className="muted">{may.tokens ? t.intro : t.adminsOnly}</p>
      </div>
      {may.tokens && <Tokens />}
    </>
  );
}

function Tokens() {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries(tokensQuery);
  return (
    <>
      <NewToken onCreated={() => void refresh()} />
      <Card title={t.listTitle}>
        <Loaded query={useQuery(tokensQuery)} errorTitle={t.errorTitle} heights={[160]} label={t.loading}>
          {({ items }) => <TokenList tokens={items.filter(({ revokedAt }) => revokedAt === null)} />}
        </Loaded>
      </Card>
    </>
  );
}

function TokenList({ tokens }: { tokens: readonly AccessToken[] }) {
  const now = useNow(30_000);
  const queries = useQueryClient();
  const { name: ownName } = useSession();
  const [asked, setAsked] = useState<AccessToken | null>(null);
  const revoke = useMutation({
    mutationFn: ({ id }: AccessToken) => ensureOk(api.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } })),
    onSettled: () => Promise.all([queries.invalidateQueries(tokensQuery), queries.invalidateQueries(sessionQuery)]),
  });
  const when = (instant: string | null, otherwise: string) =>
    instant === null ? otherwise : <time dateTime={instant}>{dateTime(instant)}</time>;
  const since = (instant: string | null) =>
    instant === null ? (
      t.never
    ) : (
      <time dateTime={instant} title={dateTime(instant)}>
        {ago(instant, now)}
      </time>
    );
  return (
    <>
      {revoke.error !== null && (
        <p role="alert" className="access-error">
          {t.revokeFailed}: {errorMessage(revoke.error)}
        </p>
      )}
      <DataTable
        label={t.listTitle}
        rows={tokens}
        rowKey={({ id }) => id}
        rowProps={({ id }) => ({ 'data-token': id })}
        columns={[
          { name: t.columns.name, cell: ({ name }) => name, isRowHeader: true, className: 'token-name' },
          { name: t.columns.scope, cell: ({ scope }) => text.access.scopes[scope] },
          { name: t.columns.createdBy, cell: ({ createdBy }) => createdBy ?? text.units.none },
          { name: t.columns.created, cell: ({ createdAt }) => since(createdAt), className: 'nowrap' },
          {
            name: t.columns.use,
            cell: ({ use }) => t.use(integer(use.queuedRuns), integer(use.runningRuns), bytes(use.storedBytes)),
          },
          { name: t.columns.used, cell: ({ lastUsedAt }) => since(lastUsedAt), className: 'nowrap' },
          {
            name: t.columns.expires,
            cell: ({ expiresAt }) =>
              expiresAt !== null && new Date(expiresAt).getTime() <= now ? (
                <span className="badge badge-failed" title={dateTime(expiresAt)}>
                  {t.expired}
                </span>
              ) : (
                when(expiresAt, t.noExpiry)
              ),
            className: 'nowrap',
          },
          {
            name: <span className="visually-hidden">{t.revoke}</span>,
            cell: (token) => (
              <Button small danger aria-label={t.revokeOne(token.name)} onClick={() => setAsked(token)}>
                {t.revoke}
              </Button>
            ),
          },
        ]}
      />
      {asked !== null && (
        <ConfirmDialog
          title={t.question.title(asked.name)}
          text={asked.name === ownName ? t.question.own : t.question.text}
          confirm={t.revoke}
          onClose={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null);
            revoke.mutate(asked);
          }}
        />
      )}
    </>
  );
}
