import type { ServerMessages } from '../../serverMessages';

/** Problems of requests that the page sends, by the last part of their type. */
export const problems: ServerMessages['problems'] = {
  'unknown-run': () => '실행이 없거나 삭제되었습니다.',
  'unknown-study': () => '스터디가 없거나 삭제되었습니다.',
  'unknown-lesson': () => '레슨이 없습니다.',
  'unknown-attempt': () => '이 레슨을 아직 시작하지 않았습니다.',
  'unknown-experiment': () => '이 이름의 실험에 실행이 없습니다.',
  'unknown-token': () => '토큰이 없거나 폐기되었습니다.',
  'unknown-checkpoint': () => '실행에 이 체크포인트가 없습니다.',
  'unknown-lab-result': () => '실험실의 답이 없거나 오래되어 삭제되었습니다. 다시 요청하세요.',
  'not-found': () => '이 주소에는 아무것도 없습니다.',

  'no-checkpoint': () => '아직 체크포인트가 없거나, 이 서비스가 사용할 수 없는 데이터 폴더에 있습니다.',
  'file-unavailable': () => '파일을 사용할 수 없습니다. 워커가 다른 데이터 폴더에 보관합니다.',
  'dataset-unreadable': () => '데이터셋을 읽을 수 없습니다.',
  'bad-forward-pass': () => '순전파를 표시할 수 없습니다.',
  'trainer-unavailable': () => '여기서는 트레이너를 사용할 수 없습니다.',

  'wrong-state': () => '현재 상태에서는 할 수 없습니다.',
  'not-testable': () => '이 시도는 테스트 세트로 평가할 수 없습니다.',
  'nothing-handed-in': () => '제출한 실행이 없습니다.',
  'not-handed-in': () => '이 실행은 제출되어 있지 않습니다.',
  'handed-in': () => '제출한 실행은 연장할 수 없습니다. 제출을 취소하거나 포크하세요.',
  'not-comparable': () => '이 실행은 데이터셋이나 검증 샘플이 달라서 제출할 수 없습니다.',
  'round-not-over': () => '이번 회차의 테스트 세트를 아직 열지 않았습니다.',
  'unknown-round': () => '이 회차는 없습니다.',
  'test-opened': () => '테스트 세트를 이미 열었습니다. 더 이상 제출할 수 없습니다.',
  'experiment-exists': () => '같은 이름의 실험에 이미 실행이 있습니다.',
  'key-reused': () => '같은 요청 키를 다른 요청에 이미 사용했습니다. 다시 시도하세요.',

  'not-signed-in': () => '먼저 로그인하세요.',
  'wrong-token': () => '토큰이 올바르지 않습니다.',
  'too-many-attempts': () => '이 주소에서 잘못된 토큰이 너무 많이 들어왔습니다. 잠시 후 다시 시도하세요.',
  'authentication-off': () => '인증이 꺼져 있어 로그인할 필요가 없습니다.',
  'not-allowed': () => '권한이 없습니다.',
  'cross-site': () => '다른 사이트에서 온 요청이라 거부했습니다.',
  'unknown-host': () => '이 호스트 이름으로는 서비스를 제공하지 않습니다.',

  'limit-reached': () => '한도에 도달했습니다. 잠시 후 다시 시도하세요.',
  'labs-busy': () => '실험실 요청이 너무 많이 밀려 있습니다. 잠시 후 다시 시도하세요.',
  'forward-passes-busy': () => '너무 많은 신경망이 사용 중입니다. 잠시 후 다시 시도하세요.',
  'too-many-large-responses': () => '큰 응답이 너무 많이 밀려 있습니다. 잠시 후 다시 시도하세요.',
  'too-large': () => '요청이 너무 큽니다.',
  'database-unavailable': () => '데이터베이스에 연결할 수 없습니다. 잠시 후 다시 시도하세요.',
  internal: () => '서비스 내부 오류가 발생했습니다. 자세한 내용은 서비스 로그에 있습니다.',

  'bad-parameter': () => '주소의 매개변수 값이 올바르지 않습니다.',
  'invalid-filter': () => '필터 식을 읽을 수 없습니다.',
};
