/** Names of techniques, by kind and name. Proper names (Adam, ReLU, CIFAR-10) stay as they are. */
export const titles: Readonly<Record<string, string>> = {
  'dataset/shapes': '도형 (합성 데이터)',
  'dataset/circles': '두 원',
  'dataset/moons': '두 반달',
  'dataset/spiral': '나선',
  'dataset/blobs': '가우시안 군집',
  'dataset/mixture': '가우시안 혼합',

  'preset/perceptron': '퍼셉트론',
  'preset/assignment': 'VGG 스타일 CNN (합성곱 7개)',

  'initialization/zeros': '0으로 초기화',
  'initialization/normal': '정규 분포 (고정 표준편차)',
  'initialization/uniform': '균등 분포 (고정 범위)',
  'initialization/orthogonal': '직교',
  'initialization/orthogonal_msra': '직교 × He 게인',

  'activation/sigmoid': '시그모이드',
  'activation/tanh': 'Tanh (하이퍼볼릭 탄젠트)',
  'activation/identity': '항등 함수',

  'optimizer/sgd': 'SGD (확률적 경사 하강법)',
  'optimizer/momentum': '모멘텀',
  'optimizer/nesterov': '네스테로프 모멘텀',

  'schedule/constant': '고정',
  'schedule/step': '스텝 감소',
  'schedule/multistep': '다단계 스텝 감소',
  'schedule/exponential': '지수 감소',
  'schedule/cosine': '코사인 감소',
  'schedule/one_cycle': '원 사이클',
  'schedule/linear': '선형 감소',
  'schedule/plateau': '정체 시 감소',

  'weight_decay/none': '가중치 감쇠 없음',
  'weight_decay/l2': 'L2 규제',
  'weight_decay/decoupled': '분리된 가중치 감쇠',
  'weight_decay/l1': 'L1 규제',

  'gradient_clipping/none': '클리핑 없음',
  'gradient_clipping/norm': '노름으로 클리핑',
  'gradient_clipping/value': '값으로 클리핑',

  'precision/auto': '자동',
  'precision/float32': '단정밀도 (float32)',

  'layer/dense': '완전연결',
  'layer/conv': '합성곱',
  'layer/pool': '풀링',
  'layer/global_pool': '전역 풀링',
  'layer/flatten': '평탄화',
  'layer/batch_norm': '배치 정규화',
  'layer/activation': '활성화 함수',
  'layer/dropout': '드롭아웃',
  'layer/residual': '잔차 블록',

  'regularization/batch_norm': '배치 정규화',
  'regularization/dropout': '드롭아웃',
  'regularization/label_smoothing': '라벨 스무딩',
  'regularization/early_stopping': '조기 종료',

  'augmentation/flip': '좌우 뒤집기',
  'augmentation/crop': '무작위 자르기',
  'augmentation/cutout': '컷아웃',
  'augmentation/test_time_flip': '테스트 시점 증강',
};
