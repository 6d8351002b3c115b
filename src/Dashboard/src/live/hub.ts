import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { Hub } from './LiveConnection';

/** The service's hub. Connecting again is LiveConnection's work: SignalR's own does not cover the first connect. */
export const createHub = (): Hub =>
  new HubConnectionBuilder().withUrl('/hubs/runs').configureLogging(LogLevel.None).build();
