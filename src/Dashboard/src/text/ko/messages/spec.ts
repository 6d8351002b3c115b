import type { MessageArguments } from '../../messageArguments';
import type { ServerMessages } from '../../serverMessages';
import { newRun } from '../newRun';

const { names } = newRun.newRun;
/** The name of a setting as the form has it. */
const member = (args: MessageArguments): string => {
  const name = args.plain('member');
  return `‘${Object.hasOwn(names, name) ? names[name] : name}’`;
};
const choices = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** The allowed values of a member. */
function allowed(args: MessageArguments): string {
  const value = args.inner('allowed');
  const [low, high] = [value.plain('minimum'), value.plain('maximum')];
  const range = `${low} ${value.plain('minimumExclusive') === 'true' ? '초과' : '이상'} ${high} ${value.plain('maximumExclusive') === 'true' ? '미만' : '이하'}`;
  const describe = (): string => {
    switch (value.plain('kind')) {
      case 'boolean':
        return 'true 또는 false';
      case 'choice':
        return `${choices(value.list('choices'))} 중 하나`;
      case 'numbers':
        return `수 1~${value.plain('maximumItems')}개의 배열(${range})`;
      case 'time':
        return '시간대가 있는 날짜와 시각(예: "2030-12-31T23:59:59Z")';
      case 'multiline_text':
        return `${high}자 이하의 문자열`;
      case 'text':
        return `${low}~${high}자의 문자열`;
      default:
        return low === high ? low : `${value.plain('kind') === 'integer' ? '정수' : '수'}(${range})`;
    }
  };
  return value.plain('nullable') === 'true' ? `${describe()} 또는 null` : describe();
}

const gibibytes = (args: MessageArguments, name: string): string => `${(args.number(name) / 2 ** 30).toFixed(1)} GiB`;

const layer = (args: MessageArguments): string => `레이어 ${args.plain('layer')}`;

const items = (args: MessageArguments): string =>
  args.number('minimum') > 0
    ? `항목 ${args.plain('minimum')}~${args.plain('maximum')}개의 배열`
    : `항목 ${args.plain('maximum')}개 이하의 배열`;

const missing = (args: MessageArguments): string => `필수 항목 ${member(args)}이(가) 없습니다.`;
const fixWith = (what: string): string => `수정: ${what}`;
const fixWithSuggested = (args: MessageArguments): string =>
  fixWith(args.has('suggested') ? args.json('suggested') : allowed(args));
const fixWithName = (args: MessageArguments): string => fixWith(`"${args.plain('suggested')}"`);
const members = (args: MessageArguments): string => args.entries().join(', ');
const mustBe = (args: MessageArguments): string => `${allowed(args)}이어야 합니다.`;

const kinds: Readonly<Record<string, string>> = {
  dataset: '데이터셋',
  optimizer: '옵티마이저',
  schedule: '학습률 스케줄',
  initialization: '초기화',
  activation: '활성화 함수',
  weight_decay: '가중치 감쇠',
  gradient_clipping: '기울기 클리핑',
  preset: '사전 정의 구조',
  layer: '레이어',
  regularization: '규제',
  augmentation: '데이터 증강',
  precision: '정밀도',
};
const kind = (args: MessageArguments): string => kinds[args.plain('kind')] ?? args.plain('kind').replaceAll('_', ' ');

