import type { home as Home } from '../en/home';

export const home: typeof Home = {
  home: {
    title: '신경망을 학습시키고 학습 과정을 지켜보세요',
    text: 'Trainyard는 내 컴퓨터에서 신경망을 학습시키고, 학습이 잘되는지 실시간으로 보여 주고, 잘되지 않으면 원인을 진단하고, 결과를 비교합니다.',
    newRun: '새 실행',
    compare: '실행 비교',
    startNote: '클릭 한 번으로 시작합니다. 입력 2개, 은닉층 1개, 그리고 신경망이 학습하는 결정 경계를 볼 수 있습니다.',
    running: '진행 중',
    more: (count) => `${count}개 더 보기`,
    latest: '최근 실행',
    all: '모든 실행',
    latestLabel: '최근 실행',
    errorTitle: '실행 목록을 불러오지 못했습니다',
    loading: '최근 실행을 불러오는 중',
    experiments: '실험',
    studies: '스터디',
    allStudies: '모든 스터디',
    trials: (ended, all) => `시도 ${all}개 중 ${ended}개`,
    runs: (count) => `실행 ${count}개`,
    best: (accuracy) => `최고 ${accuracy}`,
    left: (time) => `${time} 남음`,
    templates: '템플릿',
    templatesFirst: '템플릿으로 시작하기',
  },
};
