import type { MessageArguments, Messages } from '../../messageArguments';
import type { ServerMessages } from '../../serverMessages';

const gradient = (args: MessageArguments, consequence: string): string =>
  `${args.plain('first')}의 출력에 대한 기울기 노름이 ${args.plain('last')}의 ${args.loss('ratio')}배입니다. 역전파에서 레이어마다 ${args.loss('perLayer')}배가 되어 ${consequence}`;

const diverging: Readonly<Record<string, string>> = {
  loss: '손실이',
  gradient: '기울기가',
  optimizer_state: '옵티마이저 상태가',
};

/** Findings of the diagnosis, by rule. */
export const diagnosis: Messages = {
  vanishing_gradient: (args) => gradient(args, '앞쪽 레이어는 거의 학습하지 못합니다.'),
  exploding_gradient: (args) => gradient(args, '앞쪽 레이어의 업데이트가 지나치게 커집니다.'),
  dead_relu: (args) =>
    `${args.plain('layer')} 유닛의 ${args.percent('share')}가 관찰한 모든 샘플에서 0입니다(모든 ReLU 레이어 평균 ${args.percent('meanShare')}). 이런 유닛에는 기울기가 전달되지 않습니다.`,
  saturated_units: (args) =>
    `${args.plain('layer')} 출력의 ${args.percent('share')}가 한계값에 가까워 기울기가 거의 전달되지 않습니다.`,
  symmetric_initialization: (args) =>
    `가중치가 모두 같은 값으로 초기화된 레이어: ${args.list('layers').join(', ')}. 유닛이 서로 달라질 수 없어 레이어마다 유닛이 하나인 신경망과 같습니다.`,
  learning_rate_too_high: (args) =>
    args.plain('reason') === 'worse_than_untrained'
      ? `에포크 ${args.plain('epoch')}의 평균 학습 손실(${args.loss('to')})이 첫 스텝의 손실(${args.loss('from')})보다 큽니다. 학습률 ${args.plain('learningRate')}이(가) 너무 큽니다.`
      : `학습 손실이 ${args.loss('from')}에서 에포크 ${args.plain('epoch')}에 ${args.loss('to')}까지 증가했습니다. 학습률 ${args.plain('learningRate')}이(가) 너무 큽니다.`,
  learning_rate_too_low: (args) =>
    `에포크 ${args.plain('epochs')}개 동안 손실이 ${args.loss('firstLoss')}에서 ${args.loss('loss')}까지만 변했고, 업데이트/가중치 비율은 최대 ${args.loss('largestUpdateRatio')}입니다(적정값 약 ${args.loss('healthyUpdateRatio')}). 학습률 ${args.plain('learningRate')}이(가) 너무 작습니다.`,
  overfitting: (args) =>
    `검증 손실이 에포크 ${args.plain('epoch')}의 최저값 ${args.loss('lowestLoss')}에서 ${args.loss('loss')}까지 ${args.loss('risePercent')}% 증가하는 동안, 학습 손실은 ${args.loss('trainLossThen')}에서 ${args.loss('trainLoss')}까지 감소했습니다.${args.has('trainAccuracy') && args.has('validationAccuracy') ? ` 정확도는 학습 ${args.percent('trainAccuracy')}, 검증 ${args.percent('validationAccuracy')}입니다.` : ''} 신경망이 학습 샘플을 암기하고 있습니다.`,
  underfitting: (args) =>
    `에포크 ${args.plain('epochs')}개 이후 학습 정확도가 ${args.percent('trainAccuracy')}입니다(무작위 추측 ${args.percent('chance')}). ${args.plain('stuck') === 'true' ? `학습 손실이 ${args.percent('fall')}만 감소하고 정체되었습니다. 용량이 부족하거나 최적화가 충분하지 않습니다.` : `학습 손실은 ${args.percent('fall')} 감소했고 아직 개선되는 중입니다.`}`,
  weight_decay_too_strong: (args) =>
    args.plain('reason') === 'weights_grow'
      ? `학습할수록 손실이 커집니다. 강도 ${args.plain('strength')}의 가중치 감쇠만으로 업데이트마다 가중치에 ${args.loss('factor')}이(가) 곱해집니다.`
      : `가중치 노름이 처음의 ${args.loss('ratio')}배로 줄었습니다. 강도 ${args.plain('strength')}의 가중치 감쇠가 학습한 것보다 더 많이 없앱니다.`,
  diverged: (args) =>
    `에포크 ${args.plain('epoch')}, 스텝 ${args.integer('step')}에서 ${diverging[args.plain('what')] ?? '손실이'} 발산했습니다.${args.has('lastLoss') ? ` 마지막으로 유한했던 손실: ${args.has('lastStep') ? `스텝 ${args.integer('lastStep')}의 ` : ''}${args.loss('lastLoss')}.` : ''} ${args.has('decayFactor') ? `가중치 감쇠만으로 업데이트마다 가중치에 ${args.loss('decayFactor')}이(가) 곱해집니다.` : `학습률: ${args.plain('learningRate')}.`}`,
};

