import type { shell as Shell } from '../en/shell';

export const shell: typeof Shell = {
  locale: 'ko',
  appName: 'Trainyard',
  skipToContent: '본문으로 건너뛰기',
  nav: { label: '주 메뉴', runs: '실행', newRun: '새 실행', compare: '비교', system: '시스템' },
  language: { label: '언어' },

  live: {
    connecting: '연결 중',
    live: '실시간',
    reconnecting: '다시 연결 중',
    offline: '오프라인',
    label: '연결',
    reconnectingBanner: '연결이 끊어졌습니다. 지금까지 받은 내용을 보여 주며, 서비스가 응답하면 자동으로 이어집니다.',
    offlineBanner: '서비스가 응답하지 않습니다. 지금까지 받은 내용을 보여 주며, 계속 연결을 시도합니다.',
    tryNow: '지금 시도',
  },

  theme: {
    label: (theme) => `테마: ${theme}`,
    names: { system: '시스템', light: '밝게', dark: '어둡게' },
  },

  states: {
    queued: '대기 중',
    running: '학습 중',
    pausing: '멈추는 중',
    paused: '일시 정지',
    succeeded: '성공',
    failed: '실패',
    cancelled: '취소됨',
  },

  failures: {
    diverged: '발산',
    out_of_memory: '메모리 부족',
    invalid_data: '잘못된 데이터',
    unsupported: '지원하지 않음',
    storage: '저장 장치',
    lost_worker: '작업자 유실',
    crashed: '비정상 종료',
    timeout: '시간 초과',
  },

  notFound: { title: '없는 페이지', text: '이 주소에 해당하는 페이지가 없습니다.', home: '실행 목록으로' },

  problem: {
    unreachable: '서비스에 연결할 수 없습니다.',
    retry: '다시 시도',
    crashTitle: '페이지 자체에 오류가 생겼습니다',
    reload: '페이지 새로 고침',
  },

  units: {
    none: '–',
    justNow: '방금',
    milliseconds: (count) => `${count}밀리초`,
    seconds: (count) => `${count}초`,
    minutes: (count) => `${count}분`,
    hours: (count) => `${count}시간`,
    days: (count) => `${count}일`,
    close: '닫기',
  },
};
