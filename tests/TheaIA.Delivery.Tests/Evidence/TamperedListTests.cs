using System.Text.Json.Nodes;

namespace TheaIA.Delivery.Tests.Evidence;

public sealed class TamperedListTests : TamperedFolder
{
    [Fact]
    public async Task An_entry_that_was_removed_from_the_index_is_named() =>
        await FailsAsync(
            f =>
            {
                var index = f.Json("index.json");
                var files = index["files"]!.AsArray();
                files.Remove(files.Single(x => (string)x!["path"]! == $"{Tests}.json"));
                f.Write("index.json", index);
            },
            $"{Tests}.json is not in index.json: it was added, or its entry was removed"
        );

    [Fact]
    public async Task A_file_that_was_taken_away_is_named() =>
        await FailsAsync(f => File.Delete(f["README.md"]), "README.md is missing");

    [Fact]
    public async Task A_file_that_was_added_is_named() =>
        await FailsAsync(
            f =>
            {
                File.WriteAllText(f["statements/.hidden"], "");
                File.WriteAllText(f["README.md\nmore"], "");
                File.CreateSymbolicLink(f["link"], "README.md");
            },
            "statements/.hidden is not in index.json",
            "a file with a line break in its name was added",
            "link is not in index.json"
        );

    [Fact]
    public async Task A_file_of_another_size_is_named() =>
        await FailsAsync(
            f =>
            {
                var index = f.Json("index.json");
                index["files"]![0]!["size"] = 1;
                f.Write("index.json", index);
            },
            "README.md has another size than in index.json"
        );

    [Fact]
    public async Task A_link_in_a_file_s_place_is_no_file() =>
        await FailsAsync(
            f =>
            {
                File.Move(f["README.md"], Given["away.md"]);
                File.CreateSymbolicLink(f["README.md"], Given["away.md"]);
            },
            "README.md is missing"
        );

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../evidence/README.md")]
    public async Task A_path_that_leads_out_of_the_folder_is_refused(string path) =>
        await FailsAsync(
            f =>
            {
                var index = f.Json("index.json");
                index["files"]!
                    .AsArray()
                    .Add(
                        new JsonObject
                        {
                            ["path"] = path,
                            ["sha256"] = "0",
                            ["size"] = 1,
                        }
                    );
                f.Write("index.json", index);
            },
            $"index.json lists {path}, which is no file of this folder"
        );

    [Fact]
    public async Task Another_digest_in_the_index_has_no_manifest_and_no_statement()
    {
        var other = "sha256:" + new string('b', 64);
        await FailsAsync(
            f =>
                f.Change(
                    "index.json",
                    $"\"digest\": \"{Given.What.Digest}\"",
                    $"\"digest\": \"{other}\""
                ),
            $"the manifest {other} is missing in image/",
            $"{Tests}.dsse.json is about {Given.What.Digest}, not about this image"
        );
    }

    [Theory]
    [InlineData("{}", "NO    index.json names no digest.\n")]
    [InlineData("", "NO    index.json names no digest.\n")]
    [InlineData(
        null,
        "NO    index.json is missing: this is no folder of evidence, or not all of it.\n"
    )]
    public async Task Without_an_index_there_is_nothing_to_check(string? index, string words)
    {
        var folder = await FolderAsync();
        File.Delete(folder["index.json"]);
        if (index is not null)
        {
            File.WriteAllText(folder["index.json"], index);
        }

        var (code, output) = await folder.VerifyAsync();

        code.ShouldBe(2);
        output.ShouldBe(words);
    }

    [Fact]
    public async Task A_key_of_one_s_own_that_is_not_there_is_named()
    {
        var folder = await FolderAsync();

        (await folder.VerifyAsync("none.pub")).ShouldBe(
            (2, "NO    There is no key file none.pub.\n")
        );
    }
}