/** Suggestions of the diagnosis. */
export const suggestions: ServerMessages['suggestions'] = {
  relu_and_he: () =>
    'ReLU는 활성 유닛의 기울기를 그대로 전달하고, He 초기화는 레이어를 지나도 기울기의 크기를 유지합니다.',
  smaller_steps_and_clipping: () => '학습률을 낮추고 기울기 노름 클리핑을 적용하세요.',
  fitting_initialization_and_clipping: () =>
    '레이어의 너비에 맞는 초기화는 기울기의 크기를 유지하고, 클리핑은 그 노름을 제한합니다.',
  leaky_relu_and_smaller_steps: () =>
    'Leaky ReLU는 음수 구간에서도 기울기를 전달하고, 낮은 학습률은 유닛이 죽는 것을 막습니다.',
  xavier_initialization: () => 'Xavier 초기화는 출력을 한계값에서 멀리 유지합니다.',
  smaller_steps: () => '학습률을 낮추면 유닛이 포화되지 않습니다.',
  random_initialization: () => '가중치를 무작위로 초기화하세요. 그래야 유닛이 서로 달라집니다.',
  smaller_learning_rate: (args) => `학습률을 ${args.plain('learningRate')}(으)로 낮춰 보세요.`,
  larger_learning_rate: (args) =>
    `학습률을 ${args.plain('factor')}배인 ${args.plain('learningRate')}(으)로 높여 보세요.`,
  regularize: () =>
    '드롭아웃과 가중치 감쇠는 과적합을 줄이고, 조기 종료는 검증이 더 나아지지 않으면 실행을 끝냅니다. 학습 데이터를 늘리는 것이 가장 효과적입니다.',
  wider_network: () => '더 넓은 신경망은 더 많은 것을 나타낼 수 있습니다. 에포크도 늘려 학습하세요.',
  more_epochs: () => '더 많은 에포크를 학습해 보세요.',
  smaller_learning_rate_and_clipping: (args) =>
    `학습률을 ${args.plain('learningRate')}(으)로 낮추고 기울기 노름 클리핑을 적용하세요.`,
  regularize_more: () =>
    '규제가 이미 적용되어 있습니다. 여유가 있는 것을 강화하세요. 드롭아웃은 0.5까지, 가중치 감쇠는 10배로, 이미지는 데이터 증강을 사용하세요.',
  smaller_network: () => '규제가 이미 강합니다. 너비를 절반으로 줄이면 과적합 가능성이 낮아집니다.',
  fewer_epochs: (args) =>
    `검증 손실이 가장 낮았던 에포크 ${args.plain('epochs')}에서 학습을 끝내세요. 가장 좋은 방법은 학습 데이터를 늘리는 것입니다.`,
  batch_normalization: () => '배치 정규화는 모든 레이어의 입력 분산을 맞추어 기울기의 크기도 고르게 합니다.',
  adaptive_optimizer: () => 'Adam은 기울기가 작아도 가중치마다 비슷한 크기의 스텝으로 업데이트합니다.',
  weaker_decay: (args) => `가중치 감쇠 강도를 ${args.plain('strength')}(으)로 낮추세요.`,
  larger_steps: (args) => `학습률을 세 배인 ${args.plain('learningRate')}(으)로 높여 보세요.`,
};
