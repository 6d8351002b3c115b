using Trainyard.Service.Queue.Hangfire;

namespace Trainyard.Service.Tests.Queue.Hangfire;

public sealed class HangfireDispatcherTests(DatabaseServer server) : DispatcherContract(server, HangfireDispatcher.DispatcherName);
