import type { Given } from '../../given';
import type { SaidWords } from '../../said';
import { shell } from '../shell';

/** What a process or the system said, in its own words. */
const detail = (given: Given): string => (given.has('detail') ? ` (${given.plain('detail')})` : '');

/** The service tries again after some failures. */
const attempt = (given: Given): string =>
  given.has('failure') ? ` ${given.plain('maximum')}번 가운데 ${given.plain('failure')}번째 실패입니다.` : '';

const checkpoints: Readonly<Record<string, string>> = {
  written: '체크포인트를 썼습니다.',
  killed: '제때 멈추지 않아 강제로 끝냈습니다.',
  none: '체크포인트는 없습니다.',
};

const metrics: Readonly<Record<string, string>> = {
  validation_loss: '검증 손실',
  validation_accuracy: '검증 정확도',
};

/** What happened to a run: failures, then states, then notices. */
export const story: SaidWords['story'] = {
  loss_not_finite: (given) =>
    `에포크 ${given.plain('epoch')}, 스텝 ${given.integer('step')}에서 손실이 ${given.plain('value') === 'nan' ? '수가 아니게' : '무한대가'} 되었습니다.${given.has('lastLoss') ? ` 마지막으로 유한했던 손실: ${given.loss('lastLoss')}.` : ''} ${
      given.has('lastLoss') || given.number('step') > 1
        ? `학습률은 ${given.plain('learningRate')}이었습니다.`
        : '첫 갱신 전부터 그랬으므로, 첫 가중치가 너무 큽니다.'
    }`,
  memory_ran_out: (given) => `메모리가 모자랐습니다. 배치나 신경망을 줄이세요.${detail(given)}`,
  killed_for_memory: () =>
    '메모리가 모자라서 운영 체제가 학습 프로세스를 끝냈습니다. 배치나 신경망을 줄이거나, 동시에 학습하는 수를 줄이세요.',
  file_missing: (given) => `파일이 없습니다: ${given.plain('path')}`,
  file_damaged: (given) =>
    `파일이 손상되었습니다: ${given.plain('path')} (있어야 할 것: ${given.plain('expected')}, 있는 것: ${given.plain('found')})`,
  file_unreadable: (given) => `파일을 읽을 수 없습니다: ${given.plain('path')}${detail(given)}`,
  download_failed: (given) =>
    `${given.plain('file')} 파일을 ${given.plain('address')}에서 내려받지 못했습니다.${detail(given)} 직접 받아 ${given.plain('folder')} 폴더에 넣어도 됩니다.`,
  too_few_samples: (given) =>
    `표본 ${given.integer('samples')}개를 나누면 학습 ${given.integer('train')}개, 검증 ${given.integer('validation')}개입니다. 클래스 ${given.integer('classes')}개에는 모자랍니다.`,
  engine_not_loaded: (given) => `텐서 엔진을 불러오지 못했습니다.${detail(given)}`,
  no_gpu: (given) => `명세는 CUDA를 요구하지만, 이 엔진(${given.plain('engine')})이 쓸 수 있는 GPU가 없습니다.`,
  spec_refused: (given) => `학습 프로세스가 명세를 받아들이지 않았습니다.${detail(given)}`,
  archive_not_unpacked: (given) =>
    `압축 파일 ${given.plain('path')}을(를) ${given.plain('folder')} 폴더에 풀지 못했습니다.${detail(given)}`,
  file_not_written: (given) => `파일을 쓰지 못했습니다: ${given.plain('path')}${detail(given)}`,
  time_limit: (given) =>
    `시간 제한 ${given.duration('limitSeconds')}에 이르렀습니다. 에포크 ${given.integer('epochs')}개 가운데 ${given.integer('epochsDone')}개를 마쳤습니다.`,
  trainer_not_started: (given) =>
    `학습 프로세스를 시작하지 못했습니다: ${given.plain('path')}${detail(given)}${attempt(given)}`,
  trainer_crashed: (given) =>
    `학습 프로세스가 ${given.has('signal') ? `신호 ${given.plain('signal')}을(를) 받고` : `종료 코드 ${given.plain('exitCode')}(으)로`} 죽었습니다.${detail(given)}${attempt(given)}`,
  trainer_silent: (given) =>
    `학습 프로세스가 ${given.duration('seconds')} 동안 아무 말이 없어 끝냈습니다.${attempt(given)}`,
  trainer_protocol: (given) => `학습 프로세스가 알 수 없는 것을 보냈습니다.${detail(given)}${attempt(given)}`,
  events_not_stored: (given) => `이벤트를 저장하지 못했습니다.${detail(given)}${attempt(given)}`,
  worker_failed: (given) => `작업자가 실패했습니다.${detail(given)}${attempt(given)}`,
  worker_lost: (given) => `작업자 ${given.plain('worker')}의 소식이 끊겼습니다.${attempt(given)}`,

  paused_by_person: () => '사람이 일시 정지했습니다.',
  resumed_by_person: () => '사람이 이어서 학습하게 했습니다.',
  retried_by_person: () => '사람이 다시 시도하게 했습니다.',
  cancelled_by_person: () => '사람이 취소했습니다.',
  extended_by_person: (given) =>
    `사람이 에포크를 ${given.integer('from')}개에서 ${given.integer('to')}개로 늘렸습니다.`,
  continues: (given) => `${given.plain('attempt')}번째 시도, 스텝 ${given.integer('step')}부터 이어집니다.`,
  starts_again: (given) => `${given.plain('attempt')}번째 시도, 처음부터 다시 시작합니다.`,
  killed_after_cancel: () => '취소한 뒤 제때 멈추지 않아 강제로 끝냈습니다.',
  worker_shut_down: (given) => `작업자가 종료되었습니다. ${checkpoints[given.plain('checkpoint')] ?? ''}`.trimEnd(),
  trainer_stopped: () => '다른 누군가가 학습 프로세스를 멈추었습니다. 체크포인트를 썼습니다.',

  checkpoints_removed: (given) => `오래된 체크포인트 ${given.integer('count')}개를 지웠습니다.`,
  no_known_checkpoint: () => '알려진 체크포인트가 없어 처음부터 시작합니다.',
  other_machine: (given) =>
    `체크포인트는 ${given.plain('engineThen')}, 스레드 ${given.plain('threadsThen')}개로 썼고, 지금은 ${given.plain('engine')}, 스레드 ${given.plain('threads')}개입니다. 마지막 자릿수가 다를 수 있습니다.`,
  extended: (given) =>
    `에포크 ${given.integer('afterEpoch')} 뒤부터 모두 ${given.integer('epochs')}개 에포크까지 이어서 학습합니다.`,
  weights_taken: (given) =>
    `바탕이 된 실행의 스텝 ${given.integer('step')} 가중치에서 시작합니다: ${given.plain('path')}`,
  slow_bfloat16: () => '이 컴퓨터는 bfloat16을 느리게 계산합니다.',
  stopped_early: (given) =>
    `일찍 멈추었습니다. ${metrics[given.plain('metric')] ?? given.plain('metric')} 값이 에포크 ${given.plain('epochs')}개 동안 나아지지 않았습니다${given.has('best') ? `(최고 ${given.plain('metric').endsWith('_accuracy') ? given.percent('best') : given.loss('best')})` : ''}.`,
  best_restored: (given) =>
    `가장 좋았던 에포크 ${given.integer('epoch')}의 가중치로 끝냅니다(${metrics[given.plain('metric')] ?? given.plain('metric')} ${given.plain('metric').endsWith('_accuracy') ? given.percent('best') : given.loss('best')}).`,
  checkpoint_gap: (given) =>
    `알려진 체크포인트는 스텝 ${given.integer('knownStep')}인데 스텝 ${given.integer('step')}에서 이어집니다. 그 사이의 이벤트는 없습니다.`,
  checkpoint_damaged: (given) =>
    `체크포인트 ${given.plain('file')}이(가) 손상되어 더 오래된 것을 씁니다.${detail(given)}`,
  download_waits: (given) => `다른 프로세스가 내려받기를 기다립니다: ${given.plain('path')}`,
  download_begins: (given) =>
    `${given.plain('file')} 파일을 ${given.plain('address')}에서 내려받습니다${given.number('bytes') > 0 ? `(${given.bytes('bytes')}까지는 이미 있습니다)` : ''}.`,
  download_goes_on: (given) =>
    `${given.plain('file')}: ${given.bytes('bytes')}${given.has('totalBytes') ? ` / ${given.bytes('totalBytes')}` : ''} 받았습니다.`,
  download_done: (given) => `${given.plain('file')} 파일을 ${given.plain('folder')} 폴더에 받았습니다.`,
};

const states: Readonly<Record<string, string>> = shell.states;
const stateOf = (state: string): string => states[state] ?? state;

/** Why a verb does not apply to a run. */
export const actions: SaidWords['actions'] = {
  wrong_state: (given) =>
    `지금 상태(${stateOf(given.plain('state'))})에서는 할 수 없습니다. 할 수 있는 상태: ${given.list('allowed').map(stateOf).join(', ')}.`,
  being_cancelled: () => '취소하는 중입니다.',
  largest_epochs: (given) => `에포크 수가 이미 가장 큰 ${given.integer('maximum')}개입니다.`,
};
