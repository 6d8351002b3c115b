import { differenceText } from '../difference';
import type { studies as Studies } from '../en/studies';

export const studies: typeof Studies = {
  studies: {
    title: '스터디',
    errorTitle: '스터디를 불러오지 못했습니다',
    trialsError: '시도를 불러오지 못했습니다',
    loading: '스터디를 불러오는 중',
    older: '이전 스터디 더 보기',
    more: '다른 작업',
    welcome: {
      title: '여러 실행에서 하나의 결론으로',
      text: '스터디는 스펙의 설정을 바꿔 가며 학습합니다. 그리드, 랜덤, 또는 결과를 보고 다음 값을 고르는 탐색을 쓸 수 있습니다. 시도마다 여러 시드로 반복하고, 나쁜 시도는 일찍 멈추며, 어떤 설정이 더 나은지와 그 확실성을 알려 줍니다. 선택에는 검증 데이터만 쓰고, 테스트 세트는 시도를 고른 뒤에만 엽니다.',
      copy: '명령 복사',
    },
    columns: {
      name: '이름',
      state: '상태',
      method: '방법',
      trials: '시도',
      seeds: '시드',
      best: '최고',
      setting: '최고 설정',
      created: '생성',
      curve: '곡선',
      findings: '진단',
      runs: '실행',
    },
    states: {
      running: '진행 중',
      paused: '일시 정지',
      stopping: '멈추는 중',
      cancelling: '중단하는 중',
      completed: '완료',
      stopped: '멈춤',
      cancelled: '중단됨',
      failed: '실패',
      infeasible: '잘못된 설정',
    },
    methods: { grid: '그리드', random: '랜덤', quasi_random: '준난수(Sobol)', tpe: 'TPE' },
    rules: { asha: 'ASHA', successive_halving: 'Successive halving', median: '중앙값 조기 종료' },
    about: (method, seeds, parallelism, created) =>
      `${method} · 시도당 시드 ${seeds}개 · 동시 시도 ${parallelism}개 · ${created} ·`,
    runs: '이 스터디의 모든 실행',
    seed: (seed) => `시드 ${seed}`,
    curveOf: (number) => `시도 ${number}의 곡선`,
    progress: '끝난 시도',
    waits: '대기 중인 실행의 한도에 도달했습니다. 자리가 나면 스터디가 이어집니다.',
    budget: {
      seconds: '학습 시간 예산을 다 썼습니다. 새 시도를 시작하지 않습니다. 계속하려면 스터디를 연장하세요.',
      flops: '연산량(FLOPs) 예산을 다 썼습니다. 새 시도를 시작하지 않습니다. 계속하려면 스터디를 연장하세요.',
    },
    change: '변경…',
    changeTitle: '이 스터디에서 새 스터디 시작',
    settingsOf: (trial) => `시도 ${trial}의 설정 사용`,
    takeSettings: '설정 사용',
    compareRuns: '모든 실행 비교',
    newStudy: '새 스터디',
    failedText: '학습할 수 있는 시도가 없었습니다.',
    actionFailed: '작업 실패:',
    actions: {
      pause: '일시 정지',
      resume: '재개',
      stop: '멈추기',
      extend: '연장',
      cancel: '스터디 중단',
      delete: '삭제',
    },
    confirm: {
      cancel: {
        title: '스터디를 중단할까요?',
        text: (best) =>
          `모든 실행을 중단합니다. 지금까지의 최고는 ${best}입니다. 진행 중인 시도를 끝까지 학습하려면 ‘멈추기’를 쓰세요.`,
      },
      delete: {
        title: '스터디를 삭제할까요?',
        text: (best) => `스터디와 모든 실행을 파일까지 영구히 삭제합니다. 최고(${best})도 삭제됩니다.`,
      },
    },
    edit: { open: '이름과 메모 편집', title: '이름과 메모', notes: '메모', confirm: '저장' },
    extend: {
      title: '스터디 연장',
      label: '전체 시도 수',
      help: (from, to) => `현재 ${from}보다 크고 ${to} 이하여야 합니다.`,
      confirm: '연장',
    },
    figures: {
      label: '주요 수치',
      best: (metric) => `최고 ${metric}`,
      trials: '시도',
      time: '학습 시간',
      flops: (flops) => `${flops} FLOPs`,
      looks: '테스트 세트를 연 횟수',
      unopened: '아직 열지 않음',
      opened: () => '회',
    },
    counts: (counts) =>
      [
        [counts.running, '진행 중'],
        [counts.paused, '단계에서 대기'],
        [counts.stopped, '조기 종료'],
        [counts.failed, '실패'],
        [counts.infeasible, '잘못된 설정'],
      ]
        .filter(([count]) => count !== 0)
        .map(([count, name]) => `${name} ${count}`)
        .join(', '),
    verdict: ({ arms, verdict }, isShare) => {
      const pair = verdict.nearest;
      if (pair == null) {
        return '아직 알 수 없습니다. 시드가 둘 이상인 설정이 두 개 필요합니다.';
      }
      const amount = `${differenceText(pair, isShare)}${isShare ? '%p' : ''}`;
      const others = arms.filter(({ mean }) => mean !== null).length - 1;
      const nearest = pair.first === verdict.best ? pair.second : pair.first;
      const needed = pair.requiredSeeds == null ? '' : ` 구별하려면 시드가 약 ${pair.requiredSeeds}개 필요합니다.`;
      if (verdict.kind === 'better') {
        return `${verdict.best}이(가) ${others === 1 ? nearest : `나머지 ${others}개 설정 모두`}보다 낫습니다(${nearest}와(과)의 차이 ${amount}, 시드 ${pair.seeds}개).`;
      }
      if (verdict.kind === 'among_the_best') {
        return `${verdict.best}이(가) ${others}개 중 ${others - verdict.notDistinguishable.length}개보다 낫지만, ${verdict.notDistinguishable.join(', ')}와(과)는 구별되지 않습니다(차이 ${amount}, 시드 ${pair.seeds}개).${needed}`;
      }
      return `구별되지 않습니다. 평균이 가장 좋은 것은 ${verdict.best}이고, ${nearest}와(과)의 차이는 ${amount}입니다(시드 ${pair.seeds}개).${needed}`;
    },
    bestOf: (metric, value, setting, number) => `최고 ${metric}: 시도 ${number}의 ${value} (${setting}).`,
    soFar: '지금까지의 결과이며, 아직 학습 중인 시도가 있습니다.',
    oneSeed: '시도당 시드가 하나이므로 작은 차이는 우연일 수 있습니다.',
    trials: {
      title: '시도',
      bestFirst: '좋은 순서로',
      inOrder: '번호 순서로',
      all: (count) => `${count}개 모두 보기`,
      fewer: '줄여서 보기',
    },
    comparison: {
      title: '시드에 걸친 설정 비교',
      note: '막대: 평균의 95% 신뢰 구간. 점: 시드. 차이는 공통 시드끼리 짝지어 계산하고, 비교 횟수에 맞게 보정했습니다(Holm).',
      describe: (arms) => `설정 ${arms}개의 평균, 신뢰 구간과 시드`,
      pair: '최고 – 다른 설정',
      difference: '차이 ± 구간 절반',
      seeds: '시드',
      p: '보정된 p',
      decided: '구별됨',
      yes: '예',
      no: '아니요',
      needs: (seeds) => `아니요. 시드가 약 ${seeds}개 필요합니다`,
      points: (value) => `${value}%p`,
    },
    curves: {
      title: '모든 시도의 곡선',
      withRungs: '단계(rung): 모든 시도의 곡선',
      rungNote: '점선: 단계와 그 단계에 도달한 시도 수. 빈 원: 그 단계에서 종료. 진할수록 좋습니다.',
      describe: (metric, trials) => `시도 ${trials}개의 에포크별 ${metric}`,
      reached: (count) => `시도 ${count}개`,
      stoppedAt: (trial, epoch) => `#${trial}, 에포크 ${epoch} 뒤 조기 종료`,
      epoch: '에포크',
      trial: '시도',
      epochs: '에포크',
      last: '마지막 값',
    },
    surface: {
      title: '두 파라미터',
      empty: '두 파라미터를 모두 가진 시도가 너무 적습니다.',
      note: '점: 시도. 점 사이는 주변 시도의 평균이며, 가까운 시도가 없으면 비워 둡니다.',
      trial: '시도',
    },
    slices: {
      title: '슬라이스',
      note: '파라미터 하나씩에 대한 모든 시도입니다. 진할수록 좋습니다.',
      trial: '시도',
    },
    importance: {
      title: '파라미터의 중요도',
      fanova: 'fANOVA',
      permutation: '순열',
      pairs: (pairs) => `함께: ${pairs}.`,
      note: (explained) => `포레스트가 보지 않은 시도의 분산 중 ${explained}을(를) 설명합니다.`,
      weak: '포레스트가 보지 않은 시도를 잘 예측하지 못하므로 이 중요도는 아직 의미가 작습니다. 시도를 늘려 보세요.',
    },
    savings: {
      title: '조기 종료로 절약할 수 있었던 학습',
      rule: '규칙',
      epochs: '학습한 에포크',
      saved: '절약',
      best: '최고 시도',
      none: '끝까지 학습하는 시도가 없음',
      kept: (trial) => `#${trial}, 유지`,
      lost: (trial, loss) => `#${trial}, ${loss}만큼 나쁨`,
      note: '저장된 곡선에 각 규칙을 기본값으로 다시 적용한 결과입니다.',
    },
    test: {
      title: '테스트 세트',
      unopened: '열지 않았습니다. 시도는 검증 데이터로 고르고, 테스트 세트는 고른 시도에 대해 한 번만 평가하세요.',
      opened: (times) =>
        `테스트 세트를 ${times}번 열었습니다.${times > 1 ? ' 많이 볼수록 점수의 의미가 줄어듭니다.' : ''}`,
      open: (trial) => `시도 ${trial} 평가`,
      look: '열람',
      trial: '시도',
      accuracy: '테스트 정확도',
      loss: '테스트 손실',
      by: '요청자',
      at: '시각',
      pending: '대기 중',
      pendingOf: (count) => `${count}개 대기 중`,
      confirmTitle: '테스트 세트를 열까요?',
      confirmText: '열람이 기록됩니다. 결과를 보고 다시 고르면 더 이상 치우치지 않은 추정이 아닙니다.',
      confirm: '평가',
    },
  },
};
