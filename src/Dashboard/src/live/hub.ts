import { HubConnectionBuilder, type IRetryPolicy, LogLevel } from '@microsoft/signalr';
import type { Hub } from './LiveConnection';

/** The service's SignalR hub. */
export const createHub = (policy: IRetryPolicy): Hub =>
  new HubConnectionBuilder()
    .withUrl('/hubs/runs')
    .withAutomaticReconnect(policy)
    .configureLogging(LogLevel.None)
    .build();
