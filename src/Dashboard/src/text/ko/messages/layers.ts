import type { MessageArguments, Messages } from '../../messageArguments';

const pools: Readonly<Record<string, string>> = { max: '최댓값', average: '평균' };
const pool = (args: MessageArguments): string => pools[args.plain('pool')] ?? args.plain('pool');

/** A technique with its parameters. */
function technique(args: MessageArguments): string {
  const parameters = args.rest('name');
  return parameters.length === 0 ? args.plain('name') : `${args.plain('name')}(${parameters.join(', ')})`;
}

const list = (...parts: readonly (string | false)[]): string => parts.filter((part) => part !== false).join(', ');

/** Settings of a layer, by its kind. */
export const layers: Messages = {
  conv: (args) =>
    list(
      `필터 ${args.integer('filters')}개`,
      `${args.plain('kernel')}×${args.plain('kernel')}`,
      `스트라이드 ${args.plain('stride')}`,
      `패딩 ${args.plain('padding')}`,
      args.number('dilation') > 1 && `딜레이션 ${args.plain('dilation')}`,
      args.plain('bias') === 'false' && '편향 없음',
      technique(args.inner('initialization')),
    ),
  dense: (args) =>
    list(
      `유닛 ${args.integer('units')}개`,
      args.plain('bias') === 'false' && '편향 없음',
      technique(args.inner('initialization')),
    ),
  pool: (args) => `${pool(args)} ${args.plain('size')}×${args.plain('size')}`,
  global_pool: pool,
  batch_norm: (args) => `모멘텀 ${args.plain('momentum')}, 엡실론 ${args.plain('epsilon')}`,
  activation: (args) => technique(args.inner('activation')),
  dropout: (args) => `비율 ${args.plain('rate')}`,
  flatten: () => '',
  residual: () => '',
};
