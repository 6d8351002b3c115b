import type { access as Access } from '../en/access';

export const access: typeof Access = {
  access: {
    signIn: '로그인',
    signingIn: '로그인하는 중…',
    signInText: '이 서비스를 사용하려면 API 토큰이 필요합니다.',
    signInTextWith: (provider) => `이 서비스를 사용하려면 API 토큰이나 ${provider}의 액세스 토큰이 필요합니다.`,
    signInHelp:
      '토큰은 관리자가 토큰 페이지나 “trainyard token create” 명령으로 만듭니다. 첫 토큰은 서비스를 처음 시작할 때 출력됩니다.',
    signInHelpWith: (provider) =>
      `${provider}의 액세스 토큰은 해당 로그인에서 이 서비스용으로 발급받습니다. 토큰이 만료될 때까지 로그인이 유지되며, 그 뒤에는 새 토큰을 붙여 넣으세요.`,
    token: '토큰',
    tokenMissing: '토큰을 붙여 넣으세요.',
    tokenRefused: '유효하지 않은 토큰입니다. 잘못 입력했거나, 만료되었거나, 폐기되었을 수 있습니다.',
    tokenWithoutScope: '유효한 토큰이지만 이 서비스에 대한 권한이 없습니다. 인증 제공자의 관리자에게 문의하세요.',
    signedInAs: (name, scope) => `${name}(으)로 로그인됨 (${scope})`,
    signOut: '로그아웃',
    signOutFailed: '로그아웃하지 못했습니다',
    scopes: { read: '읽기', submit: '제출', admin: '관리자' },
    readOnly: '읽기 권한으로 로그인했습니다. 실행을 볼 수 있지만 제출하거나 변경할 수 없습니다.',
    ownRunsOnly: '실행의 소유자와 관리자만 변경할 수 있습니다.',

    tokens: {
      title: '토큰',
      intro: '사람이나 프로그램이 토큰으로 REST API와 이 페이지를 사용합니다.',
      adminsOnly: '토큰은 관리자만 보고 만들 수 있습니다.',
      newTitle: '새 토큰',
      listTitle: '사용 중인 토큰',
      namePlaceholder: '사람 또는 프로그램',
      scopesNote:
        '읽기: 모든 내용을 봅니다. 제출: 실행을 제출하고 이 이름의 실행을 변경합니다. 관리자: 모든 실행을 변경하고 토큰을 관리합니다.',
      columns: {
        name: '이름',
        scope: '권한',
        createdBy: '만든 사람',
        created: '생성',
        use: '사용량',
        used: '마지막 사용',
        expires: '만료',
      },
      use: (queued, running, stored) => `대기 ${queued}, 학습 ${running}, ${stored}`,
      never: '없음',
      noExpiry: '만료 없음',
      inDays: (days) => (days === 365 ? '1년 후' : `${days}일 후`),
      expired: '만료됨',
      create: '토큰 만들기',
      createFailed: '토큰을 만들지 못했습니다',
      created: (name) => `“${name}”의 토큰입니다. 다시 표시되지 않으니 지금 복사하세요.`,
      copy: '토큰 복사',
      revoke: '폐기',
      revokeOne: (name) => `${name} 폐기`,
      revokeFailed: '토큰을 폐기하지 못했습니다',
      question: {
        title: (name) => `“${name}” 토큰을 폐기할까요?`,
        text: '이 토큰을 쓰는 사람은 바로 접근할 수 없게 됩니다. 실행은 그대로 남습니다. 되돌릴 수 없습니다.',
        own: '지금 이 토큰으로 로그인되어 있어 로그아웃됩니다. 되돌릴 수 없습니다.',
      },
      errorTitle: '토큰을 불러오지 못했습니다',
      loading: '토큰을 불러오는 중',
    },
  },
};
