import type { MessageArguments } from '../../messageArguments';
import type { ServerMessages } from '../../serverMessages';
import { app } from '../app';

/** The original error message of a process or of the system. */
const detail = (args: MessageArguments): string => (args.has('detail') ? ` (${args.plain('detail')})` : '');

/** Some failures are retried. */
const attempt = (args: MessageArguments): string =>
  args.has('failure') ? ` ${args.plain('maximum')}번 중 ${args.plain('failure')}번째 실패입니다.` : '';

const checkpoints: Readonly<Record<string, string>> = {
  written: '체크포인트를 저장했습니다.',
  killed: '제때 멈추지 않아 강제 종료했습니다.',
  none: '체크포인트는 없습니다.',
};

const metrics: Readonly<Record<string, string>> = {
  validation_loss: '검증 손실',
  validation_accuracy: '검증 정확도',
};
const metricOf = (args: MessageArguments): string => metrics[args.plain('metric')] ?? args.plain('metric');
const bestOf = (args: MessageArguments): string =>
  args.plain('metric').endsWith('_accuracy') ? args.percent('best') : args.loss('best');

/** What became NaN or infinite, and why. */
const notFinite = (args: MessageArguments, what: string): string => {
  const cause = args.has('decayFactor')
    ? `가중치 감쇠만으로 업데이트마다 가중치에 ${args.loss('decayFactor')}이(가) 곱해집니다.`
    : args.has('lastLoss') || args.number('step') > 1
      ? `학습률은 ${args.plain('learningRate')}이었습니다.`
      : '첫 업데이트 이전이므로 초기 가중치가 너무 큽니다.';
  const last = args.has('lastLoss') ? ` 마지막으로 유한했던 손실: ${args.loss('lastLoss')}.` : '';
  return `에포크 ${args.plain('epoch')}, 스텝 ${args.integer('step')}에서 ${what}${last} ${cause}`;
};

