import type { Given } from '../../given';
import type { SaidWords } from '../../said';

const member = (given: Given): string => `'${given.plain('member')}'`;
const choices = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** The values that a member may have. */
function allowed(given: Given): string {
  const value = given.inner('allowed');
  const [low, high] = [value.plain('minimum'), value.plain('maximum')];
  const range = `${low} ${value.plain('minimumExclusive') === 'true' ? '초과' : '이상'} ${high} ${value.plain('maximumExclusive') === 'true' ? '미만' : '이하'}`;
  const words = (): string => {
    switch (value.plain('kind')) {
      case 'boolean':
        return 'true 또는 false';
      case 'choice':
        return `${choices(value.list('choices'))} 중 하나`;
      case 'numbers':
        return `수 1~${value.plain('maximumItems')}개의 배열(${range})`;
      case 'text':
        return `${low}~${high}자의 글`;
      default:
        return low === high ? low : `${value.plain('kind') === 'integer' ? '정수' : '수'}(${range})`;
    }
  };
  return value.plain('nullable') === 'true' ? `${words()} 또는 null` : words();
}

/** A layer by its name in the layer table. */
const layer = (given: Given): string => `${given.plain('layer')} 층`;

const items = (given: Given): string =>
  given.number('minimum') > 0
    ? `항목 ${given.plain('minimum')}~${given.plain('maximum')}개의 배열`
    : `항목이 ${given.plain('maximum')}개를 넘지 않는 배열`;

const missing = (given: Given): string => `${member(given)} 항목이 없습니다.`;
const write = (what: string): string => `이렇게 쓰세요: ${what}`;
const writeSuggested = (given: Given): string =>
  write(given.has('suggested') ? given.json('suggested') : allowed(given));
const members = (given: Given): string => given.entries().join(', ');
const writeName = (given: Given): string => write(`"${given.plain('suggested')}"`);

const kinds: Readonly<Record<string, string>> = {
  dataset: '데이터셋',
  optimizer: '옵티마이저',
  schedule: '학습률 일정',
  initialization: '초기화',
  activation: '활성화 함수',
  weight_decay: '가중치 감쇠',
  preset: '준비된 신경망',
  layer: '층',
  regularization: '정칙화',
  augmentation: '데이터 증강',
  precision: '정밀도',
};
const kind = (given: Given): string => kinds[given.plain('kind')] ?? given.plain('kind').replaceAll('_', ' ');

