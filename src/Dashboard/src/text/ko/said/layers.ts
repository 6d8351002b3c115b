import type { Given, Sentences } from '../../given';

const pools: Readonly<Record<string, string>> = { max: '최댓값', average: '평균' };
const pool = (given: Given): string => pools[given.plain('pool')] ?? given.plain('pool');

/** A technique by its name in specs, with what is set of it. */
function technique(given: Given): string {
  const rest = given.rest('name');
  return rest.length === 0 ? given.plain('name') : `${given.plain('name')}(${rest.join(', ')})`;
}

const parts = (...all: readonly (string | false)[]): string => all.filter((part) => part !== false).join(', ');

/** Settings of a layer, by its kind. */
export const layers: Sentences = {
  conv: (given) =>
    parts(
      `필터 ${given.integer('filters')}개`,
      `${given.plain('kernel')}×${given.plain('kernel')}`,
      `보폭 ${given.plain('stride')}`,
      `패딩 ${given.plain('padding')}`,
      given.number('dilation') > 1 && `팽창 ${given.plain('dilation')}`,
      given.plain('bias') === 'false' && '편향 없음',
      technique(given.inner('initialization')),
    ),
  dense: (given) =>
    parts(
      `유닛 ${given.integer('units')}개`,
      given.plain('bias') === 'false' && '편향 없음',
      technique(given.inner('initialization')),
    ),
  pool: (given) => `${pool(given)} ${given.plain('size')}×${given.plain('size')}`,
  global_pool: pool,
  batch_norm: (given) => `모멘텀 ${given.plain('momentum')}, 엡실론 ${given.plain('epsilon')}`,
  activation: (given) => technique(given.inner('activation')),
  dropout: (given) => `비율 ${given.plain('rate')}`,
  flatten: () => '',
  residual: () => '',
};