/** Messages about a run: failures, then states, then notices. */
export const run: ServerMessages['run'] = {
  loss_not_finite: (args) =>
    notFinite(args, `손실이 ${args.plain('value') === 'nan' ? 'NaN이' : '무한대가'} 되었습니다.`),
  gradient_not_finite: (args) => notFinite(args, '기울기에 유한하지 않은 값이 있어 클리핑할 수 없습니다.'),
  optimizer_state_not_finite: (args) =>
    notFinite(
      args,
      `기울기가 너무 커서 ${args.plain('optimizer')}의 상태가 float32에서 무한대가 되어 가중치가 더 이상 업데이트되지 않습니다.`,
    ),
  out_of_memory: (args) => `메모리가 부족합니다. 배치나 신경망을 줄이세요.${detail(args)}`,
  oom_killed: () => '메모리 부족으로 운영 체제가 트레이너를 종료했습니다. 배치나 신경망, 동시 학습 수를 줄이세요.',
  memory_limit_exceeded: (args) =>
    `트레이너가 메모리 ${args.bytes('usedBytes')}를 사용하여 워커의 한도(${args.bytes('limitBytes')})를 넘었습니다. 배치나 신경망을 줄이거나 Trainer__MemoryMegabytes를 높이세요.`,
  file_missing: (args) => `파일이 없습니다: ${args.plain('path')}`,
  dataset_not_downloaded: (args) =>
    `${args.plain('dataset')} 데이터셋이 아직 이 컴퓨터에 없습니다. 첫 실행에서 ${args.plain('folder')} 폴더로 다운로드합니다. 파일을 직접 복사해도 됩니다.`,
  file_damaged: (args) =>
    `파일이 손상되었습니다: ${args.plain('path')} (예상: ${args.plain('expected')}, 실제: ${args.plain('found')})`,
  file_unreadable: (args) => `파일을 읽을 수 없습니다: ${args.plain('path')}${detail(args)}`,
  download_failed: (args) =>
    `${args.plain('address')}에서 ${args.plain('file')} 파일을 다운로드하지 못했습니다.${detail(args)} 직접 받아 ${args.plain('folder')} 폴더에 넣거나, --mirror 또는 Datasets__Mirror로 미러를 지정하세요.`,
  too_few_samples: (args) =>
    `샘플 ${args.integer('samples')}개를 나누면 학습 ${args.integer('train')}개, 검증 ${args.integer('validation')}개로, 클래스 ${args.integer('classes')}개에 부족합니다.`,
  engine_not_loaded: (args) => `텐서 엔진을 로드하지 못했습니다.${detail(args)}`,
  no_gpu: (args) => `스펙에는 CUDA가 필요하지만 엔진(${args.plain('engine')})이 사용할 수 있는 GPU가 없습니다.`,
  spec_rejected: (args) => `트레이너가 스펙을 거부했습니다.${detail(args)}`,
  archive_not_extracted: (args) =>
    `압축 파일 ${args.plain('path')}을(를) ${args.plain('folder')} 폴더에 풀지 못했습니다.${detail(args)}`,
  file_not_writable: (args) => `파일을 쓰지 못했습니다: ${args.plain('path')}${detail(args)}`,
  disk_full: (args) =>
    `디스크가 가득 차 파일을 쓰지 못했습니다: ${args.plain('path')}${detail(args)} 공간이 생기면 이어서 학습합니다.`,
  storage_unavailable: (args) => `데이터 폴더를 사용할 수 없어 기다립니다.${detail(args)}`,
  dataset_folder_not_writable: (args) =>
    `데이터셋 폴더에 쓸 수 없습니다: ${args.plain('path')}${detail(args)} --datasets 또는 Datasets__Folder로 다른 폴더를 지정하세요.`,
  run_folder_locked: (args) =>
    `다른 트레이너가 실행 폴더를 사용 중입니다: ${args.plain('path')} (${args.duration('seconds')} 대기)`,
  time_limit_exceeded: (args) =>
    `시간 제한 ${args.duration('limitSeconds')}에 도달했습니다. 에포크 ${args.integer('epochs')}개 중 ${args.integer('epochsDone')}개를 마쳤습니다. 시간 제한을 늘려 연장하면 체크포인트에서 이어서 학습합니다.`,
  lab_time_limit_exceeded: (args) =>
    `실험실이 시간 제한 ${args.duration('limitSeconds')} 안에 답하지 못했습니다. 단계 수나 입력 크기를 줄이세요.`,
  trainer_not_started: (args) => `트레이너를 시작하지 못했습니다: ${args.plain('path')}${detail(args)}${attempt(args)}`,
  trainer_crashed: (args) =>
    `트레이너가 ${args.has('signal') ? `시그널 ${args.plain('signal')}` : `종료 코드 ${args.plain('exitCode')}`}(으)로 비정상 종료했습니다.${detail(args)}${attempt(args)}`,
  trainer_unresponsive: (args) =>
    `트레이너가 ${args.duration('seconds')} 동안 응답하지 않아 종료했습니다.${attempt(args)}`,
  trainer_protocol_error: (args) => `트레이너의 출력이 잘못되었습니다.${detail(args)}${attempt(args)}`,
  events_not_stored: (args) => `이벤트를 저장하지 못했습니다.${detail(args)}${attempt(args)}`,
  worker_failed: (args) => `워커에서 오류가 발생했습니다.${detail(args)}${attempt(args)}`,
  worker_lost: (args) =>
    `워커 ${args.plain('worker')}이(가) ${args.plain('reason') === 'lease' ? '제때 리스를 갱신하지 않았습니다' : '더 이상 실행 중이 아닙니다'}.${attempt(args)}`,
  lease_expired: (args) =>
    `워커 ${args.plain('worker')}이(가) 제때 리스를 갱신하지 못했습니다. 데이터베이스를 사용할 수 없었거나 워커가 멈춰 있었습니다.`,
  no_worker_connected: (args) =>
    args.plain('queue') === 'cuda'
      ? 'CUDA를 사용하는 워커를 기다리고 있지만 연결된 워커가 없습니다. NVIDIA GPU가 있는 컴퓨터에서 Worker__Queues=cuda로 워커를 시작하거나 "device": "cpu"로 제출하세요.'
      : `‘${args.plain('queue')}’ 대기열의 워커를 기다리고 있지만 연결된 워커가 없습니다.`,

  paused_by_user: () => '사용자가 일시 정지했습니다.',
  resumed_by_user: () => '사용자가 이어서 학습합니다.',
  retried_by_user: () => '사용자가 다시 시도했습니다.',
  cancelled_by_user: () => '사용자가 중단했습니다.',
  paused_by_study: () => '스터디가 일시 정지했습니다.',
  resumed_by_study: () => '스터디가 재개했습니다.',
  cancelled_by_study: () => '스터디가 중단했습니다.',
  test_requested: () => '테스트 세트를 평가합니다.',
  extended_by_user: (args) => {
    const epochs =
      args.plain('from') === args.plain('to')
        ? []
        : [`에포크를 ${args.integer('from')}개에서 ${args.integer('to')}개로`];
    const limit =
      !args.has('limitTo') || args.plain('limitFrom') === args.plain('limitTo')
        ? []
        : [`시간 제한을 ${args.duration('limitTo')}(으)로`];
    return `사용자가 ${[...epochs, ...limit].join(', ')} 연장했습니다.`;
  },
  attempt_resumed: (args) => `${args.plain('attempt')}회차, 스텝 ${args.integer('step')}부터 재개합니다.`,
  attempt_restarted: (args) => `${args.plain('attempt')}회차, 처음부터 다시 시작합니다.`,
  killed_after_cancel: () => '중단 요청 후 제때 멈추지 않아 강제 종료했습니다.',
  worker_shut_down: (args) => `워커가 종료되었습니다. ${checkpoints[args.plain('checkpoint')] ?? ''}`.trimEnd(),
  trainer_stopped: () => '트레이너가 외부 요청으로 정지했습니다. 체크포인트를 저장했습니다.',

  checkpoints_removed: (args) => `오래된 체크포인트 ${args.integer('count')}개를 삭제했습니다.`,
  no_known_checkpoint: () => '체크포인트가 없어 처음부터 시작합니다.',
  environment_changed: (args) =>
    `체크포인트는 ${args.plain('engineThen')}, 스레드 ${args.plain('threadsThen')}개로 저장되었고, 지금은 ${args.plain('engine')}, 스레드 ${args.plain('threads')}개입니다. 마지막 자릿수가 다를 수 있습니다.`,
  training_extended: (args) =>
    `에포크 ${args.integer('afterEpoch')} 이후 전체 ${args.integer('epochs')}개 에포크까지 학습합니다.`,
  weights_loaded: (args) => `원본 실행의 스텝 ${args.integer('step')} 가중치에서 시작합니다: ${args.plain('path')}`,
  slow_bfloat16: () => '이 하드웨어는 bfloat16 연산이 느립니다.',
  stopped_early: (args) =>
    `조기 종료: ${metricOf(args)}이(가) 에포크 ${args.plain('epochs')}개 동안 개선되지 않았습니다${args.has('best') ? `(최고 ${bestOf(args)})` : ''}.`,
  best_weights_restored: (args) =>
    `가장 좋았던 에포크 ${args.integer('epoch')}의 가중치를 복원했습니다(${metricOf(args)} ${bestOf(args)}).`,
  checkpoint_gap: (args) =>
    `마지막으로 기록된 체크포인트는 스텝 ${args.integer('knownStep')}이지만 스텝 ${args.integer('step')}부터 재개합니다. 그 사이의 이벤트는 없습니다.`,
  checkpoint_damaged: (args) =>
    `체크포인트 ${args.plain('file')}이(가) 손상되어 이전 체크포인트를 사용합니다.${detail(args)}`,
  download_waiting: (args) => `다른 프로세스의 다운로드를 기다리는 중입니다: ${args.plain('path')}`,
  download_started: (args) =>
    `${args.plain('address')}에서 ${args.plain('file')} 파일을 다운로드합니다${args.number('bytes') > 0 ? `(${args.bytes('bytes')}부터 이어받기)` : ''}.`,
  download_progress: (args) =>
    `${args.plain('file')}: ${args.bytes('bytes')}${args.has('totalBytes') ? ` / ${args.bytes('totalBytes')}` : ''} 다운로드됨.`,
  download_finished: (args) => `${args.plain('file')} 파일을 ${args.plain('folder')} 폴더에 다운로드했습니다.`,
};

