import { useId, useState } from 'react';
import { usePermissions } from '../access/permissions';
import { useSession } from '../access/session';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { ConfirmDialog } from '../design/Dialog';
import { Loaded } from '../design/Loaded';
import { Problem } from '../design/Problem';
import { useParam } from '../navigation/navigation';
import { dateTime, integer } from '../text/format';
import { datasetName } from '../text/settings';
import { text } from '../text/text';
import { HandInPicker } from './HandInPicker';
import { HandInRankings } from './HandInRankings';
import {
  type HandInList,
  type HandInRules,
  useBeginRound,
  useHandIn,
  useHandIns,
  useOpenTest,
  useWithdraw,
} from './useHandIns';

const t = text.lessons.handIns;

interface HandInCardProps {
  lesson: string;
  rules: HandInRules;
}

/** What was handed in for the lesson: a round is open for runs until its test set is opened. */
export function HandInCard({ lesson, rules }: HandInCardProps) {
  const [round, chooseRound] = useParam('round');
  const number = round !== null && /^[1-9]\d{0,8}$/.test(round) ? Number(round) : null;
  return (
    <Loaded query={useHandIns(lesson, number)} errorTitle={t.listFailed} heights={[220]} label={t.loading}>
      {(list) => (
        <HandIns
          {...{ lesson, rules, list }}
          onRound={(next) => chooseRound(next === list.latestRound ? null : `${next}`)}
        />
      )}
    </Loaded>
  );
}

interface HandInsProps extends HandInCardProps {
  list: HandInList;
  onRound: (round: number) => void;
}

function HandIns({ lesson, rules, list, onRound }: HandInsProps) {
  const id = useId();
  const may = usePermissions();
  const { authentication, scope } = useSession();
  const [asking, ask] = useState<'open' | 'begin' | null>(null);
  const [handIn, withdraw, open, begin] = [
    useHandIn(lesson),
    useWithdraw(lesson),
    useOpenTest(lesson),
    useBeginRound(lesson),
  ];
  const { round, latestRound, openedAt, items } = list;
  const isLatest = round === latestRound;
  const isClosed = isLatest && openedAt === null;
  const isAdmin = authentication === 'none' || scope === 'admin';
  const left = items.filter(({ test }) => test === 'left').length;
  return (
    <Card
      title={t.title}
      actions={
        isAdmin &&
        isLatest && (
          <>
            {isClosed && items.length > 0 && (
              <Button small blocked={open.isPending} onClick={() => ask('open')}>
                {t.open}
              </Button>
            )}
            {left > 0 && (
              <Button small blocked={open.isPending} onClick={() => open.mutate()}>
                {t.goOn}
              </Button>
            )}
            {openedAt !== null && (
              <Button small blocked={begin.isPending} onClick={() => ask('begin')}>
                {t.begin}
              </Button>
            )}
          </>
        )
      }
    >
      {latestRound > 1 && (
        <div className="row">
          <label htmlFor={id}>{t.round}</label>
          <select id={id} className="input" value={round} onChange={(event) => onRound(Number(event.target.value))}>
            {Array.from({ length: latestRound }, (_, index) => latestRound - index).map((one) => (
              <option key={one} value={one}>
                {t.roundNumber(one, one === latestRound)}
              </option>
            ))}
          </select>
        </div>
      )}
      <p>{openedAt === null ? t.text : t.opened(dateTime(openedAt))}</p>
      {isClosed && <p className="card-note">{t.rules(rules.datasets.map(datasetName).join(', '), splitText(rules))}</p>}
      {left > 0 && <p className="message message-warning">{t.left(left)}</p>}
      <HandInPicker
        rules={rules}
        list={list}
        onHandIn={may.submit && isClosed ? (run) => handIn.mutate(run) : null}
        isPending={handIn.isPending}
      />
      {[handIn, withdraw, open, begin].map(
        ({ error }, index) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: one for each action.
          error !== null && <Problem key={index} title={t.failed} error={error} />,
      )}
      <HandInRankings
        lesson={lesson}
        list={list}
        onWithdraw={isClosed ? (run) => withdraw.mutate(run) : null}
        isPending={withdraw.isPending}
      />
      {asking !== null && (
        <ConfirmDialog
          title={t[asking]}
          text={asking === 'open' ? t.openText : t.beginText}
          confirm={t[asking]}
          onClose={() => ask(null)}
          onConfirm={() => {
            ask(null);
            (asking === 'open' ? open : begin).mutate();
          }}
        />
      )}
    </Card>
  );
}

const splitText = ({ validationCount, validationFraction, dataSeed }: HandInRules): string =>
  validationCount === null
    ? `validationFraction ${validationFraction}, seed ${dataSeed}`
    : t.split(integer(validationCount), dataSeed);
