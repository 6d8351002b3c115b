using Trainyard.Service.Queue;

namespace Trainyard.Service.Tests.Queue;

public sealed class LeaseDispatcherTests(DatabaseServer server) : DispatcherContract(server, LeaseDispatcher.DispatcherName);