const states: Readonly<Record<string, string>> = app.states;
const stateOf = (state: string): string => states[state] ?? state;

const limits: Readonly<Record<string, string>> = {
  requestsPerMinute: '1분당 요청 수',
  submitsPerMinute: '1분당 제출 수',
  queuedRuns: '대기 중인 실행 수',
  storedBytes: '저장된 파일의 바이트 수',
};

/** Reasons why an action is not available, or was refused. */
export const actions: ServerMessages['actions'] = {
  wrong_state: (args) =>
    `현재 상태(${stateOf(args.plain('state'))})에서는 사용할 수 없습니다. 가능한 상태: ${args.list('allowed').map(stateOf).join(', ')}.`,
  being_cancelled: () => '중단하는 중입니다.',
  time_limit_reached: () => '시간 제한에 도달했습니다. 시간 제한을 늘려 연장하세요.',
  handed_in: () =>
    '제출한 실행은 제출할 때의 상태로 남습니다. 테스트 세트가 열리기 전에 제출을 취소하거나, 가중치와 함께 포크하세요.',
  other_dataset: (args) =>
    `데이터셋이 ${args.plain('dataset')}인 실행은 순위에 들 수 없습니다. 가능한 데이터셋: ${args.list('allowed').join(', ')}.`,
  other_split: (args) =>
    `정확도는 같은 검증 샘플에서 비교합니다. 이 실행은 ${args.plain('found')}, 순위는 ${args.plain('allowed')}입니다. 값을 맞춰 포크한 다음 다시 학습하세요.`,
  archived: () => '이미 보관된 실행입니다.',
  not_archived: () => '보관된 실행이 아닙니다.',
  largest_epochs: (args) => `에포크 수가 이미 최댓값 ${args.integer('maximum')}개입니다.`,
  limit_reached: (args) =>
    `한도에 도달했습니다: ${limits[args.plain('limit')] ?? args.plain('limit')} ${args.integer('use')} / ${args.integer('value')}. 잠시 후 다시 시도하세요.`,
  needs_scope: (args) => `권한 범위가 ${args.plain('scope')} 이상인 토큰이 필요합니다.`,
  not_owner: (args) =>
    args.has('createdBy')
      ? `${args.plain('createdBy')} 님의 실행입니다. 소유자와 관리자만 변경할 수 있습니다.`
      : '인증 없이 제출된 실행입니다. 관리자만 변경할 수 있습니다.',
};
