import type { Given, Sentences } from '../../given';
import type { SaidWords } from '../../said';

const gradient = (given: Given, verdict: string): string =>
  `${given.plain('first')} 층의 기울기가 ${given.plain('last')} 층의 ${given.loss('ratio')}배입니다. 층을 거슬러 갈 때마다 ${given.loss('perLayer')}배가 되어 ${verdict}`;

/** What the diagnosis found, by rule, with its numbers. */
export const diagnosis: Sentences = {
  vanishing_gradient: (given) => gradient(given, '첫 층들은 거의 배우지 못합니다.'),
  exploding_gradient: (given) => gradient(given, '첫 층들의 갱신이 걷잡을 수 없이 커집니다.'),
  dead_relu: (given) =>
    `${given.plain('layer')} 층의 유닛 ${given.percent('share')}가 관찰한 모든 표본에서 0입니다(모든 ReLU 층에서는 ${given.percent('meanShare')}). 그런 유닛에는 기울기가 닿지 않습니다.`,
  saturated_units: (given) =>
    `${given.plain('layer')} 층의 출력 ${given.percent('share')}가 한계에 바싹 붙어 있어서 기울기가 거의 지나가지 못합니다.`,
  symmetric_initialization: (given) =>
    `가중치가 모두 같은 값에서 시작한 층: ${given.list('layers').join(', ')}. 유닛들이 서로 달라질 수 없어서, 층마다 유닛이 하나인 신경망보다 더 배우지 못합니다.`,
  learning_rate_too_high: (given) =>
    given.plain('reason') === 'worse_than_untrained'
      ? `에포크 ${given.plain('epoch')}의 평균 학습 손실 ${given.loss('to')}이(가) 첫 스텝의 손실 ${given.loss('from')}보다 큽니다. 학습률 ${given.plain('learningRate')}은(는) 너무 큽니다.`
      : `학습 손실이 ${given.loss('from')}에서 에포크 ${given.plain('epoch')}에 ${given.loss('to')}까지 올랐습니다. 학습률 ${given.plain('learningRate')}은(는) 너무 큽니다.`,
  learning_rate_too_low: (given) =>
    `에포크 ${given.plain('epochs')}개 동안 손실이 ${given.loss('firstLoss')}에서 ${given.loss('loss')}까지만 변했고, 한 번의 갱신은 가중치의 ${given.loss('largestUpdateRatio')}배를 넘지 않았습니다(건강한 값은 ${given.loss('healthyUpdateRatio')}쯤). 학습률 ${given.plain('learningRate')}은(는) 너무 작습니다.`,
  overfitting: (given) =>
    `검증 손실이 에포크 ${given.plain('epoch')}의 최저 ${given.loss('lowestLoss')}에서 ${given.loss('loss')}까지 ${given.loss('risePercent')}% 올랐는데, 학습 손실은 ${given.loss('trainLossThen')}에서 ${given.loss('trainLoss')}까지 내려갔습니다.${given.has('trainAccuracy') && given.has('validationAccuracy') ? ` 정확도는 학습 ${given.percent('trainAccuracy')}, 검증 ${given.percent('validationAccuracy')}입니다.` : ''} 신경망이 학습 표본을 외우고 있습니다.`,
  underfitting: (given) =>
    `에포크 ${given.plain('epochs')}개를 학습한 뒤에도 학습 정확도가 ${given.percent('trainAccuracy')}입니다(찍으면 ${given.percent('chance')}). ${given.plain('stuck') === 'true' ? `학습 손실이 ${given.percent('fall')}밖에 줄지 않아 멈춰 있습니다.` : `학습 손실은 ${given.percent('fall')} 줄었고, 아직 배우고 있습니다.`}`,
  diverged: (given) =>
    `에포크 ${given.plain('epoch')}, 스텝 ${given.integer('step')}에서 손실이 수가 아니게 되었습니다.${given.has('lastLoss') ? ` 마지막으로 유한했던 손실은 ${given.has('lastStep') ? `스텝 ${given.integer('lastStep')}의 ` : ''}${given.loss('lastLoss')}입니다.` : ''} 학습률: ${given.plain('learningRate')}.`,
};

/** What the diagnosis suggests. */
export const suggestions: SaidWords['suggestions'] = {
  relu_and_he: () =>
    'ReLU는 켜진 유닛의 기울기를 그대로 지나가게 하고, He 초기화는 층이 바뀌어도 그 크기를 지켜 줍니다.',
  smaller_steps_and_clipping: () => '보폭을 줄이고 기울기의 크기에 한도를 두세요.',
  fitting_initialization_and_clipping: () => '활성화 함수에 맞는 초기화를 쓰고, 기울기의 크기에 한도를 두세요.',
  leaky_relu_and_smaller_steps: () =>
    'Leaky ReLU는 ReLU가 막는 곳에서도 기울기를 조금 지나가게 하고, 작은 보폭은 유닛을 벼랑 너머로 밀지 않습니다.',
  xavier_initialization: () => 'Xavier 초기화로 시작하면 출력이 한계에 닿지 않습니다.',
  smaller_steps: () => '보폭을 줄이면 유닛이 한계까지 밀려나지 않습니다.',
  random_initialization: () => '가중치를 무작위로 뽑아 시작하세요. 그래야 유닛들이 서로 달라집니다.',
  smaller_learning_rate: (given) => `학습률을 ${given.plain('learningRate')}(으)로 줄여 보세요.`,
  larger_learning_rate: (given) =>
    `학습률을 ${given.plain('factor')}배인 ${given.plain('learningRate')}(으)로 키워 보세요.`,
  regularize: () => '가중치 감쇠나 드롭아웃을 쓰거나, 데이터를 늘리거나, 일찍 멈추세요.',
  wider_network: () => '더 넓거나 깊은 신경망을 써 보세요.',
  more_epochs: () => '더 많은 에포크를 학습해 보세요.',
  smaller_learning_rate_and_clipping: (given) =>
    `학습률을 ${given.plain('learningRate')}(으)로 줄이고, 기울기의 크기에 한도를 두세요.`,
  regularize_more: () =>
    '쓸 만한 방법은 이미 쓰고 있습니다. 여지가 있는 것을 더 세게 하세요. 드롭아웃은 절반까지, 가중치 감쇠는 열 배로, 이미지는 증강해서 학습합니다.',
  smaller_network: () => '억제는 이미 충분히 셉니다. 너비를 절반으로 줄이면 외울 여지가 줄어듭니다.',
  fewer_epochs: (given) =>
    `검증 손실이 가장 낮았던 에포크 ${given.plain('epochs')}에서 끝내세요. 가장 좋은 방법은 학습 데이터를 늘리는 것입니다.`,
  batch_normalization: () => '배치 정규화를 쓰면 모든 층의 합이 같은 폭으로 퍼져서 기울기의 크기도 고르게 됩니다.',
  adaptive_optimizer: () => 'Adam은 기울기가 아무리 작아도 가중치마다 비슷한 크기의 보폭으로 움직입니다.',
  larger_steps: (given) => `학습률을 세 배인 ${given.plain('learningRate')}(으)로 키워 보세요.`,
};
