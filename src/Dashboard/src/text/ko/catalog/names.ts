const batchNorm =
  'y = scale (x - mean) / sqrt(variance + epsilon) + shift, 학습 중에는 배치 통계 사용; running <- (1 - momentum) running + momentum batch, 평가 때 사용';
const dropout = '학습 중 y = x m / (1 - rate), m은 확률 rate로 0, 아니면 1; 평가 때 y = x';

/** Formulas that contain words, by kind and name. */
export const formulas: Readonly<Record<string, string>> = {
  'dataset/shapes': '픽셀 = 도형 또는 배경의 색 + N(0, noise^2), 0..1로 제한',
  'dataset/xor': '(a, b) + N(0, noise^2), a와 b는 0 또는 1; 클래스 = a xor b',
  'dataset/circles':
    'r (cos u, sin u) + N(0, noise^2), u ~ U(0, 2 pi); 클래스 0: r = sqrt(U(0, 1)) / 2, 클래스 1: r = 1',
  'dataset/moons': '클래스 0: (cos u, sin u), 클래스 1: (1 - cos u, 1/2 - sin u), u ~ U(0, pi); + N(0, noise^2)',
  'dataset/spiral': 'r (cos v, sin v) + N(0, noise^2), v = 2 pi k / classes + 4 r, k는 클래스 번호, r ~ U(0, 1)',
  'dataset/blobs': '(cos v, sin v) + N(0, noise^2), v = 2 pi k / classes, k는 클래스 번호',
  'dataset/mixture': '클래스의 중심 셋 중 하나 + N(0, noise^2); 중심은 -1.5..1.5 정사각형에서 균등하게 추출',

  'preset/perceptron': '출력층',
  'preset/mlp-5x100': '5 x 완전연결 100, 출력층',
  'preset/lenet':
    '합성곱 6 (5 x 5), 평균 풀링, 합성곱 16 (5 x 5, 패딩 없음), 평균 풀링, 완전연결 120, 완전연결 84, 출력층',
  'preset/assignment':
    '합성곱 32, 풀링, 2 x 합성곱 64, 풀링, 2 x 합성곱 128, 풀링, 2 x 합성곱 256, 풀링, 완전연결 128, 출력층; 필터와 유닛 수에 width를 곱함',
  'preset/fitnet4':
    '3 x 합성곱 32, 2 x 합성곱 48, 풀링, 6 x 합성곱 80, 풀링, 6 x 합성곱 128, 전역 최대 풀링, 출력층; 필터 수에 width, 합성곱 수에 depth를 곱함',
  'preset/resnet9':
    '합성곱 64, 합성곱 128, 풀링, x + 2 x 합성곱 128, 합성곱 256, 풀링, 합성곱 512, 풀링, x + 2 x 합성곱 512, 전역 최대 풀링, 출력층; 필터 수에 width를 곱함',

  'initialization/xavier': 'Var(w) = 2 / (n_in + n_out) 또는 1 / n_in',
  'initialization/he': 'Var(w) = 2 / n, n = n_in 또는 n_out',
  'initialization/orthogonal':
    'n_out <= n_in이면 W W^T = gain^2 I, n_out >= n_in이면 W^T W = gain^2 I; W는 n_out x n_in 행렬',
  'initialization/orthogonal_msra':
    'gain 1의 직교 행렬, 그다음 W <- W sqrt(2 max(n_in, n_out) / n_in), 따라서 Var(w) = 2 / n_in',
  'initialization/lsuv':
    'gain 1의 직교 행렬, 그다음 배치에서 std(output) = 1이 될 때까지 레이어마다 W <- W / std(output)',

  'activation/leaky_relu': 'x > 0이면 x, 아니면 slope x',
  'activation/elu': 'x > 0이면 x, 아니면 alpha (exp(x) - 1)',
  'activation/prelu': 'x > 0이면 x, 아니면 s x, s는 학습되는 파라미터',
  'activation/selu': '1.0507 (x > 0이면 x, 아니면 1.6733 (exp(x) - 1))',
  'activation/maxout':
    'y_i = max(x_(k i), x_(k i + 1), ..., x_(k i + k - 1)), i는 0부터, x는 k배 많은 앞 레이어의 출력',
  'activation/gelu': 'x Phi(x), Phi는 정규 분포의 누적 분포 함수',

  'optimizer/adamw': 'w <- w - a l w, 그다음 Adam의 스텝; l은 /training/weightDecay의 strength',

  'schedule/constant': '모든 스텝에서 배율 1',
  'schedule/multistep': 'factor^(지난 마일스톤 수)',
  'schedule/cosine': 'minimum + (1 - minimum) (1 + cos(pi c)) / 2, c는 주기의 진행 비율',
  'schedule/one_cycle':
    's <= p이면 1 - (1 - start) (1 + cos(pi s / p)) / 2, 그다음 end + (1 - end) (1 + cos(pi (s - p) / (S - 1 - p))) / 2; s는 전체 S 스텝 중 0부터 센 스텝, p = rise S - 1',
  'schedule/linear': '1 - (1 - end) s, s는 스텝의 진행 비율',
  'schedule/plateau': 'factor^(정체 횟수)',

  'weight_decay/none': 'w를 바꾸지 않음',
  'weight_decay/decoupled':
    'w <- w - a strength w (pytorch) 또는 w <- w - s strength w (paper), 그다음 옵티마이저의 스텝',

  'gradient_clipping/none': 'g를 바꾸지 않음',
  'gradient_clipping/norm': 'g <- g min(1, maximum / |g|), |g|는 전체 파라미터에 대한 노름',
  'gradient_clipping/value': 'g <- min(max(g, -maximum), maximum), 성분별',

  'precision/auto':
    '하드웨어가 지원하면(AMX, AVX-512 BF16, CUDA) bfloat16, 단 모든 레이어가 작은 완전연결층이면 제외; 그 외에는 float32',
  'precision/float32': '유효 비트 24개, 1.2e-38..3.4e38',
  'precision/bfloat16': '유효 비트 8개, 1.2e-38..3.4e38: 피연산자는 반올림하고 합은 float32로 유지',

  'layer/conv':
    "y[f, i, j] = b[f] + (c, u, v에 대한 합) w[f, c, u, v] x[c, stride i + dilation u - padding, stride j + dilation v - padding]: [N, C, H, W] -> [N, filters, H', W'], H' = floor((H + 2 padding - dilation (kernel - 1) - 1) / stride) + 1",
  'layer/pool': 'size x size 윈도마다 최댓값 또는 평균: [N, C, H, W] -> [N, C, floor(H / size), floor(W / size)]',
  'layer/global_pool': '채널마다 최댓값 또는 평균: [N, C, H, W] -> [N, C]',
  'layer/batch_norm': batchNorm,
  'layer/dropout': dropout,
  'layer/activation': 'y = f(x), 성분별',
  'layer/residual': 'y = x + F(x), F는 출력 형태가 같은 내부 레이어',

  'augmentation/flip': '확률 1/2로 x[:, :, j] 대신 x[:, :, W - 1 - j]',
  'augmentation/crop': '각 변에 0을 crop개 추가한 뒤, 0..2 crop에서 균등하게 뽑은 위치에서 원래 크기로 자름',
  'augmentation/cutout': '이미지 안의 임의 위치를 중심으로 변 길이가 cutout인 정사각형에서 x = 0 (평균)',
  'augmentation/test_time_flip': '검증과 테스트 이미지에서 scores(x) = (f(x) + f(flip x)) / 2',

  'regularization/batch_norm': batchNorm,
  'regularization/dropout': dropout,
  'regularization/label_smoothing': '타깃 = (1 - labelSmoothing) one-hot + labelSmoothing / classes',
  'regularization/early_stopping': '지표가 patience 에포크 연속으로 minimumChange보다 많이 개선되지 않으면 종료',
};

/** Sources that are no publications, by their English text. */
export const sources: Readonly<Record<string, string>> = {
  'Baseline for comparison': '비교 기준선',
  'Synthetic data': '합성 데이터',
  'CPU feature flags; small dense layers are slower in bfloat16: bench/trainer/README.md':
    'CPU 기능 플래그; 작은 완전연결층은 bfloat16에서 더 느림: bench/trainer/README.md',
  'The shape of VGG: Simonyan, Zisserman, 2015': 'VGG의 구조: Simonyan, Zisserman, 2015',
};
