import type { compare as Compare } from '../en/compare';
import { comparability } from './messages/comparability';
import { conclusions } from './messages/conclusions';

export const compare: typeof Compare = {
  compare: {
    title: '실행 비교',
    errorTitle: '실행을 비교하지 못했습니다',
    loading: '비교를 불러오는 중',
    metrics: {
      train_loss: '학습 손실',
      train_accuracy: '학습 정확도',
      validation_loss: '검증 손실',
      validation_accuracy: '검증 정확도',
      learning_rate: '학습률',
      images_per_second: '초당 샘플 수',
    },

    selected: {
      label: '선택한 실행',
      remove: (name) => `${name} 제거`,
      add: '실행 추가',
      done: '완료',
      clear: '모두 제거',
      replay: '레이스 리플레이',
      oneMore: '실행을 하나 더 선택하세요. 비교에는 둘 이상이 필요합니다.',
    },

    deleted: (names) => `삭제되어 비교에서 제거된 실행: ${names}`,

    picker: {
      title: '실행 선택',
      intro: '두 개 이상 선택하세요. 선택과 화면 상태가 URL에 저장되므로 북마크나 링크로 다시 열 수 있습니다.',
      search: '실행 검색',
      placeholder: '이름, 실험, 데이터셋, 옵티마이저, 태그',
      results: '검색 결과',
      none: '일치하는 실행이 없습니다.',
      loading: '검색 중',
      failed: '실행 목록을 불러오지 못했습니다',
      full: (most) => `최대 ${most}개까지 비교할 수 있습니다.`,
      more: '이전 실행 더 보기',
      empty: '아직 실행이 없습니다. 두 개를 시작한 뒤 비교하세요.',
      newRun: '새 실행',
    },

    notes: {
      label: '비교 가능성',
      more: (count) => `알림 ${count}개 더 보기`,
      severity: { problem: '비교 불가', warning: '경고', info: '참고' },
      messages: comparability,
    },
    factors: { architecture: '구조' },
    groupParts: {
      same: '같은 설정',
      none: (what) => `${what} 없음`,
      value: (what, value) => `${what} ${value}`,
      run: (name) => `‘${name}’`,
      more: (first, count) => `${first} 외 ${count}개`,
    },

    conclusion: {
      label: '결론',
      messages: conclusions,
      settings: '설정 전체 보기',
      interval: (confidence, low, high, isShare, isPaired) =>
        `차이의 ${confidence} 신뢰구간: ${low} ~ ${high}${isShare ? '%p' : ''} (${isPaired ? '시드별 대응 비교' : 'Welch'})`,
    },

    export: {
      label: '내보내기',
      csv: '표를 CSV로',
      json: '전체 데이터를 JSON으로',
      curves: '곡선을 CSV로',
    },

    curves: {
      title: '곡선',
      metric: '지표',
      families: { accuracy: '정확도', loss: '손실', learning_rate: '학습률', images_per_second: '샘플/초' },
      split: '데이터 분할',
      splits: { validation: '검증', train: '학습', both: '둘 다' },
      axis: '가로축',
      axes: { epoch: '에포크', step: '스텝', time: '시간' },
      timeName: '학습 시간',
      log: '로그 스케일',
      by: '그룹화',
      groupings: { runs: '실행별', groups: '시드 평균' },
      bothNote: '진한 선: 검증. 연한 선: 학습.',
      bandNote: '선: 시드만 다른 실행의 평균. 띠: ± 1 표준편차.',
      noGroups: '반복된 설정이 없어 각 평균은 실행 하나의 값입니다.',
      empty: '이 지표의 값이 아직 없습니다.',
      legend: '표시할 곡선',
      tableRun: (name, metric) => `${name}, ${metric}`,
      describe: (chart, axis, parts) => `${axis}별 ${chart}. ${parts}`,
      best: (name, value) => `${name}: 최고 ${value}.`,
    },

    table: {
      title: '설정 차이와 결과',
      note: '모든 실행에 공통인 설정은 숨깁니다. 지표마다 최고값과 해당 에포크를, 그 아래에 최근 값을 표시합니다.',
      label: '설정 차이와 최고값',
      run: '실행',
      state: '상태',
      details: '기법별 설정 표시',
      elapsed: '학습 시간',
      best: (metric) => `최고 ${metric}`,
      epoch: (epoch) => `에포크 ${epoch}`,
      latest: (value) => `최근 ${value}`,
      top: '전체 최고',
      findings: (count) => `진단 ${count}건`,
      same: '시드를 포함한 모든 설정이 같습니다. 남은 차이는 설정에서 온 것이 아닙니다.',
    },

    groups: {
      title: '시드 평균',
      label: '설정별 최고값의 시드 평균',
      setting: '설정',
      runs: '실행',
      value: (mean, std) => `${mean} ± ${std}`,
      note: '설정별 실행 최고값의 평균 ± 표준편차.',
    },

    parallel: {
      title: '평행 좌표',
      note: '선 하나가 실행 하나입니다. 축을 따라 드래그하거나 핸들을 마우스 또는 화살표 키로 움직여 실행을 필터링하세요.',
      describe: (axes, runs) => `축 ${axes}개, 실행 ${runs}개`,
      from: (axis) => `${axis}, 최소`,
      to: (axis) => `${axis}, 최대`,
      selected: (selected, all) => `실행 ${all}개 중 ${selected}개 선택됨`,
      clear: '필터 초기화',
      keep: '선택만 유지',
    },

    scatter: {
      title: '산점도',
      horizontal: '가로',
      vertical: '세로',
      describe: (y, x, runs) => `${x}에 따른 ${y}, 실행 ${runs}개`,
      point: (name, x, y) => `${name}: ${x}, ${y}`,
      empty: '두 값을 모두 가진 실행이 아직 없습니다.',
      elapsed: '학습 시간 (초)',
    },

    heat: {
      title: '두 설정의 히트맵',
      note: '각 칸에 속한 실행들의 최고값 평균입니다.',
      result: '결과',
      needsTwo: '둘 이상의 설정이 다른 실행이 필요합니다.',
      describe: (result, column, row) => `${column}, ${row}에 따른 ${result}`,
      cell: (row, column, value, runs) => `${row}, ${column}: ${value} (실행 ${runs}개)`,
      none: '실행 없음',
      runs: (count) => `실행 ${count}개`,
    },
  },

  replay: {
    title: '레이스 리플레이',
    intro: '모든 실행이 동시에 출발합니다. 시계는 학습 시간입니다.',
    compare: '비교로 돌아가기',
    play: '재생',
    pause: '일시 정지',
    restart: '처음부터',
    clock: '시계',
    speed: '속도',
    times: (speed) => `${speed}배`,
    inAll: (seconds) => `전체 ${seconds}초`,
    of: (now, end) => `${now} / ${end}`,
    board: '검증 정확도 순위',
    columns: { rank: '순위', run: '실행', accuracy: '지금까지 최고', now: '현재', epoch: '에포크' },
    finished: '완료',
    omitted: (names) => `아직 마친 에포크가 없어 제외됨: ${names}.`,
    empty: '아직 에포크를 마친 실행이 없습니다.',
    unfinished: '학습 중인 실행은 지금까지의 결과로 포함됩니다.',
    curves: '학습 시간에 따른 검증 정확도',
    leader: (name, accuracy, clock) => `${clock}: ${name}, ${accuracy}로 선두.`,
    noLeader: (clock) => `${clock}: 에포크를 마친 실행이 없습니다.`,
  },
};