/** What the check finds wrong with a spec. */
export const spec: SaidWords['spec'] = {
  malformed_json: {
    message: (given) => `JSON으로 읽을 수 없습니다. (${given.plain('detail')})`,
    fix: () => '그 자리를 고치세요. JSON에는 주석도, 마지막 항목 뒤의 쉼표도 쓸 수 없습니다.',
  },
  not_an_object: { message: () => '객체가 아닙니다.', fix: () => write('{ ... }') },
  duplicate_member: {
    message: (given) => `${member(given)} 항목이 두 번 나옵니다.`,
    fix: () => '둘 가운데 하나를 지우세요.',
  },
  unknown_member: {
    message: (given) => `${member(given)} 항목은 여기에 쓸 수 없습니다.`,
    fix: (given) => (given.has('suggested') ? `${writeName(given)}. 아니면 지우세요.` : '지우세요.'),
  },
  missing_object: { message: missing, fix: (given) => write(`"${given.plain('member')}": { ... }`) },
  missing_value: { message: missing, fix: (given) => `넣을 값: ${allowed(given)}` },
  missing_list: { message: missing, fix: (given) => write(`"${given.plain('member')}": [ ... ]`) },
  wrong_list: {
    message: (given) => `${member(given)} 값은 ${items(given)}이어야 합니다.`,
    fix: () => write('[ ... ]'),
  },
  wrong_type: { message: (given) => `${member(given)} 값의 종류가 맞지 않습니다.`, fix: writeSuggested },
  not_whole: { message: (given) => `${member(given)} 값이 정수가 아닙니다.`, fix: writeSuggested },
  out_of_range: {
    message: (given) => `${member(given)} 값이 범위를 벗어났습니다. 허용: ${allowed(given)}.`,
    fix: writeSuggested,
  },
  not_a_choice: {
    message: (given) => `${member(given)} 값은 ${allowed(given)}이어야 합니다.`,
    fix: writeSuggested,
  },
  wrong_numbers: { message: (given) => `${member(given)} 값은 ${allowed(given)}이어야 합니다.`, fix: writeSuggested },
  wrong_text: {
    message: (given) => `${member(given)} 값이 ${given.integer('length')}자이거나 제어 문자를 담고 있습니다.`,
    fix: () => '한 줄의 짧은 글로 쓰세요.',
  },
  missing_technique: {
    message: missing,
    fix: (given) => write(`"${given.plain('member')}": "${given.plain('suggested')}"`),
  },
  not_a_technique: { message: () => '이름도 아니고, 이름이 있는 객체도 아닙니다.', fix: writeName },
  missing_technique_name: {
    message: () => "'name' 항목이 없습니다.",
    fix: (given) => write(`"name": "${given.plain('suggested')}"`),
  },
  unknown_technique: {
    message: (given) => `그런 이름의 ${kind(given)} 항목은 없습니다. 있는 것: ${choices(given.list('names'))}.`,
    fix: (given) => {
      const name = `"${given.plain('suggested')}"`;
      const named = given.has('parameters') ? `{ "name": ${name}, ${members(given.inner('parameters'))} }` : name;
      return given.has('beside') ? `${write(named)}, 그 옆에 ${members(given.inner('beside'))}` : write(named);
    },
  },
  missing_parameter: { message: missing, fix: () => '이름과 이 매개변수를 담은 객체로 쓰세요.' },
  even_kernel: {
    message: () => '크기가 짝수인 필터는 양쪽에 같은 패딩을 두고 크기를 유지할 수 없습니다.',
    fix: (given) => `${write(`"kernel": ${given.plain('suggested')}`)}. 아니면 "padding"을 수로 주세요.`,
  },
  nested_too_deep: {
    message: (given) => `잔차 층이 ${given.plain('maximum')}겹보다 깊이 들어 있습니다.`,
    fix: () => '안쪽 층들을 나란히 놓으세요.',
  },
  cnn_needs_images: {
    message: (given) => `합성곱 신경망에는 이미지가 필요한데, '${given.plain('dataset')}' 표본은 점입니다.`,
    fix: () => '"kind": "mlp"로 쓰거나, 이미지 데이터셋을 고르세요.',
  },
  augmentation_needs_images: {
    message: () => '데이터 증강은 이미지에만 할 수 있습니다.',
    fix: () => '"augmentation"을 지우세요.',
  },
  unused_member: {
    message: (given) => `종류가 ${given.plain('kind')}인 신경망에는 ${member(given)} 항목이 없습니다.`,
    fix: (given) => `"kind": "${given.plain('neededKind')}"로 쓰거나, 이 항목을 지우세요.`,
  },
  unused_dense: {
    message: (given) => `종류가 ${given.plain('kind')}인 신경망에는 완전 연결 층이 이미 있습니다.`,
    fix: () => '"dense"를 지우세요.',
  },
  too_many_parameters: {
    message: (given) =>
      `신경망이 너무 큽니다. 매개변수 ${given.integer('parameters')}개(한도 ${given.integer('maximum')}개), 그중 ${given.plain('layer')} 층이 ${given.integer('layerParameters')}개입니다.`,
    fix: () => '유닛이나 필터를 줄이거나, 완전 연결 층 앞에서 풀링하세요.',
  },
  much_memory: {
    message: (given) => `학습에 메모리가 약 ${(given.number('memoryBytes') / 2 ** 30).toFixed(1)} GiB 필요합니다.`,
    fix: (given) => write(`"batchSize": ${given.plain('suggested')}`),
  },
  split_too_small: {
    message: (given) =>
      `학습에 ${given.integer('train')}개, 검증에 ${given.integer('validation')}개의 표본만 남습니다. 양쪽에 클래스 수(${given.integer('classes')}) 이상이 필요합니다.`,
    fix: () => '표본을 늘리거나, 5분의 1쯤을 검증에 떼어 두세요.',
  },
  full_batch: {
    message: (given) =>
      `학습 표본이 ${given.integer('trainSamples')}개뿐이라서 갱신할 때마다 모두 씁니다(전체 배치 경사 하강법).`,
    fix: (given) => `미니배치로 학습하려면 ${given.integer('trainSamples')}보다 작은 수를 쓰세요.`,
  },
  he_with_bounded_activation: {
    message: (given) =>
      `He 초기화는 ReLU를 두고 유도되었습니다. 활성화 함수가 ${given.plain('activation')}이면 처음 값이 너무 넓게 퍼집니다.`,
    fix: () => write('"initialization": "xavier"'),
  },
  adamw_with_coupled_decay: {
    message: () => 'AdamW는 가중치 감쇠를 따로 떼어 낸 Adam입니다.',
    fix: () => '"weightDecay": "decoupled"로 쓰거나, "optimizer": "adam"으로 쓰세요.',
  },
  l2_with_adaptive_optimizer: {
    message: (given) =>
      ['lion', 'muon'].includes(given.plain('optimizer'))
        ? `옵티마이저가 ${given.plain('optimizer')}이면 L2 벌점이 크기를 잃습니다. 벌점을 더한 기울기의 ${given.plain('optimizer') === 'lion' ? '부호' : '방향'}만 쓰기 때문입니다.`
        : `옵티마이저가 ${given.plain('optimizer')}이면 L2 벌점이 가중치마다 다른 보폭으로 나뉘어 고르게 줄지 않습니다.`,
    fix: () => write('"weightDecay": "decoupled"'),
  },
  no_effect: {
    message: (given) => `여기서는 ${member(given)} 값이 아무 일도 하지 않습니다.`,
    fix: (given) =>
      given.plain('kind') === 'layers'
        ? '"layers" 안에 그런 층을 넣거나, 이 항목을 지우세요.'
        : '이 값이 쓰일 은닉층을 넣거나, 이 항목을 지우세요.',
  },
  batch_norm_of_one_value: {
    message: (given) =>
      `배치에 표본이 하나뿐이라서 ${given.list('layers').join(', ')} 층의 채널마다 값이 하나이고, 값 하나에는 분산이 없습니다. 정규화되지 않고 배율과 이동만 적용됩니다.`,
    fix: () => '"batchSize"를 2 이상으로 쓰거나, 배치 정규화를 빼세요.',
  },
  warmup_too_long: {
    message: (given) =>
      `워밍업이 ${given.plain('warmup')}에포크라서 학습(${given.integer('epochs')}에포크)이 끝날 때까지 학습률이 오르기만 합니다.`,
    fix: (given) => `${write(`"warmup": ${given.plain('suggested')}`)}. 아니면 더 오래 학습하세요.`,
  },
  layer_needs_images: {
    message: (given) =>
      `${layer(given)}(${given.plain('kind')})에는 이미지가 필요한데, 여기의 입력은 ${given.shape('input')}입니다.`,
    fix: () => 'flatten, 전역 풀링, 완전 연결 층보다 앞에 놓으세요.',
  },
  dense_needs_vector: {
    message: (given) =>
      `${layer(given)}은 완전 연결 층이라 벡터가 필요한데, 여기의 입력은 ${given.shape('input')}입니다.`,
    fix: () => '앞에 { "kind": "flatten" } 또는 전역 풀링을 놓으세요.',
  },
  filter_too_large: {
    message: (given) =>
      `${layer(given)}의 필터가 ${given.plain('reach')}픽셀을 덮는데, 입력은 ${given.plain('height')} × ${given.plain('width')}픽셀, 패딩은 ${given.plain('padding')}픽셀입니다. ${given.plain('maximum')}픽셀까지 덮을 수 있습니다.`,
    fix: () => '필터를 줄이거나, 패딩을 늘리거나, 앞에서 덜 풀링하세요.',
  },
  nothing_to_pool: {
    message: (given) =>
      `${layer(given)}에서 더 풀링할 것이 없습니다. 특징 맵은 ${given.plain('height')} × ${given.plain('width')}, 창은 ${given.plain('size')} × ${given.plain('size')}입니다.`,
    fix: () => '여기서는 풀링하지 말거나, 앞에서 덜 풀링하세요.',
  },
  incomplete_maxout_group: {
    message: (given) =>
      `맥스아웃(${layer(given)})은 채널을 ${given.plain('pieces')}개씩 묶어 가장 큰 것을 고르는데, 채널이 ${given.plain('channels')}개라서 마지막 묶음이 차지 않습니다.`,
    fix: (given) => `앞 층의 출력을 ${given.plain('pieces')}의 배수로 하세요.`,
  },
  residual_changes_shape: {
    message: (given) =>
      `잔차 층(${layer(given)})은 안쪽 층들의 출력에 입력을 더하는데, 입력은 ${given.shape('input')}, 출력은 ${given.shape('output')}으로 모양이 다릅니다.`,
    fix: () => '안에서는 보폭 1, 패딩 "same", 같은 수의 필터를 쓰고, 풀링은 밖에서 하세요.',
  },
  output_too_large: {
    message: (given) =>
      `${layer(given)}의 출력은 표본 하나에 ${given.shape('output')}개의 값입니다. 한도는 ${given.integer('maximum')}개입니다.`,
    fix: () => '필터나 패딩을 줄이거나, 보폭을 늘리거나, 앞에서 풀링하세요.',
  },
  no_such_place: {
    message: () => '명세에 그런 자리가 없습니다.',
    fix: () => '실행의 명세를 보고 거기에 있는 자리를 쓰세요.',
  },
  weights_do_not_fit: {
    message: (given) => {
      const [layer, expected] = [given.inner('layer').plain('name'), given.inner('expected').plain('name')];
      const where = layer || expected;
      return `가중치는 층이 같은 신경망에만 맞습니다.${where === '' ? '' : ` 처음 다른 층: ${where}.`}`;
    },
    fix: () => '신경망을 그대로 두거나, 가중치 없이 갈라내세요.',
  },
};
