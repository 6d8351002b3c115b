import type { templates as Templates } from '../en/templates';

export const templates: typeof Templates = {
  templates: {
    label: '템플릿',
    start: (name, time) => `${name} 학습하기 (${time})`,
    starting: '제출 중…',
    startFailed: '실행을 시작하지 못했습니다',
    terminal: '터미널에서',
    example: '예제, 소스 폴더에서',
    own: '직접 작성한 스펙',
    time: (time) => `약 ${time}`,
    accuracy: (accuracy) => `정확도 약 ${accuracy}`,
    measuredOn:
      'AMD EPYC(bfloat16 지원) 코어 2개에서 한 번 실행해 측정한 학습 시간과 검증 정확도입니다. 컴퓨터에 따라 더 빠르거나 느릴 수 있습니다.',
    cards: {
      xor: {
        title: 'XOR',
        see: '직선으로 나눌 수 없는 네 모서리를 은닉층 하나가 휘어진 경계로 나눕니다.',
      },
      spiral: {
        title: '나선 3개',
        see: '에포크마다 결정 경계가 세 갈래 나선을 따라 휘감깁니다.',
      },
      'first-run': {
        title: '도형, 작은 CNN',
        see: '합성곱 블록 두 개가 열 가지 도형을 학습합니다. 파일이 필요 없습니다.',
      },
      'deep-sigmoid': {
        title: '기울기 소실',
        see: '시그모이드 레이어 다섯 개는 학습되지 않습니다. 진단이 원인과 해결책을 보여 줍니다.',
      },
      'shapes-mlp': {
        title: '도형, 완전연결층',
        see: '같은 이미지를 합성곱 없이 학습합니다. 파라미터는 더 많고 정확도는 더 낮습니다.',
      },
      quickstart: {
        title: 'Fashion-MNIST, 작은 CNN',
        see: '배치 정규화를 쓴 블록 세 개로 의류 열 가지를 구분합니다.',
      },
      'fashion-mnist-short': {
        title: 'Fashion-MNIST 빠르게',
        see: '작은 CNN을 Muon과 감소하는 학습률로 두 에포크만 학습해 90%에 이릅니다.',
      },
      'assignment-cifar10-short': {
        title: 'CIFAR-10 빠르게',
        see: '너비를 절반으로 줄인 VGG형 CNN을 Muon으로 두 에포크만 학습합니다.',
      },
      'assignment-fashion-mnist': {
        title: 'Fashion-MNIST, VGG형',
        see: '합성곱 일곱 개, 좌우 반전, 감소하는 학습률로 마지막 1%를 끌어올립니다.',
      },
      'assignment-cifar10': {
        title: 'CIFAR-10, VGG형',
        see: '동물과 탈것 사진을 데이터 증강과 코사인 스케줄로 여섯 에포크 학습합니다.',
      },
    },
  },
};
