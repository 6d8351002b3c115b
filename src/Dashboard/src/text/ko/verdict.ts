import type { VerdictText } from '../serverMessages';
import { quoted, shortList, verdictParts } from '../verdict';

export const verdict: VerdictText = (comparison, isShare) => {
  const parts = verdictParts(comparison, isShare);
  if (parts === null) {
    return undecided(comparison);
  }
  const { best, worse, open, nearest, pair } = parts;
  const amount = `${parts.amount}${isShare ? '%p' : ''}`;
  const needed =
    pair.requiredSeeds === null
      ? '시드를 늘려도 구별하기 어렵습니다'
      : `구별하려면 시드가 약 ${pair.requiredSeeds}개 필요합니다`;
  if (open.length === 0) {
    return worse.length === 1
      ? `${best}이(가) ${nearest}보다 ${amount} 더 낫습니다(시드 ${pair.seeds}개).`
      : `${best}이(가) 나머지 설정 ${worse.length}개보다 모두 낫습니다. 가장 가까운 ${nearest}와(과)의 차이는 ${amount}입니다(시드 ${pair.seeds}개).`;
  }
  const difference = `${nearest}와(과)의 차이는 ${amount}이며, ${needed}.`;
  if (worse.length > 0) {
    return `${best}이(가) ${list(worse)}보다 낫지만, 시드 ${pair.seeds}개로는 ${list(open)}와(과) 구별되지 않습니다. ${difference}`;
  }
  if (pair.difference === 0) {
    return `시드 ${pair.seeds}개로는 설정 ${open.length + 1}개가 구별되지 않습니다. ${best}와(과) ${nearest}의 평균이 같습니다.`;
  }
  return open.length === 1
    ? `시드 ${pair.seeds}개로는 ${best}와(과) ${nearest}이(가) 구별되지 않습니다. 차이는 ${amount}이며, ${needed}.`
    : `시드 ${pair.seeds}개로는 설정 ${open.length + 1}개가 구별되지 않습니다. 평균은 ${best}이(가) 가장 좋고, ${difference}`;
};

const undecided: (comparison: Parameters<VerdictText>[0]) => string = ({ arms, verdict: { best } }) => {
  if (best == null) {
    return '끝까지 학습한 설정이 없어 비교할 수 없습니다.';
  }
  return arms.filter(({ mean }) => mean !== null).length === 1
    ? `결과가 있는 설정이 ${quoted(best)}뿐이라 비교할 대상이 없습니다.`
    : `지금까지는 ${quoted(best)}의 값이 가장 좋지만, 판정하려면 시드가 둘 이상인 설정이 두 개 필요합니다.`;
};

const list = (names: readonly string[]): string => {
  const { shown, more } = shortList(names);
  return `${shown.join(', ')}${more > 0 ? ` 외 ${more}개` : ''}`;
};