/** Findings in a spec. */
export const spec: ServerMessages['spec'] = {
  malformed_json: {
    message: (args) => `JSON 구문 오류입니다. (${args.plain('detail')})`,
    fix: () => '해당 위치를 수정하세요. JSON에는 주석과 마지막 쉼표를 쓸 수 없습니다.',
  },
  not_an_object: { message: () => '객체여야 합니다.', fix: () => fixWith('{ ... }') },
  duplicate_member: {
    message: (args) => `${member(args)} 항목이 중복되었습니다.`,
    fix: () => '하나를 삭제하세요.',
  },
  unknown_member: {
    message: (args) => `알 수 없는 설정입니다: ${member(args)}.`,
    fix: (args) => (args.has('suggested') ? `${fixWithName(args)}, 또는 삭제하세요.` : '삭제하세요.'),
  },
  missing_object: { message: missing, fix: (args) => fixWith(`"${args.plain('member')}": { ... }`) },
  missing_member: { message: missing, fix: (args) => fixWith(`"${args.plain('member')}"`) },
  past_time: {
    message: (args) => `${member(args)}: 미래의 시각이어야 합니다.`,
    fix: () => '더 늦은 시각을 사용하세요.',
  },
  missing_value: { message: missing, fix: (args) => `허용되는 값: ${allowed(args)}` },
  missing_list: { message: missing, fix: (args) => fixWith(`"${args.plain('member')}": [ ... ]`) },
  wrong_list: {
    message: (args) => `${member(args)}: ${items(args)}이어야 합니다.`,
    fix: () => fixWith('[ ... ]'),
  },
  wrong_type: { message: mustBe, fix: fixWithSuggested },
  not_an_integer: { message: () => '정수여야 합니다.', fix: fixWithSuggested },
  out_of_range: {
    message: mustBe,
    fix: fixWithSuggested,
  },
  rounds_to_limit: {
    message: (args) =>
      `${member(args)} 값은 가중치의 형식인 float32에서 ${args.plain('limit')}이(가) 됩니다. 허용: ${allowed(args)}.`,
    fix: fixWithSuggested,
  },
  not_a_choice: { message: mustBe, fix: fixWithSuggested },
  wrong_numbers: { message: mustBe, fix: fixWithSuggested },
  wrong_text: {
    message: (args) => `${member(args)}: 길이가 ${args.integer('length')}자이거나 제어 문자가 있습니다.`,
    fix: (args) =>
      args.inner('allowed').plain('kind') === 'multiline_text'
        ? '더 짧은 문자열을 사용하세요.'
        : '한 줄의 짧은 문자열을 사용하세요.',
  },
  missing_technique: {
    message: missing,
    fix: (args) => fixWith(`"${args.plain('member')}": "${args.plain('suggested')}"`),
  },
  not_a_technique: { message: () => '이름 또는 name이 있는 객체여야 합니다.', fix: fixWithName },
  missing_technique_name: {
    message: () => "필수 항목 'name'이 없습니다.",
    fix: (args) => fixWith(`"name": "${args.plain('suggested')}"`),
  },
  unknown_technique: {
    message: (args) => `알 수 없는 ${kind(args)}입니다. 사용 가능: ${choices(args.list('names'))}.`,
    fix: (args) => {
      const name = `"${args.plain('suggested')}"`;
      const named = args.has('parameters') ? `{ "name": ${name}, ${members(args.inner('parameters'))} }` : name;
      return args.has('beside') ? `${fixWith(named)} 및 ${members(args.inner('beside'))}` : fixWith(named);
    },
  },
  even_kernel: {
    message: () => '짝수 크기의 커널은 양쪽에 같은 패딩으로 크기를 유지할 수 없습니다.',
    fix: (args) => `${fixWith(`"kernel": ${args.plain('suggested')}`)}, 또는 "padding"을 수로 지정하세요.`,
  },
  nested_too_deep: {
    message: (args) => `잔차 레이어가 ${args.plain('maximum')}단계보다 깊이 중첩되었습니다.`,
    fix: () => '내부 레이어를 한 단계로 펼치세요.',
  },
  cnn_needs_images: {
    message: (args) => `합성곱 신경망에는 이미지가 필요하지만 '${args.plain('dataset')}'의 샘플은 점입니다.`,
    fix: () => '"kind": "mlp"를 사용하거나 이미지 데이터셋을 선택하세요.',
  },
  augmentation_needs_images: {
    message: () => '데이터 증강은 이미지에만 적용할 수 있습니다.',
    fix: () => '"augmentation"을 삭제하세요.',
  },
  features_need_points: {
    message: () => '입력 특성은 평면의 점 데이터에만 쓸 수 있습니다.',
    fix: () => '"features"를 삭제하세요.',
  },
  no_features: {
    message: () => '신경망에 입력이 없습니다.',
    fix: () => '"x1": true를 사용하거나 "features"를 삭제하세요.',
  },
  unused_member: {
    message: (args) => `종류가 ${args.plain('kind')}인 신경망에는 ${member(args)} 항목이 없습니다.`,
    fix: (args) => `"kind": "${args.plain('neededKind')}"을(를) 사용하거나 이 항목을 삭제하세요.`,
  },
  unused_dense: {
    message: (args) => `종류가 ${args.plain('kind')}인 신경망에는 완전연결층이 이미 있습니다.`,
    fix: () => '"dense"를 삭제하세요.',
  },
  too_many_parameters: {
    message: (args) =>
      `신경망이 너무 큽니다. 파라미터 ${args.integer('parameters')}개(최대 ${args.integer('maximum')}개), 그중 ${layer(args)}에 ${args.integer('layerParameters')}개입니다.`,
    fix: () => '유닛이나 필터를 줄이거나 완전연결층 앞에서 풀링하세요.',
  },
  much_memory: {
    message: (args) => `학습에 메모리가 약 ${gibibytes(args, 'memoryBytes')} 필요합니다.`,
    fix: (args) => fixWith(`"batchSize": ${args.plain('suggested')}`),
  },
  too_much_memory: {
    message: (args) =>
      `학습에 필요한 메모리(약 ${gibibytes(args, 'memoryBytes')})가 사용 가능한 ${gibibytes(args, 'maximumBytes')}보다 많습니다.`,
    fix: (args) =>
      args.has('suggested')
        ? `${fixWith(`"batchSize": ${args.plain('suggested')}`)} 이하, 또는 더 작은 신경망을 사용하세요.`
        : '더 작은 신경망이나 데이터셋을 사용하세요.',
  },
  too_long: {
    message: (args) =>
      `학습에 부동소수점 연산이 ${args.loss('operations')}회 필요하여, 가장 빠른 장치에서도 ${args.duration('leastSeconds')} 이상 걸립니다. 시간 제한은 ${args.duration('limitSeconds')}입니다.`,
    fix: (args) =>
      args.has('suggested')
        ? `${fixWith(`"epochs": ${args.plain('suggested')}`)} 이하, 또는 더 작은 신경망을 사용하세요.`
        : '더 작은 신경망이나 데이터셋을 사용하세요.',
  },
  longer_than_limit: {
    message: (args) =>
      `비슷한 실행의 속도로 보면 학습에 약 ${args.duration('expectedSeconds')}이(가) 걸려 시간 제한 ${args.duration('limitSeconds')}을(를) 넘습니다.`,
    fix: (args) => `${fixWith(`"timeLimitSeconds": ${args.plain('suggested')}`)}, 또는 에포크를 줄이세요.`,
  },
  validation_fraction_ignored: {
    message: (args) =>
      `'validationCount'로 샘플 ${args.integer('count')}개를 검증에 사용하므로 'validationFraction'은 무시됩니다.`,
    fix: () => '"validationFraction"과 "validationCount" 중 하나를 삭제하세요.',
  },
  label_noise_at_chance: {
    message: (args) =>
      `클래스가 ${args.plain('classes')}개이고 라벨 노이즈가 ${args.plain('noise')}이면 라벨이 맞을 확률이 무작위 추측보다 높지 않아 학습할 것이 없습니다.`,
    fix: (args) => fixWith(`"labelNoise": ${args.plain('suggested')}`),
  },
  split_too_small: {
    message: (args) =>
      `학습 샘플 ${args.integer('train')}개, 검증 샘플 ${args.integer('validation')}개만 남습니다. 각각 클래스 수(${args.integer('classes')}) 이상이어야 합니다.`,
    fix: () => '샘플을 늘리거나 약 20%를 검증에 사용하세요.',
  },
  full_batch: {
    message: (args) =>
      `학습 샘플이 ${args.integer('trainSamples')}개이므로 업데이트마다 전체를 사용합니다(전체 배치 경사 하강법).`,
    fix: (args) => `미니배치로 학습하려면 ${args.integer('trainSamples')}보다 작은 값을 사용하세요.`,
  },
  he_with_bounded_activation: {
    message: (args) =>
      `He 초기화는 ReLU를 기준으로 유도되었습니다. 활성화 함수가 ${args.plain('activation')}이면 초기 분산이 너무 큽니다.`,
    fix: () => fixWith('"initialization": "xavier"'),
  },
  adamw_with_coupled_decay: {
    message: () => 'AdamW는 가중치 감쇠를 분리한 Adam입니다.',
    fix: () => '"weightDecay": "decoupled" 또는 "optimizer": "adam"을 사용하세요.',
  },
  l2_with_adaptive_optimizer: {
    message: (args) =>
      ['lion', 'muon'].includes(args.plain('optimizer'))
        ? `${args.plain('optimizer')}은(는) 기울기의 ${args.plain('optimizer') === 'lion' ? '부호' : '방향'}만 사용하므로 L2 페널티의 크기가 무시됩니다.`
        : `${args.plain('optimizer')}은(는) L2 페널티를 가중치별 스텝 크기로 나누므로 고르게 감쇠하지 않습니다.`,
    fix: () => fixWith('"weightDecay": "decoupled"'),
  },
  no_effect: {
    message: (args) => `${member(args)}은(는) 여기서 효과가 없습니다.`,
    fix: (args) =>
      args.plain('kind') === 'layers'
        ? '"layers"에 해당 레이어를 추가하거나 이 항목을 삭제하세요.'
        : '은닉층을 추가하거나 이 항목을 삭제하세요.',
  },
  batch_norm_of_one_value: {
    message: (args) =>
      `배치에 샘플이 하나뿐이라 ${args.list('layers').join(', ')}의 채널당 값이 하나이고 분산이 없습니다. 정규화 없이 스케일과 시프트만 적용됩니다.`,
    fix: () => '"batchSize"를 2 이상으로 하거나 배치 정규화를 빼세요.',
  },
  warmup_too_long: {
    message: (args) =>
      `워밍업이 ${args.plain('warmup')}에포크이므로 학습(${args.integer('epochs')}에포크) 내내 학습률이 증가하기만 합니다.`,
    fix: (args) => `${fixWith(`"warmup": ${args.plain('suggested')}`)}, 또는 더 오래 학습하세요.`,
  },
  learning_rate_vanishes: {
    message: (args) =>
      `에포크 ${args.plain('epochs')}개 중 ${args.plain('epoch')}부터 스케줄이 학습률에 0.00001보다 작은 값을 곱하므로 가중치가 거의 변하지 않습니다.`,
    fix: () => '1에 더 가까운 factor, 더 늦은 감소 시점, 또는 다른 스케줄을 사용하세요.',
  },
  reduction_after_end: {
    message: (args) =>
      `학습(${args.integer('epochs')}에포크)이 끝난 뒤의 감소 시점입니다: ${args.list('beyond').join(', ')}에포크. 이때는 학습률이 감소하지 않습니다.`,
    fix: (args) => `${fixWith(`"${args.plain('member')}": ${args.plain('suggested')}`)}, 또는 더 오래 학습하세요.`,
  },
  patience_too_long: {
    message: (args) =>
      args.plain('of') === 'plateau'
        ? `patience가 ${args.plain('patience')}에포크이면 ${args.plain('epochs')}에포크 안에 학습률이 감소할 수 없습니다.`
        : `patience가 ${args.plain('patience')}에포크이면 ${args.plain('epochs')}에포크가 끝나기 전에 조기 종료할 수 없습니다.`,
    fix: (args) =>
      args.has('suggested')
        ? `${fixWith(`"patience": ${args.plain('suggested')}`)}, 또는 더 오래 학습하세요.`
        : '더 오래 학습하세요.',
  },
  decay_diverges: {
    message: (args) =>
      `가중치 감쇠만으로 업데이트마다 가중치에 ${args.loss('factor')}이(가) 곱해져 가중치가 끝없이 커집니다.`,
    fix: (args) => fixWith(`"strength": ${args.plain('suggested')}`),
  },
  decay_erases_weights: {
    message: (args) =>
      args.has('share')
        ? `가중치 감쇠가 업데이트마다 모든 가중치의 ${args.percent('share')}를 없애, 업데이트 ${args.integer('updates')}회 뒤에는 1%도 남지 않습니다.`
        : `L1 페널티가 업데이트마다 모든 가중치를 0 쪽으로 ${args.loss('amount')}만큼 옮깁니다. 초기 가중치의 크기와 비슷한 값입니다.`,
    fix: (args) => fixWith(`"strength": ${args.plain('suggested')}`),
  },
  layer_needs_images: {
    message: (args) =>
      `${layer(args)}(${args.plain('kind')})에는 이미지가 필요하지만 입력이 ${args.shape('input')}입니다.`,
    fix: () => 'flatten, 전역 풀링, 완전연결층 앞에 두세요.',
  },
  dense_needs_vector: {
    message: (args) => `${layer(args)}(dense)에는 벡터가 필요하지만 입력이 ${args.shape('input')}입니다.`,
    fix: () => '앞에 { "kind": "flatten" } 또는 전역 풀링을 두세요.',
  },
  filter_too_large: {
    message: (args) =>
      `${layer(args)}의 커널 범위는 ${args.plain('reach')}픽셀이지만 입력은 ${args.plain('height')} × ${args.plain('width')}픽셀, 패딩은 ${args.plain('padding')}픽셀입니다. 최대 ${args.plain('maximum')}픽셀까지 가능합니다.`,
    fix: () => '커널을 줄이거나 패딩을 늘리거나 앞의 풀링을 줄이세요.',
  },
  nothing_to_pool: {
    message: (args) =>
      `${layer(args)}에서 더 풀링할 수 없습니다. 특징 맵은 ${args.plain('height')} × ${args.plain('width')}, 윈도는 ${args.plain('size')} × ${args.plain('size')}입니다.`,
    fix: () => '여기서 풀링하지 않거나 앞의 풀링을 줄이세요.',
  },
  incomplete_maxout_group: {
    message: (args) =>
      `맥스아웃(${layer(args)})은 채널을 ${args.plain('pieces')}개씩 묶지만 채널이 ${args.plain('channels')}개라서 나누어떨어지지 않습니다.`,
    fix: (args) => `앞 레이어의 출력을 ${args.plain('pieces')}의 배수로 하세요.`,
  },
  residual_changes_shape: {
    message: (args) =>
      `잔차 레이어(${layer(args)})는 출력에 입력을 더하지만 입력(${args.shape('input')})과 출력(${args.shape('output')})의 형태가 다릅니다.`,
    fix: () => '내부에서는 스트라이드 1, 패딩 "same", 같은 필터 수를 사용하고 풀링은 밖에서 하세요.',
  },
  output_too_large: {
    message: (args) =>
      `${layer(args)}의 출력은 샘플당 ${args.shape('output')}개의 값으로, 최대 ${args.integer('maximum')}개를 넘습니다.`,
    fix: () => '필터나 패딩을 줄이거나, 스트라이드를 늘리거나, 앞에서 풀링하세요.',
  },
  unknown_path: {
    message: () => '스펙에 없는 위치입니다.',
    fix: () => '실행의 스펙에 있는 위치를 사용하세요.',
  },
  no_worker_for_device: {
    message: (args) =>
      `장치 "${args.plain('device')}"를 사용하는 워커가 연결되어 있지 않습니다. 실행은 그런 워커가 연결될 때까지 기다립니다.`,
    fix: () => '"device": "cpu"로 쓰거나 NVIDIA GPU가 있는 컴퓨터에서 Worker__Queues=cuda로 워커를 시작하세요.',
  },
  weights_do_not_fit: {
    message: (args) => {
      const [layer, expected] = [args.inner('layer').plain('name'), args.inner('expected').plain('name')];
      const where = layer || expected;
      return `가중치는 레이어가 같은 신경망에만 사용할 수 있습니다.${where === '' ? '' : ` 처음 다른 레이어: ${where}.`}`;
    },
    fix: () => '신경망을 그대로 두거나 가중치 없이 포크하세요.',
  },
  not_a_pointer: {
    message: () => '설정을 가리키는 JSON 포인터여야 합니다.',
    fix: () => '"/training/optimizer/learningRate"처럼 슬래시로 시작하고 이름을 슬래시로 구분하세요.',
  },
  repeated_value: {
    message: (args) => `${args.has('value') ? args.json('value') : '같은'} 값이 두 번 나옵니다.`,
    fix: () => '둘 중 하나를 지우세요.',
  },
  empty_range: {
    message: (args) => `'low'(${args.plain('low')})는 'high'(${args.plain('high')})보다 작아야 합니다.`,
    fix: () => "'low'를 줄이거나 'high'를 늘리세요.",
  },
  log_of_non_positive: {
    message: (args) => `로그 범위는 ${args.plain('low')}에서 시작할 수 없습니다.`,
    fix: () => '\'low\'를 0보다 크게 하거나 "log": true를 지우세요.',
  },
  log_with_step: {
    message: () => '로그 범위에는 일정한 간격을 쓸 수 없습니다.',
    fix: () => '"step"을 지우세요. 그리드의 값 개수는 "points"로 정합니다.',
  },
  unused_by_parameter: {
    message: (args) => `종류가 "${args.plain('kind')}"인 파라미터에는 ${member(args)} 설정이 없습니다.`,
    fix: (args) => `"${args.plain('member')}"를 지우세요.`,
  },
  unknown_parameter: {
    message: (args) => `이보다 앞에 '${args.plain('name')}' 파라미터가 없습니다.`,
    fix: (args) =>
      args.plain('suggested') === ''
        ? '그 파라미터를 앞에 두거나 조건을 지우세요.'
        : `"${args.plain('suggested')}"로 쓰세요.`,
  },
  condition_never_met: {
    message: (args) => `'${args.plain('name')}' 파라미터에는 이런 값이 없습니다.`,
    fix: () => '그 파라미터의 값 중에서 쓰거나 이 값을 지우세요.',
  },
  grid_needs_points: {
    message: (args) => `'${args.plain('name')}' 범위를 그리드로 탐색하려면 값이 정해져야 합니다.`,
    fix: () => '"points": 5 또는 "step"을 추가하거나 다른 방법을 선택하세요.',
  },
  test_during_selection: {
    message: () => '스터디는 검증 데이터로만 선택합니다.',
    fix: () => '"evaluateTest"를 지우세요. 테스트 세트는 나중에 선택한 시도에 대해서만 평가합니다.',
  },
  unused_by_method: {
    message: (args) => `"${args.plain('name')}"에는 ${member(args)} 설정이 없습니다.`,
    fix: (args) => `"${args.plain('member')}"를 지우세요.`,
  },
  stopping_after_end: {
    message: (args) =>
      `학습 중단 규칙이 한 번도 판단하지 못합니다. 첫 판단은 ${args.plain('first')}에포크 뒤인데 학습은 ${args.plain('epochs')}에포크에서 끝납니다.`,
    fix: (args) =>
      args.plain('suggested') === ''
        ? '에포크를 늘리거나 "stopping"을 지우세요.'
        : `"minimumEpochs"를 ${args.plain('suggested')} 이하로 쓰거나 에포크를 늘리세요.`,
  },
  nothing_promoted: {
    message: (args) =>
      `끝까지 학습하는 시도가 없습니다. ${args.plain('factor')}개 중 하나가 승급하는데 시도는 ${args.plain('trials')}개뿐입니다.`,
    fix: () => '시도를 늘리거나 "reductionFactor"를 줄이세요.',
  },
  stopping_needs_trials: {
    message: (args) =>
      `학습 중단 규칙이 한 번도 판단하지 못합니다. 완료된 시도 ${args.plain('minimum')}개를 기다리는데 시도는 ${args.plain('trials')}개뿐입니다.`,
    fix: () => '시도를 늘리거나 "minimumTrials"를 줄이세요.',
  },
  only_startup_trials: {
    message: (args) =>
      `시도 ${args.plain('trials')}개가 모두 무작위입니다. 모델은 처음 ${args.plain('startup')}개 다음부터 쓰입니다.`,
    fix: () => '시도를 늘리거나 "startupTrials"를 줄이세요.',
  },
  parallelism_unused: {
    message: (args) => `시도가 ${args.plain('trials')}개뿐이라 동시에 그보다 많이 학습할 수 없습니다.`,
    fix: (args) => `"parallelism"을 ${args.plain('trials')} 이하로 쓰세요.`,
  },
  budget_too_small: {
    message: (args) =>
      args.plain('unit') === 'seconds'
        ? `예산 ${args.duration('budget')}은 첫 시도가 끝나기 전에 소진됩니다. 시도 하나에 약 ${args.duration('expected')} 걸립니다.`
        : `예산(부동소수점 연산 ${args.loss('budget')}회)은 첫 시도가 끝나기 전에 소진됩니다. 시도 하나에 ${args.loss('expected')}회가 필요합니다.`,
    fix: () => '예산을 늘리세요.',
  },
  not_varied: {
    message: (args) => `'${args.plain('pointer')}'은(는) 스터디가 직접 정합니다.`,
    fix: () => '이 파라미터를 지우세요. "seeds"로 각 시도를 여러 시드로 반복할 수 있습니다.',
  },
  invalid_expression: {
    message: (args) => expressionProblem(args),
    fix: () => '이 위치의 식을 고치세요.',
  },
  unknown_variable: {
    message: (args) => `변수 '${args.plain('name')}'의 값이 없습니다.`,
    fix: (args) =>
      args.plain('suggested') === ''
        ? '값을 정하거나 다른 변수를 쓰세요.'
        : `'${args.plain('suggested')}'로 쓰거나 값을 정하세요.`,
  },
  not_finite: {
    message: (args) => `여기서 ${args.plain('expression')}의 값이나 기울기가 유한하지 않습니다.`,
    fix: () => '다른 값을 쓰세요.',
  },
  wrong_grid: {
    message: (args) =>
      args.has('rows')
        ? `숫자 ${args.integer('columns')}개로 된 행이 ${args.integer('rows')}개 있어야 합니다.`
        : `행의 길이가 모두 같고, 채널 ${args.integer('channels')}개의 행 수가 같아야 합니다.`,
    fix: () => '행을 채널 순서대로 이어 쓰세요.',
  },
};

