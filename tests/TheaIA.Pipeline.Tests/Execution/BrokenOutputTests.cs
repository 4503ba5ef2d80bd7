namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>What nobody can read any more does not stop a run.</summary>
public sealed class BrokenOutputTests
{
    [Fact]
    public void A_full_disk_behind_the_output_is_no_error()
    {
        using var full = File.OpenWrite("/dev/full");
        using var stream = new FaithlessStream(full);
        var text = new byte[64 * 1024];
        stream.Write(text, 0, text.Length);
        stream.Flush();
        stream.Write(text, 0, text.Length);
    }

    [Fact]
    public void An_output_that_was_closed_before_the_start_is_no_error()
    {
        using var kept = new Forbidden();
        using var stream = new FaithlessStream(kept);
        stream.Write([1], 0, 1);
        stream.Write([2], 0, 1);
        kept.Asked.ShouldBe(1);
    }

    [Fact]
    public void What_can_be_written_is_written()
    {
        using var kept = new MemoryStream();
        using var stream = new FaithlessStream(kept);
        stream.Write([1, 2, 3], 0, 3);
        stream.Flush();
        kept.ToArray().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void It_is_for_writing_alone()
    {
        using var stream = new FaithlessStream(new MemoryStream());
        stream.CanRead.ShouldBeFalse();
        stream.CanSeek.ShouldBeFalse();
        stream.CanWrite.ShouldBeTrue();
        Should.Throw<NotSupportedException>(() => stream.Length);
        Should.Throw<NotSupportedException>(() => stream.Position);
        Should.Throw<NotSupportedException>(() => stream.Position = 1);
        Should.Throw<NotSupportedException>(() => stream.ReadByte());
        Should.Throw<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Should.Throw<NotSupportedException>(() => stream.SetLength(1));
    }

    [Fact]
    public async Task A_run_folder_that_is_removed_while_it_is_written_loses_no_failure()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("After");
        answer.Code.ShouldBe(1);
        answer.Output.ShouldContain("Late");
        answer.Output.ShouldContain("it failed");
        answer.Output.ShouldContain("After");
        answer.Ran.ShouldNotContain("After");
    }

    [Fact]
    public async Task The_folders_of_runs_that_are_at_work_stay()
    {
        using var checkout = new Checkout();
        var alive = $".nuke/temp/runs/20000101-000000-{Environment.ProcessId}";
        checkout.Write(alive + "/x.log", "");
        for (var i = 0; i < 25; i++)
        {
            checkout.Write($".nuke/temp/runs/20000101-0000{i:00}-999999999/x.log", "");
        }

        await checkout.RunAsync<Build>("Talks");
        Directory.Exists(Path.Combine(checkout.Root, alive)).ShouldBeTrue();
        Directory
            .GetDirectories(Path.Combine(checkout.Root, ".nuke/temp/runs"))
            .Length.ShouldBe(21);
    }

    /// <summary>What .NET says of a descriptor that is not open for writing.</summary>
    private sealed class Forbidden : MemoryStream
    {
        public int Asked { get; private set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Asked++;
            throw new UnauthorizedAccessException();
        }
    }

    public sealed class Build : TestBuild
    {
        public Target Late =>
            _ =>
                _.Executes(() =>
                {
                    // somebody cleans up under a run that has logged nothing yet
                    Directory.Delete(RootDirectory / ".nuke" / "temp", recursive: true);
                    File.WriteAllText(RootDirectory / ".nuke" / "temp", "a file in its place");
                    throw new InvalidOperationException("it failed");
                });

        public Target Talks => _ => _.Executes(() => TargetContext.Log("a line"));

        public Target After => _ => _.DependsOn(Late).Executes(() => Ran("After"));
    }
}
