/** Fixed places of a spec, by pointer. A place that means the same as a parameter of its name has its words there. */
export const fields: Readonly<Record<string, string>> = {
  '/version': '명세 형식의 버전입니다.',
  '/name': '실행을 부르는 이름입니다.',
  '/experiment': '실행이 속하는 묶음의 이름입니다.',
  '/seed': '모든 무작위 뽑기의 시드입니다. 명세와 시드가 같으면 수치도 같습니다.',
  '/data/validationFraction':
    '학습 데이터에서 검증용으로 떼어 두는 비율입니다. 시드로 섞고, 클래스마다 같은 비율로 뗍니다.',
  '/data/validationCount': '비율 대신 떼어 둘 표본의 수입니다.',
  '/data/trainLimit': '과적합을 보려고, 많아야 이만큼의 표본으로만 학습합니다. null이면 모두 씁니다.',
  '/data/labelNoise':
    '외우는 것을 보려고, 학습 라벨 가운데 틀린 라벨로 바꾸는 비율입니다. 검증과 테스트의 라벨은 바꾸지 않습니다.',
  '/model/kind':
    'mlp: 전결합층뿐입니다. cnn: 합성곱 블록 다음에 전결합층이 옵니다. preset: 목록에 있는 신경망입니다. layers: 층을 마음대로 늘어놓습니다.',
  '/model/globalPool': '마지막 블록 뒤에 모든 자리를 풀링합니다. none이면 대신 펼칩니다.',
  '/model/blocks/*/convolutions': '블록에 있는 같은 합성곱층의 수입니다.',
  '/model/blocks/*/pool': '블록 끝의 풀링입니다.',
  '/model/blocks/*/poolSize': '풀링 창의 변이자 보폭입니다.',
  '/model/dense/*': '은닉 전결합층의 유닛 수입니다.',
  '/model/batchNorm/momentum': '이동 평균과 이동 분산에서 가장 새로운 배치의 무게입니다.',
  '/model/batchNorm/epsilon': '분산에 더하는 값입니다.',
  '/model/layers/*/kind': '층이 하는 일입니다.',
  '/training/epochs': '학습 표본 전체를 훑는 횟수입니다.',
  '/training/batchSize':
    '한 번 갱신할 때 쓰는 표본 수입니다. 1이면 완전히 확률적입니다. "full"이나 null이면 모든 학습 표본을 한꺼번에 씁니다.',
  '/training/precision':
    '합성곱과 행렬 곱의 수 형식입니다. auto는 하드웨어가 bfloat16을 곱할 수 있으면 그것을 씁니다. 가중치는 언제나 float32로 둡니다.',
  '/training/device': '실행을 학습하는 장치이자, 기다리는 대기열입니다.',
  '/training/evaluateTest':
    '마지막 가중치로 테스트 세트를 한 번 평가합니다. 고르는 동안에는 꺼 두세요. 고르는 일은 검증 분할로 합니다.',
  '/training/timeLimitSeconds': '학습 시간이 이만큼 지나면 실행이 실패합니다. null이면 제한이 없습니다.',
  '/training/observe/everyEpochs':
    '층을 한 번 들여다보고 다음에 볼 때까지의 에포크 수입니다. null이면 처음 20번은 에포크마다, 그 뒤로는 점점 드물게 봅니다. "observe": "off"이면 보지 않으며, 진단은 손실만으로 합니다.',
  '/training/observe/histograms': '층마다 활성값, 가중치, 기울기의 분포도 64칸으로 남깁니다.',
};
