import type { ConclusionMessages } from '../../serverMessages';

type Arguments = Parameters<ConclusionMessages['decided']>[0];

/** “sgd 96.70% ± 3.80%, adam 92.50% ± 7.50% (검증 정확도, 시드 각 3개)”. */
function sides({ metric, best, other, settings }: Arguments): string {
  const seeds =
    other === null || best.seeds === other.seeds
      ? `시드 각 ${best.seeds}개`
      : `시드 ${best.seeds}개와 ${other?.seeds ?? 0}개`;
  const intro = settings > 2 ? `설정 ${settings}개 중 최고: ` : '';
  return `${intro}${best.name} ${best.value}, ${other?.name ?? ''} ${other?.value ?? ''} (${metric}, ${seeds})`;
}

/** Conclusions of a comparison. */
export const conclusions: ConclusionMessages = {
  decided: (args) => `${sides(args)}: ${args.best.name} 쪽이 더 좋습니다.`,
  undecided: (args) =>
    args.isEqual && args.undecided === 1
      ? `${sides(args)}: 차이가 없습니다.`
      : [
          `${sides(args)}: 차이가 통계적으로 유의하지 않아 판단할 수 없습니다.`,
          args.undecided > 1
            ? `나머지 설정 ${args.settings - 1}개 중 ${args.undecided}개가 비슷하게 좋을 수 있습니다.`
            : '',
          args.requiredSeeds === null
            ? ''
            : `이 정도 차이를 확인하려면 설정마다 시드가 약 ${args.requiredSeeds}개 필요합니다.`,
        ]
          .filter((part) => part !== '')
          .join(' '),
  single_seed: (args) => `${sides(args)}: 아직 판단할 수 없습니다. 다른 시드로 반복하세요.`,
  same_settings: ({ metric, best }) => `같은 설정, 시드 ${best.seeds}개: ${metric} ${best.value}.`,
  not_comparable: () => '결론 없음: 비교할 수 없는 실행들입니다.',
};
