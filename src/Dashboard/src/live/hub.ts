import { HubConnectionBuilder, type IHttpConnectionOptions, type IRetryPolicy, LogLevel } from '@microsoft/signalr';
import type { Hub } from './LiveConnection';

/** Without a ping of the service, which comes every second, the connection counts as lost. */
const serverTimeoutMilliseconds = 4_000;
const keepAliveMilliseconds = 5_000;

/** The service's SignalR hub. */
export const createHub = (policy: IRetryPolicy, options: IHttpConnectionOptions = {}, origin = ''): Hub =>
  new HubConnectionBuilder()
    .withUrl(`${origin}/hubs/runs`, options)
    .withAutomaticReconnect(policy)
    .withServerTimeout(serverTimeoutMilliseconds)
    .withKeepAliveInterval(keepAliveMilliseconds)
    .configureLogging(LogLevel.None)
    .build();
