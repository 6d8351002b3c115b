import type { NoteArguments, NoteWords } from '../../compare/noteWords';

/** “가, 나 외 2개”. */
const runsOf = ({ names, more }: NoteArguments): string => `${names.join(', ')}${more > 0 ? ` 외 ${more}개` : ''}`;

/** What the service says of how far runs can be compared. */
export const said: NoteWords = {
  other_data: () => '실행들이 서로 다른 데이터로 학습하고 검증했습니다.',
  other_files: ({ fingerprints }) => `데이터셋 이름은 같지만 파일이 서로 달랐습니다(지문 ${fingerprints}가지).`,
  drawn_by_seed: () =>
    '시드마다 표본을 따로 뽑았으므로, 시드에 따른 흩어짐에는 표본을 뽑는 운도 들어 있습니다. 설정을 비교할 때는 모든 설정에 있는 시드끼리 비교하세요.',
  other_split: () => '검증 분할의 크기가 서로 달라서, 서로 다른 표본으로 검증했습니다.',
  label_smoothing: () =>
    '라벨 스무딩은 신경망이 자신을 덜 확신하게 하므로, 손실이 더 크다고 더 나쁜 신경망은 아닙니다. 정확도를 비교하세요.',
  confounded: ({ factor, others, join }) =>
    `원인이 섞여 있습니다. ${factor} 설정이 다른 곳마다 ${others.join(join === 'and' ? ', ' : ' 또는 ')} 설정도 다릅니다. 결과의 차이가 무엇 때문인지 알 수 없으며, 하나만 바꾼 실행이 있으면 알 수 있습니다.`,
  parent_weights: (given) =>
    given.severity === 'info'
      ? '모든 실행이 새로 뽑은 가중치가 아니라 한 체크포인트의 가중치에서 시작했습니다. 체크포인트까지의 에포크가 더 있습니다.'
      : `새로 뽑은 가중치가 아니라 바탕이 된 실행의 가중치에서 시작한 실행: ${runsOf(given)}. 앞선 에포크가 더 있으므로, 같은 에포크에서 다른 실행은 덜 학습한 상태입니다.`,
  unfinished: (given) =>
    `(아직) 끝까지 학습하지 않은 실행: ${runsOf(given)}. 최고값은 지금까지의 에포크에서 나온 것입니다.`,
  single_seed: ({ single, settings }) =>
    `${single === settings ? '모든 설정을' : `설정 ${settings}개 가운데 ${single}개를`} 시드 하나로만 학습했습니다. 작은 차이는 우연일 수 있으니, 다른 시드로 되풀이해 흩어짐을 확인하세요.`,
};