/** What is wrong with the expression of a lab. */
function expressionProblem(args: MessageArguments): string {
  const place = `${Number(args.plain('position')) + 1}번째 글자`;
  const found = args.plain('found') === '' ? '식이 끝났습니다' : `‘${args.plain('found')}’이(가) 있습니다`;
  switch (args.plain('problem')) {
    case 'unexpected_character':
      return `${place}의 ‘${args.plain('found')}’은(는) 여기서 쓸 수 없습니다.`;
    case 'operand_expected':
      return `${place}에 숫자, 변수 또는 괄호가 와야 하는데 ${found}.`;
    case 'operator_expected':
      return `${place}에 연산자나 식의 끝이 와야 하는데 ${found}.`;
    case 'open_parenthesis':
      return `${place}의 괄호가 닫히지 않았습니다.`;
    case 'unknown_function':
      return `‘${args.plain('found')}’ 함수가 없습니다.${args.has('suggested') ? ` 혹시 ‘${args.plain('suggested')}’인가요?` : ''}`;
    case 'missing_arguments':
      return `${place}의 함수 ‘${args.plain('found')}’에는 괄호 안에 인수가 있어야 합니다.`;
    case 'wrong_arguments':
      return `${place}의 함수 ‘${args.plain('found')}’에는 인수가 ${args.plain('number')}개 있어야 합니다.`;
    case 'too_long':
      return `식에는 연산과 숫자를 합해 ${args.plain('number')}개까지 쓸 수 있습니다.`;
    default:
      return `식은 ${args.plain('number')}단계까지 중첩할 수 있습니다.`;
  }
}
