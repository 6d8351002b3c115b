import type { MessageArguments, Messages } from '../../messageArguments';
import { techniques } from '../techniques';

const pools: Readonly<Record<string, string>> = { max: '최댓값', average: '평균' };
const pool = (args: MessageArguments): string => pools[args.plain('pool')] ?? args.plain('pool');

const distributions: Readonly<Record<string, string>> = { normal: '정규 분포', uniform: '균등 분포' };

/** Parameters with their default, which are left out. */
const defaults: ReadonlySet<string> = new Set([
  'variant average',
  'mode fan_in',
  'slope 0.01',
  'slope 0.25',
  'alpha 1',
]);

/** A technique with its parameters: Xavier 균등 분포. */
function technique(kind: string, args: MessageArguments): string {
  const name = techniques.techniques[`${kind}/${args.plain('name')}`] ?? args.plain('name');
  const drawn = distributions[args.plain('distribution')];
  const parameters = args.rest('name', 'distribution').filter((one) => !defaults.has(one));
  return `${name}${drawn === undefined ? '' : ` ${drawn}`}${parameters.length === 0 ? '' : ` (${parameters.join(', ')})`}`;
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
      technique('initialization', args.inner('initialization')),
    ),
  dense: (args) =>
    list(
      `유닛 ${args.integer('units')}개`,
      args.plain('bias') === 'false' && '편향 없음',
      technique('initialization', args.inner('initialization')),
    ),
  pool: (args) => `${pool(args)} ${args.plain('size')}×${args.plain('size')}`,
  global_pool: pool,
  batch_norm: (args) => `모멘텀 ${args.plain('momentum')}, 엡실론 ${args.plain('epsilon')}`,
  activation: (args) => technique('activation', args.inner('activation')),
  dropout: (args) => `비율 ${args.plain('rate')}`,
  flatten: () => '',
  residual: () => '',
};
