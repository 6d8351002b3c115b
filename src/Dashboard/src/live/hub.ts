import {
  type HubConnection,
  HubConnectionBuilder,
  type IHttpConnectionOptions,
  type IRetryPolicy,
  LogLevel,
} from '@microsoft/signalr';
import type { Hub } from './LiveConnection';

/** Without a ping of the service, which comes every second, the connection counts as lost. */
const serverTimeoutMilliseconds = 4_000;
const keepAliveMilliseconds = 5_000;

/** A connection to one of the service's SignalR hubs. */
export const buildHub = (
  path: '/hubs/runs' | '/hubs/playground',
  policy: IRetryPolicy,
  options: IHttpConnectionOptions = {},
  origin = '',
): HubConnection =>
  new HubConnectionBuilder()
    .withUrl(`${origin}${path}`, options)
    .withAutomaticReconnect(policy)
    .withServerTimeout(serverTimeoutMilliseconds)
    .withKeepAliveInterval(keepAliveMilliseconds)
    .configureLogging(LogLevel.None)
    .build();

/** The hub of runs. */
export const createHub = (policy: IRetryPolicy, options: IHttpConnectionOptions = {}, origin = ''): Hub =>
  buildHub('/hubs/runs', policy, options, origin);
