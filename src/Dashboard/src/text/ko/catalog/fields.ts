/** Members of a spec, by pointer. A member with the meaning of a parameter of the same name has its text there. */
export const fields: Readonly<Record<string, string>> = {
  '/version': '스펙 형식의 버전입니다.',
  '/name': '실행의 이름입니다.',
  '/experiment': '실행이 속한 실험의 이름입니다.',
  '/seed': '학습의 시드입니다: 초기 가중치, 샘플 순서, 드롭아웃, 데이터 증강. 스펙과 시드가 같으면 결과도 같습니다.',
  '/data/validationFraction':
    '학습 데이터에서 검증용으로 떼어 두는 비율입니다. 데이터 시드로 섞은 뒤 클래스별로 같은 비율로 나눕니다.',
  '/data/validationCount': '비율 대신 지정하는 검증 샘플 수입니다.',
  '/data/trainLimit': '과적합을 관찰하기 위해 최대 이만큼의 샘플로만 학습합니다. null이면 전체를 사용합니다.',
  '/data/labelNoise':
    '암기 현상을 관찰하기 위해 틀린 라벨로 바꾸는 학습 라벨의 비율입니다. 검증과 테스트 라벨은 바꾸지 않습니다.',
  '/data/features/x1': '입력 x1: 첫 번째 좌표입니다. 학습 샘플에서 평균 0, 표준편차 1이 되도록 정규화합니다.',
  '/data/features/x2': '입력 x2: 두 번째 좌표입니다. 학습 샘플에서 평균 0, 표준편차 1이 되도록 정규화합니다.',
  '/data/features/x1Squared': '입력 x1^2: 원이나 타원을 선형 경계로 만듭니다.',
  '/data/features/x2Squared': '입력 x2^2: 원이나 타원을 선형 경계로 만듭니다.',
  '/data/features/x1X2': '입력 x1 x2: 배타적 논리합(XOR)을 선형으로 분리할 수 있게 합니다.',
  '/data/features/sinX1': '입력 sin(x1)입니다.',
  '/data/features/sinX2': '입력 sin(x2)입니다.',
  '/data/seed':
    '데이터의 시드입니다: 생성된 샘플, 검증 분할, 라벨 노이즈. 학습 시드만 다른 실행들은 같은 샘플로 학습하고 검증합니다.',
  '/model/kind':
    'mlp: 완전연결층만 사용합니다. cnn: 합성곱 블록 다음에 완전연결층이 옵니다. preset: 카탈로그의 신경망입니다. layers: 레이어 목록입니다.',
  '/model/globalPool': '마지막 블록 뒤의 전역 풀링입니다. none이면 대신 평탄화합니다.',
  '/model/blocks/*/convolutions': '블록 안의 동일한 합성곱층 수입니다.',
  '/model/blocks/*/pool': '블록 끝의 풀링입니다.',
  '/model/blocks/*/poolSize': '풀링 윈도의 변 길이이자 스트라이드입니다.',
  '/model/dense/*': '은닉 완전연결층의 유닛 수입니다.',
  '/model/batchNorm/momentum': '이동 평균과 이동 분산에서 현재 배치의 가중치입니다.',
  '/model/batchNorm/epsilon': '분산에 더하는 값입니다.',
  '/model/layers/*/kind': '레이어의 종류입니다.',
  '/training/epochs': '전체 학습 샘플을 반복하는 횟수입니다.',
  '/training/batchSize':
    '업데이트 한 번에 사용하는 샘플 수입니다. 1이면 순수한 확률적 경사 하강법입니다. "full"이나 null이면 전체 학습 샘플을 한 번에 사용합니다.',
  '/training/precision':
    '합성곱과 행렬 곱의 수 형식입니다. auto는 하드웨어가 bfloat16 연산을 지원하고 신경망이 이득을 볼 만큼 크면 bfloat16을 사용합니다. 가중치는 항상 float32입니다.',
  '/training/device': '실행을 학습하는 장치이자 대기열입니다.',
  '/training/evaluateTest':
    '최종 가중치를 테스트 세트에서 한 번 평가합니다. 모델을 선택하는 동안에는 끄고, 선택은 검증 분할로 하세요.',
  '/training/timeLimitSeconds':
    '학습 시간이 이 값에 도달하면 체크포인트를 저장하고 실행이 실패로 끝납니다. 연장하면 이어서 학습합니다. null이면 서비스의 기본값을 사용합니다.',
  '/training/observe/everyEpochs':
    '레이어 통계를 기록하는 에포크 간격입니다. null이면 처음 20번은 에포크마다, 이후에는 점점 드물게 기록합니다. "observe": "off"이면 기록하지 않으며, 진단은 손실만 사용합니다.',
  '/training/observe/histograms': '레이어마다 활성값, 가중치, 기울기의 64구간 히스토그램도 기록합니다.',
};
