using Trainyard.Specs.Events;
using System.CommandLine;
using System.Text.Json;
using Trainyard.Specs.Json;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Kernels;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Commands;

/// <summary><c>trainer info</c>: what this trainer and this machine can do, as one JSON object.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var command = new Command("info", "Prints engine and devices as a JSON object.");
        command.SetAction(_ =>
        {
            try
            {
                Engine.Load(Environment.ProcessorCount);
            }
            catch (DllNotFoundException exception)
            {
                Console.Error.WriteLine(RunFailureException.From(exception)!.Message);
                return TrainerExitCode.Failed;
            }

            var hasCuda = cuda.is_available();
            var info = new TrainerInfo
            {
                Package = Engine.Package,
                Version = Engine.Version,
                Libtorch = Engine.Libtorch,
                CudaAvailable = hasCuda,
                CudaDevices = hasCuda ? cuda.device_count() : 0,
                Bfloat16 = hasCuda || Processor.HasBfloat16,
                Threads = get_num_threads(),
            };
            Console.WriteLine(JsonSerializer.Serialize(info, SpecJson.Options));
            return TrainerExitCode.Finished;
        });
        return command;
    }
}
