import { HubConnectionBuilder, type IHttpConnectionOptions, type IRetryPolicy, LogLevel } from '@microsoft/signalr';
import type { Hub } from './LiveConnection';

/** The service's SignalR hub. */
export const createHub = (policy: IRetryPolicy, options: IHttpConnectionOptions = {}, origin = ''): Hub =>
  new HubConnectionBuilder()
    .withUrl(`${origin}/hubs/runs`, options)
    .withAutomaticReconnect(policy)
    .configureLogging(LogLevel.None)
    .build();
