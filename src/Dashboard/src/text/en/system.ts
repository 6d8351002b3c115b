/** Footer and system page. */
export const system = {
  system: {
    title: 'System',
    label: 'System',
    loading: 'Loading system status',
    errorTitle: 'Could not load the system status',
    engine: 'Engine',
    noEngine: 'no worker yet',
    trainer: 'Trainer',
    trainerReady: 'Ready',
    trainerChecking: 'Being checked',
    notTrained: (reason: string) => `No runs are trained by this server: ${reason}`,
    since: (time: string) => `Since ${time}.`,
    version: 'Version',
    store: 'Database',
    stores: {
      embedded: 'Private server, started and stopped with the service.',
      external: 'External server, by connection string.',
    } as Record<string, string>,
    role: 'Role',
    roles: {
      all: 'REST API, dashboard and workers in one process.',
      api: 'REST API and dashboard; workers run elsewhere.',
      worker: 'Workers only.',
    } as Record<string, string>,
    access: 'Access',
    openAccess: 'Without authentication',
    openAccessNote: 'Whoever reaches this address can use the service.',
    started: 'Started',
    swagger: 'API (Swagger)',
    unknown: 'unknown',
    queueTitle: 'Queue',
    queued: 'Queued',
    running: 'Running',
    slotsFree: 'Free slots',
    slotsOf: (slots: number) => (slots === 1 ? 'of 1 slot' : `of ${slots} slots`),
    slotsAuto: (flops: string) => `auto: updates below ${flops} FLOPs take one, larger runs all`,
    serviceTitle: 'Service',
    workersTitle: 'Workers',
    workersLabel: 'Workers',
    workers: {
      id: 'Worker',
      state: 'Status',
      host: 'Host',
      queues: 'Queues',
      slots: 'Slots',
      started: 'Started',
      seen: 'Last heartbeat',
    },
    online: 'Online',
    lost: 'Lost',
    noWorkers: 'No workers. Queued runs start when a worker connects.',
    stuck: (queued: number) =>
      queued === 1
        ? '1 run is queued, but no worker is online.'
        : `${queued} runs are queued, but no worker is online.`,
    withoutWorker: (queued: number) =>
      queued === 1
        ? '1 queued run needs a device that no online worker has.'
        : `${queued} queued runs need a device that no online worker has.`,
    unable: 'Claims no runs',
  },
};
