using System.Text.Json.Nodes;
using Trainyard.Service.Lessons;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Tests.Lessons;

public sealed class LessonFileTests
{
    public static TheoryData<string> Folders =>
        [.. Directory.GetDirectories(Repository.PathOf("lessons")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_OfTheCourse_IsAValidLesson(string id) => Assert.Empty(Read(id, _ => { }).Problems);

    [Fact]
    public void Build_HasAllFolders()
    {
        var catalog = new LessonCatalog();

        Assert.Equal(Folders.Select(folder => folder.Data), catalog.All.Select(lesson => lesson.Id).Order(StringComparer.Ordinal));
        Assert.Equal(catalog.All.Select(lesson => lesson.File.Chapter), catalog.All.Select(lesson => lesson.File.Chapter).Order());
        Assert.All(catalog.All.CountBy(lesson => (lesson.File.Chapter, lesson.File.Order)), place => Assert.Equal(1, place.Value));
        Assert.Equal((null, catalog.All[1].Id), (catalog.Around(catalog.All[0]).Previous?.Id, catalog.Around(catalog.All[0]).Next?.Id));
    }

    [Fact]
    public void Spec_OfARun_IsTheBaseWithItsChangesAndTheSeed()
    {
        var lesson = new LessonCatalog().Find("xor")!;

        var (single, hidden) = (lesson.Read(lesson.File.Runs![0], new AttemptSettings { Seed = 7 }).Spec!, lesson.Read(lesson.File.Runs[1], new AttemptSettings { Seed = 7 }).Spec!);

        Assert.Equal(("Single layer", "lesson xor", 7), (single.Name, single.Experiment, single.Seed));
        Assert.Equal(("perceptron", 0), (single.Model.Preset?.Name, single.Model.Dense.Count));
        Assert.Equal((null, 8), (hidden.Model.Preset?.Name, Assert.Single(hidden.Model.Dense)));
        Assert.Equal(single.Training.Epochs, hidden.Training.Epochs);
    }

    [Fact]
    public void Spec_WithOptionsOfSettings_KeepsWhatTheRunChanges()
    {
        var lesson = new LessonCatalog().Find("activation-by-init")!;
        var (run, settings) = (lesson.File.Runs!.Single(run => run.Id == "tanh-xavier"), lesson.File.Settings!.ToDictionary(setting => setting.Id));

        SettingOption Published(string setting) => settings[setting].Options.Single(option => option.Published);
        var usual = lesson.Read(run, AttemptSettings.AsItIs).Spec!;
        var published = lesson.Read(run, new AttemptSettings { Options = [Published("data"), Published("images"), Published("width"), Published("depth"), Published("epochs")] }).Spec!;

        Assert.Equal(("fashion-mnist", 1000, 0.15, 3), (usual.Data.Dataset.Name, usual.Data.TrainLimit, usual.Model.Preset!.Number("width"), usual.Training.Epochs));
        Assert.Equal(("cifar-10", null, 1, 230), (published.Data.Dataset.Name, published.Data.TrainLimit, published.Model.Preset!.Number("width"), published.Training.Epochs));
        Assert.All([usual, published], spec => Assert.Equal(("tanh", "xavier", 1), (spec.Model.Activation.Name, spec.Model.Initialization.Name, spec.Model.Preset!.Number("depth"))));
    }

    [Theory]
    [InlineData("/settings/1/id", "/settings/1/id", "\"data\"")]
    [InlineData("/settings/0/options/1/id", "/settings/0/options/1/id", "\"fashion-mnist\"")]
    [InlineData("/settings/2/options: not exactly one is without changes", "/settings/2/options/0/changes", "{}")]
    [InlineData("/settings/2/options: not exactly one is without changes", "/settings/2/options/1/changes", "null")]
    [InlineData("/settings/0/options: not exactly one is published", "/settings/0/options/2/published", "false")]
    [InlineData("/settings/4/options/1, /runs/0, spec/training/epochs", "/settings/4/options/1/changes", """{ "training": { "epochs": -1 } }""")]
    public void File_WithAMistakeInItsSettings_HasAProblemThere(string problem, string pointer, string value)
    {
        var reading = Read("activation-by-init", file => Set(file, pointer, JsonNode.Parse(value)));

        Assert.Null(reading.Lesson);
        Assert.Contains(reading.Problems, found => found.StartsWith(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/labs/1/id", "\"convolution\"")]
    [InlineData("/labs/1/request/layer/size", """{ "layer": { "kind": "pool", "pool": "max", "size": 0 } }""")]
    [InlineData("/charts/1/lab", "\"nobody\"")]
    [InlineData("/charts/1/lab", "null")]
    [InlineData("/expected/4/value/lab", "\"nobody\"")]
    [InlineData("/expected/4/value/lab", "null")]
    public void File_WithAMistakeInItsLabs_HasAProblemThere(string pointer, string value)
    {
        var reading = Read("convolution-arithmetic", file => Set(file, pointer.Contains("/request/", StringComparison.Ordinal) ? "/labs/1/request" : pointer, JsonNode.Parse(value)));

        Assert.Null(reading.Lesson);
        Assert.Contains(reading.Problems, problem => problem.StartsWith(pointer, StringComparison.Ordinal));
    }

    [Fact]
    public void File_OfALabWithSettings_HasAProblem()
    {
        var settings = JsonNode.Parse(File.ReadAllText(Repository.PathOf("lessons", "activation-by-init", "lesson.json")))!["settings"];

        var reading = Read("backprop-by-hand", file => file["settings"] = settings!.DeepClone());

        Assert.Contains(reading.Problems, problem => problem.StartsWith("/settings: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cifar-10-short")]
    [InlineData("cifar-10")]
    public void Variant_OfTheAssignment_IsTheExampleWithTheSplitOfTheLessonAndWithoutTheTestSet(string id)
    {
        var lesson = new LessonCatalog().Find("the-assignment")!;
        var variant = lesson.Read(lesson.File.Variants!.Single(variant => variant.Id == id), AttemptSettings.AsItIs).Spec!;
        var example = SpecReader.Read(File.ReadAllBytes(Repository.PathOf("examples", $"assignment-{id.Replace("cifar-10", "cifar10", StringComparison.Ordinal)}.json"))).Spec!;

        Assert.Equal((5000, false), (variant.Data.ValidationCount, variant.Training.EvaluateTest));
        var aligned = example with
        {
            Name = variant.Name, Experiment = variant.Experiment,
            Data = example.Data with { ValidationCount = variant.Data.ValidationCount }, Training = example.Training with { EvaluateTest = false },
        };
        Assert.Equal(aligned.ToJson(), variant.ToJson());
    }

    [Theory]
    [InlineData("/handIn/datasets/0", "\"none\"")]
    [InlineData("/variants/0/id", "\"network\"")]
    [InlineData("/variants/0, spec/training/epochs", """{ "training": { "epochs": -1 } }""")]
    public void File_WithAMistakeInItsHandIns_HasAProblemThere(string pointer, string value)
    {
        var reading = Read("the-assignment", file => Set(file, pointer.Contains(", spec", StringComparison.Ordinal) ? "/variants/0/changes" : pointer, JsonNode.Parse(value)));

        Assert.Null(reading.Lesson);
        Assert.Contains(reading.Problems, problem => problem.StartsWith(pointer, StringComparison.Ordinal));
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "/nothing", "true" },
        { "/title/ko", "\"\"" },
        { "/chapter", "\"poetry\"" },
        { "/question/answer", "\"nobody\"" },
        { "/spec/seed", "1" },
        { "/runs/1/id", "\"one-layer\"" },
        { "/runs/0, Full size, spec/training/epochs", """{ "training": { "epochs": -1 } }""" },
        { "/charts/0/kind", "\"study\"" },
        { "/charts/1/measure", "\"dead_share\"" },
        { "/charts/0/table", """{ "kind": "table" }""" },
        { "/charts/0/table/rows/0/cells", """{ "kind": "table", "table": { "columns": [{ "en": "a", "ko": "a" }], "rows": [{ "label": { "en": "b", "ko": "b" }, "cells": [{ "run": "nobody" }] }] } }""" },
        { "/expected/0/source", "\"nobody\"" },
        { "/expected/0/value/runs/0", "\"nobody\"" },
        { "/expected/0/value/measure", "\"lab_value\"" },
        { "/expected/0/value/level", """{ "measure": "converged" }""" },
        { "/expected/0/value/when/measure", """{ "measure": "seconds", "when": { "measure": "updates", "level": 1 } }""" },
        { "/expected/0/value/withinSeconds", """{ "measure": "updates", "withinSeconds": 1 }""" },
        { "/expected/0/value: only one", """{ "measure": "validation_accuracy", "withinSeconds": 1, "at": 1 }""" },
        { "/labs", """[{ "id": "a", "label": { "en": "a", "ko": "a" }, "name": "a", "request": {} }]""" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void File_WithAMistake_HasAProblemThere(string pointer, string value)
    {
        // Where the mistake is in a part: that part is replaced.
        var target = pointer.Contains(", Full", StringComparison.Ordinal) ? "/runs/0/changes" : pointer.StartsWith("/charts/0/table", StringComparison.Ordinal) ? "/charts/0" : value.StartsWith("{ \"measure\"", StringComparison.Ordinal) ? "/expected/0/value" : pointer;

        var reading = Read("xor", file => Set(file, target, JsonNode.Parse(value)));

        Assert.Null(reading.Lesson);
        Assert.Contains(reading.Problems, problem => problem.StartsWith(pointer == "/labs" ? ": one of" : pointer, StringComparison.Ordinal));
    }

    public static TheoryData<string, string> MistakesOfStudies => new()
    {
        { "/studies/1/id", "\"random\"" },
        { "/studies/1, Full size/trials", """{ "trials": 0 }""" },
        { "/studies/1, Quick size/nothing", """{ "nothing": true }""" },
        { "/studies/1, Full size/spec/training/epochs", """{ "spec": { "training": { "epochs": -1 } } }""" },
        { "/expected/0/value/studies/0", "\"nobody\"" },
        { "/expected/0/value/trials", """{ "momentum": { "atLeast": 0 } }""" },
    };

    [Theory]
    [MemberData(nameof(MistakesOfStudies))]
    public void File_WithAMistakeInItsStudies_HasAProblemThere(string pointer, string value)
    {
        var target = pointer.Contains(" size", StringComparison.Ordinal) ? "/studies/1/changes" : pointer;

        var reading = Read("hyperparameter-search", file => Set(file, target, JsonNode.Parse(value)));

        Assert.Null(reading.Lesson);
        Assert.Contains(reading.Problems, problem => problem.StartsWith(pointer, StringComparison.Ordinal));
    }

    [Fact]
    public void Explanation_MissingOrWithAFormulaWithoutEndOrWithoutTheLineBeforeTheAnswer_IsAProblem()
    {
        var json = File.ReadAllBytes(Repository.PathOf("lessons", "xor", "lesson.json"));

        Assert.Contains(LessonReader.Read("xor", json, "text", null).Problems, problem => problem.Contains("ko.md", StringComparison.Ordinal));
        Assert.Contains(LessonReader.Read("xor", json, "costs $5", "text").Problems, problem => problem.Contains("en.md", StringComparison.Ordinal));
        Assert.Contains(LessonReader.Read("xor", json, "before\n\n---\n\nafter", "no line").Problems, problem => problem.StartsWith(": ko.md has not one line", StringComparison.Ordinal));
        Assert.Contains(LessonReader.Read("No id", json, "text", "text").Problems, problem => problem.Contains("No id", StringComparison.Ordinal));
    }

    private static LessonReading Read(string id, Action<JsonObject> change)
    {
        string Text(string name) => File.ReadAllText(Repository.PathOf("lessons", id, name));
        var file = JsonNode.Parse(Text("lesson.json"))!.AsObject();
        change(file);
        return LessonReader.Read(id, System.Text.Encoding.UTF8.GetBytes(file.ToJsonString()), Text("en.md"), Text("ko.md"));
    }

    private static void Set(JsonNode document, string pointer, JsonNode? value)
    {
        var tokens = pointer[1..].Split('/');
        var node = tokens[..^1].Aggregate(document, (parent, token) => parent is JsonArray items ? items[int.Parse(token, System.Globalization.CultureInfo.InvariantCulture)]! : parent[token]!);
        if (node is JsonArray list)
        {
            list[int.Parse(tokens[^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            node[tokens[^1]] = value;
        }
    }
}
