import type { NoteArguments, NoteMessages } from '../../serverMessages';

/** “가, 나 외 2개”. */
const runsOf = ({ names, more }: NoteArguments): string => `${names.join(', ')}${more > 0 ? ` 외 ${more}개` : ''}`;

/** Notes on comparability. */
export const comparability: NoteMessages = {
  other_data: () => '실행들이 서로 다른 데이터로 학습하고 검증했습니다.',
  other_files: ({ fingerprints }) => `데이터셋 이름은 같지만 파일이 다릅니다(지문 ${fingerprints}가지).`,
  other_split: () => '검증 분할이 달라 서로 다른 샘플로 검증했습니다.',
  label_smoothing: () =>
    '라벨 스무딩은 신경망의 확신을 낮추므로 손실이 크다고 더 나쁜 모델은 아닙니다. 정확도를 비교하세요.',
  confounded: ({ factor, others, join }) =>
    `교란: ${factor} 설정이 다르면 항상 ${others.join(join === 'and' ? ', ' : ' 또는 ')} 설정도 다릅니다. 결과 차이의 원인을 알 수 없으므로, 하나만 바꾼 실행을 추가하세요.`,
  parent_weights: (args) =>
    args.severity === 'info'
      ? '모든 실행이 체크포인트의 가중치에서 시작했습니다. 체크포인트까지의 에포크가 추가로 있습니다.'
      : `체크포인트의 가중치에서 시작한 실행: ${runsOf(args)}. 이전 에포크가 더 있으므로, 같은 에포크라도 다른 실행은 덜 학습한 상태입니다.`,
  unfinished: (args) => `끝까지 학습하지 않은 실행: ${runsOf(args)}. 최고값은 지금까지의 에포크 기준입니다.`,
  single_seed: ({ single, settings }) =>
    `${single === settings ? '모든 설정이' : `설정 ${settings}개 중 ${single}개가`} 시드 하나로만 학습되었습니다. 작은 차이는 우연일 수 있으므로 다른 시드로 반복해 표준편차를 확인하세요.`,
};
