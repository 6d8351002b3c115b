import type { app as App } from '../en/app';

export const app: typeof App = {
  locale: 'ko',
  appName: 'Trainyard',
  skipToContent: '본문으로 건너뛰기',
  nav: {
    label: '주 메뉴',
    home: '홈',
    lessons: '레슨',
    runs: '실행',
    newRun: '새 실행',
    playground: '플레이그라운드',
    studies: '스터디',
    labs: '실험실',
    compare: '비교',
    tokens: '토큰',
    system: '시스템',
  },
  language: { label: '언어' },

  live: {
    connecting: '연결 중',
    live: '실시간',
    reconnecting: '재연결 중',
    offline: '오프라인',
    label: '연결 상태',
    reconnectingBanner: '연결이 끊어졌습니다. 마지막 상태를 표시하며 재연결하는 중…',
    offlineBanner: '서비스가 응답하지 않습니다. 마지막 상태를 표시하며 재시도하는 중…',
    tryNow: '지금 재시도',
  },

  keys: {
    title: '키보드 단축키',
    button: '단축키',
    groups: [
      {
        title: '모든 페이지',
        keys: [
          ['n', '새 실행'],
          ['p', '실행, 레슨, 스터디, 실험실, 비교, 리플레이, 플레이그라운드의 발표 모드 켜기/끄기'],
          ['Esc', '메뉴나 대화 상자 닫기, 발표 모드 끝내기'],
          ['?', '단축키 보기'],
        ],
      },
      {
        title: '실행 목록',
        keys: [
          ['j 또는 ↓', '다음 실행'],
          ['k 또는 ↑', '이전 실행'],
          ['Enter', '실행 열기'],
          ['x', '실행 선택'],
          ['/', '검색'],
          ['Esc', '선택 해제'],
        ],
      },
      {
        title: '필터 입력란',
        keys: [
          ['↓ 또는 ↑', '추천 고르기'],
          ['Tab', '추천 넣기'],
          ['Enter', '고른 추천 넣기, 없으면 필터 적용'],
        ],
      },
      {
        title: '새 실행',
        keys: [
          ['1 … 9', '템플릿 선택'],
          ['F1', '설정 도움말'],
          ['Ctrl+Enter', '실행 시작'],
        ],
      },
      {
        title: '포커스가 있는 그림',
        keys: [
          ['← ↑ → ↓', '점, 펜, 선택한 유닛 이동'],
          ['Space', '점 그리기'],
          ['Home … PgDn', '평행 좌표 차트에서 범위의 끝 이동'],
        ],
      },
    ],
  },

  presentation: { label: '발표 모드', title: '발표 모드 (p), Esc로 종료' },

  notices: {
    best: (value) => `최고 ${value}`,
    label: '실행이 끝나면 알림 받기',
    switch: {
      off: '페이지를 열어 둔 실행이 끝나면 알림 받기',
      on: '알림이 켜져 있습니다',
      blocked: '브라우저가 이 사이트의 알림을 차단했습니다',
    },
    accuracy: (accuracy) => `최고 검증 정확도 ${accuracy}`,
    title: (name, state) => `${state}: ${name}`,
  },

  theme: {
    label: (theme) => `테마: ${theme}`,
    names: { system: '자동', light: '라이트', dark: '다크' },
  },

  states: {
    queued: '대기 중',
    running: '학습 중',
    pausing: '일시 정지 중',
    paused: '일시 정지됨',
    succeeded: '완료',
    failed: '실패',
    cancelled: '중단됨',
  },

  failures: {
    diverged: '발산',
    out_of_memory: '메모리 부족',
    invalid_data: '잘못된 데이터',
    unsupported: '지원하지 않음',
    storage: '저장소 오류',
    lost_worker: '워커 연결 끊김',
    crashed: '비정상 종료',
    timeout: '시간 초과',
  },

  notFound: { title: '페이지를 찾을 수 없음', text: '이 주소에 해당하는 페이지가 없습니다.', home: '홈으로' },

  problem: {
    unreachable: '서비스에 연결할 수 없습니다.',
    retry: '다시 시도',
    moreFindings: (count) => `이 밖에 오류가 ${count}개 더 있습니다.`,
    crashTitle: '문제가 발생했습니다',
    reload: '페이지 새로고침',
  },

  units: {
    none: '–',
    justNow: '방금',
    milliseconds: (count) => `${count}ms`,
    seconds: (count) => `${count}초`,
    minutes: (count) => `${count}분`,
    hours: (count) => `${count}시간`,
    days: (count) => `${count}일`,
    loading: '불러오는 중',
    close: '닫기',
    undo: '되돌리기',
    cancel: '취소',
  },
};
