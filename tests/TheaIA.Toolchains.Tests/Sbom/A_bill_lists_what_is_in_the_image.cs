using System.Text.Json.Nodes;
using TheaIA.Abstractions;
using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests.Bills;

public sealed class A_bill_lists_what_is_in_the_image : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Fact]
    public void With_licence_and_hash_of_each_package_and_nothing_of_the_day()
    {
        Made.Publish(sandbox, "Two/2.0.0", "One/1.0.0");
        Package("One", "1.0.0", """<license type="expression">MIT</license>""");
        Package("Two", "2.0.0", """<license type="expression">MIT OR Apache-2.0</license>""");

        var made = Complete(
            Made.Bill(
                Made.Component("Two", "2.0.0"),
                Made.Component("Analyzers", "3.0.0"),
                Made.Component(
                    "One",
                    "1.0.0",
                    """, "hashes": [ { "alg": "SHA-512", "content": "AB" } ]"""
                )
            )
        );

        (made.Packages, made.Figure).ShouldBe((2, "2 packages"));
        made.Json.MatchSnapshot();
    }

    [Fact]
    public void In_any_order_that_the_tool_writes_it()
    {
        Made.Publish(sandbox, "One/1.0.0", "Two/2.0.0");
        Package("One", "1.0.0", "");
        Package("Two", "2.0.0", "");
        var one = Made.Component("One", "1.0.0");
        var two = Made.Component("Two", "2.0.0");

        Complete(Made.Bill(one, two)).Json.ShouldBe(Complete(Made.Bill(two, one)).Json);
    }

    [Fact]
    public void Another_image_has_another_serial_number()
    {
        Made.Publish(sandbox);
        var request = Made.Request(sandbox);
        var other = request with
        {
            Digest = request.Digest.Replace("4be", "5be", StringComparison.Ordinal),
        };

        Serial(Complete(Made.Bill(), other)).ShouldNotBe(Serial(Complete(Made.Bill(), request)));

        static string Serial(SbomResult result) =>
            (string)JsonNode.Parse(result.Json)!["serialNumber"]!;
    }

    [Fact]
    public void The_runtime_is_said_to_be_where_it_is()
    {
        Made.Publish(sandbox);

        Complete(Made.Bill())
            .Json.ShouldContain(
                "Microsoft.NETCore.App 10.0.0, not in the image: the dotnet of the machine that runs it"
            );
        Complete(
            Made.Bill(),
            Made.Request(sandbox) with
            {
                BaseImage = "127.0.0.1:5000/base@sha256:1",
            }
        )
            .Json.ShouldContain(
                "Microsoft.AspNetCore.App 10.0.0, in the base image 127.0.0.1:5000/base@sha256:1"
            );
    }

    [Fact]
    public void A_package_that_is_not_in_the_bill_is_named()
    {
        Made.Publish(sandbox, "One/1.0.0", "Two/2.0.0", "Three/3.0.0");

        var error = Should.Throw<OutcomeException>(() =>
            Complete(Made.Bill(Made.Component("one", "1.0.0"), Made.Component("Two", "2.0.1")))
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            "Three 3.0.0 is in the image and not in the bill of materials, nor are 1 more: "
                + "run ./build.sh Restore, then Release again."
        );
        error.Details.ShouldBe(["Three 3.0.0", "Two 2.0.0"]);
    }

    [Fact]
    public void A_package_that_is_not_on_this_machine_is_named()
    {
        Made.Publish(sandbox, "One/1.0.0");

        var error = Should.Throw<OutcomeException>(() =>
            Complete(Made.Bill(Made.Component("One", "1.0.0")))
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"The package One 1.0.0 is in the image and not in {sandbox["packages"]}: "
                + "run ./build.sh Restore."
        );
    }

    [Fact]
    public void Where_the_package_file_has_no_hash_the_application_has_it()
    {
        Made.Publish(sandbox, "One/1.0.0");
        Package("One", "1.0.0", "");
        File.Delete(sandbox["packages/one/1.0.0/one.1.0.0.nupkg.sha512"]);

        Complete(Made.Bill(Made.Component("One", "1.0.0")))
            .Json.ShouldContain(string.Concat(Enumerable.Repeat("64", 64)));
    }

    [Fact]
    public void A_package_without_any_hash_is_named()
    {
        Made.Publish(sandbox, "One/1.0.0");
        Package("One", "1.0.0", "");
        sandbox.Write("packages/one/1.0.0/one.1.0.0.nupkg.sha512", "cut off");

        Should
            .Throw<OutcomeException>(() => Complete(Made.Bill(Made.Component("One", "1.0.0"))))
            .Message.ShouldBe(
                "The package One 1.0.0 is in the image and has no SHA-512: "
                    + $"delete {sandbox["packages/one/1.0.0"]}, then run ./build.sh Restore."
            );
    }

    [Theory]
    [InlineData(
        """<license type="expression">BSD-3-Clause</license>""",
        """[{"license":{"id":"BSD-3-Clause"}}]"""
    )]
    [InlineData(
        """<license type="expression">MIT AND (Apache-2.0 WITH LLVM-exception)</license>""",
        """[{"expression":"MIT AND (Apache-2.0 WITH LLVM-exception)"}]"""
    )]
    [InlineData(
        """<license type="expression">LicenseRef-Ours</license>""",
        """[{"expression":"LicenseRef-Ours"}]"""
    )]
    [InlineData(
        """<license type="expression">UNLICENSED</license>""",
        """[{"license":{"name":"UNLICENSED"}}]"""
    )]
    [InlineData(
        """<license type="file">LICENSE.txt</license><licenseUrl>https://aka.ms/deprecateLicenseUrl</licenseUrl>""",
        """[{"license":{"name":"LICENSE.txt in the package"}}]"""
    )]
    [InlineData(
        """<licenseUrl>https://example.com/license</licenseUrl>""",
        """[{"license":{"name":"at its address","url":"https://example.com/license"}}]"""
    )]
    [InlineData("", """[{"license":{"name":"NOASSERTION"}}]""", false)]
    [InlineData(
        """<licenseUrl>https://aka.ms/deprecateLicenseUrl</licenseUrl>""",
        """[{"license":{"name":"NOASSERTION"}}]""",
        false
    )]
    public void The_licence_is_what_the_package_states(
        string metadata,
        string licenses,
        bool stated = true
    )
    {
        Made.Publish(sandbox, "One/1.0.0");
        Package("One", "1.0.0", metadata);

        var made = Complete(Made.Bill(Made.Component("One", "1.0.0")));

        JsonNode.Parse(made.Json)!["components"]![0]!["licenses"]!
            .ToJsonString()
            .ShouldBe(licenses);
        made.Unlicensed.ShouldBe(stated ? [] : ["One 1.0.0"]);
        made.Figure.ShouldBe(stated ? "1 package" : "1 package, 1 without a licence");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{ "bomFormat": "SPDX" }""")]
    public void What_is_no_bill_is_no_evidence(string json)
    {
        Made.Publish(sandbox);

        var error = Should.Throw<OutcomeException>(() => Complete(json));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            "The CycloneDX tool wrote no CycloneDX JSON: run dotnet tool restore, then this again."
        );
    }

    [Fact]
    public void What_was_not_published_is_said()
    {
        var error = Should.Throw<OutcomeException>(() =>
            PublishedApplication.Read(sandbox["publish"])
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{sandbox["publish"]} has no *.deps.json, so that nobody knows which packages are in the image: "
                + "run ./build.sh DockerBuild again."
        );
    }

    [Theory]
    [InlineData("App.deps.json", "{")]
    [InlineData("App.deps.json", "[]")]
    [InlineData("App.deps.json", "{}")]
    [InlineData("App.runtimeconfig.json", "{}")]
    public void What_is_broken_is_named(string name, string text)
    {
        Made.Publish(sandbox);
        var file = sandbox.Write($"publish/{name}", text);

        Should
            .Throw<OutcomeException>(() => PublishedApplication.Read(sandbox["publish"]))
            .Message.ShouldBe($"{file} is broken: run ./build.sh DockerBuild again.");
    }

    public void Dispose() => sandbox.Dispose();

    private void Package(string id, string version, string metadata) =>
        Made.Package(sandbox, id, version, metadata);

    private SbomResult Complete(string json, SbomRequest? request = null) =>
        SbomCompletion.Complete(
            json,
            request ?? Made.Request(sandbox),
            PublishedApplication.Read(sandbox["publish"]),
            new PackagesFolder(sandbox["packages"])
        );
}
